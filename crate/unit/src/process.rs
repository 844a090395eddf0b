//! A process: who it is, and how far its log has come.

use ao_data_item::{Id, Tag};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::chain::Moment;
use crate::cron::{Cron, Walk};
use crate::json::to_text;
use crate::limits::Ceilings;
use crate::modules::Modules;

/// The version of a process's record, which is its first byte.
const RECORD_VERSION: u8 = 1;

/// What is stored of a process beside its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// The id of the message that made it.
    pub id: [u8; 32],
    /// The address of who made it.
    pub owner: String,
    /// The tags that it was made with.
    pub tags: Vec<Tag>,
    /// The address of the unit that it was made in: what a unit delivers to it bears this address, in
    /// whichever unit it lives now.
    pub home: String,
    /// How many entries its log has: assignments of messages, and ticks of its cron.
    pub length: u64,
    /// How many of them are evaluated.
    pub evaluated: u64,
    /// The nonce of the next assignment of a message.
    pub next_nonce: u64,
    /// When its last entry was assigned.
    pub(crate) last: Moment,
    /// The hash chain's end: the hash of the last assignment, and that assignment's id.
    pub chain: Option<([u8; 32], [u8; 32])>,
    /// How many of the things that it sent found no process here.
    pub outbound: u64,
    /// How its cron is kept.
    pub cron: CronState,
    /// The processes that it was forked from, the first one first.
    pub ancestors: Vec<Ancestor>,
    /// How many entries, from the first, have outcomes that were not evaluated here but read from a file:
    /// even what failed there is evaluated anew, for nobody knows that it did.
    pub(crate) foreign: u64,
}

/// How far a process's cron has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CronState {
    /// Whether its ticks come by themselves, and what they send is delivered.
    pub is_monitored: bool,
    /// When the process was made: its cron counts from there.
    pub(crate) origin: Moment,
    /// How far its ticks have come since its last message.
    pub(crate) walk: Option<Walk>,
    /// Ticks that were too many to be made up for.
    pub passed_over: u64,
}

/// A process whose log is the beginning of another's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ancestor {
    /// Its id.
    pub id: [u8; 32],
    /// How many entries of the log were evaluated under that id.
    pub until: u64,
    /// The chance by which the id that follows differs from those of other forks at this place.
    pub salt: [u8; 32],
}

impl Ancestor {
    /// The id of the process that goes on from here: the hash of where it does.
    pub fn fork(&self) -> Id {
        let hash = Sha256::new()
            .chain_update(b"ao-unit fork")
            .chain_update(self.id)
            .chain_update(self.until.to_be_bytes())
            .chain_update(self.salt)
            .finalize();
        Id(hash.into())
    }
}

impl Process {
    /// A process with an empty log.
    ///
    /// # Errors
    ///
    /// When its `Module` tag names no module that this unit has, or its limits or its cron do not read.
    pub(crate) fn new(
        id: Id,
        owner: String,
        tags: Vec<Tag>,
        home: String,
        ceilings: &Ceilings,
        modules: &Modules,
    ) -> Result<Self, Error> {
        modules.require(value_of(&tags, "Module").unwrap_or_default())?;
        ceilings.limits(&tags)?;
        Cron::parse(&tags)?;
        Ok(Self {
            id: id.0,
            owner,
            tags,
            home,
            length: 0,
            evaluated: 0,
            next_nonce: 0,
            last: Moment::default(),
            chain: None,
            outbound: 0,
            cron: CronState::default(),
            ancestors: Vec::new(),
            foreign: 0,
        })
    }

    /// What a store keeps of it.
    pub(crate) fn to_record(&self) -> Vec<u8> {
        // Postcard writes to memory: it fails for no type that the record has.
        let record = postcard::to_stdvec(self).unwrap_or_default();
        [&[RECORD_VERSION], record.as_slice()].concat()
    }

    /// Reads what a store kept.
    pub(crate) fn from_record(id: Id, record: &[u8]) -> Result<Self, Error> {
        let corrupt = |reason: String| Error::LogCorrupt {
            process: id,
            reason,
        };
        let (version, record) = record
            .split_first()
            .ok_or_else(|| corrupt("its record is empty".to_owned()))?;
        if *version != RECORD_VERSION {
            let reason =
                format!("its record has version {version}, and this unit reads {RECORD_VERSION}");
            return Err(corrupt(reason));
        }
        postcard::from_bytes(record)
            .map_err(|error| corrupt(format!("its record does not read: {error}")))
    }

    /// Its id.
    pub fn id(&self) -> Id {
        Id(self.id)
    }

    /// The value of the first tag with this name.
    pub fn tag(&self, name: &str) -> Option<&str> {
        value_of(&self.tags, name)
    }

    /// The id under which an entry of the log is evaluated: a fork's first entries are its ancestor's.
    pub fn id_at(&self, index: u64) -> Id {
        let ancestor = self
            .ancestors
            .iter()
            .find(|ancestor| index < ancestor.until);
        ancestor.map_or(self.id(), |ancestor| Id(ancestor.id))
    }

    /// What the machine is told of the process, under one of its [ids](Self::id_at), and its module, as JSON.
    ///
    /// A process that names no authority trusts its home, which delivers its messages.
    pub fn environment(&self, id: Id) -> Vec<u8> {
        let mut tags = self.tags.clone();
        if self.tag("Authority").is_none() {
            tags.push(Tag::new("Authority", &self.home));
        }
        to_text(&Environment {
            module: Described {
                id: self.tag("Module"),
                owner: "",
                tags: &[],
            },
            process: Described {
                id: Some(id.to_string().as_str()),
                owner: &self.owner,
                tags: &tags,
            },
        })
        .into_bytes()
    }

    /// The addresses that may forward messages to the process: those of its `Authority` tags, each a list
    /// with commas, or its home if there is none.
    pub fn authorities(&self) -> Vec<String> {
        let tags = self.tags.iter().filter(|tag| tag.name == "Authority");
        let named: Vec<String> = tags
            .flat_map(|tag| tag.value.split(','))
            .map(|address| address.trim().to_owned())
            .collect();
        if named.is_empty() {
            vec![self.home.clone()]
        } else {
            named
        }
    }

    /// What a list of processes shows of it.
    pub fn summary(&self) -> ProcessSummary {
        ProcessSummary {
            id: self.id(),
            owner: self.owner.clone(),
            name: self.tag("Name").map(str::to_owned),
            length: self.length,
            evaluated: self.evaluated,
            next_nonce: self.next_nonce,
            outbound: self.outbound,
            forked_from: self.ancestors.last().map(|ancestor| Id(ancestor.id)),
            cron: self.cron_summary(),
        }
    }
}

impl Process {
    fn cron_summary(&self) -> Option<CronSummary> {
        let cron = Cron::parse(&self.tags).ok()?;
        (!cron.is_empty()).then(|| CronSummary {
            monitored: self.cron.is_monitored,
            passed_over: self.cron.passed_over,
            never: cron.silent().map(str::to_owned).collect(),
            next: None,
        })
    }
}

/// What a machine is told of a process.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Environment<'a> {
    module: Described<'a>,
    process: Described<'a>,
}

/// A process or a module as a machine is told of it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Described<'a> {
    id: Option<&'a str>,
    owner: &'a str,
    tags: &'a [Tag],
}

fn value_of<'a>(tags: &'a [Tag], name: &str) -> Option<&'a str> {
    tags.iter()
        .find(|tag| tag.name == name)
        .map(|tag| tag.value.as_str())
}

/// A process in a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProcessSummary {
    /// Its id.
    pub id: Id,
    /// The address of who made it.
    pub owner: String,
    /// Its `Name` tag.
    pub name: Option<String>,
    /// How many entries its log has: messages, and ticks of its cron.
    pub length: u64,
    /// How many of them are evaluated.
    pub evaluated: u64,
    /// The nonce of its next message.
    pub next_nonce: u64,
    /// How many of the things that it sent found no process here.
    pub outbound: u64,
    /// The process that it was forked from.
    pub forked_from: Option<Id>,
    /// Its cron, if it asks for one.
    pub cron: Option<CronSummary>,
}

/// A process's cron in a list of processes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CronSummary {
    /// Whether it ticks by itself.
    pub monitored: bool,
    /// How many ticks were too many to be made up for.
    pub passed_over: u64,
    /// Its intervals that cannot be read: they never tick.
    pub never: Vec<String>,
    /// When its next tick is due, in milliseconds since 1970.
    pub next: Option<u64>,
}
