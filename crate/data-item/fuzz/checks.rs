//! What holds of any bytes, as an item, as encoded tags and as a bundle.
//!
//! The fuzz targets check it of what libFuzzer comes upon, and `tests/corpus.rs` of what it has kept.

use ao_data_item::{Bundle, DataItem, Draft, Error, Verifier, verify};

/// Bytes are an item or an error; an item can be taken apart and put together again.
pub(crate) fn item(bytes: &[u8]) {
    let item = match DataItem::parse(bytes) {
        Ok(item) => item,
        Err(error) => return check_place(&error, bytes),
    };
    assert_eq!(item.as_bytes(), bytes);
    let _ = (item.id(), item.address(), format!("{item:?}"));
    let _ = pollster::block_on(verify(&item, &NoRsa));

    let rebuilt = Draft {
        target: item.target(),
        anchor: item.anchor().copied(),
        tags: item.tags().to_vec(),
        data: item.data().to_vec(),
    }
    .for_owner(item.signature_type(), item.owner())
    .and_then(|unsigned| unsigned.seal(item.signature()))
    .expect("the fields of an item make an item");
    assert_eq!(rebuilt.tags(), item.tags());
    assert_eq!(rebuilt.data(), item.data());
    // Tags can be encoded in several ways, of which there is none shorter than ours.
    assert!(rebuilt.as_bytes().len() <= bytes.len());
}

/// Bytes, the first of which is a count, are so many encoded tags or an error; tags are encoded as what decodes
/// to them.
pub(crate) fn tags(bytes: &[u8]) {
    let Some((&count, encoded)) = bytes.split_first() else {
        return;
    };
    let mut item = vec![0; 2 + 64 + 32 + 2];
    item[0] = 2;
    item.extend(u64::from(count).to_le_bytes());
    item.extend((encoded.len() as u64).to_le_bytes());
    item.extend(encoded);
    let read = match DataItem::parse(&item[..]) {
        Ok(read) => read,
        Err(error) => return check_place(&error, &item),
    };
    assert_eq!(read.tags().len(), usize::from(count));
    let again = Draft {
        tags: read.tags().to_vec(),
        ..Draft::default()
    }
    .for_owner(read.signature_type(), read.owner())
    .and_then(|unsigned| unsigned.seal(read.signature()))
    .expect("tags that were read can be written");
    assert_eq!(again.tags(), read.tags());
    assert!(again.as_bytes().len() <= item.len());
}

/// Bytes are a bundle or an error; the items of a bundle make the same bundle.
pub(crate) fn bundle(bytes: &[u8]) {
    let bundle = match Bundle::parse(bytes) {
        Ok(bundle) => bundle,
        Err(error) => return check_place(&error, bytes),
    };
    let items: Result<Vec<DataItem>, Error> = bundle.items().collect();
    match items {
        Ok(items) => assert_eq!(Bundle::of(&items).as_bytes(), bytes),
        Err(Error::BundleItem { error, .. }) => check_place(&error, bytes),
        Err(_) => {}
    }
}

/// An error that tells a place tells one among the bytes.
fn check_place(error: &Error, bytes: &[u8]) {
    let end = match *error {
        Error::Truncated {
            offset,
            available,
            needed,
            ..
        } => {
            assert!(needed > available as u64, "{error}");
            offset + available
        }
        Error::TrailingTagBytes { offset, length }
        | Error::TagBytesWithoutTags { offset, length }
        | Error::TrailingBundleBytes { offset, length } => offset + length,
        Error::UnknownSignatureType { offset, .. } => offset + 2,
        Error::PresenceByte { offset, .. }
        | Error::TooManyTags { offset, .. }
        | Error::TooManyTagBytes { offset, .. }
        | Error::TagCount { offset, .. }
        | Error::NumberOverflow { offset }
        | Error::NegativeLength { offset, .. }
        | Error::BlockSize { offset, .. }
        | Error::TagNotText { offset, .. }
        | Error::EmptyTagName { offset, .. }
        | Error::BundleItemSize { offset, .. } => offset,
        _ => 0,
    };
    assert!(end <= bytes.len(), "{error}, of {} bytes", bytes.len());
}

/// RSA is a platform's, and no part of what is fuzzed.
struct NoRsa;

impl Verifier for NoRsa {
    async fn verify_pss(&self, _: &[u8], _: &[u8], _: &[u8]) -> Result<bool, Error> {
        Ok(false)
    }
}
