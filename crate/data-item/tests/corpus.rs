//! What fuzzing has kept (`fuzz/corpus`, `cargo xtask fuzz`) is checked again, without libFuzzer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test, its helpers too, fails by panicking"
)]

#[path = "../fuzz/checks.rs"]
mod checks;

use std::{fs, path::Path};

#[test]
fn every_item_of_the_corpus_is_an_item_or_an_error() {
    each("item", checks::item);
}

#[test]
fn every_encoding_of_tags_in_the_corpus_is_tags_or_an_error() {
    each("tags", checks::tags);
}

#[test]
fn every_bundle_of_the_corpus_is_a_bundle_or_an_error() {
    each("bundle", checks::bundle);
}

#[test]
fn the_corpus_is_small() {
    let n_bytes: usize = ["item", "tags", "bundle"]
        .into_iter()
        .flat_map(inputs)
        .map(|(_, bytes)| bytes.len())
        .sum();
    assert!(n_bytes < 200_000, "{n_bytes} bytes");
}

fn each(target: &str, check: fn(&[u8])) {
    let inputs = inputs(target);
    assert!(!inputs.is_empty());
    for (name, bytes) in inputs {
        println!("{name}"); // Shown if the check fails.
        check(&bytes);
    }
}

fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    fs::read_dir(directory.join(target))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
        .collect()
}
