use wasmi::{Engine, Instance, Linker, Memory, MemoryType, Store, Val};

use super::{GAS, meter};

#[test]
fn each_turn_of_a_loop_costs_one() {
    let mut machine = Machine::new(COUNTDOWN);
    machine.set_gas(1000);
    machine.call("count", 100).expect("there is gas for it");
    assert_eq!(machine.gas(), 900);
}

#[test]
fn an_endless_loop_traps_with_gas_below_zero() {
    let mut machine = Machine::new("(loop $again (br $again))");
    machine.set_gas(1000);
    assert!(machine.call("count", 0).is_err());
    assert_eq!(machine.gas(), -1);
}

#[test]
fn the_loop_that_exactly_empties_the_gas_ends_well() {
    let mut machine = Machine::new(COUNTDOWN);
    machine.set_gas(100);
    machine.call("count", 100).expect("there is gas for it");
    assert_eq!(machine.gas(), 0);
}

#[test]
fn recursion_without_loops_is_counted() {
    let mut machine = Machine::new(
        "(if (local.get 0) (then (call $count (i32.sub (local.get 0) (i32.const 1)))))",
    );
    machine.set_gas(1000);
    machine.call("count", 99).expect("there is gas for it");
    assert_eq!(machine.gas(), 900);
}

#[test]
fn recursion_through_another_function_is_counted_once_a_round() {
    let mut machine = Machine::new(
        "(if (local.get 0) (then (call $other (i32.sub (local.get 0) (i32.const 1))))))
         (func $other (param i32) (call $count (local.get 0))",
    );
    machine.set_gas(1000);
    machine.call("count", 100).expect("there is gas for it");
    let spent = 1000 - machine.gas();
    assert!((100..=101).contains(&spent), "it spent {spent}");
}

#[test]
fn recursion_through_a_table_is_counted() {
    let mut machine = Machine::new(
        "(if (local.get 0) (then
            (call_indirect (param i32) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))))
         (table funcref (elem $count)",
    );
    machine.set_gas(1000);
    machine.call("count", 99).expect("there is gas for it");
    assert_eq!(machine.gas(), 900);
}

#[test]
fn a_call_that_does_not_come_back_to_itself_costs_nothing() {
    let mut machine = Machine::new("(call $leaf)) (func $leaf");
    machine.set_gas(1000);
    machine.call("count", 0).expect("there is gas for it");
    assert_eq!(machine.gas(), 1000);
}

#[test]
fn a_bulk_copy_costs_by_its_length() {
    let mut machine = Machine::new(
        "(memory.copy (i32.const 0) (i32.const 0) (local.get 0)) (memory.fill (i32.const 0) (i32.const 7) (local.get 0))",
    );
    machine.set_gas(10_000);
    machine.call("count", 32_000).expect("there is gas for it");
    assert_eq!(machine.gas(), 8_000);
    machine.set_gas(100);
    assert!(machine.call("count", 32_000).is_err());
    assert_eq!(machine.gas(), -900);
}

#[test]
fn a_host_that_sets_no_gas_meters_nothing() {
    let mut machine = Machine::new(COUNTDOWN);
    machine.call("count", 100).expect("there is gas for it");
    assert_eq!(machine.gas(), i64::MAX - 100);
}

#[test]
fn loops_and_throws_inside_legacy_exception_handlers_are_metered_and_stay_legacy() {
    let machine = module(
        "try
           (loop $a (br_if $a (local.get 0)) (throw $t))
         catch $t
           (loop $b (br_if $b (local.get 0)))
         catch_all
           (loop $c (br_if $c (local.get 0)))
           rethrow 0
         end",
    );
    // Validated as it is parsed again: legacy instructions, and a name that is taken.
    let metered = meter(&machine).expect("a machine with exceptions is metered");
    let refused = meter(&metered).expect_err("metering twice is refused");
    assert_eq!(refused.to_string(), "the machine already exports `gas`");

    let printed = walrus::Module::from_buffer(&metered).expect("the metered machine is valid");
    let function = printed
        .funcs
        .iter_local()
        .map(|(_, function)| function)
        .next()
        .expect("there is one function");
    let mut traps = Traps::default();
    walrus::ir::dfs_in_order(&mut traps, function, function.entry_block());
    assert_eq!((traps.unreachable, traps.tries), (4, 1));
}

#[test]
fn a_machine_that_imports_a_function_is_refused() {
    let wasm = wat::parse_str(r#"(module (import "env" "time" (func (result i64))))"#)
        .expect("the text is a module");
    let refused = meter(&wasm).expect_err("a clock is not the machine's to read");
    assert_eq!(
        refused.to_string(),
        "a machine may import its memory only, not time"
    );
}

const COUNTDOWN: &str = "(loop $again
    (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
    (br_if $again (local.get 0)))";

#[derive(Default)]
struct Traps {
    unreachable: usize,
    tries: usize,
}

impl walrus::ir::Visitor<'_> for Traps {
    fn visit_unreachable(&mut self, _: &walrus::ir::Unreachable) {
        self.unreachable += 1;
    }

    fn visit_try(&mut self, _: &walrus::ir::Try) {
        self.tries += 1;
    }
}

fn module(body: &str) -> Vec<u8> {
    wat::parse_str(format!(
        r#"(module
            (import "env" "memory" (memory 1))
            (tag $t)
            (func $count (export "count") (param i32) {body}))"#
    ))
    .expect("the text is a module")
}

struct Machine {
    store: Store<()>,
    instance: Instance,
}

impl Machine {
    fn new(body: &str) -> Self {
        // wasmi knows no tags, which only the test of exceptions needs.
        let text = format!(
            r#"(module
                (import "env" "memory" (memory 1))
                (func $count (export "count") (param i32) {body}))"#
        );
        let wasm = wat::parse_str(text).expect("the text is a module");
        let metered = meter(&wasm).expect("the module is metered");
        let engine = Engine::default();
        let mut store = Store::new(&engine, ());
        let memory = Memory::new(&mut store, MemoryType::new(1, None)).expect("a page of memory");
        let mut linker = Linker::new(&engine);
        linker
            .define("env", "memory", memory)
            .expect("the name is free");
        let compiled = wasmi::Module::new(&engine, metered).expect("the metered module is valid");
        let instance = linker
            .instantiate_and_start(&mut store, &compiled)
            .expect("it imports nothing but the memory");
        Self { store, instance }
    }

    fn call(&mut self, name: &str, argument: i32) -> Result<(), wasmi::Error> {
        self.instance
            .get_typed_func::<i32, ()>(&self.store, name)?
            .call(&mut self.store, argument)
    }

    fn set_gas(&mut self, gas: i64) {
        let global = self
            .instance
            .get_global(&self.store, GAS)
            .expect("it is exported");
        global
            .set(&mut self.store, Val::I64(gas))
            .expect("it is mutable");
    }

    fn gas(&self) -> i64 {
        let global = self
            .instance
            .get_global(&self.store, GAS)
            .expect("it is exported");
        global.get(&self.store).i64().expect("it is an i64")
    }
}
