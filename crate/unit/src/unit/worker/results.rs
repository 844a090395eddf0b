//! The outcomes of a process by the page.

use std::ops::Range;

use ao_data_item::Id;

use crate::Error;
use crate::assignment::Assignment;
use crate::cursor::{Page, Position};
use crate::history::{Listing, ResultEdge, Results, ResultsInfo};
use crate::json::Raw;
use crate::log::{first_entry, read_assignments, read_outcomes};
use crate::machine::MachineHost;
use crate::message::Message;
use crate::outcome::Outcome;
use crate::platform::Platform;
use crate::store::Store;

use super::Worker;

/// So many outcomes are in a page at most.
const MOST: u64 = 1_000;

/// An entry of a log and what came of it.
type Row = (Assignment, Outcome);

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// A page of what came of a process's log, as far as it is evaluated.
    pub(super) async fn results(
        &mut self,
        process: &str,
        listing: &Listing,
    ) -> Result<Results, Error> {
        let id = self.processes.find(process)?;
        let evaluated = self.processes.entry(id)?.process.evaluated;
        let limit = listing.limit.map(|limit| limit.min(MOST) as usize);
        let (from, to) = (listing.from.as_deref(), listing.to.as_deref());
        let page = Page::parse(from, to, limit, listing.sort)?;

        let (from, to) = page.times();
        let store = &*self.store;
        let start = match from {
            Some(from) => first_entry(store, id, evaluated, |at| at.timestamp < from).await?,
            None => 0,
        };
        let end = match to {
            Some(to) => first_entry(store, id, evaluated, |at| at.timestamp <= to).await?,
            None => evaluated,
        };
        // Failed outcomes take no place: it is read on until the page is full.
        let mut size = page.limit() as u64 + 1;
        loop {
            let window = window(start..end.max(start), size, page.is_descending());
            let rows = self.rows(id, window.clone()).await?;
            let shown = page.select(&rows, position, |(_, outcome)| outcome.failed);
            let is_all = window.end - window.start >= end.saturating_sub(start);
            if shown.has_next_page || is_all {
                let edge = |row: &&Row| edge(row, &page);
                return Ok(Results {
                    page_info: ResultsInfo {
                        has_next_page: shown.has_next_page,
                    },
                    edges: shown.outcomes.iter().map(edge).collect(),
                });
            }
            size = size.saturating_mul(2);
        }
    }

    async fn rows(&self, id: Id, window: Range<u64>) -> Result<Vec<Row>, Error> {
        let assignments = read_assignments(&*self.store, id, window.start, window.end).await?;
        let outcomes = read_outcomes(&*self.store, id, window.start, window.end).await?;
        Ok(assignments.into_iter().zip(outcomes).collect())
    }
}

/// The part of a range where a page begins.
fn window(range: Range<u64>, size: u64, is_descending: bool) -> Range<u64> {
    if is_descending {
        range.start.max(range.end.saturating_sub(size))..range.end
    } else {
        range.start..range.end.min(range.start.saturating_add(size))
    }
}

fn position((assignment, _): &Row) -> Position<'_> {
    Position {
        timestamp: assignment.place.timestamp,
        ordinate: assignment.place.nonce,
        cron: match &assignment.message {
            Message::Cron(tick) => Some(&tick.id),
            _ => None,
        },
    }
}

fn edge(row: &Row, page: &Page) -> ResultEdge {
    ResultEdge {
        node: Raw(row.1.as_json().to_owned()),
        cursor: position(row).cursor(page.sort()),
    }
}
