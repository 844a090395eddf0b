use crate::Error;

/// Reads fields one after the other, and knows where it stands.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
    /// Where the bytes stand in what their errors speak of: an item's in its bundle, and else 0.
    origin: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader::at(bytes, 0)
    }

    /// A reader of bytes that are a part of something greater, and start there at `origin`.
    pub(crate) fn at(bytes: &'a [u8], origin: usize) -> Reader<'a> {
        Reader {
            bytes,
            position: 0,
            origin,
        }
    }

    /// Where the next byte to be read stands among the bytes.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Where the next byte to be read stands, as errors say it.
    pub(crate) fn offset(&self) -> usize {
        self.origin + self.position
    }

    pub(crate) fn remaining(&self) -> usize {
        self.bytes.len() - self.position
    }

    /// The next `length` bytes, which are a `field`.
    pub(crate) fn take(&mut self, length: u64, field: &'static str) -> Result<&'a [u8], Error> {
        let (start, available) = (self.position, self.remaining());
        let end = usize::try_from(length)
            .ok()
            .filter(|&length| length <= available)
            .map(|length| start + length)
            .ok_or(Error::Truncated {
                field,
                offset: self.offset(),
                needed: length,
                available,
            })?;
        self.position = end;
        Ok(&self.bytes[start..end])
    }

    /// The next `N` bytes, which are a `field`.
    pub(crate) fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N as u64, field)?);
        Ok(array)
    }

    /// A reader of the next `length` bytes alone, which counts as this one does.
    pub(crate) fn within(&mut self, length: u64, field: &'static str) -> Result<Reader<'a>, Error> {
        let start = self.position;
        self.take(length, field)?;
        Ok(Reader {
            bytes: &self.bytes[..self.position],
            position: start,
            origin: self.origin,
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
    fn errors_count_from_the_origin() {
        let mut reader = Reader::at(&[1, 2], 100);
        reader.take(1, "head").unwrap();
        let error = reader.take(2, "tail").unwrap_err();
        assert!(
            matches!(error, Error::Truncated { offset: 101, .. }),
            "{error}"
        );
        assert_eq!((reader.position(), reader.offset()), (1, 101));
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
