use std::fmt;

use crate::{DataItem, Error, Id, reader::Reader};

/// Many items in one piece of data (ANS-104 §3): of a transaction, or of another item, which is then tagged
/// `Bundle-Format: binary` and `Bundle-Version: 2.0.0`.
///
/// | field | bytes |
/// |---|---|
/// | count of items | 32, little-endian |
/// | for each item: its size, its id | 32, little-endian; 32 |
/// | the items, one after the other | as their sizes say |
///
/// The bytes are kept whole; an item is read when it is asked for.
///
/// ```
/// use ao_data_item::{Bundle, DataItem, Draft, SignatureType};
///
/// # let unsigned = Draft::default().for_owner(SignatureType::Ed25519, &[7; 32])?;
/// # let item = unsigned.seal(&[9; 64])?;
/// let bundle = Bundle::of([&item, &item]);
/// assert_eq!(bundle.len(), 2);
///
/// let read = Bundle::parse(bundle.into_bytes())?;
/// for item in read.items() {
///     println!("{}", item?.id());
/// }
/// # Ok::<(), ao_data_item::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

/// What the header says of an item, and where the item starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    start: usize,
    size: usize,
    id: Id,
}

/// How many bytes a number of the header takes, and an id.
const FIELD: usize = 32;

impl Bundle {
    /// Reads the header, and checks that its items fill the bundle exactly. The items themselves are checked
    /// when they are read.
    ///
    /// An empty bundle and an item that comes twice are allowed.
    ///
    /// # Errors
    ///
    /// [`Error::Truncated`], [`Error::NumberOverflow`], [`Error::BundleItemSize`] and
    /// [`Error::TrailingBundleBytes`].
    pub fn parse(bytes: impl Into<Vec<u8>>) -> Result<Bundle, Error> {
        let bytes = bytes.into();
        let mut reader = Reader::new(&bytes);
        let count = number(&mut reader, "count of items")?;
        // Before there is room for so many entries, the header must be there.
        let header = count.saturating_mul(2 * FIELD as u64);
        let mut header = reader.within(header, "header of the bundle")?;

        let mut entries = Vec::with_capacity(count as usize);
        let mut start = reader.position();
        while header.remaining() > 0 {
            let offset = header.position();
            let size = number(&mut header, "size of an item")?;
            let id = Id(header.array("id of an item")?);
            let available = bytes.len() - start;
            let size = usize::try_from(size)
                .ok()
                .filter(|&size| size <= available)
                .ok_or(Error::BundleItemSize {
                    index: entries.len(),
                    offset,
                    size,
                    available,
                })?;
            entries.push(Entry { start, size, id });
            start += size;
        }
        match bytes.len() - start {
            0 => Ok(Bundle { bytes, entries }),
            length => Err(Error::TrailingBundleBytes {
                length,
                offset: start,
            }),
        }
    }

    /// A bundle of these items, in their order.
    pub fn of<'a>(items: impl IntoIterator<Item = &'a DataItem>) -> Bundle {
        let items: Vec<&DataItem> = items.into_iter().collect();
        let header_length = FIELD + 2 * FIELD * items.len();
        let n_bytes: usize = items.iter().map(|item| item.as_bytes().len()).sum();

        let mut bytes = Vec::with_capacity(header_length + n_bytes);
        let mut entries = Vec::with_capacity(items.len());
        let mut start = header_length;
        bytes.extend(encoded(items.len()));
        for item in &items {
            let (size, id) = (item.as_bytes().len(), item.id());
            bytes.extend(encoded(size));
            bytes.extend(id.as_bytes());
            entries.push(Entry { start, size, id });
            start += size;
        }
        for item in &items {
            bytes.extend_from_slice(item.as_bytes());
        }
        Bundle { bytes, entries }
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The items' ids, in their order, as the header gives them.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = Id> {
        self.entries.iter().map(|entry| entry.id)
    }

    /// Reads one item, `index` counting from 0; `None` if there are not so many.
    ///
    /// # Errors
    ///
    /// [`Error::BundleItem`] if it is malformed, [`Error::BundleItemId`] if the header names another.
    pub fn item(&self, index: usize) -> Option<Result<DataItem, Error>> {
        let entry = self.entries.get(index)?;
        Some(self.read(index, *entry))
    }

    /// Reads the items one after the other, each as [`item`](Bundle::item) does.
    pub fn items(&self) -> impl ExactSizeIterator<Item = Result<DataItem, Error>> {
        let entries = self.entries.iter().enumerate();
        entries.map(|(index, entry)| self.read(index, *entry))
    }

    /// The whole bundle.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The whole bundle.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn read(&self, index: usize, entry: Entry) -> Result<DataItem, Error> {
        let Entry { start, size, id } = entry;
        let bytes = self.bytes[start..start + size].to_vec();
        let item = DataItem::parse_at(bytes, start).map_err(|error| Error::BundleItem {
            index,
            error: Box::new(error),
        })?;
        if item.id() != id {
            return Err(Error::BundleItemId {
                index,
                offset: 2 * FIELD * (index + 1),
                declared: id,
                found: item.id(),
            });
        }
        Ok(item)
    }
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bundle").field(&self.entries).finish()
    }
}

impl AsRef<[u8]> for Bundle {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// A number of the header, of which 64 bits are more than enough.
fn number(reader: &mut Reader<'_>, field: &'static str) -> Result<u64, Error> {
    let offset = reader.offset();
    let bytes: [u8; FIELD] = reader.array(field)?;
    let (low, high) = bytes.split_at(8);
    if high.iter().any(|&byte| byte != 0) {
        return Err(Error::NumberOverflow { offset });
    }
    Ok(low
        .iter()
        .rev()
        .fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

fn encoded(number: usize) -> [u8; FIELD] {
    let mut bytes = [0; FIELD];
    bytes[..8].copy_from_slice(&(number as u64).to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests;
