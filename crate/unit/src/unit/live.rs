//! The machines that are live: whose they are, in the order of their use, and what they take together.

use ao_data_item::Id;

/// The machines that are live.
#[derive(Default)]
pub(super) struct Live {
    /// Each with its bytes; the one that was used last is at the end. They are few.
    machines: Vec<(Id, u64)>,
    /// The sum of their bytes, kept so that nobody has to ask each of them with every message.
    bytes: u64,
}

impl Live {
    /// A process's machine is used, and has so many bytes now.
    pub(super) fn note(&mut self, id: Id, bytes: u64) {
        let known = match self.machines.last_mut() {
            Some((last, known)) if *last == id => std::mem::replace(known, bytes),
            _ => {
                self.remove(id);
                self.machines.push((id, bytes));
                0
            }
        };
        self.bytes = self.bytes - known + bytes;
    }

    /// Takes out the machine that was longest unused, if there are more than `most`, or they have more than
    /// `bytes` together. The one that was used last stays, whatever it has.
    pub(super) fn take_unused(&mut self, most: usize, bytes: u64) -> Option<Id> {
        let is_too_much = self.machines.len() > most || self.bytes > bytes;
        if !is_too_much || self.machines.len() < 2 {
            return None;
        }
        Some(self.take(0))
    }

    pub(super) fn remove(&mut self, id: Id) {
        let place = self.machines.iter().position(|(live, _)| *live == id);
        if let Some(place) = place {
            self.take(place);
        }
    }

    fn take(&mut self, place: usize) -> Id {
        let (id, bytes) = self.machines.remove(place);
        self.bytes -= bytes;
        id
    }

    pub(super) fn contains(&self, id: Id) -> bool {
        self.machines.iter().any(|(live, _)| *live == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: [u8; 0] = [];

    /// Machines that were used in the order in which they are named here, with their bytes.
    fn live(machines: &[(u8, u64)]) -> Live {
        let mut live = Live::default();
        for (name, bytes) in machines {
            live.note(id(*name), *bytes);
        }
        live
    }

    fn id(name: u8) -> Id {
        Id([name; 32])
    }

    fn taken(live: &mut Live, most: usize, bytes: u64) -> Vec<u8> {
        let taken = std::iter::from_fn(|| live.take_unused(most, bytes));
        taken.map(|id| id.0[0]).collect()
    }

    #[test]
    fn as_many_as_there_is_room_for_stay() {
        let mut live = live(&[(1, 10), (2, 10), (3, 10)]);
        assert_eq!(taken(&mut live, 3, 30), NOBODY);
        assert_eq!(taken(&mut live, 2, 30), [1]);
        assert_eq!(taken(&mut live, 2, 10), [2]);
    }

    #[test]
    fn who_was_longest_unused_goes_first() {
        let mut live = live(&[(1, 10), (2, 10), (3, 10)]);
        live.note(id(1), 10);
        assert_eq!(taken(&mut live, 9, 15), [2, 3]);
        assert!(live.contains(id(1)));
    }

    #[test]
    fn one_that_grows_makes_others_go() {
        let mut live = live(&[(1, 10), (2, 10), (3, 10)]);
        live.note(id(3), 25);
        assert_eq!(taken(&mut live, 9, 40), [1]);
        live.note(id(3), 5);
        assert_eq!(taken(&mut live, 9, 15), NOBODY);
    }

    #[test]
    fn the_last_stays_whatever_it_has() {
        let mut live = live(&[(1, 10), (2, 1000)]);
        assert_eq!(taken(&mut live, 1, 1), [1]);
        assert!(live.contains(id(2)));
    }

    #[test]
    fn what_is_removed_takes_nothing() {
        let mut live = live(&[(1, 10), (2, 10)]);
        live.remove(id(1));
        live.remove(id(1));
        assert!(!live.contains(id(1)));
        assert_eq!(taken(&mut live, 9, 10), NOBODY);
    }
}
