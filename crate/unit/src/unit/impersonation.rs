//! Messages that nobody signed, for tests: whoever they say they are from, they are from.

use crate::Error;
use crate::json::Fields;
use crate::message::{Cause, Sent};

const FIELDS: [&str; 5] = ["Owner", "Target", "Anchor", "Data", "Tags"];

/// Reads the message as tests write it: without a target it makes a process. It has no id yet: that depends on where
/// it comes to stand.
pub(super) fn parse(text: &str) -> Result<Sent, Error> {
    read(text).map_err(Error::ImpersonationInvalid)
}

fn read(text: &str) -> Result<Sent, String> {
    let fields = Fields::parse(text)?.only(&FIELDS)?;
    let text = |name| Ok::<_, String>(fields.text(name)?.unwrap_or_default());
    let owner = text("Owner")?;
    if owner.is_empty() {
        return Err("Owner is empty: it is whom the message is from".to_owned());
    }
    Ok(Sent {
        id: [0; 32],
        owner,
        target: text("Target")?,
        anchor: text("Anchor")?,
        tags: fields.tags("Tags")?,
        data: text("Data")?.into_bytes(),
        cause: Cause::default(),
        origin: [0; 32],
    })
}
