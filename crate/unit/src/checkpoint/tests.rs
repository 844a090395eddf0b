//! Checkpoints of a machine that is nothing but its memory.

use ao_data_item::Id;
use pollster::block_on;

use crate::machine::{Evaluation, Limits, Machine, MachineError, MachineHost};
use crate::store::{Batch, MemoryStore, Store};

use super::pages::PAGE;
use super::*;

const SEED: u64 = 7;
const PROCESS: Id = Id([1; 32]);

/// Makes machines of one version.
struct Memories([u8; 32]);

struct Memory(Vec<u8>);

impl MachineHost for Memories {
    type Machine = Memory;
    type Image = ();

    fn start(&self, _limits: &Limits) -> Result<Memory, MachineError> {
        unreachable!("a checkpoint starts no machine")
    }

    fn restore(&self, _image: &(), _limits: &Limits) -> Result<Memory, MachineError> {
        unreachable!("a checkpoint is no image")
    }

    fn blank(&self, length: usize, _limits: &Limits) -> Result<Memory, MachineError> {
        Ok(Memory(vec![0; length]))
    }

    fn stamp(&self) -> [u8; 32] {
        self.0
    }
}

impl Machine for Memory {
    type Image = ();

    fn evaluate(&mut self, _message: &[u8], _environment: &[u8], _gas: u64) -> Evaluation {
        unreachable!("a checkpoint evaluates nothing")
    }

    fn image(&self, _spent: Option<()>) {}

    fn memory(&self) -> usize {
        self.0.len()
    }

    fn read(&self, offset: usize, into: &mut [u8]) {
        into.copy_from_slice(&self.0[offset..offset + into.len()]);
    }

    fn write(&mut self, offset: usize, bytes: &[u8]) {
        self.0[offset..offset + bytes.len()].copy_from_slice(bytes);
    }
}

const HOST: Memories = Memories([5; 32]);

/// A process whose memory is changed and stored.
struct Bench {
    machine: Memory,
    store: MemoryStore,
    baseline: Baseline,
    states: Vec<(u64, Vec<u8>)>,
}

impl Bench {
    /// With so many pages, every other of which is random.
    fn new(pages: usize) -> Self {
        let mut memory = vec![0; pages * PAGE];
        for page in (0..pages).step_by(2) {
            noise(page as u64, &mut memory[page * PAGE..][..PAGE]);
        }
        Self {
            machine: Memory(memory),
            store: MemoryStore::default(),
            baseline: Baseline::blank(SEED),
            states: Vec::new(),
        }
    }

    fn fill(&mut self, page: usize, byte: u8) {
        self.machine.0[page * PAGE..][..PAGE].fill(byte);
    }

    /// Stores a checkpoint; answers how many bytes it has.
    fn store(&mut self, at: u64) -> usize {
        let captured = capture(&self.machine, HOST.0, at, &self.baseline);
        self.baseline = captured.baseline;
        self.states.push((at, self.machine.0.clone()));
        let heads = block_on(self.store.checkpoints(PROCESS)).unwrap();
        let pruned = prunable(&heads, &captured.checkpoint.head());
        let size = captured.checkpoint.bytes.len();
        self.commit(Batch {
            pruned: pruned.into_iter().map(|at| (PROCESS, at)).collect(),
            checkpoints: vec![(PROCESS, captured.checkpoint)],
            ..Batch::default()
        });
        size
    }

    fn commit(&self, batch: Batch) {
        block_on(self.store.commit(batch)).unwrap();
    }

    fn heads(&self) -> Vec<(u64, u64)> {
        let heads = block_on(self.store.checkpoints(PROCESS)).unwrap();
        heads.iter().map(|head| (head.at, head.base)).collect()
    }

    fn restore_by(&self, host: &Memories, at: u64) -> Restored<Memory> {
        let limits = Limits::default();
        let restored = restore(&self.store, host, PROCESS, at, &limits, SEED);
        block_on(restored).unwrap()
    }

    fn restore(&self) -> Restored<Memory> {
        self.restore_by(&HOST, u64::MAX)
    }

    /// What is restored is what was stored at this place, and nothing was damaged.
    fn restores(&self, at: u64) {
        let restored = self.restore_by(&HOST, at);
        assert_eq!(restored.discarded, []);
        self.is_at(&restored, at);
    }

    fn is_at(&self, restored: &Restored<Memory>, at: u64) {
        let point = restored.point.as_ref().expect("there is a state");
        let (_, expected) = self.states.iter().find(|(of, _)| *of == at).unwrap();
        assert_eq!(point.at, at);
        assert!(point.machine.0 == *expected, "another state at {at}");
    }

    /// Changes the stored bytes of a checkpoint.
    fn damage(&self, at: u64, change: impl FnOnce(&mut Vec<u8>)) {
        let heads = block_on(self.store.checkpoints(PROCESS)).unwrap();
        let head = *heads.iter().find(|head| head.at == at).unwrap();
        let mut bytes = block_on(self.store.checkpoint(PROCESS, at))
            .unwrap()
            .unwrap();
        change(&mut bytes);
        let checkpoint = crate::store::Checkpoint {
            at,
            base: head.base,
            memory: head.memory,
            bytes,
        };
        self.commit(Batch {
            checkpoints: vec![(PROCESS, checkpoint)],
            ..Batch::default()
        });
    }
}

/// Bytes that do not compress.
fn noise(seed: u64, into: &mut [u8]) {
    let mut state = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    for byte in into {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        *byte = (state >> 32) as u8;
    }
}

mod capturing {
    use super::*;

    #[test]
    fn a_base_has_the_pages_that_are_not_zero() {
        let mut bench = Bench::new(100);
        let size = bench.store(1);
        assert!((50 * PAGE..52 * PAGE).contains(&size), "{size} bytes");
        bench.restores(1);
    }

    #[test]
    fn what_follows_has_the_pages_that_changed() {
        let mut bench = Bench::new(1000);
        bench.store(1);
        bench.fill(3, 1);
        noise(99, &mut bench.machine.0[700 * PAGE + 17..][..1]);
        let size = bench.store(2);
        assert!(size < 2 * PAGE, "{size} bytes");
        bench.restores(2);
        bench.restores(1);
        assert_eq!(bench.heads(), [(1, 1), (2, 1)]);
    }

    #[test]
    fn pages_that_become_zero_are_zero_again() {
        let mut bench = Bench::new(200);
        bench.store(1);
        for page in [0, 2, 4, 198] {
            bench.fill(page, 0);
        }
        assert!(bench.store(2) < 200);
        bench.restores(2);
        bench.fill(2, 9);
        bench.store(3);
        bench.restores(3);
    }

    #[test]
    fn memory_may_grow() {
        let mut bench = Bench::new(10);
        bench.store(1);
        bench.machine.0.resize(400 * PAGE, 0);
        assert!(
            bench.store(2) < 200,
            "pages that came as zero are nothing new"
        );
        bench.fill(399, 3);
        bench.store(3);
        bench.restores(3);
        bench.restores(1);
    }

    #[test]
    fn memory_that_shrinks_begins_a_chain() {
        let mut bench = Bench::new(100);
        bench.store(1);
        bench.machine.0.truncate(50 * PAGE);
        bench.store(2);
        assert_eq!(bench.heads(), [(1, 1), (2, 2)]);
        bench.restores(2);
    }

    #[test]
    fn memory_need_not_be_whole_pages() {
        let mut bench = Bench::new(4);
        bench.machine.0.truncate(3 * PAGE + 5);
        bench.store(1);
        bench.machine.0[3 * PAGE + 4] = 1;
        bench.store(2);
        bench.restores(2);
    }

    #[test]
    fn a_machine_without_memory_has_checkpoints_too() {
        let mut bench = Bench::new(0);
        bench.store(1);
        bench.restores(1);
    }

    #[test]
    fn nothing_that_changed_is_nearly_nothing() {
        let mut bench = Bench::new(1000);
        bench.store(1);
        assert!(bench.store(2) < 100);
        bench.restores(2);
    }

    #[test]
    fn one_in_the_same_place_builds_on_nothing() {
        let mut bench = Bench::new(10);
        bench.store(1);
        bench.store(2);
        bench.store(2);
        assert_eq!(bench.heads(), [(1, 1), (2, 2)]);
        bench.restores(2);
    }

    #[test]
    fn a_chain_begins_again_in_time_and_old_ones_go() {
        let mut bench = Bench::new(100);
        for at in 0..40 {
            bench.fill(at, 1);
            bench.store(at as u64);
        }
        // Sixteen follow a base; the newest chain and the one before are kept.
        let bases: Vec<u64> = bench.heads().iter().map(|(_, base)| *base).collect();
        assert_eq!(bases[0], 17);
        assert_eq!(bases[17], 34);
        assert_eq!(bases.len(), 17 + 6);
        for at in [17, 20, 33, 34, 39] {
            bench.restores(at);
        }
        assert!(bench.restore_by(&HOST, 16).point.is_none());
    }
}

mod restoring {
    use super::*;

    /// Two chains: 1, 2, 3 and 10, 11, 12.
    fn two_chains() -> Bench {
        let mut bench = Bench::new(50);
        for at in [1, 2, 3] {
            bench.fill(at as usize, 1);
            bench.store(at);
        }
        bench.baseline = Baseline::blank(SEED);
        for at in [10, 11, 12] {
            bench.fill(at as usize, 1);
            bench.store(at);
        }
        bench
    }

    fn places(restored: &Restored<Memory>) -> Vec<u64> {
        restored.discarded.iter().map(|one| one.at).collect()
    }

    #[test]
    fn a_process_without_checkpoints_has_no_state() {
        let restored = Bench::new(1).restore();
        assert!(restored.point.is_none());
        assert_eq!(restored.discarded, []);
    }

    #[test]
    fn the_nearest_state_is_that_at_or_before_a_place() {
        let bench = two_chains();
        for (asked, found) in [(1, 1), (2, 2), (9, 3), (10, 10), (11, 11), (u64::MAX, 12)] {
            let restored = bench.restore_by(&HOST, asked);
            assert_eq!(restored.discarded, []);
            bench.is_at(&restored, found);
        }
        assert!(bench.restore_by(&HOST, 0).point.is_none());
    }

    #[test]
    fn a_chain_goes_on_where_it_was_restored() {
        let mut bench = two_chains();
        bench.baseline = bench.restore().point.unwrap().baseline;
        assert_eq!(bench.baseline.at(), Some(12));
        bench.fill(40, 8);
        assert!(bench.store(13) < 400);
        assert_eq!(bench.heads().last(), Some(&(13, 10)));
        bench.restores(13);
    }

    #[test]
    fn a_state_of_the_past_begins_a_chain_of_its_own() {
        let mut bench = two_chains();
        let point = bench.restore_by(&HOST, 11).point.unwrap();
        (bench.machine, bench.baseline) = (point.machine, point.baseline);
        bench.store(20);
        assert_eq!(bench.heads().last(), Some(&(20, 20)));
        bench.restores(20);
    }

    #[test]
    fn a_flipped_bit_is_noticed_wherever_it_is() {
        let bench = two_chains();
        let size = block_on(bench.store.checkpoint(PROCESS, 12))
            .unwrap()
            .unwrap()
            .len();
        for at in 0..size {
            bench.damage(12, |bytes| bytes[at] ^= 1);
            let restored = bench.restore();
            bench.is_at(&restored, 11);
            assert_eq!(places(&restored), [12]);
            assert!(matches!(
                restored.discarded[0].damage,
                Damage::Checksum { .. }
            ));
            bench.damage(12, |bytes| bytes[at] ^= 1);
        }
        bench.restores(12);
    }

    #[test]
    fn bytes_that_are_missing_are_noticed() {
        let bench = two_chains();
        let bytes = block_on(bench.store.checkpoint(PROCESS, 12))
            .unwrap()
            .unwrap();
        for length in 0..bytes.len() {
            bench.damage(12, |bytes| bytes.truncate(length));
            let restored = bench.restore();
            bench.is_at(&restored, 11);
            assert_eq!(restored.discarded[0].damage.code(), "CHECKPOINT_DAMAGED");
            bench.damage(12, |damaged| damaged.clone_from(&bytes));
        }
    }

    #[test]
    fn what_builds_on_something_damaged_goes_with_it() {
        let bench = two_chains();
        bench.damage(11, |bytes| bytes[50] ^= 4);
        let restored = bench.restore();
        bench.is_at(&restored, 10);
        assert_eq!(places(&restored), [11, 12]);
        assert_eq!(restored.discarded[1].damage, Damage::MissingLink { at: 11 });
    }

    #[test]
    fn a_chain_without_its_base_gives_way_to_the_one_before() {
        let bench = two_chains();
        bench.damage(10, |bytes| bytes[50] ^= 4);
        let restored = bench.restore();
        bench.is_at(&restored, 3);
        assert_eq!(places(&restored), [10, 11, 12]);

        let batch = Batch {
            pruned: vec![(PROCESS, 10)],
            ..Batch::default()
        };
        bench.commit(batch);
        let restored = bench.restore();
        bench.is_at(&restored, 3);
        assert_eq!(places(&restored), [11, 12]);
    }

    #[test]
    fn a_link_that_is_missing_is_noticed() {
        let bench = two_chains();
        let batch = Batch {
            pruned: vec![(PROCESS, 11)],
            ..Batch::default()
        };
        bench.commit(batch);
        let restored = bench.restore();
        bench.is_at(&restored, 10);
        let damage = Damage::MissingLink { at: 11 };
        assert_eq!(restored.discarded, [Discarded { at: 12, damage }]);
    }

    #[test]
    fn a_link_that_is_another_is_noticed() {
        let mut bench = two_chains();
        bench.machine.0.fill(7);
        let blank = Baseline::blank(SEED);
        let base = capture(&bench.machine, HOST.0, 10, &blank);
        let other = capture(&bench.machine, HOST.0, 11, &base.baseline);
        bench.damage(11, |bytes| *bytes = other.checkpoint.bytes);
        let restored = bench.restore();
        bench.is_at(&restored, 10);
        assert_eq!(places(&restored), [11, 12]);
    }

    #[test]
    fn the_memory_of_other_code_is_never_loaded() {
        let bench = two_chains();
        let restored = bench.restore_by(&Memories([6; 32]), u64::MAX);
        assert!(restored.point.is_none());
        assert_eq!(places(&restored), [10, 11, 12, 1, 2, 3]);
        assert_eq!(restored.discarded[0].damage, Damage::OtherMachine);
    }

    #[test]
    fn a_memory_of_another_length_is_not_loaded() {
        let bench = two_chains();
        let bytes = block_on(bench.store.checkpoint(PROCESS, 10))
            .unwrap()
            .unwrap();
        let checkpoint = crate::store::Checkpoint {
            at: 20,
            base: 20,
            memory: 4096,
            bytes,
        };
        bench.commit(Batch {
            checkpoints: vec![(PROCESS, checkpoint)],
            ..Batch::default()
        });
        let restored = bench.restore();
        bench.is_at(&restored, 12);
        let damage = Damage::OtherLength {
            expected: 4096,
            found: 50 * 4096,
        };
        assert_eq!(restored.discarded, [Discarded { at: 20, damage }]);
    }

    #[test]
    fn a_checkpoint_that_stands_alone_is_restored_from_its_bytes() {
        let bench = two_chains();
        let alone = capture(&bench.machine, HOST.0, 12, &Baseline::blank(SEED));
        let bytes = alone.checkpoint.bytes;
        let point = restore_alone(&HOST, &bytes, &Limits::default(), SEED).unwrap();
        assert_eq!(point.at, 12);
        assert!(point.machine.0 == bench.machine.0);

        let link = block_on(bench.store.checkpoint(PROCESS, 12))
            .unwrap()
            .unwrap();
        let refused = restore_alone(&HOST, &link, &Limits::default(), SEED);
        assert!(matches!(
            refused,
            Err(AloneError::Damaged(Damage::MissingLink { at: 11 }))
        ));
    }

    #[test]
    fn a_checkpoint_of_anybody_reserves_no_more_than_a_process_may() {
        let large = Memory(vec![0; 20 << 20]);
        let captured = capture(&large, HOST.0, 1, &Baseline::blank(SEED));
        let limits = Limits {
            memory: 8 << 20,
            gas: 1,
        };
        let refused = restore_alone(&HOST, &captured.checkpoint.bytes, &limits, SEED);
        let too_large = Damage::TooLarge {
            memory: 20 << 20,
            most: 16 << 20,
        };
        assert!(matches!(refused, Err(AloneError::Damaged(damage)) if damage == too_large));
    }

    #[test]
    fn a_stored_checkpoint_reserves_no_more_than_a_process_may() {
        let mut bench = two_chains();
        bench.store(20);
        bench.machine.0.resize(20 << 20, 0);
        bench.store(30);
        let limits = Limits {
            memory: 8 << 20,
            gas: 1,
        };
        let restored = restore(&bench.store, &HOST, PROCESS, u64::MAX, &limits, SEED);
        let restored = block_on(restored).unwrap();
        bench.is_at(&restored, 20);
        let damage = Damage::TooLarge {
            memory: 20 << 20,
            most: 16 << 20,
        };
        assert_eq!(restored.discarded, [Discarded { at: 30, damage }]);
    }
}
