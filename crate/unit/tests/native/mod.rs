//! A unit on this machine: Lua as a library, a clock that is set, wallets that always sign rightly.

#![allow(dead_code, reason = "each suite uses a part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod machine;

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use ao_data_item::{DataItem, Draft, Id, RsaVerifier, SignatureType, Tag};
use ao_unit::store::{FaultyStore, MemoryStore};
use ao_unit::{Accepted, Error, Outcome, Platform, Settings, Unit};
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;
use serde_json::Value;

pub(crate) use machine::LuaMachines;

pub(crate) const MODULE: &str = "ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s";

/// The token of the seed document.
pub(crate) const TOKEN: &str = r#"
Balances = { [Owner] = 1000 }
Handlers.add("Transfer", Handlers.utils.hasMatchingTag("Action", "Transfer"), function(msg)
  local target, quantity = msg.Tags.Recipient, tonumber(msg.Tags.Quantity)
  if Balances[msg.From] and Balances[msg.From] >= quantity then
    Balances[msg.From] = Balances[msg.From] - quantity
    Balances[target] = (Balances[target] or 0) + quantity
    ao.send({ Target = msg.From, Data = "Transfer successful" })
    ao.send({ Target = target, Data = "Tokens received" })
  else
    ao.send({ Target = msg.From, Data = "Insufficient balance" })
  end
end)
"#;

/// A clock that tests move, and randomness that never repeats.
#[derive(Clone, Debug, Default)]
pub(crate) struct TestPlatform {
    time: Rc<Cell<u64>>,
    drawn: Rc<Cell<u8>>,
    /// Those who wait for time to pass.
    sleepers: Rc<RefCell<Vec<Waker>>>,
}

impl TestPlatform {
    fn set(&self, time: u64) {
        self.time.set(time);
        self.sleepers.borrow_mut().drain(..).for_each(Waker::wake);
    }
}

impl Platform for TestPlatform {
    fn now(&self) -> u64 {
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

/// Signatures are another suite's matter: here those of a test's wallet are marked, and the mark is checked.
#[derive(Clone, Debug)]
pub(crate) struct Marked;

impl RsaVerifier for Marked {
    async fn verify_pss(
        &self,
        _modulus: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, ao_data_item::Error> {
        Ok(signature[..48] == message[..48])
    }
}

/// Someone who sends messages.
#[derive(Clone, Debug)]
pub(crate) struct Wallet {
    key: Vec<u8>,
    count: Rc<Cell<u64>>,
}

impl Wallet {
    pub(crate) fn new(name: &str) -> Self {
        let mut key = vec![0; 512];
        key[..name.len()].copy_from_slice(name.as_bytes());
        Self {
            key,
            count: Rc::default(),
        }
    }

    pub(crate) fn address(&self) -> String {
        Id::of(&self.key).to_string()
    }

    /// A data item; each has another id, as those of real wallets have.
    pub(crate) fn item(&self, target: Option<Id>, tags: &[(&str, &str)], data: &str) -> DataItem {
        self.count.set(self.count.get() + 1);
        let tags = tags
            .iter()
            .map(|(name, value)| Tag::new(*name, *value))
            .collect();
        let draft = Draft {
            target,
            anchor: None,
            tags,
            data: data.as_bytes().to_vec(),
        };
        let unsigned = draft.for_owner(SignatureType::Arweave, &self.key).unwrap();
        let mut signature = vec![0; 512];
        signature[..48].copy_from_slice(&unsigned.signing_hash());
        signature[48..56].copy_from_slice(&self.count.get().to_le_bytes());
        unsigned.seal(&signature).unwrap()
    }
}

/// A store that outlives the units on it, and fails when it is told to.
pub(crate) type TestStore = FaultyStore<MemoryStore>;

/// A unit that is open, and the thread that it works on.
pub(crate) struct Bench {
    pub(crate) unit: Unit<Marked>,
    pub(crate) store: TestStore,
    pub(crate) platform: TestPlatform,
    pub(crate) machines: LuaMachines,
    pool: LocalPool,
}

impl Bench {
    pub(crate) fn open() -> Self {
        Self::reopen(TestStore::default())
    }

    pub(crate) fn open_with(settings: Settings) -> Self {
        Self::reopen_with(TestStore::default(), settings)
    }

    /// A unit on what another left in a store.
    pub(crate) fn reopen(store: TestStore) -> Self {
        Self::reopen_with(store, Settings::default())
    }

    pub(crate) fn reopen_with(store: TestStore, settings: Settings) -> Self {
        let platform = TestPlatform::default();
        platform.set(1_700_000_000_000);
        let machines = LuaMachines::default();
        let mut pool = LocalPool::new();
        let (host, to) = (machines.clone(), store.clone());
        let opening = Unit::open(platform.clone(), to, host, Marked, settings);
        let (unit, work) = pool.run_until(opening).unwrap();
        pool.spawner().spawn_local(work).unwrap();
        Self {
            unit,
            store,
            platform,
            machines,
            pool,
        }
    }

    pub(crate) fn now(&self) -> u64 {
        self.platform.now()
    }

    /// Lets time pass, and whatever is due by then be done.
    pub(crate) fn advance(&mut self, milliseconds: u64) {
        self.platform.set(self.now() + milliseconds);
        self.settle();
    }

    /// The outcome of a request to the unit.
    pub(crate) fn ask<T, F: Future<Output = Result<T, Error>>>(
        &mut self,
        request: impl FnOnce(Unit<Marked>) -> F,
    ) -> Result<T, Error> {
        let unit = self.unit.clone();
        self.run(request(unit))
    }

    pub(crate) fn run<T>(&mut self, future: impl Future<Output = T>) -> T {
        self.pool.run_until(future)
    }

    pub(crate) fn accept(&mut self, item: DataItem) -> Result<Accepted, Error> {
        let unit = self.unit.clone();
        self.run(unit.accept(item))
    }

    /// Spawns a process that runs `lua` at its boot; answers its id.
    pub(crate) fn spawn(&mut self, owner: &Wallet, lua: &str) -> Id {
        self.spawn_with(owner, lua, &[])
    }

    pub(crate) fn spawn_with(&mut self, owner: &Wallet, lua: &str, tags: &[(&str, &str)]) -> Id {
        let mut all = vec![
            ("Data-Protocol", "ao"),
            ("Type", "Process"),
            ("Module", MODULE),
            ("On-Boot", "Data"),
        ];
        all.extend_from_slice(tags);
        self.accept(owner.item(None, &all, lua)).unwrap().process
    }

    /// Sends a message; answers its outcome.
    pub(crate) fn send(
        &mut self,
        from: &Wallet,
        process: Id,
        tags: &[(&str, &str)],
        data: &str,
    ) -> Value {
        let accepted = self.accept(from.item(Some(process), tags, data)).unwrap();
        self.result(process, accepted.id)
    }

    /// Evaluates Lua as the owner; answers the outcome.
    pub(crate) fn eval(&mut self, owner: &Wallet, process: Id, lua: &str) -> Value {
        self.send(owner, process, &[("Action", "Eval")], lua)
    }

    /// What Lua printed.
    pub(crate) fn read(&mut self, owner: &Wallet, process: Id, lua: &str) -> String {
        let outcome = self.eval(owner, process, lua);
        text(&outcome["Output"]["data"])
    }

    pub(crate) fn result(&mut self, process: Id, message: Id) -> Value {
        let unit = self.unit.clone();
        let (process, message) = (process.to_string(), message.to_string());
        json(&self.run(unit.result(&process, &message)).unwrap())
    }

    pub(crate) fn dryrun(&mut self, process: Id, message: &Value) -> Result<Outcome, Error> {
        let unit = self.unit.clone();
        self.run(unit.dryrun(&process.to_string(), &message.to_string(), None))
    }

    /// Waits until nothing is left to evaluate.
    pub(crate) fn settle(&mut self) {
        self.pool.run_until_stalled();
    }

    /// How many assignments a process's log has.
    pub(crate) fn length(&mut self, process: Id) -> u64 {
        let unit = self.unit.clone();
        let processes = self.run(unit.processes()).unwrap();
        processes
            .iter()
            .find(|summary| summary.id == process)
            .unwrap()
            .length
    }
}

pub(crate) fn json(outcome: &Outcome) -> Value {
    serde_json::from_str(outcome.as_json()).unwrap()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
