//! The scheduler: which place in a process's log a message gets.

use sha2::{Digest, Sha256};

use crate::assignment::{Assignment, Place};
use crate::chain::{Chain, Moment};
use crate::cron::Walk;
use crate::message::Message;
use crate::process::Process;

/// Assigns a message to a process: the next nonce, a time and a height that never go back, the hash chain.
pub(crate) fn assign(
    process: &mut Process,
    message: Message,
    id: [u8; 32],
    now: u64,
    chain: &Chain,
) -> Assignment {
    let mut moment = chain.moment(now.max(process.last.timestamp));
    moment.block_height = moment.block_height.max(process.last.block_height);
    let place = Place {
        nonce: process.next_nonce,
        timestamp: moment.timestamp,
        block_height: moment.block_height,
        hash_chain: next_link(process.id, process.chain),
    };
    if process.length == 0 {
        process.cron.origin = moment;
    }
    let assigned = assignment_id(process.id, &place, id);
    process.chain = Some((place.hash_chain, assigned));
    process.length += 1;
    process.next_nonce += 1;
    process.last = moment;
    process.cron.walk = Some(Walk::from(moment, chain));
    Assignment { place, message }
}

/// Puts a tick in a process's log. It takes no nonce and no link: those belong to messages.
pub(crate) fn assign_tick(process: &mut Process, tick: Message, moment: Moment) -> Assignment {
    process.length += 1;
    process.last = moment;
    let place = Place {
        nonce: process.next_nonce.saturating_sub(1),
        timestamp: moment.timestamp,
        block_height: moment.block_height,
        hash_chain: process.chain.map_or([0; 32], |(link, _)| link),
    };
    let message = tick;
    Assignment { place, message }
}

/// The next link of the hash chain, by the rule of the network's schedulers: the hash of the process's id
/// at first, then of the previous assignment's id and link.
pub(crate) fn next_link(process: [u8; 32], chain: Option<([u8; 32], [u8; 32])>) -> [u8; 32] {
    match chain {
        None => Sha256::digest(process).into(),
        Some((link, id)) => Sha256::new()
            .chain_update(id)
            .chain_update(link)
            .finalize()
            .into(),
    }
}

/// An assignment's id: the hash of what it says. The unit is alone with its log, so it signs none.
pub(crate) fn assignment_id(process: [u8; 32], place: &Place, message: [u8; 32]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"ao-unit assignment")
        .chain_update(process)
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
    use crate::limits::Ceilings;
    use crate::message::Tick;
    use crate::modules::{LUA_MODULES, Modules};

    fn process() -> Process {
        let tags = vec![Tag::new("Module", LUA_MODULES[0].0)];
        let (owner, home) = ("owner".to_owned(), "home".to_owned());
        let (limits, modules) = (Ceilings::default(), Modules::default());
        Process::new(Id([7; 32]), owner, tags, home, &limits, &modules).unwrap()
    }

    fn id(text: &str) -> [u8; 32] {
        text.parse::<Id>().unwrap().0
    }

    #[test]
    fn the_hash_chain_is_the_networks() {
        let process = id("0syT13r0s0tgPmIed95bJnuSqaD29HQNN8D3ElLSrsc");
        let first = next_link(process, None);
        assert_eq!(
            Id(first).to_string(),
            "jQ9r8OmmFF0Mi3M8p_CCTCEElZpCAodokkg1GkByMeg"
        );
        let assigned = id("6oYAxVAnH8yKsZKpMgHSbRv7uVWey68PAqYuSXeZBbg");
        assert_eq!(
            Id(next_link(process, Some((first, assigned)))).to_string(),
            "aZ-X18i19V75g-It02rFttP5LltyCk37qBGb2fZ1HN0"
        );
    }

    #[test]
    fn nonces_count_and_time_never_goes_back() {
        let mut process = process();
        let chain = Chain::default();
        let message = || Message::Item(Vec::new());
        let first = assign(&mut process, message(), [1; 32], 1000, &chain);
        let second = assign(&mut process, message(), [2; 32], 900, &chain);
        assert_eq!((first.place.nonce, second.place.nonce), (0, 1));
        assert_eq!(
            (first.place.timestamp, second.place.timestamp),
            (1000, 1000)
        );
        assert_ne!(first.place.hash_chain, second.place.hash_chain);
    }

    #[test]
    fn a_tick_takes_no_nonce_and_no_link() {
        let mut process = process();
        let chain = Chain::default();
        let item = || Message::Item(Vec::new());
        let first = assign(&mut process, item(), [1; 32], 1000, &chain);
        let end = process.chain;
        let tick = Message::Cron(Tick {
            id: "0-1-second".to_owned(),
            owner: "owner".to_owned(),
            tags: Vec::new(),
            is_delivered: true,
        });
        let moment = Moment {
            timestamp: 2000,
            ..process.last
        };
        let tick = assign_tick(&mut process, tick, moment);
        assert_eq!((tick.place.nonce, process.chain), (0, end));
        assert_eq!(tick.place.hash_chain, first.place.hash_chain);
        let second = assign(&mut process, item(), [2; 32], 3000, &chain);
        assert_eq!((second.place.nonce, process.length), (1, 3));
    }
}
