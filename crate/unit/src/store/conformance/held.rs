//! Messages that are held back.

use crate::store::{Batch, Held, HeldKey, Store};

use super::commit;

pub(super) async fn check(store: &impl Store) {
    // Bytes whose order is another in base64: the order is that of the bytes.
    let keys = [
        key(0x00, 0),
        key(0x00, 1),
        key(0x00, 1 << 40),
        key(0x7f, 2),
        key(0xfb, 2),
        key(0xff, 0),
    ];
    let mut shuffled = keys;
    shuffled.reverse();
    shuffled.swap(1, 4);
    let batch = Batch {
        held: shuffled.map(|key| held(key, "first")).to_vec(),
        ..Batch::default()
    };
    commit(store, batch).await;
    assert_eq!(
        store.held().await,
        Ok(keys.map(|key| held(key, "first")).to_vec())
    );

    // One is replaced; those that are released are gone; one that was never there does no harm.
    let batch = Batch {
        released: vec![keys[0], keys[2], keys[3], key(0x01, 0)],
        held: vec![held(keys[1], "again"), held(keys[3], "put back")],
        ..Batch::default()
    };
    commit(store, batch).await;
    let left = vec![
        held(keys[1], "again"),
        held(keys[3], "put back"),
        held(keys[4], "first"),
        held(keys[5], "first"),
    ];
    assert_eq!(store.held().await, Ok(left));

    let batch = Batch {
        released: keys.to_vec(),
        ..Batch::default()
    };
    commit(store, batch).await;
    assert_eq!(store.held().await, Ok(Vec::new()));
}

fn key(origin: u8, sequence: u64) -> HeldKey {
    HeldKey {
        origin: [origin; 32],
        sequence,
    }
}

fn held(key: HeldKey, text: &str) -> Held {
    Held {
        key,
        bytes: text.as_bytes().to_vec(),
    }
}
