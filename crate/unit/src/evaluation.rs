//! The evaluator of one process: its live machine, and the way back when an evaluation fails.

use crate::machine::{Limits, Machine, MachineError, MachineHost};
use crate::outcome::{Effects, Outcome};

/// At least this many messages lie between two images, so that copying costs little beside evaluating …
const MESSAGES_PER_IMAGE: usize = 64;
/// … and one more for every so many bytes of state.
const BYTES_PER_MESSAGE: usize = 16 * 1024;
/// … but no more bytes of messages than this are kept to be evaluated again.
const KEPT_BYTES: usize = 8 << 20;

/// A process's machine, with an image of it and what was evaluated since.
pub(crate) struct Evaluator<H: MachineHost> {
    machine: H::Machine,
    limits: Limits,
    environment: Vec<u8>,
    /// `None`: a machine before any message, which is cheaper to start than to copy.
    image: Option<H::Image>,
    since: Vec<Vec<u8>>,
    bytes_since: usize,
}

impl<H: MachineHost> Evaluator<H> {
    /// An evaluator before any message.
    pub(crate) fn start(
        host: &H,
        environment: Vec<u8>,
        limits: Limits,
    ) -> Result<Self, MachineError> {
        let machine = host.start(&limits)?;
        Ok(Self {
            machine,
            limits,
            environment,
            image: None,
            since: Vec::new(),
            bytes_since: 0,
        })
    }

    /// Evaluates a message. When it fails, the state is what it was before, completely.
    pub(crate) fn evaluate(
        &mut self,
        host: &H,
        message: Vec<u8>,
    ) -> Result<(Outcome, Effects), MachineError> {
        let evaluation = self
            .machine
            .evaluate(&message, &self.environment, self.limits.gas);
        let (outcome, effects) = Outcome::conclude(&evaluation);
        if outcome.failed {
            self.roll_back(host)?;
        } else {
            self.bytes_since += message.len();
            self.since.push(message);
            if self.is_due_for_an_image() {
                self.take_image();
            }
        }
        Ok((outcome, effects))
    }

    /// Evaluates a message on a copy, which is then forgotten.
    pub(crate) fn try_out(&mut self, host: &H, message: &[u8]) -> Result<Outcome, MachineError> {
        if !self.since.is_empty() {
            self.take_image();
        }
        let mut copy = self.as_imaged(host)?;
        let evaluation = copy.evaluate(message, &self.environment, self.limits.gas);
        Ok(Outcome::conclude(&evaluation).0)
    }

    fn is_due_for_an_image(&self) -> bool {
        let messages = MESSAGES_PER_IMAGE + self.machine.memory() / BYTES_PER_MESSAGE;
        self.since.len() >= messages || self.bytes_since >= KEPT_BYTES
    }

    fn take_image(&mut self) {
        self.image = Some(self.machine.image());
        self.since.clear();
        self.bytes_since = 0;
    }

    /// The last image, and the messages since evaluated again. After a failure another is likely,
    /// so an image is taken at once.
    fn roll_back(&mut self, host: &H) -> Result<(), MachineError> {
        self.machine = self.as_imaged(host)?;
        for message in &self.since {
            self.machine
                .evaluate(message, &self.environment, self.limits.gas);
        }
        if !self.since.is_empty() {
            self.take_image();
        }
        Ok(())
    }

    fn as_imaged(&self, host: &H) -> Result<H::Machine, MachineError> {
        match &self.image {
            Some(image) => host.restore(image, &self.limits),
            None => host.start(&self.limits),
        }
    }
}
