//! Processes that go.

use crate::Error;
use crate::events::Event;
use crate::machine::MachineHost;
use crate::platform::Platform;
use crate::store::Store;

use super::Worker;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Deletes a process with its log, its outcomes and its checkpoints, and what is held back for it. Whoever waits
    /// for it is told; what others sent to it before stays in their outcomes.
    pub(super) fn remove(&mut self, process: &str) -> Result<(), Error> {
        let id = self.processes.find(process)?;
        self.refuse_waiting(id, &Error::ProcessNotFound(process.to_owned()));
        self.processes.remove(id);
        self.unkept.remove(&id);
        self.resting.retain(|resting| *resting != id);
        self.view = self.view.take().filter(|(viewed, ..)| *viewed != id);
        self.batch.released.extend(self.budget.forget(id));
        // What would be written of it after the deletion is not.
        self.batch.pruned.retain(|(pruned, _)| *pruned != id);
        self.batch.checkpoints.retain(|(kept, _)| *kept != id);
        self.batch.removed.push(id);
        self.happened(|| Event::Removed { process: id });
        Ok(())
    }
}
