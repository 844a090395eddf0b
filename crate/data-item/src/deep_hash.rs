use sha2::{Digest as _, Sha384};

/// What [`deep_hash`] hashes: bytes, or a list of such.
#[derive(Debug, Clone, Copy)]
pub enum Chunk<'a> {
    /// Bytes.
    Blob(&'a [u8]),
    /// A list, whose order matters.
    List(&'a [Chunk<'a>]),
}

/// Arweave's hash of a tree of bytes, by SHA-384: no two trees share it, as kind and length are hashed as well.
///
/// ```
/// use ao_data_item::{Chunk, deep_hash};
///
/// let (a, b, ab) = (Chunk::Blob(b"a"), Chunk::Blob(b"b"), Chunk::Blob(b"ab"));
/// assert_ne!(deep_hash(Chunk::List(&[a, b])), deep_hash(Chunk::List(&[ab])));
/// ```
pub fn deep_hash(chunk: Chunk<'_>) -> [u8; 48] {
    match chunk {
        Chunk::Blob(bytes) => pair(
            sha384(format!("blob{}", bytes.len()).as_bytes()),
            sha384(bytes),
        ),
        Chunk::List(chunks) => extended(list_of(chunks.len()), chunks),
    }
}

/// The hash of a list before its first chunk. It is of use to whoever hashes many lists that begin alike.
pub(crate) fn list_of(length: usize) -> [u8; 48] {
    sha384(format!("list{length}").as_bytes())
}

/// The hash of a list up to some chunk, once `chunks` have followed.
pub(crate) fn extended(hash: [u8; 48], chunks: &[Chunk<'_>]) -> [u8; 48] {
    chunks
        .iter()
        .fold(hash, |hash, &chunk| pair(hash, deep_hash(chunk)))
}

fn pair(left: [u8; 48], right: [u8; 48]) -> [u8; 48] {
    Sha384::new()
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

fn sha384(bytes: &[u8]) -> [u8; 48] {
    Sha384::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_blobs_of_the_same_bytes_differ() {
        let blob = Chunk::Blob(b"");
        let hashes = [
            blob,
            Chunk::List(&[]),
            Chunk::List(&[blob]),
            Chunk::List(&[Chunk::List(&[])]),
        ]
        .map(deep_hash);
        for (at, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..at].contains(hash));
        }
    }

    #[test]
    fn the_order_of_a_list_matters() {
        let (a, b) = (Chunk::Blob(b"a"), Chunk::Blob(b"b"));
        assert_ne!(
            deep_hash(Chunk::List(&[a, b])),
            deep_hash(Chunk::List(&[b, a]))
        );
    }
}
