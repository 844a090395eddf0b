//! What a process sent that no process of the unit takes in: it is listed, for whoever carries it on.

use serde::{Deserialize, Serialize};

/// Something that a process sent and that left the unit's reach. What it says stands in the outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbound {
    /// The entry of the log whose outcome it is in.
    pub index: u64,
    /// The nonce of that entry.
    pub nonce: u64,
    /// What it is.
    pub kind: Kind,
    /// Its place among those of its kind in the outcome, from 0.
    pub position: u64,
    /// Whom it is for: an address; of a spawn, the module; of an assignment, the process.
    pub target: String,
    /// Why it was not delivered.
    pub reason: String,
}

/// What a process asks to have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// To send a message.
    Message,
    /// To make a process.
    Spawn,
    /// To assign a message to a process.
    Assignment,
}

impl Kind {
    /// The list of an outcome that it stands in.
    pub fn list(self) -> &'static str {
        match self {
            Self::Message => "Messages",
            Self::Spawn => "Spawns",
            Self::Assignment => "Assignments",
        }
    }
}
