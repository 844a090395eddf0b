use crate::Error;

/// Reads fields one after the other, and knows where in the item it stands.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes, position: 0 }
    }

    /// The offset of the next byte to be read.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(crate) fn remaining(&self) -> usize {
        self.bytes.len() - self.position
    }

    /// The next `length` bytes, which are a `field`.
    pub(crate) fn take(&mut self, length: u64, field: &'static str) -> Result<&'a [u8], Error> {
        let (offset, available) = (self.position, self.remaining());
        let end = usize::try_from(length)
            .ok()
            .filter(|&length| length <= available)
            .map(|length| offset + length)
            .ok_or(Error::Truncated {
                field,
                offset,
                needed: length,
                available,
            })?;
        self.position = end;
        Ok(&self.bytes[offset..end])
    }

    /// The next `N` bytes, which are a `field`.
    pub(crate) fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N as u64, field)?);
        Ok(array)
    }

    /// A reader of the next `length` bytes alone, whose offsets are still those of the item.
    pub(crate) fn within(&mut self, length: u64, field: &'static str) -> Result<Reader<'a>, Error> {
        let start = self.position;
        self.take(length, field)?;
        Ok(Reader {
            bytes: &self.bytes[..self.position],
            position: start,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_beyond_the_end_is_refused_however_large() {
        let mut reader = Reader::new(&[1, 2, 3]);
        assert_eq!(reader.take(1, "head"), Ok(&[1][..]));
        for needed in [3, u64::from(u32::MAX), u64::MAX] {
            let error = reader.take(needed, "tail").unwrap_err();
            assert_eq!(
                error,
                Error::Truncated {
                    field: "tail",
                    offset: 1,
                    needed,
                    available: 2
                }
            );
        }
        assert_eq!(reader.take(2, "tail"), Ok(&[2, 3][..]));
        assert_eq!(reader.take(0, "nothing"), Ok(&[][..]));
    }

    #[test]
    fn a_reader_within_ends_with_its_part_and_counts_from_the_start() {
        let mut reader = Reader::new(&[1, 2, 3, 4]);
        reader.take(1, "head").unwrap();
        let mut part = reader.within(2, "part").unwrap();
        assert_eq!((part.position(), part.remaining()), (1, 2));
        let error = part.take(3, "field").unwrap_err();
        assert_eq!(
            error,
            Error::Truncated {
                field: "field",
                offset: 1,
                needed: 3,
                available: 2
            }
        );
        assert_eq!(reader.array::<1>("rest"), Ok([4]));
    }
}
