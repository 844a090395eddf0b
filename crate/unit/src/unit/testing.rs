//! What tests may do with a unit, and nobody else.

use ao_data_item::Verifier;

use crate::Error;
use crate::history::HeldMessage;

use super::desk::{Read, Write};
use super::{Accepted, Unit, impersonation};

impl<V: Verifier> Unit<V> {
    /// Takes a message that nobody signed, as JSON (`{Owner, Target, Anchor, Data, Tags}`), for tests: it is from
    /// whom it says. Without a target it makes a process.
    ///
    /// # Errors
    ///
    /// [`Error::TestingOnly`] unless [`Settings::testing`] is set; when the message does not read, or there is no
    /// such process or module.
    pub async fn impersonate(&self, message: &str) -> Result<Accepted, Error> {
        self.require_testing("a message without a signature")?;
        let sent = Box::new(impersonation::parse(message)?);
        self.write(|reply| Write::Impersonate { sent, reply }).await
    }

    /// Holds every delivery between processes back from now on, for tests; or, with `on` false, lets all go
    /// that was held. Answers how many went.
    ///
    /// # Errors
    ///
    /// [`Error::TestingOnly`] unless [`Settings::testing`] is set.
    pub async fn hold(&self, on: bool) -> Result<u64, Error> {
        self.require_testing("holding deliveries back")?;
        self.write(|reply| Write::Hold { on, reply }).await
    }

    /// The messages between processes that wait to be let go, in the order of sending.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn held(&self) -> Result<Vec<HeldMessage>, Error> {
        self.read(|reply| Read::Held { reply }).await
    }

    /// Waits until nothing is left to evaluate. What is held back, or waits for its cron, is left waiting.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn settled(&self) -> Result<(), Error> {
        self.read(|reply| Read::Settled { reply }).await
    }

    /// Delivers one message that is held back, whenever the others go.
    ///
    /// # Errors
    ///
    /// [`Error::TestingOnly`] unless [`Settings::testing`] is set; [`Error::NotHeld`].
    pub async fn release(&self, number: u64) -> Result<(), Error> {
        self.require_testing("letting one delivery go")?;
        self.write(|reply| Write::Release { number, reply }).await
    }

    fn require_testing(&self, what: &'static str) -> Result<(), Error> {
        if self.is_testing {
            Ok(())
        } else {
            Err(Error::TestingOnly(what))
        }
    }
}
