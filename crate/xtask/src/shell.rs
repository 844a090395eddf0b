//! Running other programs: where, in which environment, and what to say when one fails.

use std::{
    env,
    ffi::OsString,
    fmt::Display,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::{Context, Result, anyhow, bail};

/// Says on standard error what is being done.
pub(crate) fn say(what: impl Display) {
    eprintln!("▸ {what}");
}

/// Says on standard error that nothing is left to do.
pub(crate) fn done(what: impl Display) {
    eprintln!("✓ {what}");
}

/// The workspace's root directory.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap_or(Path::new("."))
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A command in the workspace's root, as if it had been typed there: without
/// the variables that `cargo run` adds for xtask itself.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
    command.current_dir(root()).env("PATH", search_path());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_of_cargo_run) {
            command.env_remove(name);
        }
    }
    command
}

/// Where `program` is, if it is anywhere on the search path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&search_path())
        .map(|dir| dir.join(program))
        .find(|path| path.is_file())
}

/// Runs to the end, the output going to standard error as it comes.
///
/// # Errors
///
/// When the command cannot start or fails; the message names it and ends with
/// `hint`, which says what to do then.
pub(crate) fn run(command: &mut Command, hint: &str) -> Result<()> {
    let status = command
        .stdout(io::stderr())
        .status()
        .with_context(|| could_not_start(command, hint))?;
    if !status.success() {
        bail!("`{}` failed ({status})\n  {hint}", line(command));
    }
    Ok(())
}

/// Runs to the end and answers the standard output, trimmed.
///
/// # Errors
///
/// When the command cannot start or fails; the message has its standard error.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| could_not_start(command, "is it installed?"))?;
    if !status.success() {
        let said = String::from_utf8_lossy(&stderr);
        bail!("`{}` failed ({status}): {}", line(command), said.trim());
    }
    Ok(String::from_utf8_lossy(&stdout).trim().into())
}

/// Whether the command runs and succeeds; its output is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs to the end, printing standard output line by line and showing each line
/// to `watch`; answers whether the command succeeded.
///
/// # Errors
///
/// When the command cannot start.
pub(crate) fn stream(command: &mut Command, mut watch: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| could_not_start(command, "`cargo xtask setup` installs what is needed"))?;
    let stdout = child.stdout.take().context("a piped child has an output")?;
    for bytes in BufReader::new(stdout).split(b'\n') {
        let text = String::from_utf8_lossy(&bytes?).into_owned();
        println!("{text}");
        watch(&text);
    }
    Ok(child.wait()?.success())
}

/// The same program with root's rights: itself for root, by `sudo` for others.
///
/// # Errors
///
/// When the user is not root and there is no `sudo`.
pub(crate) fn as_root(program: &str) -> Result<Command> {
    if capture(command("id").arg("-u")).is_ok_and(|user| user == "0") {
        return Ok(command(program));
    }
    if find("sudo").is_none() {
        return Err(anyhow!("`{program}` needs root, and there is no sudo"));
    }
    let mut sudo = command("sudo");
    sudo.arg(program);
    Ok(sudo)
}

/// A command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn could_not_start(command: &Command, hint: &str) -> String {
    format!("`{}` could not start\n  {hint}", line(command))
}

/// `PATH`, and where `cargo install` puts programs.
fn search_path() -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let dirs = env::split_paths(&path).chain(cargo_home.map(|home| home.join("bin")));
    env::join_paths(dirs).unwrap_or(path)
}

/// Whether a variable is one that cargo sets for what it runs, so that a cargo
/// below would be misled by it.
fn is_of_cargo_run(name: &str) -> bool {
    matches!(
        name,
        "CARGO" | "CARGO_CRATE_NAME" | "CARGO_BIN_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR"
    ) || matches!(
        name,
        "RUSTC" | "RUSTDOC" | "RUST_RECURSION_COUNT" | "CFLAGS"
    ) || name.starts_with("CARGO_MANIFEST_")
        || name.starts_with("CARGO_PKG_")
}
