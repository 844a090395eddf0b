//! What identifies a machine: the hash of its module, put into the module itself, where a host finds it
//! without hashing half a megabyte at every start.

use sha2::{Digest, Sha256};

/// The name of the custom section. `crate/browser/src/machine.rs` reads it.
const SECTION: &str = "ao-unit.stamp";

/// Answers `wasm`, which has no stamp yet, with its SHA-256 in a section behind all others.
pub(crate) fn stamped(wasm: &[u8]) -> Vec<u8> {
    let hash = Sha256::digest(wasm);
    // The lengths are below 128: each is one byte.
    let content = 1 + SECTION.len() + hash.len();
    let mut stamped = wasm.to_vec();
    stamped.extend_from_slice(&[0, content as u8, SECTION.len() as u8]);
    stamped.extend_from_slice(SECTION.as_bytes());
    stamped.extend_from_slice(&hash);
    stamped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_a_section_with_the_hash_of_the_module() {
        let wasm = wat::parse_str(r#"(module (func (export "start")))"#).unwrap();
        let module = walrus::Module::from_buffer(&stamped(&wasm)).unwrap();
        let (_, section) = module.customs.iter().next().unwrap();
        assert_eq!(section.name(), SECTION);
        let hash = Sha256::digest(&wasm);
        assert_eq!(section.data(&walrus::IdsToIndices::default()), &hash[..]);
        assert!(module.exports.get_func("start").is_ok());
    }
}
