//! Answers from what is durable: the log, outcomes by the page, what left the unit.

use std::borrow::Cow;

use ao_data_item::{DataItem, Id, Tag};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::Error;
use crate::assignment::{Assignment, Place};
use crate::history::{
    ClockReading, Found, Listing, LogEdge, LogItem, LogNode, LogOwner, LogPage, OutboundEntry,
    OutboundPage, PageInfo,
};
use crate::json::Raw;
use crate::log::{ENTRIES_AT_ONCE, first_entry, read_assignments, read_outbound};
use crate::machine::MachineHost;
use crate::message::Message;
use crate::platform::Platform;
use crate::process::Process;
use crate::schedule::assignment_id;
use crate::store::Store;
use crate::unit::desk::{Read, answer};

use super::Worker;

/// So many entries of a log are listed unless another number is asked for.
const LIMIT: u64 = 100;
/// So many are in a page at most.
const MOST: u64 = 10_000;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Answers what was asked while the last cycle worked.
    pub(super) async fn answer_reads(&mut self) {
        for read in std::mem::take(&mut self.reads) {
            match read {
                Read::Processes { reply } => {
                    let summaries = self.processes.iter().filter_map(|entry| {
                        let mut summary = entry.summary()?;
                        if let Some(cron) = &mut summary.cron {
                            cron.next = self.next_due_of(entry);
                        }
                        Some(summary)
                    });
                    answer(reply, Ok(summaries.collect()));
                }
                Read::Modules { reply } => answer(reply, Ok(self.modules.list())),
                Read::Clock { reply } => answer(reply, Ok(self.clock())),
                Read::Find {
                    message,
                    process,
                    reply,
                } => answer(reply, self.look_for(&message, process.as_deref()).await),
                Read::Held { reply } => answer(reply, Ok(self.held_messages())),
                // The next cycle looks again.
                Read::Settled { .. } if self.has_more() => self.reads.push(read),
                Read::Settled { reply } => answer(reply, Ok(())),
                Read::Results {
                    process,
                    listing,
                    reply,
                } => answer(reply, self.results(&process, &listing).await),
                Read::Log {
                    process,
                    listing,
                    reply,
                } => answer(reply, self.log(&process, &listing).await),
                Read::Outbound {
                    process,
                    from,
                    limit,
                    reply,
                } => answer(reply, self.outbound(&process, from, limit).await),
                Read::Paused { reply } => answer(reply, Ok(self.paused())),
                // The rest waits for evaluations.
                read => read.refuse(Error::Closed),
            }
        }
    }

    /// A page of a process's log: the messages, without the ticks of its cron.
    async fn log(&mut self, process: &str, listing: &Listing) -> Result<LogPage, Error> {
        let id = self.processes.find(process)?;
        let process = &self.processes.entry(id)?.process;
        let length = process.length;
        let by_nonce = listing.by.as_deref() == Some("nonce");
        // Of nonces, -1 is what all of them are behind.
        let from = listing
            .from
            .as_deref()
            .filter(|from| !by_nonce || *from != "-1");
        let (from, to) = (bound(from)?, bound(listing.to.as_deref())?);
        let key = |place: &Place| {
            if by_nonce {
                place.nonce
            } else {
                place.timestamp
            }
        };
        // As the network has it, `from` is the last that is not wanted, and `to` the last that is.
        let is_before = |place: &Place| from.is_some_and(|from| key(place) <= from);
        let limit = listing.limit.unwrap_or(LIMIT).clamp(1, MOST) as usize;
        let mut index = first_entry(&*self.store, id, length, is_before).await?;
        let (mut edges, mut has_next_page) = (Vec::new(), false);
        'reading: while index < length {
            let end = length.min(index + ENTRIES_AT_ONCE);
            for assignment in read_assignments(&*self.store, id, index, end).await? {
                let at = key(&assignment.place);
                if to.is_some_and(|to| at > to) {
                    break 'reading;
                }
                if !assignment.is_cron() {
                    if edges.len() == limit {
                        has_next_page = true;
                        break 'reading;
                    }
                    let node = node(process, index, &assignment)?;
                    let cursor = at.to_string();
                    edges.push(LogEdge { node, cursor });
                }
                index += 1;
            }
        }
        Ok(LogPage {
            page_info: PageInfo { has_next_page },
            edges,
        })
    }

    pub(super) fn clock(&self) -> ClockReading {
        let (timestamp, chain) = (self.platform.now(), self.settings.chain);
        ClockReading {
            timestamp,
            height: chain.height_at(timestamp),
            chain,
        }
    }

    /// Where a message is, in the log of one process or of any; `None` if it is nowhere.
    async fn look_for(
        &mut self,
        message: &str,
        process: Option<&str>,
    ) -> Result<Option<Found>, Error> {
        let within = process.map(|process| self.processes.find(process));
        let Ok(id) = message.parse() else {
            return Ok(None);
        };
        let Some((process, index)) = self.locate(id, within.transpose()?).await? else {
            return Ok(None);
        };
        let entries = read_assignments(&*self.store, process, index, index + 1).await?;
        let record = &self.processes.entry(process)?.process;
        let node = node(record, index, &entries[0])?;
        Ok(Some(Found { process, node }))
    }

    /// What a process sent that found no process here, from a number on.
    async fn outbound(
        &mut self,
        process: &str,
        from: u64,
        limit: u64,
    ) -> Result<OutboundPage, Error> {
        let id = self.processes.find(process)?;
        let total = self.processes.entry(id)?.process.outbound;
        let end = total.min(from.saturating_add(limit.min(MOST)));
        let mut entries = Vec::new();
        for (number, outbound) in (from..).zip(read_outbound(&*self.store, id, from, end).await?) {
            let outcome = self.outcome(id, outbound.index).await?;
            let position = usize::try_from(outbound.position).unwrap_or(usize::MAX);
            entries.push(OutboundEntry {
                number,
                nonce: outbound.nonce,
                kind: outbound.kind,
                target: outbound.target,
                reason: outbound.reason,
                sent: Raw(outcome.entry(outbound.kind.list(), position)),
            });
        }
        Ok(OutboundPage { total, entries })
    }
}

/// A number that a listing begins or ends with.
fn bound(text: Option<&str>) -> Result<Option<u64>, Error> {
    let text = text.filter(|text| !text.is_empty());
    let number = text.map(|text| {
        text.parse()
            .map_err(|_| Error::CursorInvalid(text.to_owned()))
    });
    number.transpose()
}

fn node(process: &Process, index: u64, assignment: &Assignment) -> Result<LogNode, Error> {
    let content = assignment.message.content()?;
    let (id, target) = (content.id, content.target.to_string());
    let is_assigned = matches!(assignment.message, Message::Assigned(_));
    let bytes = match &assignment.message {
        Message::Item(bytes) => bytes.clone(),
        Message::Assigned(_) => Vec::new(),
        Message::Sent(_) | Message::Cron(_) => content.data.to_vec(),
    };
    let key = match &assignment.message {
        Message::Item(bytes) => URL_SAFE_NO_PAD.encode(DataItem::parse(bytes.as_slice())?.owner()),
        Message::Sent(_) | Message::Assigned(_) | Message::Cron(_) => String::new(),
    };
    let message = LogItem {
        id,
        owner: LogOwner {
            address: content.owner.into_owned(),
            key,
        },
        tags: content.tags.into_owned(),
        data: Some(String::from_utf8_lossy(&content.data).into_owned()),
        signature: content.signature,
        anchor: content.anchor.map(Cow::into_owned),
        target,
    };
    let place = &assignment.place;
    let own = process.id_at(index);
    Ok(LogNode {
        message: (!is_assigned).then_some(message),
        assignment: LogItem {
            id: Id(assignment_id(own.0, place, id.0)),
            owner: LogOwner {
                address: process.home.clone(),
                key: String::new(),
            },
            tags: assignment_tags(own, place, id, &assignment.message),
            data: None,
            signature: String::new(),
            anchor: None,
            target: String::new(),
        },
        bytes,
    })
}

/// The tags of an assignment, in the order of the network's schedulers.
pub(crate) fn assignment_tags(process: Id, place: &Place, id: Id, message: &Message) -> Vec<Tag> {
    let mut tags = vec![
        Tag::new("Process", process.to_string()),
        Tag::new("Epoch", "0"),
        Tag::new("Nonce", place.nonce.to_string()),
        Tag::new("Hash-Chain", URL_SAFE_NO_PAD.encode(place.hash_chain)),
        Tag::new("Block-Height", format!("{:012}", place.block_height)),
        Tag::new("Timestamp", place.timestamp.to_string()),
        Tag::new("Data-Protocol", "ao"),
        Tag::new("Type", "Assignment"),
        Tag::new("Variant", "ao.TN.1"),
        Tag::new("Message", id.to_string()),
    ];
    if let Message::Assigned(assigned) = message {
        let fields = assigned.exclude.iter();
        tags.extend(fields.map(|field| Tag::new("Exclude", field)));
    }
    tags
}
