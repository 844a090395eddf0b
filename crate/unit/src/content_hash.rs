//! What a message says, whoever signs it: by this a message that is forwarded twice is recognised.

use ao_data_item::{Chunk, Id, Tag, deep_hash};

/// The hash of what a message says: its target, anchor (empty if it has none), tags and data.
///
/// An id is the hash of a signature, so the same message signed again has another. What a process sends may be
/// signed again, by a messenger that tries twice or by two messengers; its content stays the same. So of
/// messages with a `From-Process`, only the first of the same content counts.
///
/// As the network's scheduler has it, neither the owner nor the tag `Pushed-For` are content, nor is the order
/// of the tags. (The hash itself is of another form. It is compared with others of its kind alone.)
pub(crate) fn content_hash(target: Id, anchor: &[u8], tags: &[Tag], data: &[u8]) -> [u8; 48] {
    let mut tags: Vec<&Tag> = tags.iter().filter(|tag| tag.name != "Pushed-For").collect();
    tags.sort();
    let pairs: Vec<[Chunk<'_>; 2]> = tags
        .iter()
        .map(|tag| [&tag.name, &tag.value].map(|text| Chunk::Blob(text.as_bytes())))
        .collect();
    let pairs: Vec<Chunk<'_>> = pairs.iter().map(|pair| Chunk::List(pair)).collect();
    deep_hash(Chunk::List(&[
        Chunk::Blob(&target.0),
        Chunk::Blob(anchor),
        Chunk::List(&pairs),
        Chunk::Blob(data),
    ]))
}

#[cfg(test)]
mod tests {
    use ao_data_item::{DataItem, Draft, SignatureType};

    use super::*;

    const TARGET: Id = Id([1; 32]);
    const ANCHOR: &[u8; 32] = b"00000000000000000000000000000042";

    fn tags(tags: &[(&str, &str)]) -> Vec<Tag> {
        tags.iter()
            .map(|(name, value)| Tag::new(*name, *value))
            .collect()
    }

    fn hash(given: &[(&str, &str)]) -> [u8; 48] {
        content_hash(TARGET, ANCHOR, &tags(given), b"data")
    }

    #[test]
    fn the_same_message_signed_twice_has_the_same_content() {
        let signed = |signature: &[u8; 64], owner: &[u8; 32]| -> DataItem {
            let draft = Draft {
                target: Some(TARGET),
                anchor: Some(*ANCHOR),
                tags: tags(&[("Action", "Transfer"), ("From-Process", "p")]),
                data: b"data".to_vec(),
            };
            let unsigned = draft.for_owner(SignatureType::Ed25519, owner).unwrap();
            unsigned.seal(signature).unwrap()
        };
        let of = |item: &DataItem| {
            let anchor = item.anchor().unwrap();
            content_hash(item.target().unwrap(), anchor, item.tags(), item.data())
        };
        let (once, again) = (signed(&[2; 64], &[3; 32]), signed(&[4; 64], &[5; 32]));
        assert_ne!(once.id(), again.id());
        assert_eq!(of(&once), of(&again));
    }

    #[test]
    fn what_a_message_was_pushed_for_is_not_content() {
        let without = hash(&[("Action", "Transfer")]);
        assert_eq!(
            without,
            hash(&[("Action", "Transfer"), ("Pushed-For", "a")])
        );
        assert_eq!(
            without,
            hash(&[("Pushed-For", "b"), ("Action", "Transfer")])
        );
    }

    #[test]
    fn the_order_of_tags_is_not_content() {
        let one = hash(&[("A", "1"), ("B", "2"), ("A", "0")]);
        assert_eq!(one, hash(&[("A", "0"), ("A", "1"), ("B", "2")]));
    }

    #[test]
    fn anything_else_is_content() {
        let same = tags(&[("A", "1")]);
        let hashes = [
            content_hash(TARGET, ANCHOR, &same, b"data"),
            content_hash(Id([9; 32]), ANCHOR, &same, b"data"),
            content_hash(TARGET, b"", &same, b"data"),
            content_hash(TARGET, &[0; 32], &same, b"data"),
            content_hash(TARGET, ANCHOR, &same, b""),
            content_hash(TARGET, ANCHOR, &same, b"data "),
            hash(&[]),
            hash(&[("A", "2")]),
            hash(&[("a", "1")]),
            hash(&[("A", "1"), ("A", "1")]),
            hash(&[("A1", "")]),
            hash(&[("", "A1")]),
            hash(&[("A", "1"), ("pushed-for", "a")]),
        ];
        for (at, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..at].contains(hash), "{at}");
        }
    }
}
