//! The machines that evaluate processes. The unit speaks to them in messages, environments, outcomes,
//! gas and images, whatever runs inside.

/// Makes machines: fresh ones, and copies of others.
pub trait MachineHost {
    /// What it makes.
    type Machine: Machine<Image = Self::Image>;
    /// A machine's whole state at one moment.
    type Image;

    /// Starts a machine before any message.
    ///
    /// # Errors
    ///
    /// When there is no memory for it, or the host refuses.
    fn start(&self, limits: &Limits) -> Result<Self::Machine, MachineError>;

    /// A machine whose state is `image`.
    ///
    /// # Errors
    ///
    /// As [`MachineHost::start`].
    fn restore(&self, image: &Self::Image, limits: &Limits) -> Result<Self::Machine, MachineError>;

    /// A machine whose state is that of `machine` now. It may be made of `scratch`, a machine that nobody
    /// needs any more and whose last evaluation, if it had one, was neither trapped nor out of gas: that is
    /// cheaper than another.
    ///
    /// # Errors
    ///
    /// As [`MachineHost::start`].
    fn copy(
        &self,
        machine: &Self::Machine,
        scratch: Option<Self::Machine>,
        limits: &Limits,
    ) -> Result<Self::Machine, MachineError> {
        drop(scratch);
        self.restore(&machine.image(None), limits)
    }

    /// A machine that was not started, whose memory has `length` bytes, all zero: to be written to by
    /// [`Machine::write`] until it is what another was.
    ///
    /// # Errors
    ///
    /// As [`MachineHost::start`].
    fn blank(&self, length: usize, limits: &Limits) -> Result<Self::Machine, MachineError>;

    /// What identifies the code that its machines run: the memory of one is of no use to another's.
    fn stamp(&self) -> [u8; 32];
}

/// One process's machine.
pub trait Machine {
    /// As the host's.
    type Image;

    /// Evaluates a message in its environment, both JSON as the ao protocol has them, with at most `gas`.
    ///
    /// After [`Verdict::Trapped`] and [`Verdict::OutOfGas`] the machine's state is undefined.
    fn evaluate(&mut self, message: &[u8], environment: &[u8], gas: u64) -> Evaluation;

    /// The state as it is now. `spent` is an image that nobody needs any more: it may be overwritten.
    fn image(&self, spent: Option<Self::Image>) -> Self::Image;

    /// The size of the state in bytes. It is the length of what can be read and written.
    fn memory(&self) -> usize;

    /// Copies the bytes of the state from `offset` on; they must be within [`Machine::memory`].
    fn read(&self, offset: usize, into: &mut [u8]);

    /// Overwrites the bytes of the state from `offset` on; they must be within [`Machine::memory`]. Of use
    /// on a [`blank`](MachineHost::blank) machine before it evaluates.
    fn write(&mut self, offset: usize, bytes: &[u8]);
}

/// What an evaluation came to, and what it cost.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// How it ended.
    pub verdict: Verdict,
    /// The gas that it used.
    pub gas_used: u64,
}

/// How an evaluation ended.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// With an outcome: JSON, whose `Error` says so if the process failed.
    Outcome(Vec<u8>),
    /// The runtime refused the message; the text says why.
    Thrown(String),
    /// The gas ran out.
    OutOfGas,
    /// The machine broke, for want of memory or by a defect; the text says what is known.
    Trapped(String),
}

/// What a process may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory, in all.
    pub memory: u64,
    /// Gas for one evaluation.
    pub gas: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 256 << 20,
            gas: 1_000_000_000,
        }
    }
}

/// A machine could not be made.
#[derive(Clone, Debug, thiserror::Error)]
#[error("no machine could be made for a process: {0}")]
pub struct MachineError(pub String);
