//! The order in which items were handed over, kept while their signatures are verified side by side.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;

/// Turns, given in the order in which they are taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns {
    /// Ends when the turn that was taken last does.
    last: Rc<RefCell<Option<oneshot::Receiver<()>>>>,
}

/// A turn. The next one comes when it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    before: Option<oneshot::Receiver<()>>,
    _end: oneshot::Sender<()>,
}

impl Turns {
    /// Takes the next turn.
    pub(super) fn take(&self) -> Turn {
        let (end, ended) = oneshot::channel();
        Turn {
            before: self.last.replace(Some(ended)),
            _end: end,
        }
    }
}

impl Turn {
    /// Waits until it comes. The turn is over when the next thing is done that does not wait.
    pub(super) async fn come(mut self) {
        if let Some(before) = self.before.take() {
            // It ends by being dropped, whatever became of it.
            let _ = before.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use futures::future::join3;

    use super::*;

    #[test]
    fn turns_come_in_the_order_in_which_they_were_taken() {
        let turns = Turns::default();
        let order = RefCell::new(Vec::new());
        let wait = async |number: u8, turn: Turn| {
            turn.come().await;
            order.borrow_mut().push(number);
        };
        let (first, second, third) = (turns.take(), turns.take(), turns.take());
        block_on(join3(wait(3, third), wait(2, second), wait(1, first)));
        assert_eq!(order.into_inner(), [1, 2, 3]);
    }

    #[test]
    fn a_turn_that_is_given_up_holds_nobody_up() {
        let turns = Turns::default();
        let (first, second) = (turns.take(), turns.take());
        drop(first);
        block_on(second.come());
    }
}
