use crate::{
    Error, SignatureType, Tag, avro,
    limits::{MAX_TAG_BYTES, MAX_TAGS},
    reader::Reader,
};

/// Where the fields of an item stand, in bytes from its start (ANS-104 §1.3):
///
/// | field | bytes |
/// |---|---|
/// | signature type | 2, little-endian |
/// | signature, owner | as the type demands |
/// | target, anchor | each 1 that is 0 or 1, and 32 more if it is 1 |
/// | count of tags, length of tags | each 8, little-endian |
/// | tags | the length of tags |
/// | data | the rest |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) signature_type: SignatureType,
    pub(crate) owner: usize,
    pub(crate) target: Option<usize>,
    pub(crate) anchor: Option<usize>,
    pub(crate) tags: usize,
    pub(crate) data: usize,
}

impl Layout {
    /// Where the signature of every item starts.
    pub(crate) const SIGNATURE: usize = 2;

    /// Finds the fields, and reads the tags on the way. The item starts at `origin`, from where errors count.
    pub(crate) fn read(bytes: &[u8], origin: usize) -> Result<(Layout, Vec<Tag>), Error> {
        let mut reader = Reader::at(bytes, origin);

        let value = u16::from_le_bytes(reader.array("signature type")?);
        let signature_type = SignatureType::of_code(value).ok_or(Error::UnknownSignatureType {
            value,
            offset: origin,
        })?;
        reader.take(signature_type.signature_length() as u64, "signature")?;
        let (owner, owner_offset) = (reader.position(), reader.offset());
        let owner_bytes = reader.take(signature_type.owner_length() as u64, "owner")?;
        signature_type.check_owner(owner_bytes, owner_offset)?;

        let target = optional(&mut reader, "target")?;
        let anchor = optional(&mut reader, "anchor")?;

        let (tags_at, decoded) = read_tags(&mut reader)?;
        let layout = Layout {
            signature_type,
            owner,
            target,
            anchor,
            tags: tags_at,
            data: reader.position(),
        };
        Ok((layout, decoded))
    }
}

/// The offset of a field of 32 bytes that may be absent.
fn optional(reader: &mut Reader<'_>, field: &'static str) -> Result<Option<usize>, Error> {
    let offset = reader.offset();
    match reader.array(field)? {
        [0] => Ok(None),
        [1] => {
            let position = reader.position();
            reader.take(32, field)?;
            Ok(Some(position))
        }
        [value] => Err(Error::PresenceByte {
            field,
            offset,
            value,
        }),
    }
}

/// The offset of the encoded tags, and the tags.
fn read_tags(reader: &mut Reader<'_>) -> Result<(usize, Vec<Tag>), Error> {
    let offset = reader.offset();
    let declared = u64::from_le_bytes(reader.array("count of tags")?);
    if declared > MAX_TAGS as u64 {
        return Err(Error::TooManyTags {
            count: declared,
            offset,
        });
    }
    let length_offset = reader.offset();
    let length = u64::from_le_bytes(reader.array("length of tags")?);
    if length > MAX_TAG_BYTES as u64 {
        return Err(Error::TooManyTagBytes {
            length,
            offset: length_offset,
        });
    }

    let tags_at = reader.position();
    let mut encoded = reader.within(length, "tags")?;
    if declared == 0 {
        return match encoded.remaining() {
            0 => Ok((tags_at, Vec::new())),
            length => Err(Error::TagBytesWithoutTags {
                length,
                offset: encoded.offset(),
            }),
        };
    }
    let tags = avro::decode(&mut encoded)?;
    let found = tags.len() as u64;
    if found != declared {
        return Err(Error::TagCount {
            declared,
            found,
            offset,
        });
    }
    Ok((tags_at, tags))
}
