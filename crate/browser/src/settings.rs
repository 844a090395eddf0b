//! What a page chooses when it opens a unit, as JSON.

use std::num::NonZeroU64;

use ao_unit::checkpoint::Policy;
use ao_unit::json::Fields;
use ao_unit::{Ceilings, Chain, Settings};

use crate::store::Durability;

/// Settings as the page gives them: what is missing is as it is by default.
#[derive(Debug, Default)]
pub(crate) struct PageSettings {
    durability: Option<PageDurability>,
    chain: PageChain,
    memory_limit: Option<u64>,
    compute_limit: Option<u64>,
    budget: Option<u64>,
    catch_up: Option<usize>,
    checkpoints: PagePolicy,
    live_processes: Option<usize>,
    live_memory: Option<u64>,
    testing: Option<PageTesting>,
}

/// A unit for tests.
#[derive(Debug, Default)]
struct PageTesting {
    /// Where its clock stands; the browser's clock, if left out.
    clock: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
enum PageDurability {
    Strict,
    Relaxed,
}

#[derive(Debug, Default)]
struct PageChain {
    start_height: Option<u64>,
    start_time: Option<u64>,
    interval: Option<NonZeroU64>,
}

#[derive(Debug, Default)]
struct PagePolicy {
    evaluations: Option<u64>,
    bytes: Option<u64>,
    idle_ms: Option<u64>,
}

/// What a page may choose, by its names.
const FIELDS: [&str; 10] = [
    "durability",
    "chain",
    "memoryLimit",
    "computeLimit",
    "budget",
    "catchUp",
    "checkpoints",
    "liveProcesses",
    "liveMemory",
    "testing",
];
const CHAIN: [&str; 3] = ["startHeight", "startTime", "interval"];
const POLICY: [&str; 3] = ["evaluations", "bytes", "idleMs"];

/// No machine starts in less memory than this, in bytes.
const LEAST_MEMORY: u64 = 4 << 20;
/// No process boots on less gas than this.
const LEAST_GAS: u64 = 1_000_000;

impl PageSettings {
    /// Reads them from JSON text.
    ///
    /// # Errors
    ///
    /// Says what does not read.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let fields = Fields::parse(text)?.only(&FIELDS)?;
        let chain = fields.object("chain", &CHAIN)?;
        let policy = fields.object("checkpoints", &POLICY)?;
        let testing = fields.object("testing", &["clock"])?;
        Ok(Self {
            durability: match fields.text("durability")?.as_deref() {
                None => None,
                Some("strict") => Some(PageDurability::Strict),
                Some("relaxed") => Some(PageDurability::Relaxed),
                Some(other) => {
                    return Err(format!(
                        "unknown variant `{other}`, expected `strict` or `relaxed`"
                    ));
                }
            },
            chain: PageChain {
                start_height: chain.number("startHeight")?,
                start_time: chain.number("startTime")?,
                interval: match chain.number("interval")? {
                    Some(interval) => Some(
                        NonZeroU64::new(interval)
                            .ok_or("invalid value of `interval`: 0, expected a nonzero number")?,
                    ),
                    None => None,
                },
            },
            memory_limit: fields.number("memoryLimit")?,
            compute_limit: fields.number("computeLimit")?,
            budget: fields.number("budget")?,
            catch_up: count(&fields, "catchUp")?,
            checkpoints: PagePolicy {
                evaluations: policy.number("evaluations")?,
                bytes: policy.number("bytes")?,
                idle_ms: policy.number("idleMs")?,
            },
            live_processes: count(&fields, "liveProcesses")?,
            live_memory: fields.number("liveMemory")?,
            testing: match fields.get("testing") {
                Some(_) => Some(PageTesting {
                    clock: testing.number("clock")?,
                }),
                None => None,
            },
        })
    }

    /// Checks that the settings leave a unit room to work.
    ///
    /// # Errors
    ///
    /// Says which of them is too small, and the least that it may be.
    pub(crate) fn check(&self, storage: &str) -> Result<(), String> {
        if self.testing.is_some() && !storage.starts_with("memory:") {
            return Err(format!(
                "testing is for units in memory://, and not for {storage}: \
                 there, anybody could write what nobody signed"
            ));
        }
        let least = [
            ("memoryLimit", self.memory_limit, LEAST_MEMORY),
            ("computeLimit", self.compute_limit, LEAST_GAS),
            ("budget", self.budget, 1),
            (
                "liveProcesses",
                self.live_processes.map(|live| live as u64),
                1,
            ),
            ("liveMemory", self.live_memory, LEAST_MEMORY),
        ];
        for (name, value, least) in least {
            if let Some(value) = value.filter(|value| *value < least) {
                return Err(format!("{name} is {value}: {least} is the least"));
            }
        }
        Ok(())
    }

    /// Where the clock stands, if it is to.
    pub(crate) fn clock(&self) -> Option<u64> {
        self.testing.as_ref()?.clock
    }

    pub(crate) fn durability(&self) -> Durability {
        match self.durability {
            Some(PageDurability::Strict) => Durability::Strict,
            Some(PageDurability::Relaxed) | None => Durability::Relaxed,
        }
    }
}

impl From<PageSettings> for Settings {
    fn from(page: PageSettings) -> Self {
        let default = Self::default();
        let (chain, limits) = (default.chain, default.limits);
        let checkpoints = default.checkpoints;
        Self {
            chain: Chain {
                start_height: page.chain.start_height.unwrap_or(chain.start_height),
                start_time: page.chain.start_time.unwrap_or(chain.start_time),
                interval: page.chain.interval.unwrap_or(chain.interval),
            },
            limits: Ceilings {
                memory: page.memory_limit.unwrap_or(limits.memory),
                gas: page.compute_limit.unwrap_or(limits.gas),
            },
            budget: page.budget.unwrap_or(default.budget),
            catch_up: page.catch_up.unwrap_or(default.catch_up),
            checkpoints: Policy {
                evaluations: page
                    .checkpoints
                    .evaluations
                    .unwrap_or(checkpoints.evaluations),
                bytes: page.checkpoints.bytes.unwrap_or(checkpoints.bytes),
                idle_ms: page.checkpoints.idle_ms.unwrap_or(checkpoints.idle_ms),
            },
            live: page.live_processes.unwrap_or(default.live).max(1),
            live_memory: page.live_memory.unwrap_or(default.live_memory),
            testing: page.testing.is_some(),
        }
    }
}

fn count(fields: &Fields<'_>, name: &str) -> Result<Option<usize>, String> {
    let number = fields.number(name)?;
    Ok(number.map(|number| usize::try_from(number).unwrap_or(usize::MAX)))
}
