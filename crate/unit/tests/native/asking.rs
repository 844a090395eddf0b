//! What tests ask a unit for, as JSON.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a listing is written where it is asked for"
)]

use ao_data_item::Id;
use ao_unit::history::Listing;
use ao_unit::json::to_text;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Bench, Wallet, json, text};

impl Bench {
    /// A page of a process's log, as JSON.
    pub(crate) fn log(&mut self, process: Id, listing: Value) -> Value {
        let listing = Listing::parse(&listing.to_string()).unwrap();
        let id = process.to_string();
        let page = self.ask(|unit| async move { unit.log(&id, listing).await });
        written(&page.unwrap())
    }

    /// A page of a process's outcomes, as JSON.
    pub(crate) fn results(&mut self, process: Id, listing: Value) -> Value {
        let listing = Listing::parse(&listing.to_string()).unwrap();
        let id = process.to_string();
        let page = self.ask(|unit| async move { unit.results(&id, listing).await });
        written(&page.unwrap())
    }

    /// What a process sent that is for nobody here, as JSON.
    pub(crate) fn outbound(&mut self, process: Id) -> Value {
        let id = process.to_string();
        let page = self.ask(|unit| async move { unit.outbound(&id, 0, 100).await });
        written(&page.unwrap())["entries"].take()
    }

    /// The outcome of the message with a nonce.
    pub(crate) fn outcome_at(&mut self, process: Id, nonce: u64) -> Value {
        let id = process.to_string();
        json(
            &self
                .ask(|unit| async move { unit.outcome_at(&id, nonce).await })
                .unwrap(),
        )
    }

    /// What an expression of Lua was after the message with a nonce.
    pub(crate) fn state_at(
        &mut self,
        owner: &Wallet,
        process: Id,
        nonce: u64,
        lua: &str,
    ) -> String {
        let message = json!({
            "Owner": owner.address(),
            "Tags": [{ "name": "Action", "value": "Eval" }],
            "Data": lua,
        });
        let (id, message) = (process.to_string(), message.to_string());
        let tried = self.ask(|unit| async move { unit.dryrun(&id, &message, Some(nonce)).await });
        text(&json(&tried.unwrap())["Output"]["data"])
    }

    /// The messages that machines were given for a process since this was last asked, as JSON.
    pub(crate) fn heard(&mut self, process: Id) -> Vec<Value> {
        self.settle();
        let heard = self.machines.heard.take();
        let heard = heard
            .iter()
            .map(|message| serde_json::from_slice(message).unwrap());
        heard
            .filter(|message: &Value| message["Target"] == process.to_string())
            .collect()
    }

    /// Whether a process comes to the same when its log is evaluated anew.
    pub(crate) fn replays(&mut self, process: Id) -> bool {
        self.settle();
        let id = process.to_string();
        let replayed = self
            .ask(|unit| async move { unit.replay(&id).await })
            .unwrap();
        if replayed.different > 0 || !replayed.memory_is_equal {
            eprintln!("{replayed:?}");
        }
        replayed.different == 0 && replayed.memory_is_equal
    }

    /// Has a process's cron tick by itself, or no longer.
    pub(crate) fn monitor(&mut self, process: Id, on: bool) {
        let id = process.to_string();
        self.ask(|unit| async move { unit.monitor(&id, on).await })
            .unwrap();
    }
}

fn written<T: Serialize>(answer: &T) -> Value {
    serde_json::from_str(&to_text(answer)).unwrap()
}
