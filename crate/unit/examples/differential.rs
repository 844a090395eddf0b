//! The unit natively, in memory: a workload as JSON lines comes in, and lines of outcomes go out; the argument says how
//! many machines are live at most. `tests/differential` compares them with what the same workload comes to in Node and in browsers; `drive.mjs` there does the same steps.

#![allow(
    clippy::unwrap_used,
    reason = "it serves a test, and fails by panicking"
)]

#[path = "../tests/native/mod.rs"]
mod native;

use std::env::args;
use std::io::{BufRead as _, stdin};

use ao_data_item::{DataItem, Id};
use ao_unit::Settings;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use native::Bench;
use serde_json::{Value, json};

fn main() {
    let settings = Settings {
        live: args().nth(1).unwrap().parse().unwrap(),
        ..Settings::default()
    };
    let mut bench = Bench::open_with(settings.clone());
    let mut dry_runs = 0;
    let mut owner = None;
    for line in stdin().lock().lines() {
        let step: Value = serde_json::from_str(&line.unwrap()).unwrap();
        match step["step"].as_str().unwrap() {
            "accept" => accept(&mut bench, step["item"].as_str().unwrap()),
            "advance" => {
                let milliseconds = step["milliseconds"].as_u64().unwrap();
                let advance = bench.ask(|unit| async move { unit.advance(milliseconds).await });
                advance.unwrap();
            }
            "checkpoint" => {
                let process = step["process"].as_str().unwrap().to_owned();
                let written = bench.ask(|unit| async move { unit.checkpoint_now(&process).await });
                written.unwrap();
            }
            "monitor" => {
                let process = step["process"].as_str().unwrap().parse().unwrap();
                bench.monitor(process, true);
            }
            "fork" => {
                let process = step["process"].as_str().unwrap().to_owned();
                let nonce = step["nonce"].as_u64();
                // Chance is the same each time, as it is in the other hosts.
                bench.platform.drawn.set(0);
                let fork = bench.ask(|unit| async move { unit.fork(&process, nonce).await });
                assert_eq!(fork.unwrap().to_string(), step["id"]);
            }
            "reopen" => bench = bench.closed_for(0, settings.clone()),
            "dryrun" => {
                let target = step["process"].as_str().unwrap().parse().unwrap();
                // Who spawned the first: later there are others, which processes spawned.
                let owner = owner.get_or_insert_with(|| owner_of_first(&mut bench));
                let outcome = dry_run(&mut bench, target, owner, step["lua"].as_str().unwrap());
                println!("{}", json!({ "dryrun": dry_runs, "outcome": outcome }));
                dry_runs += 1;
            }
            other => panic!("there is no step {other}"),
        }
        bench.settle();
    }
    tell(&mut bench);
}

fn accept(bench: &mut Bench, item: &str) {
    let item = DataItem::parse(URL_SAFE_NO_PAD.decode(item).unwrap()).unwrap();
    bench.accept(item).unwrap();
}

fn owner_of_first(bench: &mut Bench) -> String {
    let processes = bench.ask(|unit| async move { unit.processes().await });
    processes.unwrap()[0].owner.clone()
}

/// What the owner would be told.
fn dry_run(bench: &mut Bench, target: Id, owner: &str, lua: &str) -> String {
    let message = json!({
        "Id": "0".repeat(43),
        "Target": target.to_string(),
        "Owner": owner,
        "Anchor": "0",
        "Data": lua,
        "Tags": [{ "name": "Action", "value": "Eval" }],
    });
    let outcome = bench.dryrun(target, &message).unwrap();
    outcome.as_json().to_owned()
}

/// A line for each message of each process.
fn tell(bench: &mut Bench) {
    let processes = bench.ask(|unit| async move { unit.processes().await });
    let ids = processes.unwrap().into_iter().map(|summary| summary.id);
    let mut named: Vec<(String, Id)> = ids.map(|id| (id.to_string(), id)).collect();
    named.sort();
    for (name, id) in named {
        let log = bench.log(id, json!({ "limit": 100_000 }));
        for (nonce, edge) in log["edges"].as_array().unwrap().iter().enumerate() {
            let (process, at) = (id.to_string(), nonce as u64);
            let outcome = bench.ask(|unit| async move { unit.outcome_at(&process, at).await });
            let line = json!({
                "process": name,
                "nonce": nonce,
                "assignment": edge["node"]["assignment"]["id"],
                "outcome": outcome.unwrap().as_json(),
            });
            println!("{line}");
        }
    }
}
