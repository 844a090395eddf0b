//! JSON, as far as the unit reads and writes it.
//!
//! One reader for all types, which looks fields up where they stand in the text, and one writer. A page loads this
//! code: a reader that is derived for each type is many times as large.

mod fields;
mod scan;
mod value;
mod write;

pub use fields::Fields;
pub use scan::Malformed;
pub use value::Json;
pub use write::{Raw, to_text};
