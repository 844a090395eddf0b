//! Checkpoints: heads without bytes, bytes by their place.

use ao_data_item::Id;

use crate::store::{Batch, Checkpoint, CheckpointHead, Store};

use super::{FIRST, SECOND, commit};

pub(super) async fn check(store: &impl Store) {
    keeps_checkpoints_in_the_order_of_the_log(store).await;
    replaces_a_checkpoint_at_the_same_place(store).await;
    prunes_what_it_is_told_to(store).await;
    keeps_large_checkpoints(store).await;
}

async fn keeps_checkpoints_in_the_order_of_the_log(store: &impl Store) {
    let places = [1 << 40, 1000, 9, 10];
    let batch = Batch {
        checkpoints: places
            .map(|at| (FIRST, checkpoint(at, 9, "state")))
            .to_vec(),
        ..Batch::default()
    };
    commit(store, batch).await;
    let expected = [9, 10, 1000, 1 << 40].map(|at| checkpoint(at, 9, "state").head());
    assert_eq!(heads(store, FIRST).await, expected);
    assert_eq!(heads(store, SECOND).await, []);
    for at in places {
        assert_eq!(
            store.checkpoint(FIRST, at).await,
            Ok(Some(b"state".to_vec()))
        );
    }
    assert_eq!(store.checkpoint(FIRST, 11).await, Ok(None));
    assert_eq!(store.checkpoint(SECOND, 10).await, Ok(None));
}

async fn replaces_a_checkpoint_at_the_same_place(store: &impl Store) {
    let other = checkpoint(1000, 1000, "a new base");
    let batch = Batch {
        checkpoints: vec![(FIRST, other.clone())],
        ..Batch::default()
    };
    commit(store, batch).await;
    let found = heads(store, FIRST).await;
    assert_eq!(found.len(), 4);
    assert_eq!(found[2], other.head());
    assert_eq!(store.checkpoint(FIRST, 1000).await, Ok(Some(other.bytes)));
}

async fn prunes_what_it_is_told_to(store: &impl Store) {
    let again = checkpoint(10, 10, "put back");
    let batch = Batch {
        pruned: vec![(FIRST, 9), (FIRST, 10), (FIRST, 11), (SECOND, 1000)],
        checkpoints: vec![(FIRST, again.clone())],
        ..Batch::default()
    };
    commit(store, batch).await;
    let places: Vec<u64> = heads(store, FIRST)
        .await
        .iter()
        .map(|head| head.at)
        .collect();
    assert_eq!(places, [10, 1000, 1 << 40]);
    assert_eq!(store.checkpoint(FIRST, 9).await, Ok(None));
    assert_eq!(store.checkpoint(FIRST, 10).await, Ok(Some(again.bytes)));
}

async fn keeps_large_checkpoints(store: &impl Store) {
    let large = Checkpoint {
        at: u64::MAX >> 11,
        base: 0,
        memory: 50 << 20,
        bytes: (0..5_000_000_u32).map(|i| ((i * 7) >> 3) as u8).collect(),
    };
    let batch = Batch {
        checkpoints: vec![(SECOND, large.clone())],
        ..Batch::default()
    };
    commit(store, batch).await;
    assert_eq!(heads(store, SECOND).await, [large.head()]);
    let read = store.checkpoint(SECOND, large.at).await;
    assert!(read == Ok(Some(large.bytes)), "other bytes came back");
}

async fn heads(store: &impl Store, process: Id) -> Vec<CheckpointHead> {
    let heads = store.checkpoints(process).await;
    heads.expect("the heads of checkpoints are read")
}

fn checkpoint(at: u64, base: u64, text: &str) -> Checkpoint {
    Checkpoint {
        at,
        base,
        memory: 4096 * at,
        bytes: text.as_bytes().to_vec(),
    }
}
