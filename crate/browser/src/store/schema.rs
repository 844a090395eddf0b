//! The database's shape, version by version, and its keys.

use ao_data_item::Id;
use ao_unit::store::Part;
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;

/// The version that this build writes.
pub(super) const VERSION: u32 = 1;

/// The unit itself: its identity.
pub(super) const UNIT: &str = "unit";
/// Records of processes, by id.
pub(super) const PROCESSES: &str = "processes";
/// Every object store.
pub(super) const ALL: [&str; 5] = [UNIT, PROCESSES, "assignments", "outcomes", "ids"];

/// The key of the identity in [`UNIT`].
pub(super) const IDENTITY: &str = "identity";

/// Brings a database of an earlier version to this one.
pub(super) fn migrate(database: &Database, from: u32) -> indexed_db_futures::Result<()> {
    if from < 1 {
        for name in ["unit", "processes", "assignments", "outcomes", "ids"] {
            database.create_object_store(name).build()?;
        }
    }
    Ok(())
}

/// The object store of a part of the logs.
pub(super) fn store_of(part: Part) -> &'static str {
    match part {
        Part::Assignments => "assignments",
        Part::Outcomes => "outcomes",
        Part::Ids => "ids",
    }
}

/// The key of a segment: text that sorts by process, then by nonce.
pub(super) fn segment_key(process: Id, first: u64) -> String {
    format!("{process}/{first:016x}")
}

/// The nonce in a segment's key.
pub(super) fn first_of(key: &str) -> Option<u64> {
    u64::from_str_radix(key.split_once('/')?.1, 16).ok()
}
