//! The database's shape, version by version, and its keys.
//!
//! Keys are text that sorts as what it stands for does.

use std::fmt::Write;

use ao_data_item::Id;
use ao_unit::store::{Checkpoint, CheckpointHead, HeldKey, Part};
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbKeyRange};

/// The version that this build writes.
pub(super) const VERSION: u32 = 2;

/// The unit itself: its identity, the modules that were registered, how far its clock was advanced.
pub(super) const UNIT: &str = "unit";
/// Records of processes, by id.
pub(super) const PROCESSES: &str = "processes";
/// Messages that are held back, by [`held_key`].
pub(super) const HELD: &str = "held";
/// Checkpoints, by [`checkpoint_key`].
pub(super) const CHECKPOINTS: &str = "checkpoints";
/// Every object store.
pub(super) const ALL: [&str; 8] = [
    UNIT,
    PROCESSES,
    "assignments",
    "outcomes",
    "ids",
    "outbound",
    HELD,
    CHECKPOINTS,
];

/// The key of the identity in [`UNIT`].
pub(super) const IDENTITY: &str = "identity";
/// The key of the modules in [`UNIT`].
pub(super) const MODULES: &str = "modules";

/// The key of how far the clock was advanced in [`UNIT`].
pub(super) const AHEAD: &str = "ahead";

/// The key of how often the database was opened in [`UNIT`]; each opening has a mark there, by [`opening_key`].
pub(super) const OPENINGS: &str = "openings";

/// The key of the mark of an opening.
pub(super) fn opening_key(number: u32) -> String {
    format!("opening/{number:08x}")
}

/// Brings a database of an earlier version to this one.
pub(super) fn migrate(database: &IdbDatabase, from: u32) -> Result<(), JsValue> {
    let made: [&[&str]; 2] = [
        &["unit", "processes", "assignments", "outcomes", "ids"],
        &["outbound", "held", "checkpoints"],
    ];
    for name in made.iter().skip(from as usize).copied().flatten() {
        database.create_object_store(name)?;
    }
    Ok(())
}

/// The object store of a part of the logs.
pub(super) fn store_of(part: Part) -> &'static str {
    match part {
        Part::Assignments => "assignments",
        Part::Outcomes => "outcomes",
        Part::Ids => "ids",
        Part::Outbound => "outbound",
    }
}

/// The key of a segment: by process, then by the number of its first entry.
pub(super) fn segment_key(process: Id, first: u64) -> String {
    format!("{process}/{first:016x}")
}

/// The number in a segment's key.
pub(super) fn first_of(key: &str) -> Option<u64> {
    number(key.split_once('/')?.1)
}

/// The key of a message that is held back: by origin, then by number.
pub(super) fn held_key(key: HeldKey) -> String {
    let mut text = String::with_capacity(81);
    for byte in key.origin {
        // Writing to text does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    let _ = write!(text, "/{:016x}", key.sequence);
    text
}

/// What [`held_key`] made a key of.
pub(super) fn held_key_of(key: &str) -> Option<HeldKey> {
    let (text, sequence) = key.split_once('/')?;
    let mut origin = [0; 32];
    for (byte, digits) in origin.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(HeldKey {
        origin,
        sequence: number(sequence)?,
    })
}

/// The key of a checkpoint: by process, then by place; behind them all that its head says, so that heads
/// are read without the bytes.
pub(super) fn checkpoint_key(process: Id, checkpoint: &Checkpoint) -> String {
    let CheckpointHead {
        at,
        base,
        memory,
        size,
    } = checkpoint.head();
    format!("{process}/{at:016x}/{base:016x}/{memory:016x}/{size:016x}")
}

/// The head in a checkpoint's key.
pub(super) fn head_of(key: &str) -> Option<CheckpointHead> {
    let (_, numbers) = key.split_once('/')?;
    let nth = |index: usize| number(numbers.get(17 * index..17 * index + 16)?);
    Some(CheckpointHead {
        at: nth(0)?,
        base: nth(1)?,
        memory: nth(2)?,
        size: nth(3)?,
    })
}

/// The keys of the checkpoint of a process at a place, of which there is one at most.
pub(super) fn checkpoints_at(process: Id, at: u64) -> Result<IdbKeyRange, JsValue> {
    below(&format!("{process}/{at:016x}"))
}

/// The keys of all that is a process's.
pub(super) fn all_of(process: Id) -> Result<IdbKeyRange, JsValue> {
    below(&process.to_string())
}

/// The keys that go on with a slash. Zero is the character behind it.
fn below(prefix: &str) -> Result<IdbKeyRange, JsValue> {
    let (from, to) = (format!("{prefix}/"), format!("{prefix}0"));
    IdbKeyRange::bound_with_lower_open_and_upper_open(&from.into(), &to.into(), false, true)
}

fn number(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16).ok()
}
