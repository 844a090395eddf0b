//! The unit: what its users call, and the one task that does the work.

mod answer;
mod budget;
mod desk;
mod dryrun;
mod entry;
mod impersonation;
mod keeper;
mod opening;
mod processes;
mod turns;
mod worker;

use std::pin::pin;

use ao_data_item::{DataItem, Id, Verifier};
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, select};

use crate::Error;
use crate::events::Event;
use crate::export::Export;
use crate::history::{
    ClockReading, Found, HeldMessage, Listing, LogPage, OutboundPage, PausedCause, Replayed,
    Results,
};
use crate::limits::Ceilings;
use crate::machine::MachineHost;
use crate::modules::{ModuleSummary, Modules};
use crate::outcome::Outcome;
use crate::platform::Platform;
use crate::process::{Process, ProcessSummary};
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

    /// Takes a message that nobody signed, as JSON (`{Owner, Target, Anchor, Data, Tags}`), for tests: it is from
    /// whom it says. Without a target it makes a process.
    ///
    /// # Errors
    ///
    /// [`Error::TestingOnly`] unless [`Settings::testing`] is set; when the message does not read, or there is no
    /// such process or module.
    pub async fn impersonate(&self, message: &str) -> Result<Accepted, Error> {
        self.require_testing("a message without a signature")?;
        let sent = Box::new(impersonation::parse(message)?);
        self.write(|reply| Write::Impersonate { sent, reply }).await
    }

    /// Holds every delivery between processes back from now on, for tests; or, with `on` false, lets all go
    /// that was held. Answers how many went.
    ///
    /// # Errors
    ///
    /// [`Error::TestingOnly`] unless [`Settings::testing`] is set.
    pub async fn hold(&self, on: bool) -> Result<u64, Error> {
        self.require_testing("holding deliveries back")?;
        self.write(|reply| Write::Hold { on, reply }).await
    }

    /// The messages between processes that wait to be let go, in the order of sending.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn held(&self) -> Result<Vec<HeldMessage>, Error> {
        self.read(|reply| Read::Held { reply }).await
    }

    /// Delivers one message that is held back, whenever the others go.
    ///
    /// # Errors
    ///
    /// [`Error::TestingOnly`] unless [`Settings::testing`] is set; [`Error::NotHeld`].
    pub async fn release(&self, number: u64) -> Result<(), Error> {
        self.require_testing("letting one delivery go")?;
        self.write(|reply| Write::Release { number, reply }).await
    }

    fn require_testing(&self, what: &'static str) -> Result<(), Error> {
        if self.is_testing {
            Ok(())
        } else {
            Err(Error::TestingOnly(what))
        }
    }

    /// Adds a module to those that processes can name, or gives one that was added another name. It is run by
    /// the Lua machine, and remembered.
    ///
    /// # Errors
    ///
    /// [`Error::ModuleInvalid`] for an id that cannot be one, or that the network has given.
    pub async fn register_module(&self, module: &str, name: &str) -> Result<(), Error> {
        let (module, name) = (module.to_owned(), name.to_owned());
        let register = |reply| Write::Register {
            module,
            name,
            reply,
        };
        self.write(register).await
    }

    /// The modules that processes can name.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn modules(&self) -> Result<Vec<ModuleSummary>, Error> {
        self.read(|reply| Read::Modules { reply }).await
    }

    /// The unit's time, and the height of its chain.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn clock(&self) -> Result<ClockReading, Error> {
        self.read(|reply| Read::Clock { reply }).await
    }

    /// Where a message is: in the log of `process`, or of any; `None` if it is nowhere. The id of a process is
    /// that of its first message.
    ///
    /// # Errors
    ///
    /// When there is no such process, or its log does not read.
    pub async fn find(&self, message: &str, process: Option<&str>) -> Result<Option<Found>, Error> {
        let (message, process) = (message.to_owned(), process.map(str::to_owned));
        let find = |reply| Read::Find {
            message,
            process,
            reply,
        };
        self.read(find).await
    }

    /// Assigns a message that is in this unit to a process that it is not for, without the fields that
    /// `exclude` names (`Data`, `Tags`, `Signature`, `Anchor`).
    ///
    /// # Errors
    ///
    /// When there is no such process, or no such message anywhere in the unit.
    pub async fn assign(
        &self,
        process: &str,
        message: &str,
        exclude: Vec<String>,
    ) -> Result<Accepted, Error> {
        let (process, message) = (process.to_owned(), message.to_owned());
        let assign = |reply| Write::Assign {
            process,
            message,
            exclude,
            reply,
        };
        self.write(assign).await
    }

    /// The outcome of a message of a process; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// When there is no such process, or no such message in its log.
    pub async fn result(&self, process: &str, message: &str) -> Result<Outcome, Error> {
        let (process, message) = (process.to_owned(), message.to_owned());
        let result = |reply| Read::Result {
            process,
            message,
            reply,
        };
        self.read(result).await
    }

    /// The outcome of the message with this nonce; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// When there is no such process, or its log is not that long.
    pub async fn outcome_at(&self, process: &str, nonce: u64) -> Result<Outcome, Error> {
        let process = process.to_owned();
        let outcome = |reply| Read::OutcomeAt {
            process,
            nonce,
            reply,
        };
        self.read(outcome).await
    }

    /// What a message would come to, now, or after the message with nonce `at`. It is evaluated on a copy:
    /// nothing changes.
    ///
    /// The message is JSON as aoconnect sends it: `{Id, Target, Owner, Anchor, Data, Tags}`, unsigned.
    ///
    /// # Errors
    ///
    /// When there is no such process or nonce, or the message is not of this form.
    pub async fn dryrun(
        &self,
        process: &str,
        message: &str,
        at: Option<u64>,
    ) -> Result<Outcome, Error> {
        let content = dryrun::parse(message)?;
        let process = process.to_owned();
        let dryrun = |reply| Read::DryRun {
            process,
            at,
            content,
            reply,
        };
        self.read(dryrun).await
    }

    /// The processes of this unit, by id.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn processes(&self) -> Result<Vec<ProcessSummary>, Error> {
        self.read(|reply| Read::Processes { reply }).await
    }

    /// A page of the outcomes of a process, as the network's compute units give it: what failed is left
    /// out, and nothing is waited for.
    ///
    /// # Errors
    ///
    /// When there is no such process, or a cursor does not read.
    pub async fn results(&self, process: &str, listing: Listing) -> Result<Results, Error> {
        let process = process.to_owned();
        let results = |reply| Read::Results {
            process,
            listing,
            reply,
        };
        self.read(results).await
    }

    /// A page of the log of a process, as the network's schedulers give it.
    ///
    /// # Errors
    ///
    /// When there is no such process, or `from` or `to` is no number.
    pub async fn log(&self, process: &str, listing: Listing) -> Result<LogPage, Error> {
        let process = process.to_owned();
        let log = |reply| Read::Log {
            process,
            listing,
            reply,
        };
        self.read(log).await
    }

    /// What a process sent that found no process in this unit, from a number on, at most `limit` of it.
    ///
    /// # Errors
    ///
    /// When there is no such process.
    pub async fn outbound(
        &self,
        process: &str,
        from: u64,
        limit: u64,
    ) -> Result<OutboundPage, Error> {
        let process = process.to_owned();
        let outbound = |reply| Read::Outbound {
            process,
            from,
            limit,
            reply,
        };
        self.read(outbound).await
    }

    /// The causes from which so much has followed that the rest waits.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn paused(&self) -> Result<Vec<PausedCause>, Error> {
        self.read(|reply| Read::Paused { reply }).await
    }

    /// Lets a paused cause go on, with a budget that is new; answers how many messages had waited.
    ///
    /// # Errors
    ///
    /// When it is not paused.
    pub async fn resume(&self, cause: &str) -> Result<u64, Error> {
        let cause = cause.to_owned();
        self.write(|reply| Write::Resume { cause, reply }).await
    }

    /// Has a process's cron tick by itself, or, with `on` false, only when messages come.
    ///
    /// # Errors
    ///
    /// When there is no such process.
    pub async fn monitor(&self, process: &str, on: bool) -> Result<(), Error> {
        let process = process.to_owned();
        let monitor = |reply| Write::Monitor { process, on, reply };
        self.write(monitor).await
    }

    /// Writes a checkpoint of a process, once its log is evaluated.
    ///
    /// # Errors
    ///
    /// When there is no such process, or the store fails.
    pub async fn checkpoint_now(&self, process: &str) -> Result<Checkpointed, Error> {
        let process = process.to_owned();
        self.write(|reply| Write::Checkpoint { process, reply })
            .await
    }

    /// Evaluates the log of a process from nothing, and compares every outcome and the memory at the end
    /// with what is stored. The unit does nothing else meanwhile.
    ///
    /// # Errors
    ///
    /// When there is no such process, or its log does not read.
    pub async fn replay(&self, process: &str) -> Result<Replayed, Error> {
        let process = process.to_owned();
        self.read(|reply| Read::Replay { process, reply }).await
    }

    /// A new process that goes on from where another was after the message with this nonce, by default its
    /// last; answers its id.
    ///
    /// # Errors
    ///
    /// When there is no such process or nonce.
    pub async fn fork(&self, process: &str, nonce: Option<u64>) -> Result<Id, Error> {
        let process = process.to_owned();
        let fork = |reply| Write::Fork {
            process,
            nonce,
            reply,
        };
        self.write(fork).await
    }

    /// The process in one piece, once its log is evaluated: [`Export::to_bytes`] makes a file of it.
    ///
    /// # Errors
    ///
    /// When there is no such process, or its log does not read.
    pub async fn export(&self, process: &str) -> Result<Export, Error> {
        let process = process.to_owned();
        self.read(|reply| Read::Export { process, reply }).await
    }

    /// Takes in a process that was exported, here or elsewhere: its hash chain and every signature are
    /// verified, and its log is evaluated anew when it is needed, unless `trusts_checkpoint`: whoever wrote
    /// the file says what the state is then. Its cron is not monitored. Answers its id.
    ///
    /// # Errors
    ///
    /// [`Error::ExportInvalid`] that says what is wrong; when a signature does not verify, or the process
    /// is here already.
    pub async fn import(&self, file: &[u8], trusts_checkpoint: bool) -> Result<Id, Error> {
        let export = Box::new(Export::from_bytes(file)?);
        export.check(&self.limits, &self.modules)?;
        for item in export.items() {
            self.verification.verify(&item?).await?;
        }
        let import = |reply| Write::Import {
            export,
            trusts_checkpoint,
            reply,
        };
        self.write(import).await
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
