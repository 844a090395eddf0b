//! Checkpoints: written when they are due, and when a machine is put to rest.

use ao_data_item::Id;

use crate::Error;
use crate::checkpoint::{Baseline, Discarded, capture};
use crate::events::Event;
use crate::log::read_assignments;
use crate::machine::MachineHost;
use crate::platform::Platform;
use crate::store::{Checkpoint, Store};
use crate::unit::desk::{Reply, answer};
use crate::unit::{Answer, Checkpointed};

use super::Worker;

/// Checkpoints that are due take so many milliseconds of a cycle, the rest waits for the next.
const KEEPING_MILLISECONDS: u64 = 20;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Puts the checkpoints that are due into the next batch.
    pub(super) fn keep(&mut self) {
        let start = self.platform.now();
        let policy = self.settings.checkpoints;
        let is_due = |id: &&Id| {
            let keeper = self.processes.get(**id).map(|entry| &entry.keeper);
            keeper.is_some_and(|keeper| keeper.is_due(&policy, start))
        };
        let due: Vec<Id> = self.unkept.iter().filter(is_due).copied().collect();
        for id in due {
            if let Err(error) = self.checkpoint(id) {
                self.put_aside(id, &error);
            }
            if self.platform.now() >= start + KEEPING_MILLISECONDS {
                break;
            }
        }
    }

    /// When the next checkpoint will be due if nothing else happens, in milliseconds since 1970.
    pub(super) fn next_checkpoint(&self) -> Option<u64> {
        let policy = &self.settings.checkpoints;
        let entries = self.unkept.iter().filter_map(|id| self.processes.get(*id));
        entries
            .filter_map(|entry| entry.keeper.due_at(policy))
            .min()
    }

    /// Puts a checkpoint of a process into the next batch; answers its size, 0 if the last one will do.
    pub(super) fn checkpoint(&mut self, id: Id) -> Result<Checkpointed, Error> {
        self.unkept.remove(&id);
        let entry = self.processes.entry(id)?;
        let at = entry.process.evaluated;
        if !entry.keeper.is_behind() {
            return Ok(Checkpointed { at, bytes: 0 });
        }
        let nonce = entry.process.next_nonce.saturating_sub(1);
        let host = &self.host;
        let Some(evaluator) = &mut entry.evaluator else {
            return Ok(Checkpointed { at, bytes: 0 });
        };
        let machine = evaluator.machine(host)?;
        let (checkpoint, pruned) = entry.keeper.capture(machine, host.stamp(), at);
        let bytes = checkpoint.bytes.len() as u64;
        self.batch.checkpoints.push((id, checkpoint));
        self.batch
            .pruned
            .extend(pruned.into_iter().map(|at| (id, at)));
        self.happened(|| Event::Checkpointed {
            process: id,
            nonce,
            bytes,
        });
        Ok(Checkpointed { at, bytes })
    }

    /// Writes a checkpoint because somebody asks for it.
    pub(super) async fn checkpoint_now(&mut self, id: Id, reply: Reply<Checkpointed>) {
        let checkpointed = match self.ensure_machine(id).await {
            Ok(()) => self.checkpoint(id),
            Err(error) => Err(error),
        };
        match checkpointed {
            Ok(checkpointed) => self.answers.push(Answer::new(reply, checkpointed)),
            Err(error) => answer(reply, Err(error)),
        }
    }

    /// A checkpoint of a process that stands alone, for whoever carries it elsewhere.
    pub(super) async fn whole_checkpoint(&mut self, id: Id) -> Result<Checkpoint, Error> {
        self.ensure_machine(id).await?;
        let (host, seed) = (&self.host, self.seed);
        let entry = self.processes.entry(id)?;
        let at = entry.process.evaluated;
        let evaluator = entry.evaluator.as_mut().ok_or(Error::Closed)?;
        let machine = evaluator.machine(host)?;
        Ok(capture(machine, host.stamp(), at, &Baseline::blank(seed)).checkpoint)
    }

    /// Damaged checkpoints are deleted, and that they were is told.
    pub(super) async fn discard(&mut self, id: Id, discarded: Vec<Discarded>) -> Result<(), Error> {
        for Discarded { at, damage } in discarded {
            self.batch.pruned.push((id, at));
            let last = at.saturating_sub(1);
            let entries = read_assignments(&*self.store, id, last, at).await?;
            let nonce = entries.first().map_or(0, |entry| entry.place.nonce);
            self.happened(|| Event::CheckpointDiscarded {
                process: id,
                nonce,
                reason: damage.to_string(),
            });
        }
        Ok(())
    }
}
