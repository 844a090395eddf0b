//! What a data item may hold at most.
//!
//! Parsing and drafting enforce the same limits, so that what one writes the other reads.
//! They are those under which the network passes an item on:
//!
//! | what | limit | from |
//! |---|---|---|
//! | tags | [`MAX_TAGS`] | ANS-104 §1.3 |
//! | all tags, encoded | [`MAX_TAG_BYTES`] | `arbundles`, which will neither write nor verify more |
//! | name of a tag | not empty | ANS-104 §1.3 |
//! | value of a tag | none of its own; may be empty | `arbundles` |
//! | tags of one name | none of its own | `arbundles`, and `aoconnect` writes such |
//! | data | none | |
//!
//! The limits that ANS-104 sets on one name (1024 bytes) and one value (3072 bytes) are not enforced,
//! as nobody does; [`MAX_TAG_BYTES`] bounds both.

/// How many tags an item may have.
pub const MAX_TAGS: usize = 128;

/// How many bytes the encoded tags of an item may take.
pub const MAX_TAG_BYTES: usize = 4096;
