//! Machines: brought to where a log has come, kept while there is room, and compared with what is stored.

use ao_data_item::Id;

use crate::Error;
use crate::assignment::{Assignment, describe_trial};
use crate::checkpoint::Baseline;
use crate::evaluation::Evaluator;
use crate::events::Event;
use crate::history::{Difference, Replayed};
use crate::log::read_assignments;
use crate::machine::{Machine, MachineHost};
use crate::message::Content;
use crate::outcome::Outcome;
use crate::platform::Platform;
use crate::store::{CheckpointHead, Store};
use crate::unit::keeper::Keeper;
use crate::unit::opening::{self, Opened};

use super::Worker;
use super::committing::Ahead;

/// So many machines more than there is room for are live at most …
const MOST_RESTING: usize = 16;
/// … and such a part of the memory more than they may have.
const RESTING_PART: u64 = 4;

/// So many bytes of two memories are compared at once.
const BYTES_AT_ONCE: usize = 1 << 16;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Sees to it that a process's machine stands where its log is evaluated to.
    pub(super) async fn ensure_machine(&mut self, id: Id) -> Result<(), Error> {
        let entry = self.processes.entry(id)?;
        if let Some(evaluator) = &entry.evaluator {
            let bytes = evaluator.memory();
            self.note_machine(id, bytes);
            return Ok(());
        }
        let until = entry.process.evaluated;
        let opened = self.open_machine(id, until).await?;
        let heads = self.store.checkpoints(id).await?;
        let is_kept =
            |head: &CheckpointHead| opened.discarded.iter().all(|lost| lost.at != head.at);
        let heads = heads.into_iter().filter(is_kept).collect();
        let seed = self.seed;
        let entry = self.processes.entry(id)?;
        let baseline = opened.baseline.unwrap_or_else(|| Baseline::blank(seed));
        entry.keeper = Keeper::of(baseline, heads);
        let bytes = opened.evaluator.memory();
        entry.evaluator = Some(opened.evaluator);
        self.note_machine(id, bytes);
        if opened.replayed > 0 {
            let now = self.platform.now();
            self.note_evaluation(id, opened.replayed, 0, now);
        }
        self.discard(id, opened.discarded).await
    }

    /// A process has evaluated messages of so many bytes since its last checkpoint.
    pub(super) fn note_evaluation(&mut self, id: Id, evaluations: u64, bytes: u64, now: u64) {
        if let Some(entry) = self.processes.get_mut(id) {
            entry.keeper.note(evaluations, bytes, now);
            self.unkept.insert(id);
        }
    }

    /// Says that a process's machine is in use, and how many bytes it has now. Those that there is no room for are
    /// to be put to rest, the one first that was longest unused, when what they have evaluated is durable.
    pub(super) fn note_machine(&mut self, id: Id, bytes: u64) {
        self.processes.note_machine(id, bytes);
        while let Some(unused) = self.processes.take_unused(&self.settings) {
            self.resting.push(unused);
        }
    }

    /// Whether so much is to be put to rest that nothing else is evaluated before.
    pub(super) fn is_crowded(&self) -> bool {
        let resting = self.resting.iter().filter_map(|id| self.processes.get(*id));
        let evaluators = resting.filter_map(|entry| entry.evaluator.as_ref());
        let bytes: u64 = evaluators.map(Evaluator::memory).sum();
        self.resting.len() >= MOST_RESTING || bytes > self.settings.live_memory / RESTING_PART
    }

    /// Puts machines to rest that there is no room for, as checkpoints. What they have evaluated must be
    /// durable: they are brought back from what is stored.
    pub(super) async fn rest_unused(&mut self) -> Result<(), Error> {
        if self.ahead != Ahead::No {
            return Ok(());
        }
        let mut unused = std::mem::take(&mut self.resting);
        unused.retain(|id| !self.processes.is_live(*id));
        for id in &unused {
            self.checkpoint(*id)?;
        }
        let batch = std::mem::take(&mut self.batch);
        if !batch.is_empty() {
            self.store.commit(batch).await?;
        }
        for id in unused {
            self.processes.entry(id)?.evaluator = None;
        }
        Ok(())
    }

    /// An evaluator of a process's own, as it stood before entry `until`.
    pub(super) async fn evaluator_at(&mut self, id: Id, until: u64) -> Result<Evaluator<H>, Error> {
        let opened = self.open_machine(id, until).await?;
        self.discard(id, opened.discarded).await?;
        Ok(opened.evaluator)
    }

    async fn open_machine(&mut self, id: Id, until: u64) -> Result<Opened<H>, Error> {
        let process = self.processes.entry(id)?.process.clone();
        let limits = self.settings.limits.limits(&process.tags)?;
        let (host, store) = (&self.host, &*self.store);
        let opened = opening::open(host, store, &process, until, &limits, self.seed).await?;
        if let Some(nonce) = opened.differs {
            self.happened(|| Event::OutcomeDiffers { process: id, nonce });
        }
        Ok(opened)
    }

    /// What a message would have come to after an entry.
    pub(super) async fn try_out_at(
        &mut self,
        id: Id,
        index: u64,
        content: &Content<'_>,
    ) -> Result<Outcome, Error> {
        let is_known = |(process, at, _): &(Id, u64, Evaluator<H>)| (*process, *at) == (id, index);
        let mut evaluator = match self.view.take().filter(is_known) {
            Some((_, _, evaluator)) => evaluator,
            None => self.evaluator_at(id, index + 1).await?,
        };
        let mut process = self.processes.entry(id)?.process.clone();
        let entry = read_assignments(&*self.store, id, index, index + 1).await?;
        process.last = entry[0].place.moment();
        evaluator.turn_to(&process, index);
        process.id = process.id_at(index).0;
        let message = describe_trial(&process, content);
        let outcome = evaluator.try_out(&self.host, &message, &mut self.scratch);
        self.view = Some((id, index, evaluator));
        Ok(outcome?)
    }

    /// Evaluates a process's log from nothing, and compares all of it with what is stored.
    pub(super) async fn replay(&mut self, id: Id) -> Result<Replayed, Error> {
        let process = self.processes.entry(id)?.process.clone();
        let limits = self.settings.limits.limits(&process.tags)?;
        let mut evaluator = Evaluator::new(&process, limits);
        let mut replayed = Replayed {
            entries: process.evaluated,
            different: 0,
            first_difference: None,
            memory_is_equal: false,
        };
        let compare = |assignment: &Assignment, stored: &Outcome, now: &Outcome| {
            if now != stored {
                replayed.different += 1;
                let text = |outcome: &Outcome| outcome.as_json().to_owned();
                replayed.first_difference.get_or_insert_with(|| Difference {
                    nonce: assignment.place.nonce,
                    stored: text(stored),
                    replayed: text(now),
                });
            }
        };
        opening::evaluate_again(
            &mut evaluator,
            &self.host,
            &*self.store,
            &process,
            0..process.evaluated,
            |_, _| true,
            compare,
        )
        .await?;
        self.ensure_machine(id).await?;
        let (host, entry) = (&self.host, self.processes.entry(id)?);
        let live = entry.evaluator.as_mut().ok_or(Error::Closed)?;
        replayed.memory_is_equal = is_equal(live.machine(host)?, evaluator.machine(host)?);
        Ok(replayed)
    }
}

/// Whether two machines have the same memory.
fn is_equal(left: &impl Machine, right: &impl Machine) -> bool {
    let length = left.memory();
    if right.memory() != length {
        return false;
    }
    let (mut a, mut b) = (vec![0; BYTES_AT_ONCE], vec![0; BYTES_AT_ONCE]);
    (0..length).step_by(BYTES_AT_ONCE).all(|offset| {
        let size = BYTES_AT_ONCE.min(length - offset);
        left.read(offset, &mut a[..size]);
        right.read(offset, &mut b[..size]);
        a[..size] == b[..size]
    })
}
