//! The unsigned message of a dry-run.

use ao_data_item::Id;

use crate::Error;
use crate::json::Fields;
use crate::message::Content;

/// Reads the message as aoconnect sends it: every field but the owner may be missing. Its id is aoconnect's
/// placeholder more often than not; then it is all zeros.
pub(super) fn parse(text: &str) -> Result<Content<'static>, Error> {
    read(text).map_err(Error::DryRun)
}

fn read(text: &str) -> Result<Content<'static>, String> {
    let fields = Fields::parse(text)?;
    let owner = fields.text("Owner")?.unwrap_or_default();
    if owner.is_empty() {
        return Err("Owner is missing: it is who the process shall see".to_owned());
    }
    Ok(Content {
        id: fields
            .text("Id")?
            .and_then(|id| id.parse().ok())
            .unwrap_or(Id([0; 32])),
        signature: String::new(),
        owner: owner.into(),
        target: "".into(),
        anchor: fields.text("Anchor")?.map(Into::into),
        tags: fields.tags("Tags")?.into(),
        data: fields.text("Data")?.unwrap_or_default().into_bytes().into(),
    })
}
