//! The one task that does the unit's work. It alone holds the processes, so nothing is ever half done
//! when another request looks.
//!
//! It works in cycles: requests are taken, durable assignments evaluated and their effects assigned, and
//! all of it is written in one transaction. Only then is anyone answered.

mod intake;
mod turn;
mod waiting;

use ao_data_item::Id;
use futures::channel::mpsc;
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt};

use crate::Error;
use crate::machine::MachineHost;
use crate::platform::Platform;
use crate::store::{Batch, Store};

use super::Accepted;
use super::desk::{Job, Reply, answer};
use super::processes::Processes;
use waiting::Waiting;

/// After a failure the next try comes when something is asked, or after this many milliseconds.
const RETRY_MILLISECONDS: u32 = 1000;

pub(super) struct Worker<P, S, H: MachineHost> {
    platform: P,
    store: S,
    host: H,
    address: String,
    desk: mpsc::UnboundedReceiver<Job>,
    processes: Processes<H>,
    accepted: Vec<(Reply<Accepted>, Accepted)>,
    waiting: Vec<Waiting>,
    /// Whether the processes in memory may be other than those in the store.
    is_stale: bool,
}

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Reads what the store holds; a new unit gets its identity now.
    pub(super) async fn open(
        platform: P,
        store: S,
        host: H,
        desk: mpsc::UnboundedReceiver<Job>,
    ) -> Result<Self, Error> {
        let identity = match store.identity().await? {
            Some(identity) => identity,
            None => {
                let identity = platform.random();
                let batch = Batch {
                    identity: Some(identity),
                    ..Batch::default()
                };
                store.commit(batch).await?;
                identity
            }
        };
        let processes = Processes::load(&store).await?;
        let address = Id(identity).to_string();
        Ok(Self {
            platform,
            store,
            host,
            address,
            desk,
            processes,
            accepted: Vec::new(),
            waiting: Vec::new(),
            is_stale: false,
        })
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Works until the unit is closed.
    pub(super) async fn run(mut self) {
        let mut is_open = true;
        while is_open {
            is_open = self.take_all().await;
            if let Err(error) = self.cycle().await {
                self.give_up(&error);
            } else if self.processes.anything_ready() {
                self.platform.pause(0).await;
                continue;
            }
            is_open = is_open && self.rest().await;
        }
    }

    /// Takes the requests that have come; answers whether more may.
    async fn take_all(&mut self) -> bool {
        loop {
            match self.desk.try_recv() {
                Ok(job) => self.take(job).await,
                Err(mpsc::TryRecvError::Empty) => return true,
                Err(mpsc::TryRecvError::Closed) => return false,
            }
        }
    }

    /// Waits for a request, after a failure for a while only; answers whether more may come.
    async fn rest(&mut self) -> bool {
        let next = if self.is_stale {
            let pause = self.platform.pause(RETRY_MILLISECONDS).boxed_local();
            match select(self.desk.next(), pause).await {
                Either::Left((next, _)) => next,
                Either::Right(_) => return true,
            }
        } else {
            self.desk.next().await
        };
        match next {
            Some(job) => self.take(job).await,
            None => return false,
        }
        true
    }

    async fn cycle(&mut self) -> Result<(), Error> {
        self.refresh().await?;
        self.answer_due().await;
        self.evaluate().await?;
        self.commit().await?;
        self.answer_due().await;
        Ok(())
    }

    /// Reads anew what the store holds, if a failure made that necessary.
    async fn refresh(&mut self) -> Result<(), Error> {
        if self.is_stale {
            self.processes = Processes::load(&self.store).await?;
            self.is_stale = false;
        }
        Ok(())
    }

    async fn commit(&mut self) -> Result<(), Error> {
        let mut batch = Batch::default();
        self.processes.write_to(&mut batch);
        if !batch.is_empty() {
            self.store.commit(batch).await?;
            self.processes.committed();
        }
        for (reply, accepted) in self.accepted.drain(..) {
            answer(reply, Ok(accepted));
        }
        Ok(())
    }

    /// After a failure the store alone is believed: those who wait are told, and all is read anew before
    /// anything else is done.
    fn give_up(&mut self, error: &Error) {
        self.is_stale = true;
        for (reply, _) in self.accepted.drain(..) {
            answer(reply, Err(error.clone()));
        }
        for waiting in self.waiting.drain(..) {
            waiting.refuse(error);
        }
    }
}
