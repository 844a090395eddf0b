//! Signatures of items that come in crowds: verified in batches, where there is somebody to do that beside the unit.

use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;

use ao_data_item::{DataItem, Verifier, verify};
use futures::channel::{mpsc, oneshot};
use futures::future::{FutureExt, LocalBoxFuture, join_all};
use futures::stream::{FuturesUnordered, StreamExt};

use crate::Error;

/// More items than this that wait at once are a crowd: somebody is asked to help.
const CROWD: usize = 16;
/// So many items at once are verified by the unit itself.
const AT_ONCE: usize = 8;
/// A batch has so many items at most, so that the first of a crowd need not wait for the last …
const BATCH_ITEMS: usize = 32;
/// … and ends with the item that makes it this large.
const BATCH_BYTES: usize = 256 * 1024;

/// Somebody beside the unit who verifies items, such as another thread.
///
/// It is believed that a signature is valid. Whatever else it says of an item, the unit sees for itself.
#[allow(
    async_fn_in_trait,
    reason = "a unit and who helps it live on one thread"
)]
pub trait BatchVerifier {
    /// Whether it can be given batches.
    fn readiness(&self) -> Readiness;

    /// Asks it to make itself ready. It is called whenever there is a crowd, however often that is.
    fn call(&self);

    /// What [`verify_batch`] answers to this batch. An answer that is too short says nothing of the rest.
    async fn verify(&self, batch: Vec<u8>) -> Vec<u8>;

    /// Lets everything else have its turn, while it is [`Readiness::Coming`].
    async fn pause(&self);
}

/// Whether a [`BatchVerifier`] can be given batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Not now, and not before it is called.
    Absent,
    /// It was called.
    Coming,
    /// Now.
    Ready,
}

/// Nobody: the unit verifies alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoBatches;

impl BatchVerifier for NoBatches {
    fn readiness(&self) -> Readiness {
        Readiness::Absent
    }

    fn call(&self) {}

    async fn verify(&self, _: Vec<u8>) -> Vec<u8> {
        Vec::new()
    }

    async fn pause(&self) {}
}

/// Of each item of a batch in turn 1 if its signature is valid, and otherwise 0.
pub async fn verify_batch<V: Verifier>(batch: &[u8], verifier: &V) -> Vec<u8> {
    let verdicts = unpacked(batch).map(async |bytes| match DataItem::parse(bytes) {
        Ok(item) => u8::from(verify(&item, verifier).await.is_ok()),
        Err(_) => 0,
    });
    join_all(verdicts).await
}

/// Where items are brought to be verified. Clones of it are the same place.
#[derive(Debug)]
pub(crate) struct Counter<V> {
    verifier: Rc<V>,
    desk: mpsc::UnboundedSender<Brought>,
    crowd: Rc<Crowd>,
}

/// How many items there are at once.
#[derive(Debug, Default)]
struct Crowd {
    /// Verified where they were brought, and not done.
    under_way: Cell<usize>,
    /// Brought since the working future had its last turn.
    recent: Cell<usize>,
}

#[derive(Debug)]
enum Brought {
    /// One that is verified where it was brought.
    Alone,
    /// One of a crowd.
    Waiting(Waiting),
}

/// An item that is to be verified, and who waits for that.
#[derive(Debug)]
struct Waiting {
    item: DataItem,
    done: oneshot::Sender<Result<DataItem, Error>>,
}

impl<V> Clone for Counter<V> {
    fn clone(&self) -> Self {
        Self {
            verifier: Rc::clone(&self.verifier),
            desk: self.desk.clone(),
            crowd: Rc::clone(&self.crowd),
        }
    }
}

impl<V: Verifier> Counter<V> {
    /// The place, and the future that has crowds verified: it ends when nobody can bring items any more.
    pub(crate) fn open<B: BatchVerifier>(
        verifier: V,
        batches: B,
    ) -> (Self, impl Future<Output = ()> + use<V, B>) {
        let (sender, desk) = mpsc::unbounded();
        let counter = Self {
            verifier: Rc::new(verifier),
            desk: sender,
            crowd: Rc::default(),
        };
        let (verifier, crowd) = (Rc::clone(&counter.verifier), Rc::clone(&counter.crowd));
        (counter, run(verifier, batches, desk, crowd))
    }

    /// The item, if its signature is valid.
    pub(crate) async fn verified(&self, item: DataItem) -> Result<DataItem, Error> {
        let Crowd { under_way, recent } = &*self.crowd;
        recent.set(recent.get() + 1);
        if recent.get() <= AT_ONCE && under_way.get() < AT_ONCE {
            self.bring(Brought::Alone)?;
            let _one_more = OneMore::of(under_way);
            verify(&item, &*self.verifier).await?;
            return Ok(item);
        }
        let (done, verified) = oneshot::channel();
        self.bring(Brought::Waiting(Waiting { item, done }))?;
        verified.await.map_err(|_| Error::Closed)?
    }

    /// That the item's signature is valid, now.
    pub(crate) async fn verify(&self, item: &DataItem) -> Result<(), Error> {
        Ok(verify(item, &*self.verifier).await?)
    }

    fn bring(&self, brought: Brought) -> Result<(), Error> {
        self.desk.unbounded_send(brought).map_err(|_| Error::Closed)
    }
}

async fn run<V: Verifier, B: BatchVerifier>(
    verifier: Rc<V>,
    batches: B,
    mut desk: mpsc::UnboundedReceiver<Brought>,
    crowd: Rc<Crowd>,
) {
    let (verifier, batches) = (&*verifier, &batches);
    let mut waiting: VecDeque<Waiting> = VecDeque::new();
    // Each answers how many of those that the unit verifies itself are done with it.
    let mut at_work: FuturesUnordered<LocalBoxFuture<'_, usize>> = FuturesUnordered::new();
    let mut here = 0;
    loop {
        while let Ok(next) = desk.try_recv() {
            waiting.extend(next.waiting());
        }
        crowd.recent.set(0);
        if waiting.len() > CROWD {
            batches.call();
        }
        match batches.readiness() {
            Readiness::Ready => {
                while !waiting.is_empty() {
                    let batch = next_batch(&mut waiting);
                    at_work.push(verify_elsewhere(batch, batches, verifier).boxed_local());
                }
            }
            readiness => {
                while here < AT_ONCE
                    && let Some(next) = waiting.pop_front()
                {
                    here += 1;
                    at_work.push(verify_here(next, verifier).boxed_local());
                }
                if readiness == Readiness::Coming && !waiting.is_empty() {
                    batches.pause().await;
                }
            }
        }
        futures::select_biased! {
            done = at_work.select_next_some() => here -= done,
            next = desk.next() => match next {
                Some(next) => waiting.extend(next.waiting()),
                None => return,
            },
        }
    }
}

/// Counts as one until it is dropped.
struct OneMore<'a>(&'a Cell<usize>);

impl<'a> OneMore<'a> {
    fn of(count: &'a Cell<usize>) -> Self {
        count.set(count.get() + 1);
        Self(count)
    }
}

impl Drop for OneMore<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl Brought {
    fn waiting(self) -> Option<Waiting> {
        match self {
            Self::Alone => None,
            Self::Waiting(waiting) => Some(waiting),
        }
    }
}

async fn verify_here<V: Verifier>(Waiting { item, done }: Waiting, verifier: &V) -> usize {
    answer(item, done, verifier).await;
    1
}

async fn verify_elsewhere<V: Verifier, B: BatchVerifier>(
    batch: Vec<Waiting>,
    batches: &B,
    verifier: &V,
) -> usize {
    let items = batch.iter().map(|waiting| waiting.item.as_bytes());
    let verdicts = batches.verify(packed(items)).await;
    for (index, Waiting { item, done }) in batch.into_iter().enumerate() {
        if verdicts.get(index) == Some(&1) {
            // Whoever asked may have gone.
            let _ = done.send(Ok(item));
        } else {
            answer(item, done, verifier).await;
        }
    }
    0
}

async fn answer<V: Verifier>(
    item: DataItem,
    done: oneshot::Sender<Result<DataItem, Error>>,
    verifier: &V,
) {
    let verified = verify(&item, verifier).await;
    // Whoever asked may have gone.
    let _ = done.send(verified.map(|()| item).map_err(Error::from));
}

fn next_batch(waiting: &mut VecDeque<Waiting>) -> Vec<Waiting> {
    let (mut batch, mut size) = (Vec::new(), 0);
    while batch.len() < BATCH_ITEMS
        && size < BATCH_BYTES
        && let Some(next) = waiting.pop_front()
    {
        size += next.item.as_bytes().len();
        batch.push(next);
    }
    batch
}

/// Each item with its length before it.
fn packed<'a>(items: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut batch = Vec::new();
    for item in items {
        // No item is as large as this can say.
        batch.extend_from_slice(&(item.len() as u32).to_le_bytes());
        batch.extend_from_slice(item);
    }
    batch
}

fn unpacked(mut batch: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = batch.split_first_chunk()?;
        let (item, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        batch = rest;
        Some(item)
    })
}

#[cfg(test)]
mod tests;
