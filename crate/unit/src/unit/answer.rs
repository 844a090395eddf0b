//! An answer that is due when something is durable.

use crate::Error;

use super::desk::{Reply, answer};

/// What somebody is told when the next commit has succeeded or failed.
pub(super) struct Answer(Box<dyn FnOnce(Result<(), Error>)>);

impl Answer {
    /// Tells `value`, if the commit succeeds.
    pub(super) fn new<T: 'static>(reply: Reply<T>, value: T) -> Self {
        Self(Box::new(move |committed| {
            answer(reply, committed.map(|()| value));
        }))
    }

    /// What was to be durable is.
    pub(super) fn give(self) {
        (self.0)(Ok(()));
    }

    /// It is not.
    pub(super) fn refuse(self, error: &Error) {
        (self.0)(Err(error.clone()));
    }
}
