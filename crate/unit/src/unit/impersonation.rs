//! Messages that nobody signed, for tests: whoever they say they are from, they are from.

use ao_data_item::Tag;
use serde::Deserialize;

use crate::Error;
use crate::message::{Cause, Sent};

/// As tests write it: without a target it makes a process.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Message {
    owner: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    anchor: String,
    #[serde(default)]
    data: String,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// Reads the message. It has no id yet: that depends on where it comes to stand.
pub(super) fn parse(text: &str) -> Result<Sent, Error> {
    let invalid = |reason: String| Error::ImpersonationInvalid(reason);
    let message: Message =
        serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
    if message.owner.is_empty() {
        return Err(invalid(
            "Owner is empty: it is whom the message is from".to_owned(),
        ));
    }
    Ok(Sent {
        id: [0; 32],
        owner: message.owner,
        target: message.target,
        anchor: message.anchor,
        tags: message.tags,
        data: message.data.into_bytes(),
        cause: Cause::default(),
        origin: [0; 32],
    })
}
