//! The evaluator of one process: its live machine, and the way back when an evaluation fails.

use ao_data_item::Id;

use crate::machine::{Limits, Machine, MachineError, MachineHost, Verdict};
use crate::outcome::{Effects, Outcome};
use crate::process::Process;

/// At least this many messages lie between two images, so that copying costs little beside evaluating …
const MESSAGES_PER_IMAGE: usize = 64;
/// … and one more for every so many bytes of state.
const BYTES_PER_MESSAGE: usize = 16 * 1024;
/// … but no more bytes of messages than this are kept to be evaluated again.
const KEPT_BYTES: usize = 8 << 20;

/// A process's machine, with an image of it and what was evaluated since.
pub(crate) struct Evaluator<H: MachineHost> {
    /// `None` while it is at rest: the image is all there is.
    machine: Option<H::Machine>,
    limits: Limits,
    environment: Vec<u8>,
    /// The id under which the environment has the process.
    id: Id,
    /// The machine's bytes, and the image's: asked when they change, not when somebody wants to know.
    machine_bytes: usize,
    image_bytes: usize,
    /// `None`: a machine before any message, which is cheaper to start than to copy.
    image: Option<H::Image>,
    since: Vec<Vec<u8>>,
    bytes_since: usize,
}

impl<H: MachineHost> Evaluator<H> {
    /// A process's evaluator before any message, at rest.
    pub(crate) fn new(process: &Process, limits: Limits) -> Self {
        let id = process.id_at(0);
        Self {
            machine: None,
            limits,
            environment: process.environment(id),
            id,
            machine_bytes: 0,
            image_bytes: 0,
            image: None,
            since: Vec::new(),
            bytes_since: 0,
        }
    }

    /// An evaluator whose machine stands where a process's log is evaluated up to, not including, `index`.
    pub(crate) fn with(machine: H::Machine, process: &Process, index: u64, limits: Limits) -> Self {
        let mut evaluator = Self::new(process, limits);
        evaluator.stand_at(machine);
        evaluator.turn_to(process, index);
        evaluator
    }

    /// From here on the machine is told the id that the process has at entry `index` of its log.
    pub(crate) fn turn_to(&mut self, process: &Process, index: u64) {
        let id = process.id_at(index);
        if id != self.id {
            // What was evaluated under the other id is not to be evaluated again under this one.
            self.take_image();
            self.id = id;
            self.environment = process.environment(id);
        }
    }

    /// Evaluates a process's first message on a machine that starts anew. When it fails, the state is what
    /// it was before.
    pub(crate) fn restart(
        &mut self,
        host: &H,
        message: &[u8],
    ) -> Result<(Outcome, Effects), MachineError> {
        let mut machine = host.start(&self.limits)?;
        let evaluation = machine.evaluate(message, &self.environment, self.limits.gas);
        let (outcome, effects) = Outcome::conclude(&evaluation);
        if !outcome.failed {
            self.stand_at(machine);
        }
        Ok((outcome, effects))
    }

    /// How many bytes it has in memory.
    pub(crate) fn memory(&self) -> u64 {
        (self.machine_bytes + self.image_bytes) as u64
    }

    /// The machine, live.
    pub(crate) fn machine(&mut self, host: &H) -> Result<&H::Machine, MachineError> {
        let machine = self.take_machine(host)?;
        Ok(self.machine.insert(machine))
    }

    /// Evaluates a message. When it fails, the state is what it was before, completely.
    pub(crate) fn evaluate(
        &mut self,
        host: &H,
        message: Vec<u8>,
    ) -> Result<(Outcome, Effects), MachineError> {
        let mut machine = self.take_machine(host)?;
        let evaluation = machine.evaluate(&message, &self.environment, self.limits.gas);
        let (outcome, effects) = Outcome::conclude(&evaluation);
        if outcome.failed {
            // Its memory is given back before another is asked for.
            drop(machine);
            self.roll_back(host)?;
            return Ok((outcome, effects));
        }
        self.bytes_since += message.len();
        self.since.push(message);
        self.machine_bytes = machine.memory();
        self.machine = Some(machine);
        let messages = MESSAGES_PER_IMAGE + self.machine_bytes / BYTES_PER_MESSAGE;
        if self.since.len() >= messages || self.bytes_since >= KEPT_BYTES {
            self.take_image();
        }
        Ok((outcome, effects))
    }

    /// Evaluates a message on a copy, of which nothing is kept but its memory: `scratch` spares the next
    /// copy another.
    pub(crate) fn try_out(
        &mut self,
        host: &H,
        message: &[u8],
        scratch: &mut Option<H::Machine>,
    ) -> Result<Outcome, MachineError> {
        let machine = self.take_machine(host)?;
        let machine = self.machine.insert(machine);
        let mut copy = host.copy(machine, scratch.take(), &self.limits)?;
        let evaluation = copy.evaluate(message, &self.environment, self.limits.gas);
        if matches!(evaluation.verdict, Verdict::Outcome(_) | Verdict::Thrown(_)) {
            *scratch = Some(copy);
        }
        Ok(Outcome::conclude(&evaluation).0)
    }

    /// Takes an image, if anything was evaluated since the last.
    fn take_image(&mut self) {
        if !self.since.is_empty()
            && let Some(machine) = self.machine.take()
        {
            self.stand_at(machine);
        }
    }

    /// Goes on with a machine, and comes back to what it is now.
    fn stand_at(&mut self, machine: H::Machine) {
        let spent = self.image.take();
        self.image = Some(machine.image(spent));
        self.machine_bytes = machine.memory();
        self.image_bytes = self.machine_bytes;
        self.machine = Some(machine);
        self.since.clear();
        self.bytes_since = 0;
    }

    /// The last image, and the messages since evaluated again. After a failure another is likely,
    /// so an image is taken at once.
    fn roll_back(&mut self, host: &H) -> Result<(), MachineError> {
        let mut machine = self.from_image(host)?;
        for message in &self.since {
            machine.evaluate(message, &self.environment, self.limits.gas);
        }
        self.machine_bytes = machine.memory();
        self.machine = Some(machine);
        self.take_image();
        Ok(())
    }

    fn take_machine(&mut self, host: &H) -> Result<H::Machine, MachineError> {
        match self.machine.take() {
            Some(machine) => Ok(machine),
            None => {
                let machine = self.from_image(host)?;
                self.machine_bytes = machine.memory();
                Ok(machine)
            }
        }
    }

    #[allow(
        clippy::wrong_self_convention,
        reason = "the image is the evaluator's own"
    )]
    fn from_image(&self, host: &H) -> Result<H::Machine, MachineError> {
        match &self.image {
            Some(image) => host.restore(image, &self.limits),
            None => host.start(&self.limits),
        }
    }
}
