//! Logs: parts in segments, found by range.

use ao_data_item::Id;

use crate::store::{Batch, Part, Segment, Store};

use super::{FIRST, SECOND, commit};

pub(super) async fn check(store: &impl Store) {
    replaces_a_segment_with_the_same_first_nonce(store).await;
    finds_the_segments_of_a_range(store).await;
    keeps_processes_and_parts_apart(store).await;
    keeps_large_segments(store).await;
}

pub(super) fn segment(first: u64, text: &str) -> Segment {
    Segment {
        first,
        bytes: text.as_bytes().to_vec(),
    }
}

pub(super) async fn write(store: &impl Store, process: Id, part: Part, segments: &[Segment]) {
    let segments = segments
        .iter()
        .map(|segment| (process, part, segment.clone()))
        .collect();
    let batch = Batch {
        segments,
        ..Batch::default()
    };
    commit(store, batch).await;
}

pub(super) async fn read(
    store: &impl Store,
    process: Id,
    part: Part,
    from: u64,
    to: u64,
) -> Vec<Segment> {
    store
        .segments(process, part, from, to)
        .await
        .expect("segments are read")
}

async fn replaces_a_segment_with_the_same_first_nonce(store: &impl Store) {
    for text in ["zero", "zero again"] {
        let written = [segment(0, text)];
        write(store, FIRST, Part::Assignments, &written).await;
        assert_eq!(read(store, FIRST, Part::Assignments, 0, 0).await, written);
    }
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
    write(store, FIRST, Part::Outbound, &[segment(5, "sent")]).await;
    assert_eq!(read(store, FIRST, Part::Outcomes, 0, 100).await, []);
    assert_eq!(read(store, SECOND, Part::Ids, 0, 100).await, []);
    assert_eq!(
        read(store, FIRST, Part::Ids, 0, 100).await,
        [segment(5, "ids")]
    );
    assert_eq!(
        read(store, FIRST, Part::Outbound, 0, 100).await,
        [segment(5, "sent")]
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
