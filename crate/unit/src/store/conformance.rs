//! What every store must do. The suite runs over each of them, natively and in a browser.

use ao_data_item::Id;

use super::{Batch, Part, Segment, Store};

/// Checks a store that is empty; panics at what it does wrong.
///
/// # Panics
///
/// When the store does not keep what this suite says.
pub async fn check(store: &impl Store) {
    is_empty_at_first(store).await;
    keeps_what_a_batch_holds(store).await;
    replaces_what_has_the_same_key(store).await;
    finds_the_segments_of_a_range(store).await;
    keeps_processes_and_parts_apart(store).await;
    keeps_large_segments(store).await;
}

const FIRST: Id = Id([1; 32]);
const SECOND: Id = Id([2; 32]);

fn segment(first: u64, text: &str) -> Segment {
    Segment {
        first,
        bytes: text.as_bytes().to_vec(),
    }
}

async fn write(store: &impl Store, process: Id, part: Part, segments: &[Segment]) {
    let segments = segments
        .iter()
        .map(|segment| (process, part, segment.clone()))
        .collect();
    let batch = Batch {
        segments,
        ..Batch::default()
    };
    store.commit(batch).await.expect("a batch is committed");
}

async fn read(store: &impl Store, process: Id, part: Part, from: u64, to: u64) -> Vec<Segment> {
    store
        .segments(process, part, from, to)
        .await
        .expect("segments are read")
}

async fn is_empty_at_first(store: &impl Store) {
    assert_eq!(store.identity().await, Ok(None));
    assert_eq!(store.processes().await, Ok(Vec::new()));
    assert_eq!(
        read(store, FIRST, Part::Assignments, 0, u64::MAX >> 11).await,
        []
    );
    store
        .commit(Batch::default())
        .await
        .expect("an empty batch is committed");
}

async fn keeps_what_a_batch_holds(store: &impl Store) {
    let batch = Batch {
        identity: Some([7; 32]),
        processes: vec![(FIRST, b"first".to_vec()), (SECOND, Vec::new())],
        segments: vec![(FIRST, Part::Assignments, segment(0, "zero"))],
    };
    store.commit(batch).await.expect("a batch is committed");
    assert_eq!(store.identity().await, Ok(Some([7; 32])));
    assert_eq!(
        store.processes().await,
        Ok(vec![b"first".to_vec(), Vec::new()])
    );
    assert_eq!(
        read(store, FIRST, Part::Assignments, 0, 0).await,
        [segment(0, "zero")]
    );
}

async fn replaces_what_has_the_same_key(store: &impl Store) {
    let batch = Batch {
        processes: vec![(FIRST, b"first again".to_vec())],
        segments: vec![(FIRST, Part::Assignments, segment(0, "zero again"))],
        ..Batch::default()
    };
    store.commit(batch).await.expect("a batch is committed");
    assert_eq!(store.identity().await, Ok(Some([7; 32])));
    assert_eq!(
        store.processes().await,
        Ok(vec![b"first again".to_vec(), Vec::new()])
    );
    assert_eq!(
        read(store, FIRST, Part::Assignments, 0, 0).await,
        [segment(0, "zero again")]
    );
}

async fn finds_the_segments_of_a_range(store: &impl Store) {
    let segments = [
        segment(0, "a"),
        segment(10, "b"),
        segment(20, "c"),
        segment(300, "d"),
    ];
    write(store, SECOND, Part::Outcomes, &segments).await;
    let found = async |from, to| read(store, SECOND, Part::Outcomes, from, to).await;
    assert_eq!(found(0, 0).await, segments[..1]);
    assert_eq!(found(9, 9).await, segments[..1]);
    assert_eq!(found(10, 10).await, segments[1..2]);
    assert_eq!(found(9, 10).await, segments[..2]);
    assert_eq!(found(19, 25).await, segments[1..3]);
    assert_eq!(found(299, 299).await, segments[2..3]);
    assert_eq!(found(1000, 2000).await, segments[3..]);
    assert_eq!(found(0, 1 << 40).await, segments);
}

async fn keeps_processes_and_parts_apart(store: &impl Store) {
    write(store, FIRST, Part::Ids, &[segment(5, "ids")]).await;
    assert_eq!(read(store, FIRST, Part::Outcomes, 0, 100).await, []);
    assert_eq!(read(store, SECOND, Part::Ids, 0, 100).await, []);
    assert_eq!(
        read(store, FIRST, Part::Ids, 0, 100).await,
        [segment(5, "ids")]
    );
}

async fn keeps_large_segments(store: &impl Store) {
    let bytes: Vec<u8> = (0..2_000_000_u32).map(|i| ((i * 7) >> 3) as u8).collect();
    let large = Segment {
        first: 1 << 40,
        bytes,
    };
    write(store, FIRST, Part::Outcomes, std::slice::from_ref(&large)).await;
    assert_eq!(
        read(store, FIRST, Part::Outcomes, 1 << 40, 1 << 40).await,
        [large]
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryStore;

    #[test]
    fn a_memory_store_conforms() {
        pollster::block_on(check(&MemoryStore::default()));
    }
}
