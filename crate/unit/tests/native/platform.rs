//! The clock and the randomness of tests.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use ao_unit::Platform;

/// The time at which the clocks of tests start.
pub(crate) const OPENED: u64 = 1_700_000_000_000;

/// A clock that tests move, and randomness that never repeats.
#[derive(Clone, Debug, Default)]
pub(crate) struct TestPlatform {
    time: Rc<Cell<u64>>,
    /// So many milliseconds pass whenever somebody looks at the clock.
    pub(crate) haste: Rc<Cell<u64>>,
    pub(crate) drawn: Rc<Cell<u8>>,
    /// Those who wait for time to pass.
    sleepers: Rc<RefCell<Vec<Waker>>>,
}

impl TestPlatform {
    pub(super) fn set(&self, time: u64) {
        self.time.set(time);
        self.sleepers.borrow_mut().drain(..).for_each(Waker::wake);
    }
}

impl Platform for TestPlatform {
    fn now(&self) -> u64 {
        self.time.set(self.time.get() + self.haste.get());
        self.time.get()
    }

    fn random(&self) -> [u8; 32] {
        self.drawn.set(self.drawn.get() + 1);
        [self.drawn.get(); 32]
    }

    async fn pause(&self, milliseconds: u32) {
        let until = self.now() + u64::from(milliseconds);
        let mut has_waited = false;
        poll_fn(|context| {
            if milliseconds > 0 {
                if self.now() >= until {
                    return Poll::Ready(());
                }
                self.sleepers.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            context.waker().wake_by_ref();
            if std::mem::replace(&mut has_waited, true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}
