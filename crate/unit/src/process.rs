//! A process: who it is, and how far its log has come.

use ao_data_item::{Id, Tag};
use serde::{Deserialize, Serialize};

use crate::Error;

/// The modules that the Lua machine runs: the id by which the network knows it, and its name.
pub const LUA_MODULES: &[(&str, &str)] =
    &[("ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s", "aos 2.0.6")];

/// What is stored of a process beside its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// The id of the message that made it.
    pub id: [u8; 32],
    /// The address of who made it.
    pub owner: String,
    /// The tags that it was made with.
    pub tags: Vec<Tag>,
    /// How many assignments its log has: the next one's nonce.
    pub length: u64,
    /// How many of them are evaluated.
    pub evaluated: u64,
    /// The time of its last assignment, in milliseconds since 1970.
    pub last_timestamp: u64,
    /// The hash chain's end: the hash of the last assignment, and that assignment's id.
    pub chain: Option<([u8; 32], [u8; 32])>,
}

impl Process {
    /// A process with an empty log.
    ///
    /// # Errors
    ///
    /// When its `Module` tag names no module that this unit has.
    pub fn new(id: Id, owner: String, tags: Vec<Tag>) -> Result<Self, Error> {
        let module = value_of(&tags, "Module").unwrap_or_default();
        if !LUA_MODULES.iter().any(|(known, _)| *known == module) {
            let known: Vec<String> = LUA_MODULES
                .iter()
                .map(|(id, name)| format!("{id} ({name})"))
                .collect();
            let module = if module.is_empty() { "(none)" } else { module }.to_owned();
            return Err(Error::ModuleUnknown {
                module,
                known: known.join(", "),
            });
        }
        Ok(Self {
            id: id.0,
            owner,
            tags,
            length: 0,
            evaluated: 0,
            last_timestamp: 0,
            chain: None,
        })
    }

    /// Its id.
    pub fn id(&self) -> Id {
        Id(self.id)
    }

    /// The value of the first tag with this name.
    pub fn tag(&self, name: &str) -> Option<&str> {
        value_of(&self.tags, name)
    }

    /// What the machine is told of the process and its module, as JSON.
    ///
    /// A process that names no authority trusts `unit`, which delivers its messages.
    pub fn environment(&self, unit: &str) -> Vec<u8> {
        let mut tags = self.tags.clone();
        if self.tag("Authority").is_none() {
            tags.push(Tag::new("Authority", unit));
        }
        let environment = serde_json::json!({
            "Process": { "Id": self.id(), "Owner": self.owner, "Tags": tags },
            "Module": { "Id": self.tag("Module"), "Owner": "", "Tags": [] },
        });
        environment.to_string().into_bytes()
    }

    /// The addresses that may forward messages to the process: those of its `Authority` tags, each a list
    /// with commas, or `unit` if there is none.
    pub fn authorities(&self, unit: &str) -> Vec<String> {
        let tags = self.tags.iter().filter(|tag| tag.name == "Authority");
        let named: Vec<String> = tags
            .flat_map(|tag| tag.value.split(','))
            .map(|address| address.trim().to_owned())
            .collect();
        if named.is_empty() {
            vec![unit.to_owned()]
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
        }
    }
}

fn value_of<'a>(tags: &'a [Tag], name: &str) -> Option<&'a str> {
    tags.iter()
        .find(|tag| tag.name == name)
        .map(|tag| tag.value.as_str())
}

/// A process in a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcessSummary {
    /// Its id.
    pub id: Id,
    /// The address of who made it.
    pub owner: String,
    /// Its `Name` tag.
    pub name: Option<String>,
    /// How many assignments its log has.
    pub length: u64,
    /// How many of them are evaluated.
    pub evaluated: u64,
}
