//! The unsigned message of a dry-run.

use ao_data_item::{Id, Tag};
use serde::Deserialize;

use crate::Error;
use crate::message::Content;

/// As aoconnect sends it; every field may be missing.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Message {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    owner: Option<String>,
    #[serde(default)]
    anchor: Option<String>,
    #[serde(default)]
    data: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// Reads the message. Its id is aoconnect's placeholder more often than not; then it is all zeros.
pub(super) fn parse(text: &str) -> Result<Content<'static>, Error> {
    let message: Message =
        serde_json::from_str(text).map_err(|error| Error::DryRun(error.to_string()))?;
    let owner = message.owner.unwrap_or_default();
    if owner.is_empty() {
        return Err(Error::DryRun(
            "Owner is missing: it is who the process shall see".to_owned(),
        ));
    }
    Ok(Content {
        id: message
            .id
            .and_then(|id| id.parse().ok())
            .unwrap_or(Id([0; 32])),
        signature: String::new(),
        owner: owner.into(),
        target: "".into(),
        anchor: message.anchor.map(Into::into),
        tags: message.tags.into(),
        data: message.data.unwrap_or_default().into_bytes().into(),
    })
}
