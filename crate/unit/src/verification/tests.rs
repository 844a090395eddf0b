use std::cell::RefCell;

use ao_data_item::{Draft, Error as ItemError, SignatureType};
use futures::executor::block_on;
use futures::future::{Either, select};

use super::*;

/// Believes a signature that begins with 1, and counts what it is asked.
#[derive(Clone, Default)]
struct Believer(Rc<Cell<usize>>);

impl Verifier for Believer {
    async fn verify_pss(&self, _: &[u8], _: &[u8], signature: &[u8]) -> Result<bool, ItemError> {
        self.0.set(self.0.get() + 1);
        Ok(signature[0] == 1)
    }
}

/// Another who believes the same, is ready once it was called and paused for, and keeps the sizes of its batches.
#[derive(Clone, Default)]
struct Helper {
    is_called: Rc<Cell<bool>>,
    is_ready: Rc<Cell<bool>>,
    /// Whether it answers nothing, as a thread that ended.
    is_mute: bool,
    /// Whether it says of everything that it is valid but of what is at this place.
    denies: Option<usize>,
    batches: Rc<RefCell<Vec<usize>>>,
}

impl BatchVerifier for Helper {
    fn readiness(&self) -> Readiness {
        match (self.is_ready.get(), self.is_called.get()) {
            (true, _) => Readiness::Ready,
            (false, true) => Readiness::Coming,
            (false, false) => Readiness::Absent,
        }
    }

    fn call(&self) {
        self.is_called.set(true);
    }

    async fn verify(&self, batch: Vec<u8>) -> Vec<u8> {
        let mut verdicts = verify_batch(&batch, &Believer::default()).await;
        self.batches.borrow_mut().push(verdicts.len());
        if let Some(place) = self.denies {
            verdicts[place] = 0;
        }
        if self.is_mute { Vec::new() } else { verdicts }
    }

    async fn pause(&self) {
        self.is_ready.set(true);
    }
}

fn item(number: usize, first: u8) -> DataItem {
    let draft = Draft {
        data: number.to_string().into_bytes(),
        ..Draft::default()
    };
    let unsigned = draft.for_owner(SignatureType::Arweave, &[7; 512]).unwrap();
    let mut signature = [0; 512];
    signature[0] = first;
    unsigned.seal(&signature).unwrap()
}

/// What becomes of so many items that are brought at once, of which every fifth is not valid; and how many of
/// them the unit looked at itself.
fn bring(count: usize, helper: &Helper) -> (Vec<bool>, usize) {
    let believer = Believer::default();
    let looked_at = Rc::clone(&believer.0);
    let (counter, work) = Counter::open(believer, helper.clone());
    let items = (0..count).map(|number| counter.verified(item(number, u8::from(number % 5 != 4))));
    let verified = join_all(items);
    let Either::Left((verified, _)) = block_on(select(Box::pin(verified), Box::pin(work))) else {
        panic!("the work ended before it was done");
    };
    for (number, verified) in verified.iter().enumerate() {
        match verified {
            Ok(verified) => assert_eq!(verified.data(), number.to_string().as_bytes()),
            Err(error) => assert_eq!(error.code(), "SIGNATURE_INVALID"),
        }
    }
    (
        verified.iter().map(Result::is_ok).collect(),
        looked_at.get(),
    )
}

fn is_right(verified: &[bool]) -> bool {
    let mut verified = verified.iter().enumerate();
    verified.all(|(number, is_valid)| *is_valid == (number % 5 != 4))
}

#[test]
fn few_items_are_verified_without_help() {
    let helper = Helper::default();
    let (verified, looked_at) = bring(10, &helper);
    assert!(is_right(&verified));
    assert_eq!((looked_at, helper.is_called.get()), (10, false));
}

#[test]
fn a_crowd_is_verified_in_batches_once_help_has_come() {
    let helper = Helper::default();
    let (verified, looked_at) = bring(200, &helper);
    assert!(is_right(&verified));
    let batches = helper.batches.borrow();
    assert!(
        batches.iter().all(|items| *items <= BATCH_ITEMS),
        "{batches:?}"
    );
    let helped: usize = batches.iter().sum();
    assert_eq!(helped, 200 - 2 * AT_ONCE);
    // What it does not call valid is looked at again.
    assert!(looked_at <= 2 * AT_ONCE + 200 / 5, "{looked_at}");
}

#[test]
fn who_helps_can_only_say_that_an_item_is_valid() {
    let helper = Helper {
        denies: Some(0),
        ..Helper::default()
    };
    assert!(is_right(&bring(200, &helper).0));
}

#[test]
fn items_are_verified_although_who_helps_is_gone() {
    let helper = Helper {
        is_mute: true,
        ..Helper::default()
    };
    let (verified, looked_at) = bring(200, &helper);
    assert!(is_right(&verified));
    assert_eq!(looked_at, 200);
}

#[test]
fn a_batch_ends_where_it_is_large_enough() {
    let large = Draft {
        data: vec![0; BATCH_BYTES],
        ..Draft::default()
    };
    let large = large.for_owner(SignatureType::Arweave, &[7; 512]).unwrap();
    let large = large.seal(&[1; 512]).unwrap();
    let (done, _) = oneshot::channel();
    let mut waiting = VecDeque::from([Waiting { item: large, done }]);
    let (done, _) = oneshot::channel();
    waiting.push_back(Waiting {
        item: item(0, 1),
        done,
    });
    assert_eq!(next_batch(&mut waiting).len(), 1);
    assert_eq!(next_batch(&mut waiting).len(), 1);
}

#[test]
fn what_is_no_batch_has_no_valid_items() {
    for batch in [&[][..], &[1, 2, 3], &[9, 0, 0, 0, 1], &[1, 0, 0, 0, 9]] {
        let verdicts = block_on(verify_batch(batch, &Believer::default()));
        assert!(verdicts.iter().all(|verdict| *verdict == 0), "{batch:?}");
    }
}
