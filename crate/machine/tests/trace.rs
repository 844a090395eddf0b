//! Where an error came from, as a handler's failure says it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod process;

use process::Process;
use serde_json::{Value, json};

const HANDLERS: &str = "Handlers.add('line 3', 'Three', function()
  local t = nil
  t.x = 1
end)
Handlers.add('line 6', 'Six', function()
  Absent()
end)
Handlers.add('catches', 'Catches', function()
  pcall(Handlers.evaluate, { Action = 'Three', Tags = {}, From = 'x' }, {})
  error('line 10')
end)
Handlers.add('passes on', 'Passes', function()
  Handlers.evaluate({ Action = 'Three', Tags = {}, From = 'x' }, {})
end)
Handlers.add('waits', 'Waits', function()
  Receive('Go')
  Absent()
end)
Handlers.add('wraps', 'Wraps', function()
  coroutine.wrap(function()
    Absent()
  end)()
end)
Handlers.add('catches and goes on', 'Fine', function()
  pcall(Handlers.evaluate, { Action = 'Three', Tags = {}, From = 'x' }, {})
end)";

fn send(process: &Process, action: &str) -> Value {
    process.message("M", &json!([{ "name": "Action", "value": action }]), "")
}

/// The lines of code, and the handlers, that the error of a message names.
fn trace(process: &Process, action: &str) -> Vec<String> {
    let outcome = send(process, action);
    let error = outcome["Error"].as_str().unwrap();
    let (_, after) = error.split_once("stack traceback:").unwrap();
    after
        .lines()
        .take_while(|line| !line.contains("error:"))
        .filter_map(|line| line.strip_prefix('\t'))
        .map(|line| {
            let line = line.trim_end_matches("\u{1b}[0m");
            let place = line.strip_prefix("[string \"aos\"]:").unwrap_or(line);
            place
                .split_once(": in")
                .map_or(place, |(number, _)| number)
                .to_owned()
        })
        .collect()
}

#[test]
fn a_failure_names_the_line_and_the_handler() {
    let process = Process::boot(HANDLERS);
    assert_eq!(trace(&process, "Three"), ["3", "in handler 'line 3'"]);
}

#[test]
fn the_stack_of_an_evaluation_that_failed_before_is_forgotten() {
    let process = Process::boot(HANDLERS);
    assert!(
        process
            .error("\n\nerror('from Eval')")
            .contains("from Eval")
    );
    assert_eq!(trace(&process, "Six"), ["6", "in handler 'line 6'"]);
}

#[test]
fn the_stack_of_an_error_that_was_caught_is_forgotten() {
    let process = Process::boot(HANDLERS);
    assert_eq!(trace(&process, "Catches"), ["10", "in handler 'catches'"]);
    assert_eq!(send(&process, "Fine").get("Error"), None);
    assert_eq!(trace(&process, "Six"), ["6", "in handler 'line 6'"]);
}

#[test]
fn an_error_that_passes_through_handlers_names_them_all() {
    let process = Process::boot(HANDLERS);
    assert_eq!(
        trace(&process, "Passes"),
        ["3", "13", "in handler 'line 3'", "in handler 'passes on'"]
    );
}

#[test]
fn an_error_after_receive_names_the_line_behind_it() {
    let process = Process::boot(HANDLERS);
    assert_eq!(send(&process, "Waits").get("Error"), None);
    assert_eq!(
        trace(&process, "Go"),
        ["17", "in handler 'waits'", "in handler '_once_0'"]
    );
}

#[test]
fn an_error_in_a_wrapped_coroutine_names_its_lines_and_those_that_called_it() {
    let process = Process::boot(HANDLERS);
    assert_eq!(trace(&process, "Wraps"), ["21", "22", "in handler 'wraps'"]);
}
