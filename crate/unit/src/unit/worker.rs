//! The one task that does the unit's work. It alone holds the processes, so nothing is ever half done
//! when another request looks.
//!
//! It works in cycles: requests are taken, durable assignments evaluated and their effects assigned, and
//! all of it is written in one transaction. Only then is anyone answered.

mod admission;
mod branching;
mod committing;
mod intake;
mod keeping;
mod machines;
mod post;
mod reading;
mod removing;
mod results;
mod stepping;
mod ticking;
mod turn;
mod waiting;

use std::collections::BTreeSet;
use std::rc::Rc;

use ao_data_item::Id;
use futures::channel::mpsc;
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt};

use crate::Error;
use crate::evaluation::Evaluator;
use crate::events::Event;
use crate::machine::MachineHost;
use crate::modules::Modules;
use crate::platform::Platform;
use crate::settings::Settings;
use crate::store::{Batch, Store};

use super::Answer;
use super::budget::Budget;
use super::clock::Clock;
use super::desk::{Job, Listener, Read};
use super::processes::Processes;
use committing::Ahead;
use waiting::Waiting;

/// After a failure the next try comes when something is asked, or after this many milliseconds.
const RETRY_MILLISECONDS: u64 = 1000;

pub(super) struct Worker<P, S, H: MachineHost> {
    platform: Clock<P>,
    store: Rc<S>,
    host: H,
    settings: Settings,
    address: String,
    desk: mpsc::UnboundedReceiver<Job>,
    processes: Processes<H>,
    modules: Modules,
    budget: Budget,
    /// The number of the next message that is held back.
    next_held: u64,
    /// Whether every delivery is held back until it is released.
    is_holding: bool,
    /// What else the next commit writes.
    batch: Batch,
    /// What is answered when the next commit is durable.
    answers: Vec<Answer>,
    /// What happened since the last commit, if anybody listens.
    events: Vec<Event>,
    listeners: Vec<Listener>,
    waiting: Vec<Waiting>,
    /// What can be answered as soon as all that was taken is durable.
    reads: Vec<Read>,
    /// A process as it stood after an entry of its log, kept for those who look at it again.
    view: Option<(Id, u64, Evaluator<H>)>,
    /// A machine that dry-runs are made on, whosever they are.
    scratch: Option<H::Machine>,
    /// What pages of memory are hashed with: it is the unit's own.
    seed: u64,
    /// Processes that have evaluated something since their last checkpoints.
    unkept: BTreeSet<Id>,
    /// Processes whose machines are to be put to rest.
    resting: Vec<Id>,
    /// Whether the processes in memory may be other than those in the store.
    is_stale: bool,
    ahead: Ahead,
}

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Reads what the store holds; a new unit gets its identity now.
    pub(super) async fn open(
        platform: P,
        store: S,
        host: H,
        settings: Settings,
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
        let seed = platform.random().first_chunk().copied().unwrap_or_default();
        let seed = u64::from_le_bytes(seed);
        let (processes, events) = Processes::load(&store, seed).await?;
        let modules = Modules::default();
        modules.restore(store.modules().await?.as_deref());
        let mut worker = Self {
            address: Id(identity).to_string(),
            budget: Budget::new(settings.budget),
            platform: Clock::new(platform, store.ahead().await?),
            store: Rc::new(store),
            host,
            settings,
            desk,
            processes,
            modules,
            next_held: 0,
            is_holding: false,
            batch: Batch::default(),
            answers: Vec::new(),
            events,
            listeners: Vec::new(),
            waiting: Vec::new(),
            reads: Vec::new(),
            view: None,
            scratch: None,
            seed,
            unkept: BTreeSet::new(),
            resting: Vec::new(),
            is_stale: false,
            ahead: Ahead::No,
        };
        worker.load_held().await?;
        Ok(worker)
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn modules(&self) -> &Modules {
        &self.modules
    }

    /// Works until the unit is closed.
    pub(super) async fn run(mut self) {
        let mut is_open = true;
        while is_open {
            is_open = self.take_all().await;
            if let Err(error) = self.cycle().await {
                self.give_up(&error);
            } else if self.has_more() {
                self.platform.pause(0).await;
                continue;
            }
            is_open = is_open && self.rest().await;
        }
        self.settle().await;
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

    /// Waits for a request, or until something is due by itself; answers whether more requests may come.
    async fn rest(&mut self) -> bool {
        let next = match self.next_due() {
            Some(milliseconds) => {
                let pause = self.platform.pause(milliseconds).boxed_local();
                match select(self.desk.next(), pause).await {
                    Either::Left((next, _)) => next,
                    Either::Right(_) => return true,
                }
            }
            None => self.desk.next().await,
        };
        match next {
            Some(job) => self.take(job).await,
            None => return false,
        }
        true
    }

    /// How long nothing happens by itself, in milliseconds; `None` if nothing ever will.
    fn next_due(&self) -> Option<u32> {
        let retry = self.is_stale.then_some(RETRY_MILLISECONDS);
        let now = self.platform.now();
        let due = [self.next_tick(), self.next_checkpoint()];
        let due = due.into_iter().flatten().map(|at| at.saturating_sub(now));
        let next = retry.into_iter().chain(due).min()?;
        Some(u32::try_from(next.max(1)).unwrap_or(u32::MAX))
    }

    async fn cycle(&mut self) -> Result<(), Error> {
        self.refresh().await?;
        if self.ahead == Ahead::Torn {
            self.commit(false).await?;
        }
        self.answer_due().await;
        self.tick().await?;
        self.evaluate().await?;
        self.keep();
        self.commit(self.may_go_ahead()).await?;
        self.rest_unused().await?;
        self.answer_due().await;
        self.answer_reads().await;
        Ok(())
    }

    /// Reads anew what the store holds, if a failure made that necessary.
    async fn refresh(&mut self) -> Result<(), Error> {
        if self.is_stale {
            let (processes, events) = Processes::load(&*self.store, self.seed).await?;
            let modules = self.store.modules().await?;
            self.processes = processes;
            self.modules.restore(modules.as_deref());
            self.platform.restore(self.store.ahead().await?);
            self.view = None;
            self.unkept.clear();
            self.resting.clear();
            self.events.extend(events);
            self.budget = Budget::new(self.settings.budget);
            self.load_held().await?;
            self.is_stale = false;
        }
        Ok(())
    }

    /// Whether there is more to do that nobody needs to ask for, and no time has to come for.
    fn has_more(&self) -> bool {
        self.processes.anything_ready() || self.has_unwritten()
    }

    /// Whether something came up after the last commit that the next one is to write or to tell.
    fn has_unwritten(&self) -> bool {
        let is_unheard = !self.events.is_empty() && !self.listeners.is_empty();
        self.ahead != Ahead::No || !self.batch.is_empty() || !self.answers.is_empty() || is_unheard
    }

    /// After a failure the store alone is believed: those who wait are told, and all is read anew before
    /// anything else is done.
    fn give_up(&mut self, error: &Error) {
        self.is_stale = true;
        self.ahead = Ahead::No;
        self.batch = Batch::default();
        self.events.clear();
        self.happened(|| Event::error(None, error));
        let events = std::mem::take(&mut self.events);
        self.tell(&events);
        for answer in self.answers.drain(..) {
            answer.refuse(error);
        }
        for waiting in self.waiting.drain(..) {
            waiting.refuse(error);
        }
        for read in self.reads.drain(..) {
            read.refuse(error.clone());
        }
    }

    /// Something happened: those who listen hear of it with the next commit.
    fn happened(&mut self, event: impl FnOnce() -> Event) {
        if !self.listeners.is_empty() {
            self.events.push(event());
        }
    }
}
