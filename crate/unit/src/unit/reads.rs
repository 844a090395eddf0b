//! What can be asked of a unit.

use ao_data_item::Verifier;

use crate::Error;
use crate::export::Export;
use crate::history::{
    ClockReading, Found, Listing, LogPage, OutboundPage, PausedCause, Replayed, Results,
};
use crate::modules::ModuleSummary;
use crate::outcome::Outcome;
use crate::process::ProcessSummary;

use super::desk::Read;
use super::{Unit, dryrun};

impl<V: Verifier> Unit<V> {
    /// The outcome of a message of a process; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// When there is no such process, or no such message in its log.
    pub async fn result(&self, process: &str, message: &str) -> Result<Outcome, Error> {
        let (process, message) = (process.to_owned(), message.to_owned());
        let result = |reply| Read::Result {
            process,
            message,
            reply,
        };
        self.read(result).await
    }

    /// The outcome of the message with this nonce; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// When there is no such process, or its log is not that long.
    pub async fn outcome_at(&self, process: &str, nonce: u64) -> Result<Outcome, Error> {
        let process = process.to_owned();
        let outcome = |reply| Read::OutcomeAt {
            process,
            nonce,
            reply,
        };
        self.read(outcome).await
    }

    /// What a message would come to, now, or after the message with nonce `at`. It is evaluated on a copy:
    /// nothing changes.
    ///
    /// The message is JSON as aoconnect sends it: `{Id, Target, Owner, Anchor, Data, Tags}`, unsigned.
    ///
    /// # Errors
    ///
    /// When there is no such process or nonce, or the message is not of this form.
    pub async fn dryrun(
        &self,
        process: &str,
        message: &str,
        at: Option<u64>,
    ) -> Result<Outcome, Error> {
        let content = dryrun::parse(message)?;
        let process = process.to_owned();
        let dryrun = |reply| Read::DryRun {
            process,
            at,
            content,
            reply,
        };
        self.read(dryrun).await
    }

    /// The processes of this unit, by id.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn processes(&self) -> Result<Vec<ProcessSummary>, Error> {
        self.read(|reply| Read::Processes { reply }).await
    }

    /// A page of the outcomes of a process, as the network's compute units give it: what failed is left
    /// out, and nothing is waited for.
    ///
    /// # Errors
    ///
    /// When there is no such process, or a cursor does not read.
    pub async fn results(&self, process: &str, listing: Listing) -> Result<Results, Error> {
        let process = process.to_owned();
        let results = |reply| Read::Results {
            process,
            listing,
            reply,
        };
        self.read(results).await
    }

    /// A page of the log of a process, as the network's schedulers give it.
    ///
    /// # Errors
    ///
    /// When there is no such process, or `from` or `to` is no number.
    pub async fn log(&self, process: &str, listing: Listing) -> Result<LogPage, Error> {
        let process = process.to_owned();
        let log = |reply| Read::Log {
            process,
            listing,
            reply,
        };
        self.read(log).await
    }

    /// What a process sent that found no process in this unit, from a number on, at most `limit` of it.
    ///
    /// # Errors
    ///
    /// When there is no such process.
    pub async fn outbound(
        &self,
        process: &str,
        from: u64,
        limit: u64,
    ) -> Result<OutboundPage, Error> {
        let process = process.to_owned();
        let outbound = |reply| Read::Outbound {
            process,
            from,
            limit,
            reply,
        };
        self.read(outbound).await
    }

    /// Where a message is: in the log of `process`, or of any; `None` if it is nowhere. The id of a process is
    /// that of its first message.
    ///
    /// # Errors
    ///
    /// When there is no such process, or its log does not read.
    pub async fn find(&self, message: &str, process: Option<&str>) -> Result<Option<Found>, Error> {
        let (message, process) = (message.to_owned(), process.map(str::to_owned));
        let find = |reply| Read::Find {
            message,
            process,
            reply,
        };
        self.read(find).await
    }

    /// The unit's time, and the height of its chain.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn clock(&self) -> Result<ClockReading, Error> {
        self.read(|reply| Read::Clock { reply }).await
    }

    /// The modules that processes can name.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn modules(&self) -> Result<Vec<ModuleSummary>, Error> {
        self.read(|reply| Read::Modules { reply }).await
    }

    /// The causes from which so much has followed that the rest waits.
    ///
    /// # Errors
    ///
    /// When the unit is closed.
    pub async fn paused(&self) -> Result<Vec<PausedCause>, Error> {
        self.read(|reply| Read::Paused { reply }).await
    }

    /// Evaluates the log of a process from nothing, and compares every outcome and the memory at the end
    /// with what is stored. The unit does nothing else meanwhile.
    ///
    /// # Errors
    ///
    /// When there is no such process, or its log does not read.
    pub async fn replay(&self, process: &str) -> Result<Replayed, Error> {
        let process = process.to_owned();
        self.read(|reply| Read::Replay { process, reply }).await
    }

    /// The process in one piece, once its log is evaluated: [`Export::to_bytes`] makes a file of it.
    ///
    /// # Errors
    ///
    /// When there is no such process, or its log does not read.
    pub async fn export(&self, process: &str) -> Result<Export, Error> {
        let process = process.to_owned();
        self.read(|reply| Read::Export { process, reply }).await
    }
}
