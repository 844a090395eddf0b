//! Commits: all that changed is written in one transaction. While that is under way, what is durable already is
//! evaluated; what comes of it is for the next.

use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use crate::Error;
use crate::events::Event;
use crate::machine::MachineHost;
use crate::platform::Platform;
use crate::store::Store;
use crate::unit::desk::Read;

use super::Worker;

/// So many events are kept for whoever listens first.
const UNHEARD: usize = 100;

/// Whether anything was evaluated since the last batch was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ahead {
    /// Nothing was.
    No,
    /// Something may have been.
    Yes,
    /// Of a process, too, that was put aside since: its machine cannot be had again before that is durable.
    Torn,
}

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Writes what changed, and answers those who waited for that. With `goes_ahead`, evaluates meanwhile. If the
    /// store fails, all of that is forgotten with the rest.
    pub(super) async fn commit(&mut self, goes_ahead: bool) -> Result<(), Error> {
        let mut batch = std::mem::take(&mut self.batch);
        self.processes.write_to(&mut batch);
        self.ahead = Ahead::No;
        let answers = std::mem::take(&mut self.answers);
        let events = self.heard_events();
        let mut ahead = Ok(false);
        if !batch.is_empty() {
            let store = Rc::clone(&self.store);
            let mut writing = pin!(async move { store.commit(batch).await });
            let mut goes_on = goes_ahead;
            let written = loop {
                if !goes_on {
                    break writing.await;
                }
                if let Poll::Ready(written) = futures::poll!(writing.as_mut()) {
                    break written;
                }
                ahead = self.take_turn_ahead().await;
                goes_on = matches!(ahead, Ok(true));
                if goes_on {
                    self.platform.pause(0).await;
                }
            };
            if let Err(error) = written {
                // Those who come after are told the same.
                self.answers.splice(0..0, answers);
                return Err(error.into());
            }
        }
        self.processes.committed();
        for answer in answers {
            answer.give();
        }
        self.tell(&events);
        ahead.map(|_| ())
    }

    /// Whether there is something to evaluate while the next batch is written, and nobody who looks at more than
    /// outcomes and the list of processes: they would see what is not durable. Who waits until all is done looks at
    /// nothing.
    pub(super) fn may_go_ahead(&self) -> bool {
        let is_watched = self.waiting.iter().any(|one| !one.is_for_outcome());
        let is_list = |read: &Read| matches!(read, Read::Processes { .. } | Read::Settled { .. });
        self.processes.anything_ready()
            && self.resting.is_empty()
            && self.reads.iter().all(is_list)
            && !is_watched
    }

    /// Makes durable what was evaluated ahead. If that fails, it is forgotten.
    pub(super) async fn settle(&mut self) {
        if self.ahead != Ahead::No
            && let Err(error) = self.commit(false).await
        {
            self.give_up(&error);
        }
    }

    /// What the listeners are told when the batch is durable. What happened while the unit was opened waits for the
    /// first who listens.
    fn heard_events(&mut self) -> Vec<Event> {
        if self.listeners.is_empty() {
            self.events.truncate(UNHEARD);
            return Vec::new();
        }
        std::mem::take(&mut self.events)
    }

    pub(super) fn tell(&mut self, events: &[Event]) {
        if !events.is_empty() {
            self.listeners
                .retain(|listener| listener.unbounded_send(events.to_vec()).is_ok());
        }
    }
}
