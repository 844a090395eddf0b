//! Lua 5.4 as this machine has it, for the benchmark.

use anyhow::Result;

use super::apt;
use crate::shell::{done, find};

/// Makes `lua5.4` ready.
pub(super) fn ensure() -> Result<()> {
    if find("lua5.4").is_none() {
        apt::install(
            &["lua5.4"],
            "install Lua 5.4 by hand, as `lua5.4` on the path",
        )?;
    }
    done("lua5.4");
    Ok(())
}
