//! Writes signed items of every type, and a bundle of them, for other implementations to verify:
//!
//! ```sh
//! cargo run -p ao-data-item --example sign_items -- DIRECTORY
//! ```
//!
//! `DIRECTORY/items.json` says what is in each file.
#![allow(clippy::unwrap_used, reason = "it stops by panicking")]

#[path = "../tests/signing/mod.rs"]
mod signing;

use std::{env, fs, path::PathBuf};

use ao_data_item::{Bundle, Draft, Id, SignatureType, Tag};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use signing::{Keys, filler};

fn main() {
    let directory = PathBuf::from(env::args().nth(1).unwrap());
    fs::create_dir_all(&directory).unwrap();
    let keys = Keys::new();
    let (mut items, mut described) = (Vec::new(), Vec::new());
    for signature_type in SignatureType::ALL {
        for (name, draft) in drafts() {
            let item = keys.sign(signature_type, draft);
            let file = format!("{}.item", items.len());
            fs::write(directory.join(&file), item.as_bytes()).unwrap();
            described.push(json!({
                "file": file,
                "name": format!("{name}, of {signature_type}"),
                "signatureType": signature_type.code(),
                "id": item.id(),
                "owner": URL_SAFE_NO_PAD.encode(item.owner()),
                "signingHash": URL_SAFE_NO_PAD.encode(item.signing_hash()),
                "target": item.target(),
                "anchor": item.anchor().map(|bytes| URL_SAFE_NO_PAD.encode(bytes)),
                "tags": item.tags(),
                "dataId": Id::of(item.data()),
            }));
            items.push(item);
        }
    }
    fs::write(directory.join("all.bundle"), Bundle::of(&items)).unwrap();
    fs::write(directory.join("items.json"), json!(described).to_string()).unwrap();
}

/// What is signed with every key, by name.
fn drafts() -> Vec<(&'static str, Draft)> {
    let tags = |count: u32, tag: fn(u32) -> Tag| (0..count).map(tag).collect();
    vec![
        ("nothing at all", Draft::default()),
        (
            "one tag",
            Draft {
                target: Some(Id::of(b"process")),
                anchor: Some(*b"00000000000000000000000000000042"),
                tags: tags(1, |_| Tag::new("Action", "Eval")),
                data: b"return 1".to_vec(),
            },
        ),
        (
            "128 tags, names twice, values empty",
            Draft {
                tags: tags(128, |n| Tag::new(format!("Tag-{}", n / 2), "")),
                ..Draft::default()
            },
        ),
        (
            "text beyond ASCII",
            Draft {
                tags: tags(40, |n| {
                    Tag::new(format!("Größe-{n}"), "織り手 👩‍👩‍👧‍👦 \0 \u{10ffff}")
                }),
                data: "return 'ウィーバー'".into(),
                ..Draft::default()
            },
        ),
        (
            "10 MB of data",
            Draft {
                data: filler(10_000_000),
                ..Draft::default()
            },
        ),
    ]
}
