//! Tags as Avro encodes an array of records of two strings (ANS-104 §1.3; [Avro 1.11], "Arrays").
//!
//! An array is blocks, and a block is a count and so many tags; the count 0 ends it.
//! A count below zero stands for its opposite and is followed by the block's size in bytes.
//! Numbers are zig-zag varints; a string is its length in bytes and its UTF-8.
//! An item without tags has no array, not even an empty one.
//!
//! [Avro 1.11]: https://avro.apache.org/docs/1.11.1/specification/

use crate::{Error, Tag, limits::MAX_TAGS, reader::Reader};

/// Appends the encoding of `tags`: one block, and nothing at all if there are none.
pub(crate) fn encode(tags: &[Tag], out: &mut Vec<u8>) {
    if tags.is_empty() {
        return;
    }
    encode_length(tags.len(), out);
    for tag in tags {
        for text in [&tag.name, &tag.value] {
            encode_length(text.len(), out);
            out.extend_from_slice(text.as_bytes());
        }
    }
    encode_length(0, out);
}

/// Reads an array to the reader's end. Never more than [`MAX_TAGS`].
pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Vec<Tag>, Error> {
    let mut tags = Vec::new();
    loop {
        let offset = reader.offset();
        let count = decode_number(reader, "count of tags")?;
        if count == 0 {
            break;
        }
        let total = count.unsigned_abs().saturating_add(tags.len() as u64);
        if total > MAX_TAGS as u64 {
            return Err(Error::TooManyTags {
                count: total,
                offset,
            });
        }
        let size = if count < 0 {
            Some(decode_length(reader, "block of tags")?)
        } else {
            None
        };
        let start = reader.offset();
        while (tags.len() as u64) < total {
            tags.push(decode_tag(reader, tags.len())?);
        }
        let found = (reader.offset() - start) as u64;
        if let Some(declared) = size.filter(|&size| size != found) {
            return Err(Error::BlockSize {
                offset: start,
                declared,
                found,
            });
        }
    }
    match reader.remaining() {
        0 => Ok(tags),
        length => Err(Error::TrailingTagBytes {
            length,
            offset: reader.offset(),
        }),
    }
}

fn decode_tag(reader: &mut Reader<'_>, index: usize) -> Result<Tag, Error> {
    let offset = reader.offset();
    let name = decode_text(reader, "tag name", index)?;
    if name.is_empty() {
        return Err(Error::EmptyTagName { index, offset });
    }
    let value = decode_text(reader, "tag value", index)?;
    Ok(Tag { name, value })
}

fn decode_text(
    reader: &mut Reader<'_>,
    field: &'static str,
    index: usize,
) -> Result<String, Error> {
    let length = decode_length(reader, field)?;
    let start = reader.offset();
    let bytes = reader.take(length, field)?;
    match str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(Error::TagNotText {
            field,
            index,
            offset: start + error.valid_up_to(),
        }),
    }
}

fn decode_length(reader: &mut Reader<'_>, field: &'static str) -> Result<u64, Error> {
    let offset = reader.offset();
    let length = decode_number(reader, field)?;
    u64::try_from(length).map_err(|_| Error::NegativeLength {
        field,
        offset,
        length,
    })
}

fn decode_number(reader: &mut Reader<'_>, field: &'static str) -> Result<i64, Error> {
    let offset = reader.offset();
    let mut zig_zag = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let [byte] = reader.array(field)?;
        let bits = u64::from(byte & 0x7f);
        if bits.leading_zeros() < shift {
            break; // The tenth byte has room for one bit.
        }
        zig_zag |= bits << shift;
        if byte & 0x80 == 0 {
            return Ok((zig_zag >> 1).cast_signed() ^ -(zig_zag & 1).cast_signed());
        }
    }
    Err(Error::NumberOverflow { offset })
}

fn encode_length(length: usize, out: &mut Vec<u8>) {
    // A length is never below zero: its zig-zag is its double.
    let mut rest = (length as u64) << 1;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<Vec<Tag>, Error> {
        decode(&mut Reader::new(bytes))
    }

    #[test]
    fn tags_are_one_block_and_an_end() {
        let mut bytes = Vec::new();
        encode(&[Tag::new("a", "bc"), Tag::new("é", "")], &mut bytes);
        assert_eq!(
            bytes,
            [
                &[4, 2],
                &b"a"[..],
                &[4],
                b"bc",
                &[4],
                "é".as_bytes(),
                &[0, 0]
            ]
            .concat()
        );
        assert_eq!(
            decoded(&bytes),
            Ok(vec![Tag::new("a", "bc"), Tag::new("é", "")])
        );
    }

    #[test]
    fn no_tags_are_no_bytes() {
        let mut bytes = Vec::new();
        encode(&[], &mut bytes);
        assert!(bytes.is_empty());
    }

    #[test]
    fn long_texts_have_lengths_of_several_bytes() {
        for length in [63, 64, 8191, 8192, 1 << 20] {
            let tags = vec![Tag::new("n".repeat(length), "v".repeat(length))];
            let mut bytes = Vec::new();
            encode(&tags, &mut bytes);
            assert_eq!(decoded(&bytes), Ok(tags));
        }
    }

    #[test]
    fn tags_may_come_in_several_blocks_with_their_sizes() {
        let (a, b) = (Tag::new("a", "1"), Tag::new("b", "2"));
        // -1 (zig-zag 1), 4 bytes (8); then 1 (2) without a size; then the end.
        let bytes = [
            &[1, 8, 2],
            &b"a"[..],
            &[2],
            b"1",
            &[2, 2],
            b"b",
            &[2],
            b"2",
            &[0],
        ]
        .concat();
        assert_eq!(decoded(&bytes), Ok(vec![a, b]));
    }

    #[test]
    fn a_block_of_another_size_than_it_says_is_refused() {
        let bytes = [&[1, 10, 2], &b"a"[..], &[2], b"1", &[0]].concat();
        assert_eq!(
            decoded(&bytes),
            Err(Error::BlockSize {
                offset: 2,
                declared: 5,
                found: 4
            })
        );
    }

    #[test]
    fn broken_arrays_are_refused_by_name_and_offset() {
        let greatest = [&[0xff; 9][..], &[0x01]].concat();
        let beyond = [&[0xff; 9][..], &[0x02]].concat();
        let cases: [(&[u8], &str); 14] = [
            (
                &[],
                "count of tags at byte 0: 1 bytes are needed, but 0 are left",
            ),
            (
                &[0x82],
                "count of tags at byte 1: 1 bytes are needed, but 0 are left",
            ),
            (
                &[2, 2],
                "tag name at byte 2: 1 bytes are needed, but 0 are left",
            ),
            (
                &[2, 2, b'a'],
                "tag value at byte 3: 1 bytes are needed, but 0 are left",
            ),
            (
                &[2, 2, b'a', 2, b'b'],
                "count of tags at byte 5: 1 bytes are needed, but 0 are left",
            ),
            (
                &[2, 1],
                "the length of the tag name at byte 1 is -1, below zero",
            ),
            (
                &[1, 1],
                "the length of the block of tags at byte 1 is -1, below zero",
            ),
            (&[2, 0, 0, 0], "the name of tag 0 at byte 1 is empty"),
            (
                &[2, 2, b'a', 4, b'b', 0xff, 0],
                "the tag value at byte 5, of tag 0, is not UTF-8",
            ),
            (
                &[0, 7],
                "1 bytes at byte 1 are left over after the last tag",
            ),
            (&[0x82, 0x02], "129 tags at byte 0 are more than 128"),
            (
                &greatest,
                "9223372036854775808 tags at byte 0 are more than 128",
            ),
            (&beyond, "the number at byte 0 does not fit 64 bits"),
            (&[0xff; 11], "the number at byte 0 does not fit 64 bits"),
        ];
        for (bytes, message) in cases {
            let error = decoded(bytes).unwrap_err();
            assert_eq!(error.to_string(), message, "{bytes:?}");
        }
    }
}
