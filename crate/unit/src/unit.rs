//! The unit: what its users call, and the one task that does the work.

mod answer;
mod budget;
mod clock;
mod desk;
mod dryrun;
mod entry;
mod impersonation;
mod keeper;
mod live;
mod opening;
mod processes;
mod reads;
mod testing;
mod turns;
mod worker;
mod writes;

use std::pin::pin;

use ao_data_item::{DataItem, Id, Verifier};
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, select};

use crate::Error;
use crate::events::Event;
use crate::limits::Ceilings;
use crate::machine::MachineHost;
use crate::modules::Modules;
use crate::platform::Platform;
use crate::process::Process;
use crate::settings::Settings;
use crate::store::Store;
use crate::verification::{BatchVerifier, Counter, NoBatches};

use answer::Answer;
use desk::{Job, Read, Reply, Write};
use turns::Turns;
use worker::Worker;

/// A data item is no larger than this, in bytes: as on the network's schedulers.
const LARGEST_ITEM: usize = 10 * 1024 * 1024;

/// A unit that is open. Clones of it are the same unit.
///
/// Its work is done by the future that [`Unit::open`] gives beside it: whoever opens a unit runs that.
#[derive(Clone, Debug)]
pub struct Unit<V> {
    address: String,
    limits: Ceilings,
    modules: Modules,
    is_testing: bool,
    verification: Counter<V>,
    turns: Turns,
    jobs: mpsc::UnboundedSender<Job>,
}

/// What became of an item that was handed over: it is in the log, durably.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Accepted {
    /// The message's id.
    pub id: Id,
    /// The process in whose log it is.
    pub process: Id,
    /// Its place there.
    pub nonce: u64,
}

/// A checkpoint that was written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Checkpointed {
    /// How many entries of the log it holds.
    pub at: u64,
    /// How many bytes were written; 0 if there was one already.
    pub bytes: u64,
}

impl<V: Verifier> Unit<V> {
    /// Opens the unit that `store` holds, a new one if it holds none; and the future that runs it, which
    /// ends when the unit is closed.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn open<P: Platform, S: Store, H: MachineHost>(
        platform: P,
        store: S,
        host: H,
        verifier: V,
        settings: Settings,
    ) -> Result<(Self, impl Future<Output = ()> + use<P, S, H, V>), Error> {
        Self::open_with(platform, store, host, verifier, NoBatches, settings).await
    }

    /// As [`Unit::open`], with somebody who verifies crowds of items in batches.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn open_with<P: Platform, S: Store, H: MachineHost, B: BatchVerifier>(
        platform: P,
        store: S,
        host: H,
        verifier: V,
        batches: B,
        settings: Settings,
    ) -> Result<(Self, impl Future<Output = ()> + use<P, S, H, V, B>), Error> {
        let (jobs, desk) = mpsc::unbounded();
        let (limits, is_testing) = (settings.limits, settings.testing);
        let worker = Worker::open(platform, store, host, settings, desk).await?;
        let (address, modules) = (worker.address().to_owned(), worker.modules().clone());
        let (verification, verifying) = Counter::open(verifier, batches);
        let work = async move {
            let (working, verifying) = (pin!(worker.run()), pin!(verifying));
            if let Either::Right(((), working)) = select(working, verifying).await {
                // Nobody brings items any more. What came before is not done yet.
                working.await;
            }
        };
        Ok((
            Self {
                address,
                limits,
                modules,
                is_testing,
                verification,
                turns: Turns::default(),
                jobs,
            },
            work,
        ))
    }

    /// The unit's own address: it stands in the place of the network's messenger.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Takes a signed data item: a process to spawn (`Type` is `Process`), or a message for its target.
    /// Answers when it is durable; the evaluation follows. Items get their places in the order of the calls,
    /// however long each takes to verify. An item that is in the log already is not
    /// added again.
    ///
    /// # Errors
    ///
    /// When the item is too large, its signature does not verify, the target or the module is not known
    /// here, the limits or the cron that it asks for cannot be, or the store fails.
    pub async fn accept(&self, item: DataItem) -> Result<Accepted, Error> {
        let size = item.as_bytes().len();
        if size > LARGEST_ITEM {
            return Err(Error::ItemTooLarge {
                size,
                most: LARGEST_ITEM,
            });
        }
        let turn = self.turns.take();
        let verified = self.verification.verified(item).await;
        turn.come().await;
        let item = verified?;
        if item.tag("Type") == Some("Process") {
            let id = item.id();
            let (owner, tags) = (item.address().to_string(), item.tags().to_vec());
            let home = self.address.clone();
            let process = Process::new(id, owner, tags, home, &self.limits, &self.modules)?;
            let process = Box::new(process);
            let spawn = |reply| Write::Spawn {
                process,
                item,
                reply,
            };
            return self.write(spawn).await;
        }
        let process = item.target().ok_or_else(|| Error::NoTarget(item.id()))?;
        let message = |reply| Write::Message {
            process,
            item,
            reply,
        };
        self.write(message).await
    }

    /// What happens from now on, as soon as it is durable: the events of one commit at a time.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub fn events(&self) -> Result<mpsc::UnboundedReceiver<Vec<Event>>, Error> {
        let (listener, events) = mpsc::unbounded();
        let subscribe = Job::Subscribe(listener);
        self.jobs
            .unbounded_send(subscribe)
            .map_err(|_| Error::Closed)?;
        Ok(events)
    }

    /// Ends the unit's work. What was accepted is durable; what waits is told that the unit is closed.
    pub fn close(&self) {
        self.jobs.close_channel();
    }

    async fn write<T>(&self, write: impl FnOnce(Reply<T>) -> Write) -> Result<T, Error> {
        self.ask(|reply| Job::Write(Box::new(write(reply)))).await
    }

    async fn read<T>(&self, read: impl FnOnce(Reply<T>) -> Read) -> Result<T, Error> {
        self.ask(|reply| Job::Read(Box::new(read(reply)))).await
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        let sent = self.jobs.unbounded_send(job(reply));
        sent.map_err(|_| Error::Closed)?;
        answer.await.map_err(|_| Error::Closed)?
    }
}
