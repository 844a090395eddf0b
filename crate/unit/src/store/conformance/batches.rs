//! Batches: the identity, records, and processes that go.

use ao_data_item::Id;

use crate::store::{Batch, Checkpoint, Held, HeldKey, Part, Store};

use super::logs::{read, segment};
use super::{FIRST, SECOND, commit};

pub(super) async fn check(store: &impl Store) {
    is_empty_at_first(store).await;
    keeps_what_a_batch_holds(store).await;
    replaces_records(store).await;
}

async fn is_empty_at_first(store: &impl Store) {
    assert_eq!(store.identity().await, Ok(None));
    assert_eq!(store.modules().await, Ok(None));
    assert_eq!(store.ahead().await, Ok(None));
    assert_eq!(store.processes().await, Ok(Vec::new()));
    for part in Part::ALL {
        assert_eq!(read(store, FIRST, part, 0, u64::MAX >> 11).await, []);
    }
    assert_eq!(store.held().await, Ok(Vec::new()));
    assert_eq!(store.checkpoints(FIRST).await, Ok(Vec::new()));
    assert_eq!(store.checkpoint(FIRST, 0).await, Ok(None));
    commit(store, Batch::default()).await;
}

async fn keeps_what_a_batch_holds(store: &impl Store) {
    let batch = Batch {
        identity: Some([7; 32]),
        modules: Some(b"modules".to_vec()),
        ahead: Some(u64::MAX),
        processes: vec![(SECOND, Vec::new()), (FIRST, b"first".to_vec())],
        segments: vec![(FIRST, Part::Assignments, segment(0, "zero"))],
        ..Batch::default()
    };
    commit(store, batch).await;
    assert_eq!(store.identity().await, Ok(Some([7; 32])));
    assert_eq!(store.modules().await, Ok(Some(b"modules".to_vec())));
    assert_eq!(store.ahead().await, Ok(Some(u64::MAX)));
    let expected = [(FIRST, b"first".to_vec()), (SECOND, Vec::new())];
    assert_eq!(records(store).await, expected);
    assert_eq!(
        read(store, FIRST, Part::Assignments, 0, 0).await,
        [segment(0, "zero")]
    );
}

async fn records(store: &impl Store) -> Vec<(Id, Vec<u8>)> {
    let mut records = store.processes().await.expect("records are read");
    records.sort();
    records
}

async fn replaces_records(store: &impl Store) {
    let batch = Batch {
        modules: Some(Vec::new()),
        processes: vec![(FIRST, b"first again".to_vec())],
        ..Batch::default()
    };
    commit(store, batch).await;
    assert_eq!(store.identity().await, Ok(Some([7; 32])));
    assert_eq!(store.modules().await, Ok(Some(Vec::new())));
    assert_eq!(store.ahead().await, Ok(Some(u64::MAX)));
    let expected = [(FIRST, b"first again".to_vec()), (SECOND, Vec::new())];
    assert_eq!(records(store).await, expected);
}

/// A process goes with all that is its own, and nothing else does; in the same batch it can come again.
pub(super) async fn check_removal(store: &impl Store) {
    let held = Held {
        key: HeldKey {
            origin: FIRST.0,
            sequence: 9,
        },
        bytes: b"held".to_vec(),
    };
    let checkpoint = Checkpoint {
        at: 3,
        base: 3,
        memory: 4096,
        bytes: b"state".to_vec(),
    };
    let segments = [FIRST, SECOND]
        .into_iter()
        .flat_map(|process| Part::ALL.map(|part| (process, part, segment(1 << 20, "there"))));
    let batch = Batch {
        processes: vec![(FIRST, b"first".to_vec()), (SECOND, b"second".to_vec())],
        segments: segments.collect(),
        held: vec![held.clone()],
        checkpoints: vec![(FIRST, checkpoint.clone()), (SECOND, checkpoint.clone())],
        ..Batch::default()
    };
    commit(store, batch).await;
    let batch = Batch {
        removed: vec![FIRST],
        ..Batch::default()
    };
    commit(store, batch).await;

    assert_eq!(
        store.processes().await,
        Ok(vec![(SECOND, b"second".to_vec())])
    );
    for part in Part::ALL {
        assert_eq!(read(store, FIRST, part, 0, 1 << 50).await, []);
        let kept = read(store, SECOND, part, 1 << 20, 1 << 20).await;
        assert_eq!(kept, [segment(1 << 20, "there")]);
    }
    assert_eq!(store.checkpoints(FIRST).await, Ok(Vec::new()));
    assert_eq!(store.checkpoint(FIRST, 3).await, Ok(None));
    assert_eq!(
        store.checkpoint(SECOND, 3).await,
        Ok(Some(b"state".to_vec()))
    );
    assert_eq!(store.held().await, Ok(vec![held]));

    let batch = Batch {
        removed: vec![SECOND],
        processes: vec![(SECOND, b"new".to_vec())],
        segments: vec![(SECOND, Part::Ids, segment(0, "new"))],
        checkpoints: vec![(SECOND, checkpoint.clone())],
        ..Batch::default()
    };
    commit(store, batch).await;
    assert_eq!(store.processes().await, Ok(vec![(SECOND, b"new".to_vec())]));
    assert_eq!(
        read(store, SECOND, Part::Ids, 0, 1 << 50).await,
        [segment(0, "new")]
    );
    assert_eq!(store.checkpoints(SECOND).await, Ok(vec![checkpoint.head()]));
}
