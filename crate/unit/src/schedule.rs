//! The scheduler: which place in a process's log a message gets.

use sha2::{Digest, Sha256};

use crate::assignment::{Assignment, Place};
use crate::message::Message;
use crate::process::Process;

/// The virtual chain: at `START_TIME` its height was `START_HEIGHT`, and a block comes every two minutes.
const START_HEIGHT: u64 = 1_500_000;
const START_TIME: u64 = 1_735_689_600_000;
const BLOCK_INTERVAL: u64 = 120_000;

/// Assigns a message to a process: the next nonce, a time that never goes back, the hash chain.
pub(crate) fn assign(
    process: &mut Process,
    message: Message,
    id: [u8; 32],
    now: u64,
) -> Assignment {
    let place = next_place(process, now);
    process.chain = Some((place.hash_chain, assignment_id(process, &place, id)));
    process.length += 1;
    process.last_timestamp = place.timestamp;
    Assignment { place, message }
}

/// The place that the next message gets.
pub(crate) fn next_place(process: &Process, now: u64) -> Place {
    let timestamp = now.max(process.last_timestamp);
    Place {
        nonce: process.length,
        timestamp,
        block_height: block_height(timestamp),
        hash_chain: next_link(process),
    }
}

/// The height of the chain at a time.
fn block_height(timestamp: u64) -> u64 {
    START_HEIGHT + timestamp.saturating_sub(START_TIME) / BLOCK_INTERVAL
}

/// The next link of the hash chain, by the rule of the network's schedulers: the hash of the process's id
/// at first, then of the previous assignment's id and link.
fn next_link(process: &Process) -> [u8; 32] {
    match process.chain {
        None => Sha256::digest(process.id).into(),
        Some((link, id)) => Sha256::new()
            .chain_update(id)
            .chain_update(link)
            .finalize()
            .into(),
    }
}

/// An assignment's id: the hash of what it says. The unit is alone with its log, so it signs none.
fn assignment_id(process: &Process, place: &Place, message: [u8; 32]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"ao-unit assignment")
        .chain_update(process.id)
        .chain_update(place.nonce.to_be_bytes())
        .chain_update(place.timestamp.to_be_bytes())
        .chain_update(place.block_height.to_be_bytes())
        .chain_update(place.hash_chain)
        .chain_update(message)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use ao_data_item::{Id, Tag};

    use super::*;
    use crate::process::LUA_MODULES;

    fn process(id: &str) -> Process {
        let tags = vec![Tag::new("Module", LUA_MODULES[0].0)];
        Process::new(id.parse().unwrap(), "owner".to_owned(), tags).unwrap()
    }

    fn id(text: &str) -> [u8; 32] {
        text.parse::<Id>().unwrap().0
    }

    #[test]
    fn the_hash_chain_is_the_networks() {
        let mut process = process("0syT13r0s0tgPmIed95bJnuSqaD29HQNN8D3ElLSrsc");
        let first = next_link(&process);
        assert_eq!(
            Id(first).to_string(),
            "jQ9r8OmmFF0Mi3M8p_CCTCEElZpCAodokkg1GkByMeg"
        );
        process.chain = Some((first, id("6oYAxVAnH8yKsZKpMgHSbRv7uVWey68PAqYuSXeZBbg")));
        let second = next_link(&process);
        assert_eq!(
            Id(second).to_string(),
            "aZ-X18i19V75g-It02rFttP5LltyCk37qBGb2fZ1HN0"
        );
    }

    #[test]
    fn nonces_count_and_time_never_goes_back() {
        let mut process = process("0syT13r0s0tgPmIed95bJnuSqaD29HQNN8D3ElLSrsc");
        let message = || Message::Item(Vec::new());
        let first = assign(&mut process, message(), [1; 32], 1000);
        let second = assign(&mut process, message(), [2; 32], 900);
        assert_eq!((first.place.nonce, second.place.nonce), (0, 1));
        assert_eq!(
            (first.place.timestamp, second.place.timestamp),
            (1000, 1000)
        );
        assert_ne!(first.place.hash_chain, second.place.hash_chain);
    }

    #[test]
    fn a_block_comes_every_two_minutes() {
        assert_eq!(block_height(0), START_HEIGHT);
        assert_eq!(block_height(START_TIME + BLOCK_INTERVAL - 1), START_HEIGHT);
        assert_eq!(block_height(START_TIME + BLOCK_INTERVAL), START_HEIGHT + 1);
    }
}
