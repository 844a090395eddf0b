//! `.crdt`: the laws of merging, over states that random replicas reach.

mod process;

use process::{Process, prints};

const CLASSES: [&str; 5] = ["GCounter", "PNCounter", "LWWRegister", "LWWMap", "ORSet"];
const REPLICAS: usize = 3;

/// Xorshift: the same states in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    /// What replica `r` does to its own value; some have the same time, so that the replica decides.
    fn change(&mut self, class: &str, r: usize) -> String {
        let (n, key) = (self.below(4), ["a", "b", "c"][self.below(3)]);
        let time = if self.below(2) == 0 {
            String::new()
        } else {
            format!(", {}", self.below(5))
        };
        match (class, self.below(3)) {
            ("GCounter", _) | ("PNCounter", 0) => format!("v[{r}]:increment({n}, 'r{r}')"),
            ("PNCounter", _) => format!("v[{r}]:decrement({n}, 'r{r}')"),
            ("LWWRegister", _) => format!("v[{r}]:set({{ n = {n} }}, 'r{r}'{time})"),
            ("LWWMap", 0) => format!("v[{r}]:remove('{key}', 'r{r}'{time})"),
            ("LWWMap", _) => format!("v[{r}]:set('{key}', {n}, 'r{r}'{time})"),
            (_, 0) => format!("v[{r}]:remove('{key}')"),
            _ => format!("v[{r}]:add('{key}', 'r{r}')"),
        }
    }

    /// Replicas that change, and now and then hear of each other by message.
    fn history(&mut self, class: &str) -> String {
        let mut steps = String::new();
        for _ in 0..self.below(25) {
            let (r, other) = (1 + self.below(REPLICAS), 1 + self.below(REPLICAS));
            let step = if self.below(4) == 0 {
                format!("v[{r}]:merge(sent(v[{other}]))")
            } else {
                self.change(class, r)
            };
            steps.push_str(&step);
            steps.push('\n');
        }
        steps
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

#[test]
fn merging_is_commutative_associative_and_idempotent() {
    let process = Process::boot(LAWS);
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for class in CLASSES {
        for _ in 0..120 {
            let history = random.history(class);
            let lua = format!(
                "local v = {{ crdt.{class}.new(), crdt.{class}.new(), crdt.{class}.new() }}\n{history}return laws(v[1], v[2], v[3])"
            );
            let outcome = process.eval(&lua);
            assert_eq!(
                outcome["Output"]["data"], "ok",
                "{class}: {outcome}\n{history}"
            );
        }
    }
}

#[test]
fn counters_count_what_every_replica_counted() {
    prints(&[
        (
            "local C = require('.crdt').PNCounter local a, b = C.new(), C.new() \
             a:increment(5, 'a') b:increment(2, 'b'):decrement(4, 'b') return a:merge(b):merge(b:toTable()):value()",
            "3",
        ),
        (
            "require('.crdt').GCounter.new():increment():increment():toTable().counts.PROCESS",
            "2",
        ),
        (
            "local C = require('.crdt') local c = C.GCounter.new():increment(9007199254740993, 'a') \
             return C.fromTable(json.decode(json.encode(c:toTable()))):value()",
            "9007199254740993",
        ),
        (
            "reason(require('.crdt').GCounter.new().increment, require('.crdt').GCounter.new(), -1)",
            "a counter counts upwards",
        ),
    ]);
}

#[test]
fn the_last_write_wins_and_of_one_time_the_greater_replica() {
    prints(&[
        (
            "local R = require('.crdt').LWWRegister \
             return R.new():set('x', 'a', 7):merge(R.new():set('y', 'b', 7)):value()",
            "y",
        ),
        (
            "require('.crdt').LWWRegister.new():set('x', 'a', 7):set('y', 'b', 6):value()",
            "x",
        ),
        (
            "(require('.crdt').LWWRegister.new():set('x'):written())",
            "1709210096789",
        ),
        // Two writes in one message: the second is the later.
        (
            "require('.crdt').LWWRegister.new():set('z'):set('a'):value()",
            "a",
        ),
        (
            "local m = require('.crdt').LWWMap.new():set('k', 1):set('l', { 2 }):remove('k') \
             return json.encode(m:value()) .. tostring(m:has('k')) .. #m:keys()",
            r#"{"l":[2]}false1"#,
        ),
    ]);
}

#[test]
fn an_addition_outlives_a_removal_that_did_not_know_of_it() {
    prints(&[
        (
            "local S = require('.crdt').ORSet local a = S.new():add('x', 'a') local b = S.fromTable(a:toTable()) \
             b:remove('x') a:add('x', 'a') return tostring(a:merge(b):has('x')) .. tostring(b:has('x'))",
            "truefalse",
        ),
        (
            "local S = require('.crdt').ORSet local a = S.new():add('x', 'a') local b = S.fromTable(a:toTable()) \
             b:remove('x') return a:merge(b):size()",
            "0",
        ),
        (
            "json.encode(require('.crdt').ORSet.new():add('b'):add(2):add('a'):add(true):add(1.0):value())",
            r#"[1,2,"a","b",true]"#,
        ),
    ]);
}

#[test]
fn what_is_no_replicated_value_is_refused_and_changes_nothing() {
    prints(&[
        ("reason(require('.crdt').fromTable, 5)", "5"),
        (
            "reason(require('.crdt').fromTable, { type = 'Nothing' })",
            "Nothing",
        ),
        (
            "local C = require('.crdt') local c = C.PNCounter.new():increment(2) \
             local ok = pcall(c.merge, c, { type = 'PNCounter', up = { PROCESS = 9 }, down = { a = 'x' } }) \
             return tostring(ok) .. c:value()",
            "false2",
        ),
        (
            "local C = require('.crdt') local c = C.GCounter.new() return tostring(pcall(c.merge, c, C.ORSet.new()))",
            "false",
        ),
    ]);
}
