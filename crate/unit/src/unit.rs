//! The unit: what its users call, and the one task that does the work.

mod desk;
mod dryrun;
mod processes;
mod worker;

use ao_data_item::{DataItem, Id, RsaVerifier, verify};
use futures::channel::{mpsc, oneshot};

use crate::machine::MachineHost;
use crate::outcome::Outcome;
use crate::platform::Platform;
use crate::process::{Process, ProcessSummary};
use crate::store::Store;
use crate::{Error, message};

use desk::{Job, Reply};
use worker::Worker;

/// A unit that is open. Clones of it are the same unit.
///
/// Its work is done by the future that [`Unit::open`] gives beside it: whoever opens a unit runs that.
#[derive(Clone, Debug)]
pub struct Unit<V> {
    address: String,
    verifier: V,
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

impl<V: RsaVerifier> Unit<V> {
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
    ) -> Result<(Self, impl Future<Output = ()> + use<P, S, H, V>), Error> {
        let (jobs, desk) = mpsc::unbounded();
        let worker = Worker::open(platform, store, host, desk).await?;
        let address = worker.address().to_owned();
        Ok((
            Self {
                address,
                verifier,
                jobs,
            },
            worker.run(),
        ))
    }

    /// The unit's own address: it stands in the place of the network's messenger.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Takes a signed data item: a process to spawn (`Type` is `Process`), or a message for its target.
    /// Answers when it is durable; the evaluation follows. An item that is in the log already is not
    /// added again.
    ///
    /// # Errors
    ///
    /// When the signature does not verify, the target or the module is not known here, or the store fails.
    pub async fn accept(&self, item: DataItem) -> Result<Accepted, Error> {
        verify(&item, &self.verifier).await?;
        let id = item.id();
        if item.tag("Type") == Some("Process") {
            let process = Process::new(id, item.address().to_string(), item.tags().to_vec())?;
            return self
                .ask(|reply| Job::Spawn {
                    process,
                    item,
                    reply,
                })
                .await;
        }
        let target = item.target().ok_or(Error::NoTarget(id))?;
        self.ask(|reply| Job::Message {
            process: target,
            item,
            reply,
        })
        .await
    }

    /// The outcome of a message of a process; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// When there is no such process, or no such message in its log.
    pub async fn result(&self, process: &str, message: &str) -> Result<Outcome, Error> {
        let (process, message) = (process.to_owned(), message.to_owned());
        self.ask(|reply| Job::Result {
            process,
            message,
            reply,
        })
        .await
    }

    /// What a message would come to now. It is evaluated on a copy: nothing changes.
    ///
    /// The message is JSON as aoconnect sends it: `{Id, Target, Owner, Anchor, Data, Tags}`, unsigned.
    ///
    /// # Errors
    ///
    /// When there is no such process, or the message is not of this form.
    pub async fn dryrun(&self, process: &str, message: &str) -> Result<Outcome, Error> {
        let content: message::Content = dryrun::parse(message)?;
        let process = process.to_owned();
        self.ask(|reply| Job::DryRun {
            process,
            content,
            reply,
        })
        .await
    }

    /// The processes of this unit, by id.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn processes(&self) -> Result<Vec<ProcessSummary>, Error> {
        self.ask(|reply| Job::Processes { reply }).await
    }

    /// Ends the unit's work. What was accepted is durable; what waits is told that the unit is closed.
    pub fn close(&self) {
        self.jobs.close_channel();
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        self.jobs
            .unbounded_send(job(reply))
            .map_err(|_| Error::Closed)?;
        answer.await.map_err(|_| Error::Closed)?
    }
}
