//! The modules that processes can name: ids under which the network knows what this unit's machine runs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

use crate::Error;

/// The modules of aos that the Lua machine stands for: the id by which the network knows each, and its name.
/// Those with `SQLite` are not among them.
pub const LUA_MODULES: &[(&str, &str)] = &[
    ("ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s", "aos 2.0.6"),
    ("JArYBF-D8q2OmZ4Mok00sD2Y_6SYEQ7Hjx-6VZ_jl3g", "aos 2"),
    ("Do_Uc2Sju_ffp6Ev0AnLVdPtot15rvMjP-a9VVaA5fM", "aos 2.0.1"),
    ("SBNb1qPQ1TDwpD_mboxm2YllmMLXpWw4U8P9Ff8W9vk", "aos 1.10.22"),
    ("cNlipBptaF9JeFAf4wUmpi43EojNanIBos3EfNrEOWo", "aos 1"),
];

/// No name and no id of a module is longer than this, in bytes.
const LONGEST: usize = 256;

/// The modules of a unit: those of the network, and those that its user registered. Clones are the same list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Modules {
    registered: Rc<RefCell<BTreeMap<String, String>>>,
}

/// A module in a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModuleSummary {
    /// What a process's tag `Module` says.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether it was registered in this unit; otherwise the network knows it by its id.
    pub registered: bool,
}

impl Modules {
    /// What a module is called, if it is one of the unit's.
    pub(crate) fn name_of(&self, id: &str) -> Option<String> {
        let known = LUA_MODULES.iter().find(|(known, _)| *known == id);
        known
            .map(|(_, name)| (*name).to_owned())
            .or_else(|| self.registered.borrow().get(id).cloned())
    }

    /// Checks that a module is one of the unit's.
    ///
    /// # Errors
    ///
    /// [`Error::ModuleUnknown`], which names those that are.
    pub(crate) fn require(&self, id: &str) -> Result<(), Error> {
        if self.name_of(id).is_some() {
            return Ok(());
        }
        let known = self.list().into_iter();
        let known: Vec<String> = known
            .map(|known| format!("{} ({})", known.id, known.name))
            .collect();
        Err(Error::ModuleUnknown {
            module: if id.is_empty() { "(none)" } else { id }.to_owned(),
            known: known.join(", "),
        })
    }

    /// All of them, those of the network first.
    pub(crate) fn list(&self) -> Vec<ModuleSummary> {
        let summary = |(id, name): (&str, &str), registered| ModuleSummary {
            id: id.to_owned(),
            name: name.to_owned(),
            registered,
        };
        let known = LUA_MODULES.iter().map(|module| summary(*module, false));
        let registered = self.registered.borrow();
        let own = registered
            .iter()
            .map(|(id, name)| summary((id, name), true));
        known.chain(own).collect()
    }

    /// Adds a module, or gives one that was registered another name.
    ///
    /// # Errors
    ///
    /// [`Error::ModuleInvalid`] for an id that nobody can write in a tag, or that the network has given.
    pub(crate) fn register(&self, id: &str, name: &str) -> Result<(), Error> {
        let invalid = |reason: &str| Error::ModuleInvalid {
            module: id.chars().take(64).collect(),
            reason: reason.to_owned(),
        };
        if id.is_empty() || id.len() > LONGEST || name.len() > LONGEST {
            return Err(invalid("an id has 1 to 256 bytes, and a name 256 at most"));
        }
        if let Some((_, known)) = LUA_MODULES.iter().find(|(known, _)| *known == id) {
            return Err(invalid(&format!("the network knows it as {known}")));
        }
        let mut registered = self.registered.borrow_mut();
        registered.insert(id.to_owned(), name.to_owned());
        Ok(())
    }

    /// What a store keeps of those that were registered.
    pub(crate) fn to_record(&self) -> Vec<u8> {
        // Postcard writes to memory: it fails for no map of texts.
        postcard::to_stdvec(&*self.registered.borrow()).unwrap_or_default()
    }

    /// Reads what a store kept. What does not read is no module: its processes go on, as they are.
    pub(crate) fn restore(&self, record: Option<&[u8]>) {
        let read = record.and_then(|record| postcard::from_bytes(record).ok());
        self.registered.replace(read.unwrap_or_default());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_module_is_told_which_there_are() {
        let modules = Modules::default();
        modules.register("my-module", "mine").unwrap();
        let error = modules.require("other").unwrap_err();
        assert_eq!(error.code(), "MODULE_UNKNOWN");
        let text = error.to_string();
        assert!(text.contains("module other"), "{text}");
        assert!(
            text.contains("(aos 2.0.6)") && text.contains("my-module (mine)"),
            "{text}"
        );
    }

    #[test]
    fn what_was_registered_is_there_again_from_its_record() {
        let modules = Modules::default();
        modules.register("my-module", "mine").unwrap();
        let again = Modules::default();
        again.restore(Some(&modules.to_record()));
        assert_eq!(again.list(), modules.list());
        assert!(again.list().last().unwrap().registered);
    }

    #[test]
    fn a_module_of_the_network_keeps_its_name() {
        let modules = Modules::default();
        let error = modules.register(LUA_MODULES[0].0, "mine").unwrap_err();
        assert_eq!(error.code(), "MODULE_INVALID");
        assert!(modules.register("", "nothing").is_err());
    }
}
