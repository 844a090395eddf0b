//! Whether an exported process can be what it says: every message where the chain of hashes has it, every
//! tick one that its tags ask for, and every record what the log says.
//!
//! What processes sent bears no signature. That it came from the process's home is the file's own word;
//! here it is seen to that it is nobody else's word who signs for himself.

use std::collections::HashSet;

use ao_data_item::Id;

use crate::Error;
use crate::assignment::{Assignment, Place};
use crate::chain::Moment;
use crate::cron::{Cron, Gap};
use crate::limits::Ceilings;
use crate::log::EntryKeys;
use crate::message::{Message, Tick};
use crate::modules::Modules;
use crate::process::Process;
use crate::schedule::{assignment_id, next_link};

use super::Export;

/// No time and no height is beyond this: the largest whole number that JavaScript tells from its neighbours.
const LATEST: u64 = 1 << 53;
/// A block's tick comes with the step in whose second it is: it may be this much later, in milliseconds.
const WITHIN_A_SECOND: u64 = 999;

impl Export {
    /// Checks that the log is one log, and that the record says what the log does. The signatures are the
    /// caller's to verify: see [`Export::items`].
    ///
    /// # Errors
    ///
    /// [`Error::ExportInvalid`] that says which entry is wrong, and how.
    pub(crate) fn check(&self, ceilings: &Ceilings, modules: &Modules) -> Result<(), Error> {
        self.check_counts()?;
        self.check_origin()?;
        self.check_ancestors()?;
        self.check_outbound()?;
        let process = &self.process;
        let (owner, tags) = (String::new(), process.tags.clone());
        Process::new(process.id(), owner, tags, String::new(), ceilings, modules)?;
        let mut walk = Checking::new(process, self.assignments[0].place.moment())?;
        for (index, assignment) in (0..).zip(&self.assignments) {
            let wrong = |reason: &str| Error::ExportInvalid(format!("entry {index}: {reason}"));
            walk.take(index, assignment, &wrong)?;
        }
        walk.finish().map_err(Error::ExportInvalid)
    }

    fn check_counts(&self) -> Result<(), Error> {
        let (length, outcomes) = (self.assignments.len() as u64, self.outcomes.len() as u64);
        let counts = [self.process.length, self.process.evaluated];
        if counts != [length, outcomes] || outcomes > length {
            return Err(Error::ExportInvalid(format!(
                "its record counts {} entries and {} outcomes, and it has {length} and {outcomes}",
                counts[0], counts[1]
            )));
        }
        Ok(())
    }

    /// That what could not be delivered is in an outcome.
    fn check_outbound(&self) -> Result<(), Error> {
        for outbound in &self.outbound {
            let index = usize::try_from(outbound.index).unwrap_or(usize::MAX);
            let evaluated = &self.assignments[..self.outcomes.len()];
            let reason = match evaluated.get(index) {
                Some(assignment) if assignment.place.nonce == outbound.nonce => continue,
                Some(_) => format!("whose nonce is not {}", outbound.nonce),
                None => "which has no outcome".to_owned(),
            };
            return Err(Error::ExportInvalid(format!(
                "something was sent to {} by entry {}, {reason}",
                outbound.target, outbound.index
            )));
        }
        Ok(())
    }

    /// That the first entry is the message that made the process.
    fn check_origin(&self) -> Result<(), Error> {
        let invalid = |reason: &str| Err(Error::ExportInvalid(reason.to_owned()));
        let Some(first) = self.assignments.first() else {
            return invalid("its log is empty");
        };
        if !matches!(first.message, Message::Item(_) | Message::Sent(_)) {
            return invalid("its first entry is no message of its own");
        }
        let content = first.message.content()?;
        let process = &self.process;
        if content.id != process.id_at(0) {
            return invalid("its first message is not the one that made it");
        }
        if content.tag("Type") != Some("Process") {
            return invalid("its first message makes no process");
        }
        if content.owner != process.owner || *content.tags != process.tags {
            return invalid("its owner or its tags are not those of its first message");
        }
        if process.cron.origin != first.place.moment() {
            return invalid("its cron counts from another time than that of its first message");
        }
        Ok(())
    }

    /// That each process of those that it was forked from gives the id of the next.
    fn check_ancestors(&self) -> Result<(), Error> {
        let process = &self.process;
        let next = process.ancestors.iter().skip(1).map(|next| Id(next.id));
        let mut from = 0;
        for (ancestor, next) in process.ancestors.iter().zip(next.chain([process.id()])) {
            if ancestor.until <= from || ancestor.until > process.length {
                return Err(Error::ExportInvalid(format!(
                    "it was forked from {} after {} entries, which cannot be",
                    Id(ancestor.id),
                    ancestor.until
                )));
            }
            if ancestor.fork() != next {
                return Err(Error::ExportInvalid(format!(
                    "{next} is not the id of a fork of {} after {} entries",
                    Id(ancestor.id),
                    ancestor.until
                )));
            }
            from = ancestor.until;
        }
        Ok(())
    }
}

/// How far the check of a log has come.
struct Checking<'a> {
    process: &'a Process,
    cron: Cron,
    ids: HashSet<Id>,
    chain: Option<([u8; 32], [u8; 32])>,
    nonce: u64,
    /// The entry before.
    last: Moment,
    /// The message before, and where the process began.
    gap: Gap,
    /// The latest of the ticks since then that came by time, and of all of them.
    seconds: u64,
    latest: u64,
}

impl<'a> Checking<'a> {
    fn new(process: &'a Process, origin: Moment) -> Result<Self, Error> {
        let left = Moment::default();
        Ok(Self {
            process,
            cron: Cron::parse(&process.tags)?,
            ids: HashSet::new(),
            chain: None,
            nonce: 0,
            last: left,
            gap: Gap { origin, left },
            seconds: 0,
            latest: 0,
        })
    }

    fn take(
        &mut self,
        index: u64,
        assignment: &Assignment,
        wrong: &impl Fn(&str) -> Error,
    ) -> Result<(), Error> {
        let Assignment { place, message } = assignment;
        let own = self.process.id_at(index);
        let keys = EntryKeys::of(self.process, own, message, place.timestamp)?;
        if !self.ids.insert(keys.id) {
            return Err(wrong(&format!("{} is in the log twice", keys.id)));
        }
        if place.timestamp > LATEST || place.block_height > LATEST {
            return Err(wrong("its time or its height is beyond all others"));
        }
        if place.block_height < self.last.block_height {
            return Err(wrong("its height is below that of the entry before it"));
        }
        match message {
            Message::Cron(tick) => self.take_tick(tick, place, wrong)?,
            message => self.take_message(index, keys.id, message, place, wrong)?,
        }
        self.last = place.moment();
        Ok(())
    }

    fn take_message(
        &mut self,
        index: u64,
        id: Id,
        message: &Message,
        place: &Place,
        wrong: &impl Fn(&str) -> Error,
    ) -> Result<(), Error> {
        self.check_author(id, message, wrong)?;
        let latest = self.latest.saturating_sub(WITHIN_A_SECOND);
        if place.timestamp < self.last.timestamp.max(latest) {
            return Err(wrong("its time is before that of the entry before it"));
        }
        let own = self.process.id_at(index);
        let is_assigned = matches!(message, Message::Assigned(_));
        if index > 0 && !is_assigned && message.content()?.target != own.to_string() {
            return Err(wrong(&format!("message {id} is for another process")));
        }
        if place.nonce != self.nonce || place.hash_chain != next_link(own.0, self.chain) {
            return Err(wrong(&format!(
                "message {id} is not where the hash chain has it"
            )));
        }
        self.chain = Some((place.hash_chain, assignment_id(own.0, place, id.0)));
        self.nonce += 1;
        self.gap.left = place.moment();
        (self.seconds, self.latest) = (0, 0);
        Ok(())
    }

    /// That what nobody signed is said by the process's home, and what somebody signed is not.
    fn check_author(
        &self,
        id: Id,
        message: &Message,
        wrong: &impl Fn(&str) -> Error,
    ) -> Result<(), Error> {
        let home = &self.process.home;
        match message.sent() {
            Some(sent) if sent.hash() != id => {
                Err(wrong(&format!("message {id} says what its id does not")))
            }
            Some(sent) if sent.owner != *home => Err(wrong(&format!(
                "message {id} bears no signature, and is not from the process's home"
            ))),
            None if message.content()?.owner == *home => Err(wrong(&format!(
                "message {id} is signed by who is said to be the process's home"
            ))),
            _ => Ok(()),
        }
    }

    fn take_tick(
        &mut self,
        tick: &Tick,
        place: &Place,
        wrong: &impl Fn(&str) -> Error,
    ) -> Result<(), Error> {
        let wrong = |reason: &str| wrong(&format!("tick {} {reason}", tick.id));
        if tick.owner != self.process.owner {
            return Err(wrong("is not from the process's owner"));
        }
        let link = self.chain.map(|(link, _)| link);
        if self.nonce.checked_sub(1) != Some(place.nonce) || Some(place.hash_chain) != link {
            return Err(wrong("has not the place of the message before it"));
        }
        let checked = self
            .cron
            .check(&tick.id, &tick.tags, place.moment(), self.gap);
        let is_by_time = checked.map_err(wrong)?;
        self.latest = self.latest.max(place.timestamp);
        if is_by_time {
            if place.timestamp < self.seconds {
                return Err(wrong("is before the tick before it"));
            }
            self.seconds = place.timestamp;
        }
        Ok(())
    }

    /// That the record has what the log ends with.
    fn finish(self) -> Result<(), String> {
        let process = self.process;
        if (self.chain, self.nonce) != (process.chain, process.next_nonce) {
            return Err("the end of its hash chain is not the one of its record".to_owned());
        }
        if self.last != process.last {
            return Err("its last entry is not of the time that its record says".to_owned());
        }
        Ok(())
    }
}
