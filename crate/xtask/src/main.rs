//! The one door to every task that cargo alone cannot express: `cargo xtask VERB`.
//!
//! Each verb installs or builds what it lacks, says what it does on standard
//! error, and can be run again at any time.

mod bench;
mod build;
mod ci;
mod demo;
mod fire;
mod fuzz;
mod licences;
mod meter;
mod order;
mod setup;
mod shell;
mod size;
mod sources;
mod stamp;
mod start;
mod surface;
mod tally;
mod test;
mod toolchain;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::tally::Tally;

#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Builds, tests and shows ao-unit"
)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run a process in a headless browser, from spawn to reload, and print what it answered
    Demo {
        /// Print one JSON line last
        #[arg(long)]
        json: bool,
    },
    /// Serve the playground and print its address
    Start {
        /// The port to listen on
        #[arg(long, default_value_t = 4173)]
        port: u16,
    },
    /// Run everything that must pass; the last line is `N passed, N failed`
    Test {
        /// Only these suites; all of them when none is named
        suites: Vec<test::Suite>,
    },
    /// Measure how fast it is, beside what people would use instead
    Bench {
        /// Only these suites; all that have keys when none is named
        suites: Vec<bench::Suite>,
        /// Fewer rounds: under five minutes for all keys
        #[arg(long)]
        quick: bool,
        /// Print one JSON line last
        #[arg(long)]
        json: bool,
    },
    /// Fuzz what reads bytes from elsewhere
    Fuzz {
        /// Only these targets; all of them when none is named
        targets: Vec<fuzz::Target>,
        /// How long each takes
        #[arg(long, default_value_t = 300)]
        seconds: u32,
        /// Add what reached new code to the corpus in the repository
        #[arg(long)]
        keep: bool,
    },
    #[command(flatten)]
    Fire(fire::Fire),
    /// Install the tools that building and testing need
    Setup,
    /// Build the machine, the unit, the package and the playground
    Build,
    /// Compare the sizes of what ships with their budget
    Size,
    /// Check the licences and the sources of what ships and of what is run, and known advisories
    Licences,
    /// Everything that `.ci/run` runs: format, lints, licences, the benchmark, tests
    Ci,
}

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    match Arguments::parse().verb {
        Verb::Demo { json } => demo::run(json)?,
        Verb::Start { port } => start::run(port)?,
        Verb::Test { suites } => return Ok(conclude(test::run(&suites, false))),
        Verb::Bench {
            suites,
            quick,
            json,
        } => bench::run(&suites, bench::Options { quick, json })?,
        Verb::Fuzz {
            targets,
            seconds,
            keep,
        } => fuzz::run(&targets, seconds, keep)?,
        Verb::Fire(fire) => fire::run(&fire)?,
        Verb::Setup => setup::all()?,
        Verb::Build => build::all()?,
        Verb::Size => size::run()?,
        Verb::Licences => licences::run()?,
        Verb::Ci => return Ok(conclude(ci::run())),
    }
    Ok(ExitCode::SUCCESS)
}

/// Ends a run of the tests with the line that counts them.
fn conclude(tally: Tally) -> ExitCode {
    println!("{tally}");
    ExitCode::from(u8::from(tally.failed > 0))
}
