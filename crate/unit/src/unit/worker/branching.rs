//! Processes that begin with what others were: forks, and what is carried from unit to unit.

use ao_data_item::Id;

use crate::Error;
use crate::assignment::Assignment;
use crate::chain::{Chain, Moment};
use crate::cron::Walk;
use crate::export::Export;
use crate::log::{EntryKeys, read_assignments, read_outbound, read_outcomes};
use crate::machine::MachineHost;
use crate::outcome::Outcome;
use crate::platform::Platform;
use crate::process::{Ancestor, CronState, Process};
use crate::schedule::assignment_id;
use crate::store::{Checkpoint, Store};
use crate::unit::entry::Entry;

use super::Worker;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// A new process that goes on from where another was after a message, by default its last. It has the
    /// other's log up to there, and learns that it has a new id with its next message.
    pub(super) async fn fork(&mut self, process: &str, nonce: Option<u64>) -> Result<Id, Error> {
        let source = self.processes.find(process)?;
        if self.processes.entry(source)?.is_unwritten {
            return Err(Error::NotEvaluated {
                process: source,
                nonce: nonce.unwrap_or_default(),
            });
        }
        let nonce = match nonce {
            Some(nonce) => nonce,
            None => self.last_evaluated_nonce(source).await?,
        };
        let (_, index) = self.index_at(process, nonce).await?;
        let length = index + 1;
        let original = self.processes.entry(source)?.process.clone();
        if length > original.evaluated {
            return Err(Error::NotEvaluated {
                process: source,
                nonce,
            });
        }
        let assignments = read_assignments(&*self.store, source, 0, length).await?;
        let outcomes = read_outcomes(&*self.store, source, 0, length).await?;
        let evaluator = self.evaluator_at(source, length).await?;

        let mut ancestors = original.ancestors.clone();
        ancestors.retain(|ancestor| ancestor.until < length);
        let last = Ancestor {
            id: original.id_at(index).0,
            until: length,
            salt: self.platform.random(),
        };
        let id = last.fork();
        ancestors.push(last);
        let last = &assignments[assignments.len() - 1].place;
        let message = assignments[assignments.len() - 1].message.content()?.id;
        let link = assignment_id(original.id_at(index).0, last, message.0);
        let moment = Moment {
            timestamp: last.timestamp,
            block_height: last.block_height,
        };
        let fork = Process {
            id: id.0,
            length: 0,
            evaluated: 0,
            next_nonce: nonce + 1,
            last: moment,
            chain: Some((last.hash_chain, link)),
            outbound: 0,
            cron: CronState {
                origin: original.cron.origin,
                walk: Some(Walk::from(moment, &self.settings.chain)),
                ..CronState::default()
            },
            ancestors,
            foreign: original.foreign.min(length),
            ..original
        };
        let mut entry = Entry::empty(fork, self.seed);
        entry.inherit(assignments, &outcomes)?;
        let bytes = evaluator.memory();
        entry.evaluator = Some(evaluator);
        self.processes.add(entry);
        self.note_evaluation(id, length, 0, self.platform.now());
        self.note_machine(id, bytes);
        Ok(id)
    }

    /// The process in one piece.
    pub(super) async fn export(&mut self, id: Id) -> Result<Export, Error> {
        let process = self.processes.entry(id)?.process.clone();
        let checkpoint = self.whole_checkpoint(id).await?;
        let module = process.tag("Module").unwrap_or_default();
        Ok(Export {
            module: self.modules.name_of(module).unwrap_or_default(),
            stamp: self.host.stamp(),
            assignments: read_assignments(&*self.store, id, 0, process.length).await?,
            outcomes: read_outcomes(&*self.store, id, 0, process.evaluated).await?,
            outbound: read_outbound(&*self.store, id, 0, process.outbound).await?,
            memory: checkpoint.memory,
            checkpoint: checkpoint.bytes,
            process,
        })
    }

    /// Takes in a process that was checked. Unless its checkpoint is to be believed, the log is evaluated anew.
    /// Its cron is not monitored: whether it is to tick by itself here, the file does not decide.
    pub(super) fn import(&mut self, export: Export, trusts: bool) -> Result<Id, Error> {
        let id = export.id();
        if self.processes.contains(id) {
            return Err(Error::ProcessExists(id));
        }
        let record = export.process;
        let process = Process {
            length: 0,
            evaluated: 0,
            outbound: 0,
            cron: CronState {
                origin: record.cron.origin,
                walk: Some(walk_after(&export.assignments, &self.settings.chain)),
                ..CronState::default()
            },
            foreign: export.outcomes.len() as u64,
            ..record
        };
        let mut entry = Entry::empty(process, self.seed);
        entry.inherit(export.assignments, &export.outcomes)?;
        for outbound in &export.outbound {
            entry.send_away(outbound);
        }
        let at = entry.process.evaluated;
        self.processes.add(entry);
        if trusts && export.stamp == self.host.stamp() {
            let checkpoint = Checkpoint {
                at,
                base: at,
                memory: export.memory,
                bytes: export.checkpoint,
            };
            self.batch.checkpoints.push((id, checkpoint));
        }
        Ok(id)
    }

    async fn last_evaluated_nonce(&mut self, id: Id) -> Result<u64, Error> {
        let process = &self.processes.entry(id)?.process;
        let Some(last) = process.evaluated.checked_sub(1) else {
            return Err(Error::NotEvaluated {
                process: id,
                nonce: 0,
            });
        };
        let entries = read_assignments(&*self.store, id, last, last + 1).await?;
        Ok(entries[0].place.nonce)
    }
}

/// Where a log's cron goes on: from the last message, or the second of the latest tick since. What ticked in
/// that very second comes again, and is known.
fn walk_after(log: &[Assignment], chain: &Chain) -> Walk {
    let message = log.iter().rposition(|assignment| !assignment.is_cron());
    let since = message.map_or(&[][..], |message| &log[message..]);
    let Some(left) = since.first().map(|message| message.place.moment()) else {
        return Walk::from(Moment::default(), chain);
    };
    let latest = since.iter().map(|entry| entry.place.timestamp).max();
    let latest = latest.unwrap_or_default() - left.timestamp;
    let highest = since.iter().map(|entry| entry.place.block_height).max();
    let moment = Moment {
        timestamp: left.timestamp + latest - latest % 1000,
        block_height: highest.unwrap_or_default(),
    };
    Walk::from(moment, chain)
}

impl<H: MachineHost> Entry<H> {
    /// Begins the log with what another's has, evaluated as far as it was there.
    fn inherit(&mut self, assignments: Vec<Assignment>, outcomes: &[Outcome]) -> Result<(), Error> {
        for (index, assignment) in (0..).zip(assignments) {
            if index == outcomes.len() as u64 {
                self.conclude_all(outcomes);
            }
            let (own, time) = (self.process.id_at(index), assignment.place.timestamp);
            let keys = EntryKeys::of(&self.process, own, &assignment.message, time)?;
            self.append(&keys, |process| {
                process.length += 1;
                assignment
            });
        }
        if self.process.evaluated == 0 {
            self.conclude_all(outcomes);
        }
        Ok(())
    }

    /// What is in the log now has these outcomes.
    fn conclude_all(&mut self, outcomes: &[Outcome]) {
        self.seal();
        self.committed();
        self.is_unwritten = true;
        for outcome in outcomes {
            self.conclude(outcome);
        }
    }
}
