//! The unit under fire, for as long as one likes: `cargo xtask faults`, `tabs`, `hostile` and what else is here.
//!
//! Each is a script of `tests`, which is told how large it is to be. `cargo xtask test` runs a short form of each.

use anyhow::{Result, bail};
use clap::{Subcommand, value_parser};

use crate::{
    build,
    setup::{self, Need, chrome, firefox},
    shell::{command, line, say, stream},
};

/// What is done to it.
#[derive(Debug, Subcommand)]
pub(crate) enum Fire {
    /// Kill the worker at moments that a seed chooses, and look for what was lost or doubled
    Faults {
        /// How often it is killed
        #[arg(long, default_value_t = 200, value_parser = value_parser!(u32).range(1..))]
        kills: u32,
        /// What decides the workload and the moments
        #[arg(long, default_value_t = 1)]
        seed: u32,
        /// Print one JSON line last
        #[arg(long)]
        json: bool,
    },
    /// Close, suspend and crash ten tabs on one unit, one after the other
    Tabs {
        /// How many times
        #[arg(long, default_value_t = 200, value_parser = value_parser!(u32).range(1..))]
        ends: u32,
        /// What decides when, and which of them
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// Have another page of the origin write rubbish to all that it can reach
    Rubbish {
        /// How many pieces it throws at each of three leaders
        #[arg(long, default_value_t = 20_000, value_parser = value_parser!(u32).range(1..))]
        pieces: u32,
        /// How often, each time with the next seed
        #[arg(long, default_value_t = 20, value_parser = value_parser!(u32).range(1..))]
        seeds: u32,
        /// The first seed
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// Hand over malformed, forged and replayed items, in Node and in Chromium
    Items {
        /// How many bits are changed in each field of each item
        #[arg(long, default_value_t = 100, value_parser = value_parser!(u32).range(1..))]
        forgeries: u32,
        /// What decides which
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// Run every hostile process there is, in Node and in Chromium
    Hostile,
    /// Do one workload natively, in Node, in Chromium and in Firefox, and compare the outcomes
    Differential {
        /// What decides the workload
        #[arg(long, default_value_t = 1)]
        seed: u32,
        /// How many random programs of Lua it has
        #[arg(long, default_value_t = 2_000)]
        programs: u32,
        /// How many rounds of what else a unit is asked
        #[arg(long, default_value_t = 40)]
        rounds: u32,
    },
    /// Work for a long time at full speed, and look at memory, rate and database
    Soak {
        /// After how many evaluations it ends
        #[arg(long, default_value_t = 500_000, value_parser = value_parser!(u32).range(1..))]
        evaluations: u32,
        /// Print one JSON line last
        #[arg(long)]
        json: bool,
    },
}

/// Builds, and runs it; where there is `--json`, the last line is one line of JSON.
///
/// # Errors
///
/// When it could not be built, or what must hold did not; what that is stands above.
pub(crate) fn run(fire: &Fire) -> Result<()> {
    build::all()?;
    setup::ensure(&[Need::Browser])?;
    if matches!(fire, Fire::Differential { .. }) {
        setup::ensure(&[Need::Firefox])?;
    }
    let (scripts, sizes) = fire.scripts();
    for script in scripts {
        let mut node = command("node");
        node.arg(format!("tests/{script}"))
            .args(&sizes)
            .args(fire.prints_json().then_some("--json"))
            .env("CHROME_BIN", chrome()?);
        if let Ok(firefox) = firefox() {
            node.env("FIREFOX_BIN", firefox);
        }
        say(line(&node));
        if !stream(&mut node, |_| {})? {
            bail!("`{}` failed: see above what did not hold", line(&node));
        }
    }
    Ok(())
}

impl Fire {
    /// The scripts that do it, and how large they are told to be.
    fn scripts(&self) -> (&'static [&'static str], Vec<String>) {
        let (scripts, sizes): (&[&str], &[(&str, u32)]) = match *self {
            Self::Faults { kills, seed, .. } => {
                (&["faults/run.mjs"], &[("kills", kills), ("seed", seed)])
            }
            Self::Tabs { ends, seed } => {
                (&["tabs/many.test.mjs"], &[("ends", ends), ("seed", seed)])
            }
            Self::Rubbish {
                pieces,
                seeds,
                seed,
            } => (
                &["tabs/rubbish.test.mjs"],
                &[("pieces", pieces), ("seeds", seeds), ("seed", seed)],
            ),
            Self::Items { forgeries, seed } => (
                &["hostile/items.test.mjs"],
                &[("forgeries", forgeries), ("seed", seed)],
            ),
            Self::Hostile => (
                &[
                    "hostile/hostile.test.mjs",
                    "hostile/together.test.mjs",
                    "hostile/proportion.test.mjs",
                ],
                &[],
            ),
            Self::Differential {
                seed,
                programs,
                rounds,
            } => (
                &["differential/differential.test.mjs"],
                &[("seed", seed), ("programs", programs), ("rounds", rounds)],
            ),
            Self::Soak { evaluations, .. } => (&["soak/run.mjs"], &[("evaluations", evaluations)]),
        };
        let words = sizes
            .iter()
            .flat_map(|(name, size)| [format!("--{name}"), size.to_string()]);
        (scripts, words.collect())
    }

    fn prints_json(&self) -> bool {
        matches!(
            self,
            Self::Faults { json: true, .. } | Self::Soak { json: true, .. }
        )
    }
}
