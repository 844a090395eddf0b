//! What can be done with a unit, beside handing items over.

use ao_data_item::{Id, Verifier};

use crate::Error;
use crate::export::Export;
use crate::history::ClockReading;

use super::desk::Write;
use super::{Accepted, Checkpointed, Unit};

impl<V: Verifier> Unit<V> {
    /// Assigns a message that is in this unit to a process that it is not for, without the fields that
    /// `exclude` names (`Data`, `Tags`, `Signature`, `Anchor`).
    ///
    /// # Errors
    ///
    /// When there is no such process, or no such message anywhere in the unit.
    pub async fn assign(
        &self,
        process: &str,
        message: &str,
        exclude: Vec<String>,
    ) -> Result<Accepted, Error> {
        let (process, message) = (process.to_owned(), message.to_owned());
        let assign = |reply| Write::Assign {
            process,
            message,
            exclude,
            reply,
        };
        self.write(assign).await
    }

    /// Has a process's cron tick by itself, or, with `on` false, only when messages come.
    ///
    /// # Errors
    ///
    /// When there is no such process.
    pub async fn monitor(&self, process: &str, on: bool) -> Result<(), Error> {
        let process = process.to_owned();
        let monitor = |reply| Write::Monitor { process, on, reply };
        self.write(monitor).await
    }

    /// Lets so many milliseconds pass at once: the unit's clock is ahead of the platform's by so much more from now
    /// on, and after a reopening. Ticks of crons that become due by that come.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn advance(&self, milliseconds: u64) -> Result<ClockReading, Error> {
        let advance = |reply| Write::Advance {
            milliseconds,
            reply,
        };
        self.write(advance).await
    }

    /// Deletes a process: its log, its outcomes and its checkpoints.
    ///
    /// # Errors
    ///
    /// When there is no such process, or the store fails.
    pub async fn remove(&self, process: &str) -> Result<(), Error> {
        let process = process.to_owned();
        self.write(|reply| Write::Remove { process, reply }).await
    }

    /// Lets a paused cause go on, with a budget that is new; answers how many messages had waited.
    ///
    /// # Errors
    ///
    /// When it is not paused.
    pub async fn resume(&self, cause: &str) -> Result<u64, Error> {
        let cause = cause.to_owned();
        self.write(|reply| Write::Resume { cause, reply }).await
    }

    /// Adds a module to those that processes can name, or gives one that was added another name. It is run by
    /// the Lua machine, and remembered.
    ///
    /// # Errors
    ///
    /// [`Error::ModuleInvalid`] for an id that cannot be one, or that the network has given.
    pub async fn register_module(&self, module: &str, name: &str) -> Result<(), Error> {
        let (module, name) = (module.to_owned(), name.to_owned());
        let register = |reply| Write::Register {
            module,
            name,
            reply,
        };
        self.write(register).await
    }

    /// Writes a checkpoint of a process, once its log is evaluated.
    ///
    /// # Errors
    ///
    /// When there is no such process, or the store fails.
    pub async fn checkpoint_now(&self, process: &str) -> Result<Checkpointed, Error> {
        let process = process.to_owned();
        self.write(|reply| Write::Checkpoint { process, reply })
            .await
    }

    /// A new process that goes on from where another was after the message with this nonce, by default its
    /// last; answers its id.
    ///
    /// # Errors
    ///
    /// When there is no such process or nonce.
    pub async fn fork(&self, process: &str, nonce: Option<u64>) -> Result<Id, Error> {
        let process = process.to_owned();
        let fork = |reply| Write::Fork {
            process,
            nonce,
            reply,
        };
        self.write(fork).await
    }

    /// Takes in a process that was exported, here or elsewhere: its hash chain and every signature are
    /// verified, and its log is evaluated anew when it is needed, unless `trusts_checkpoint`: whoever wrote
    /// the file says what the state is then. Its cron is not monitored. Answers its id.
    ///
    /// # Errors
    ///
    /// [`Error::ExportInvalid`] that says what is wrong; when a signature does not verify, or the process
    /// is here already.
    pub async fn import(&self, file: &[u8], trusts_checkpoint: bool) -> Result<Id, Error> {
        let export = Box::new(Export::from_bytes(file)?);
        export.check(&self.limits, &self.modules)?;
        for item in export.items() {
            self.verification.verify(&item?).await?;
        }
        let import = |reply| Write::Import {
            export,
            trusts_checkpoint,
            reply,
        };
        self.write(import).await
    }
}
