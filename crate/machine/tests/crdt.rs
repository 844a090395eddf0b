//! `.crdt`: the laws of merging, over states that replicas reach by any histories.
//! What each class is for is in `tests/process/crdt.json`.

mod process;

use std::cell::LazyCell;

use process::Process;
use proptest::prelude::*;

const CLASSES: [&str; 5] = ["GCounter", "PNCounter", "LWWRegister", "LWWMap", "ORSet"];
const REPLICAS: usize = 3;
const MAX_STEPS: usize = 25;

/// One step of a history: what replica `r` does to its own value, or of whom it hears.
#[derive(Clone, Debug)]
enum Step {
    Change {
        r: usize,
        verb: usize,
        key: &'static str,
        n: u8,
        /// Few, so that some are equal and the replica decides; none is the message's.
        time: Option<u8>,
    },
    Hear {
        r: usize,
        other: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let replica = || 1..=REPLICAS;
    let key = prop::sample::select(vec!["a", "b", "c"]);
    let time = prop::option::of(0_u8..5);
    let change = (replica(), 0..3_usize, key, 0_u8..4, time).prop_map(|(r, verb, key, n, time)| {
        Step::Change {
            r,
            verb,
            key,
            n,
            time,
        }
    });
    let hear = (replica(), replica()).prop_map(|(r, other)| Step::Hear { r, other });
    prop_oneof![3 => change, 1 => hear]
}

impl Step {
    fn lua(&self, class: &str) -> String {
        let (r, verb, key, n, time) = match *self {
            Self::Hear { r, other } => return format!("v[{r}]:merge(sent(v[{other}]))"),
            Self::Change {
                r,
                verb,
                key,
                n,
                time,
            } => (r, verb, key, n, time),
        };
        let time = time.map_or(String::new(), |time| format!(", {time}"));
        match (class, verb) {
            ("GCounter", _) | ("PNCounter", 0) => format!("v[{r}]:increment({n}, 'r{r}')"),
            ("PNCounter", _) => format!("v[{r}]:decrement({n}, 'r{r}')"),
            ("LWWRegister", _) => format!("v[{r}]:set({{ n = {n} }}, 'r{r}'{time})"),
            ("LWWMap", 0) => format!("v[{r}]:remove('{key}', 'r{r}'{time})"),
            ("LWWMap", _) => format!("v[{r}]:set('{key}', {n}, 'r{r}'{time})"),
            (_, 0) => format!("v[{r}]:remove('{key}')"),
            _ => format!("v[{r}]:add('{key}', 'r{r}')"),
        }
    }
}

const LAWS: &str = r"
crdt = require('.crdt')
function sent(x) return json.decode(json.encode(x:toTable())) end
local function copy(x) return crdt.fromTable(x:toTable()) end
local function state(x) return Dump(x:toTable()) end
local function join(x, y) return copy(x):merge(y) end
function laws(a, b, c)
  assert(state(join(a, b)) == state(join(b, a)), 'not commutative')
  assert(state(join(join(a, b), c)) == state(join(a, join(b, c))), 'not associative')
  assert(state(join(a, a)) == state(a), 'not idempotent')
  assert(state(join(join(a, b), b)) == state(join(a, b)), 'not idempotent after a merge')
  assert(state(crdt.fromTable(sent(a))) == state(a), 'not the same after a message')
  assert(Dump(join(join(a, b), c):value()) == Dump(join(join(c, b), a):value()), 'values differ')
  return 'ok'
end";

thread_local! {
    static PROCESS: LazyCell<Process> = LazyCell::new(|| Process::boot(LAWS));
}

proptest! {
    // The same histories in every run; one that fails is shrunk.
    #![proptest_config(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(0x2545_f491_4f6c_dd1d),
        ..ProptestConfig::default()
    })]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        class in prop::sample::select(CLASSES.to_vec()),
        history in prop::collection::vec(step(), 0..MAX_STEPS),
    ) {
        let steps: Vec<String> = history.iter().map(|step| step.lua(class)).collect();
        let lua = format!(
            "local v = {{ crdt.{class}.new(), crdt.{class}.new(), crdt.{class}.new() }}\n{}\nreturn laws(v[1], v[2], v[3])",
            steps.join("\n"),
        );
        let outcome = PROCESS.with(|process| process.eval(&lua));
        prop_assert_eq!(&outcome["Output"]["data"], "ok", "{}: {}", class, outcome);
    }
}
