//! Debian packages.

use std::sync::Once;

use anyhow::{Context, Result, bail};

use crate::shell::{as_root, find, run, say};

static UPDATE: Once = Once::new();

/// Installs `packages`; where there is no apt, or it fails, says `by_hand`.
///
/// # Errors
///
/// When the packages could not be installed.
pub(super) fn install(packages: &[&str], by_hand: &str) -> Result<()> {
    if find("apt-get").is_none() {
        bail!("there is no apt-get here\n  {by_hand}");
    }
    UPDATE.call_once(|| {
        say("apt-get update");
        // Some configured source may be out of reach, and another still have the packages.
        if let Err(error) = apt_get(&["update"], "going on with the lists that are there") {
            eprintln!("{error:#}");
        }
    });
    say(format_args!("apt-get install {}", packages.join(" ")));
    let mut words = vec!["install", "--yes", "--no-install-recommends"];
    words.extend(packages);
    apt_get(&words, by_hand)
}

fn apt_get(words: &[&str], hint: &str) -> Result<()> {
    // As an argument of `env`, because sudo drops the environment.
    let mut command = as_root("env").with_context(|| String::from(hint))?;
    command
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
        .args(words);
    run(&mut command, hint)
}
