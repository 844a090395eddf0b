//! A store that fails when it is told to, for tests of what depends on stores.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use ao_data_item::Id;

use super::{Batch, CheckpointHead, Held, Part, Segment, Store, StoreError};

/// A commit takes a while, as on real storage: the unit goes on meanwhile.
const TURNS_PER_COMMIT: usize = 3;

/// A store around another, which does as that one does until it is told to fail. Its clones fail together.
#[derive(Clone, Debug, Default)]
pub struct FaultyStore<S> {
    store: S,
    faults: Rc<Faults>,
}

#[derive(Debug, Default)]
struct Faults {
    commit: RefCell<Option<StoreError>>,
    processes: RefCell<Option<StoreError>>,
    /// So many operations are done before one fails, and how that one does.
    later: RefCell<Option<(u64, StoreError)>>,
    operations: Cell<u64>,
}

impl<S> FaultyStore<S> {
    /// Around `store`, without a fault.
    pub fn new(store: S) -> Self {
        Self {
            store,
            faults: Rc::default(),
        }
    }

    /// Makes the next commit fail, as storages do: nothing of it is written.
    pub fn fail_next_commit(&self, error: StoreError) {
        self.faults.commit.replace(Some(error));
    }

    /// Makes the next reading of all processes fail.
    pub fn fail_next_read(&self, error: StoreError) {
        self.faults.processes.replace(Some(error));
    }

    /// Makes one operation fail, of whichever kind: that which comes after so many others from now on.
    pub fn fail_after(&self, operations: u64, error: StoreError) {
        self.faults.later.replace(Some((operations, error)));
    }

    /// Takes back every fault that has not happened.
    pub fn fail_no_more(&self) {
        self.faults.commit.take();
        self.faults.processes.take();
        self.faults.later.take();
    }

    /// How many operations there were, readings and commits, failed ones among them.
    pub fn operations(&self) -> u64 {
        self.faults.operations.get()
    }

    /// Counts an operation, and fails if it is the one that is to fail.
    fn operation(&self) -> Result<(), StoreError> {
        let operations = &self.faults.operations;
        operations.set(operations.get() + 1);
        let mut later = self.faults.later.borrow_mut();
        match later.take() {
            Some((0, error)) => Err(error),
            Some((left, error)) => {
                *later = Some((left - 1, error));
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl<S: Store> Store for FaultyStore<S> {
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError> {
        self.operation()?;
        self.store.identity().await
    }

    async fn modules(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.operation()?;
        self.store.modules().await
    }

    async fn ahead(&self) -> Result<Option<u64>, StoreError> {
        self.operation()?;
        self.store.ahead().await
    }

    async fn processes(&self) -> Result<Vec<(Id, Vec<u8>)>, StoreError> {
        self.operation()?;
        match self.faults.processes.take() {
            Some(error) => Err(error),
            None => self.store.processes().await,
        }
    }

    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError> {
        self.operation()?;
        self.store.segments(process, part, from, to).await
    }

    async fn held(&self) -> Result<Vec<Held>, StoreError> {
        self.operation()?;
        self.store.held().await
    }

    async fn checkpoints(&self, process: Id) -> Result<Vec<CheckpointHead>, StoreError> {
        self.operation()?;
        self.store.checkpoints(process).await
    }

    async fn checkpoint(&self, process: Id, at: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.operation()?;
        self.store.checkpoint(process, at).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let counted = self.operation();
        for _ in 0..TURNS_PER_COMMIT {
            turn().await;
        }
        counted?;
        match self.faults.commit.take() {
            Some(error) => Err(error),
            None => self.store.commit(batch).await,
        }
    }
}

/// Lets everything else have its turn.
async fn turn() {
    let mut is_over = false;
    poll_fn(|context| {
        if std::mem::replace(&mut is_over, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
