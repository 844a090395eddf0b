//! A unit on this machine: Lua as a library, a clock that is set, wallets that always sign rightly.

#![allow(dead_code, reason = "each suite uses a part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod asking;
pub(crate) mod counter;
mod machine;
mod platform;
mod wallet;

use ao_data_item::{DataItem, Id};
use ao_unit::store::{FaultyStore, MemoryStore};
use ao_unit::{Accepted, Error, Outcome, Platform, Settings, Unit};
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;
use serde_json::Value;

pub(crate) use machine::LuaMachines;
pub(crate) use platform::{OPENED, TestPlatform};
pub(crate) use wallet::{Marked, Wallet};

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
        Self::on(TestPlatform::default(), store, settings)
    }

    /// A unit with another address.
    pub(crate) fn elsewhere() -> Self {
        let platform = TestPlatform::default();
        platform.drawn.set(100);
        Self::on(platform, TestStore::default(), Settings::default())
    }

    /// The unit closed, and opened again this many milliseconds later.
    pub(crate) fn closed_for(self, milliseconds: u64, settings: Settings) -> Self {
        let platform = TestPlatform::default();
        platform.drawn.set(self.platform.drawn.get());
        platform.set(self.now() + milliseconds);
        Self::on(platform, self.store.clone(), settings)
    }

    fn on(platform: TestPlatform, store: TestStore, settings: Settings) -> Self {
        platform.set(platform.now().max(OPENED));
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

    /// Sets the clock, also to a time that was.
    pub(crate) fn set_clock(&mut self, time: u64) {
        self.platform.set(time);
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

/// The names and values of tags, as `name=value`.
pub(crate) fn tags_of(message: &Value) -> Vec<String> {
    let tags = message["Tags"]
        .as_array()
        .or(message["tags"].as_array())
        .unwrap();
    let pair = |tag: &Value| format!("{}={}", text(&tag["name"]), text(&tag["value"]));
    tags.iter().map(pair).collect()
}

pub(crate) fn json(outcome: &Outcome) -> Value {
    serde_json::from_str(outcome.as_json()).unwrap()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
