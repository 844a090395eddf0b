//! The one task that does the unit's work. It alone holds the processes, so nothing is ever half done
//! when another request looks.
//!
//! It works in cycles: requests are taken, durable assignments evaluated and their effects assigned, and
//! all of it is written in one transaction. Only then is anyone answered.

use ao_data_item::Id;
use futures::StreamExt;
use futures::channel::mpsc;

use crate::Error;
use crate::assignment::Assignment;
use crate::delivery::{Delivery, Origin, deliveries};
use crate::log::read_outcomes;
use crate::machine::MachineHost;
use crate::message::{Content, Message};
use crate::outcome::{Effects, Outcome};
use crate::platform::Platform;
use crate::process::Process;
use crate::schedule::block_height;
use crate::store::{Batch, Store};

use super::Accepted;
use super::desk::{Job, Reply, answer};
use super::processes::{Entry, Processes};

/// Evaluations stop for a commit after this many milliseconds …
const CYCLE_MILLISECONDS: u64 = 20;
/// … and a process's turn ends after so many messages, so that none starves the rest.
const MESSAGES_PER_TURN: usize = 16;

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

/// Who waits until a process is evaluated up to, not including, `until`.
struct Waiting {
    process: Id,
    until: u64,
    request: Request,
}

enum Request {
    Outcome(Reply<Outcome>),
    DryRun(Content, Reply<Outcome>),
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
                store
                    .commit(Batch {
                        identity: Some(identity),
                        ..Batch::default()
                    })
                    .await?;
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
                self.platform.pause().await;
                continue;
            }
            match self.desk.next().await {
                Some(job) => self.take(job).await,
                None => return,
            }
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

    async fn cycle(&mut self) -> Result<(), Error> {
        self.refresh().await?;
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

    async fn take(&mut self, job: Job) {
        if let Err(error) = self.refresh().await {
            return job.refuse(error);
        }
        match job {
            Job::Spawn {
                process,
                item,
                reply,
            } => {
                let (id, message) = (item.id(), Message::Item(item.into_bytes()));
                if !self.processes.contains(id) {
                    self.processes.add(process);
                }
                self.admit(id, message, id, reply).await;
            }
            Job::Message {
                process,
                item,
                reply,
            } => {
                let (id, message) = (item.id(), Message::Item(item.into_bytes()));
                self.admit(process, message, id, reply).await;
            }
            Job::Result {
                process,
                message,
                reply,
            } => match self.nonce_of(&process, &message).await {
                Ok((process, nonce)) => {
                    let request = Request::Outcome(reply);
                    self.waiting.push(Waiting {
                        process,
                        until: nonce + 1,
                        request,
                    });
                }
                Err(error) => answer(reply, Err(error)),
            },
            Job::DryRun {
                process,
                content,
                reply,
            } => match self.processes.find(&process) {
                Ok(process) => {
                    let until = self
                        .processes
                        .get(process)
                        .map_or(0, |entry| entry.process.length);
                    let request = Request::DryRun(content, reply);
                    self.waiting.push(Waiting {
                        process,
                        until,
                        request,
                    });
                }
                Err(error) => answer(reply, Err(error)),
            },
            Job::Processes { reply } => {
                answer(
                    reply,
                    Ok(self.processes.iter().map(Process::summary).collect()),
                );
            }
        }
    }

    async fn admit(&mut self, process: Id, message: Message, id: Id, reply: Reply<Accepted>) {
        match self.assign(process, message, id).await {
            Ok(nonce) => self.accepted.push((reply, Accepted { id, process, nonce })),
            Err(error) => answer(reply, Err(error)),
        }
    }

    /// Puts a message in a process's log, unless it is there; answers its nonce.
    async fn assign(&mut self, process: Id, message: Message, id: Id) -> Result<u64, Error> {
        let not_found = || Error::ProcessNotFound(process.to_string());
        let entry = self.processes.get_mut(process).ok_or_else(not_found)?;
        if let Some(nonce) = entry.log(&self.store).await?.nonce_of(id) {
            return Ok(nonce);
        }
        Ok(entry.assign(message, id, self.platform.now()))
    }

    async fn nonce_of(&mut self, process: &str, message: &str) -> Result<(Id, u64), Error> {
        let id = self.processes.find(process)?;
        let not_found = || Error::MessageNotFound {
            process: process.to_owned(),
            message: message.to_owned(),
        };
        let message = message.parse().map_err(|_| not_found())?;
        let entry = self.processes.get_mut(id).ok_or_else(not_found)?;
        let nonce = entry
            .log(&self.store)
            .await?
            .nonce_of(message)
            .ok_or_else(not_found)?;
        // It may have been put aside.
        self.processes.set_ready(id);
        Ok((id, nonce))
    }

    /// Gives each process with durable assignments its turn, until it is time to commit.
    async fn evaluate(&mut self) -> Result<(), Error> {
        let start = self.platform.now();
        while let Some(id) = self.processes.next_ready() {
            match self.take_turn(id).await {
                Ok(true) => self.processes.set_ready(id),
                Ok(false) => {}
                Err(Error::Store(error)) => return Err(error.into()),
                Err(error) => self.put_aside(id, &error),
            }
            if self.platform.now().saturating_sub(start) >= CYCLE_MILLISECONDS {
                break;
            }
        }
        Ok(())
    }

    /// Evaluates a process's next assignments and assigns what they ask for; answers whether it has more.
    async fn take_turn(&mut self, id: Id) -> Result<bool, Error> {
        for _ in 0..MESSAGES_PER_TURN {
            let Some(entry) = self.processes.get_mut(id) else {
                return Ok(false);
            };
            entry.log(&self.store).await?;
            let Some(assignment) = entry.next().cloned() else {
                return Ok(false);
            };
            let nonce = assignment.nonce;
            let content = assignment.message.content()?;
            let message = assignment.describe(id, &content, false);
            let evaluator = entry
                .evaluator(&self.store, &self.host, &self.address)
                .await?;
            let (outcome, effects) = evaluator.evaluate(&self.host, message)?;
            entry.conclude(&outcome);
            let first_cause = first_cause(&assignment, &content);
            self.deliver(id, nonce, &first_cause, &effects).await?;
        }
        Ok(self.processes.get(id).is_some_and(Entry::has_next))
    }

    /// A process that cannot be evaluated now, for want of a machine or of a log that reads, keeps nobody
    /// else from being evaluated. It is tried again when it is asked for.
    fn put_aside(&mut self, id: Id, error: &Error) {
        if let Some(entry) = self.processes.get_mut(id) {
            entry.evaluator = None;
        }
        for waiting in self.waiting.extract_if(.., |waiting| waiting.process == id) {
            waiting.request.refuse(error);
        }
    }

    /// Assigns what an evaluation asks for to the local processes that it is for.
    async fn deliver(
        &mut self,
        process: Id,
        nonce: u64,
        first_cause: &str,
        effects: &Effects,
    ) -> Result<(), Error> {
        let Some(entry) = self.processes.get(process) else {
            return Ok(());
        };
        let module = entry.process.tag("Module").unwrap_or_default().to_owned();
        let unit = self.address.clone();
        let origin = Origin {
            unit: &unit,
            process,
            module: &module,
            nonce,
            first_cause,
        };
        let deliveries = deliveries(effects, &origin, |id| self.processes.contains(id));
        for delivery in deliveries {
            if let Delivery::Spawn(sent, _) = &delivery {
                // A module that is not known here is another unit's business: the outcome lists the spawn.
                match Process::new(Id(sent.id), sent.owner.clone(), sent.tags.clone()) {
                    Ok(process) => self.processes.add(process),
                    Err(_) => continue,
                }
            }
            for (target, message) in delivery.assignments() {
                let id = message.content()?.id;
                match self.assign(target, message, id).await {
                    // A log that cannot be read takes nothing in: the outcome lists what was sent to it.
                    Err(error @ Error::LogCorrupt { .. }) => self.put_aside(target, &error),
                    assigned => {
                        assigned?;
                    }
                }
            }
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

    /// Answers those who waited for what is now evaluated and durable.
    async fn answer_due(&mut self) {
        let is_due = |waiting: &mut Waiting| {
            let entry = self.processes.get(waiting.process);
            entry.is_some_and(|entry| entry.process.evaluated >= waiting.until)
        };
        let due: Vec<Waiting> = self.waiting.extract_if(.., is_due).collect();
        for Waiting {
            process,
            until,
            request,
        } in due
        {
            match request {
                Request::Outcome(reply) => {
                    let outcome = self.outcome(process, until - 1).await;
                    answer(reply, outcome);
                }
                Request::DryRun(content, reply) => {
                    let outcome = self.try_out(process, &content).await;
                    answer(reply, outcome);
                }
            }
        }
    }

    async fn outcome(&self, process: Id, nonce: u64) -> Result<Outcome, Error> {
        let log = self
            .processes
            .get(process)
            .and_then(|entry| entry.log.as_ref());
        match log.and_then(|log| log.recent_outcome(nonce)) {
            Some(outcome) => Ok(outcome),
            None => Ok(read_outcomes(&self.store, process, nonce, nonce + 1)
                .await?
                .remove(0)),
        }
    }

    async fn try_out(&mut self, id: Id, content: &Content) -> Result<Outcome, Error> {
        let not_found = || Error::ProcessNotFound(id.to_string());
        let entry = self.processes.get_mut(id).ok_or_else(not_found)?;
        let timestamp = self.platform.now().max(entry.process.last_timestamp);
        let trial = Assignment {
            nonce: entry.process.length,
            timestamp,
            block_height: block_height(timestamp),
            hash_chain: [0; 32],
            message: Message::Item(Vec::new()),
        };
        let message = trial.describe(id, content, true);
        let evaluator = entry
            .evaluator(&self.store, &self.host, &self.address)
            .await?;
        Ok(evaluator.try_out(&self.host, &message)?)
    }

    /// After a failure the store alone is believed: those who wait are told, and all is read anew before
    /// anything else is done.
    fn give_up(&mut self, error: &Error) {
        self.is_stale = true;
        for (reply, _) in self.accepted.drain(..) {
            answer(reply, Err(error.clone()));
        }
        for Waiting { request, .. } in self.waiting.drain(..) {
            request.refuse(error);
        }
    }
}

/// The message that a user signed and that an assignment follows from. A user's own word for it is not taken.
fn first_cause(assignment: &Assignment, content: &Content) -> String {
    let pushed_for = match assignment.message {
        Message::Sent(_) => content.tag("Pushed-For"),
        Message::Item(_) => None,
    };
    pushed_for.map_or_else(|| content.id.to_string(), str::to_owned)
}

impl Request {
    fn refuse(self, error: &Error) {
        match self {
            Self::Outcome(reply) | Self::DryRun(_, reply) => answer(reply, Err(error.clone())),
        }
    }
}
