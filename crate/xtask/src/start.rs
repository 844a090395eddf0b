//! `cargo xtask start`: the playground, served from its build.

use anyhow::Result;

use crate::{
    build,
    shell::{command, root, run as run_command, say},
};

/// Builds everything and serves the playground until it is interrupted.
///
/// # Errors
///
/// When the build fails, or the port is taken.
pub(crate) fn run(port: u16) -> Result<()> {
    build::all()?;
    say(format_args!(
        "the playground: http://localhost:{port}/ (stop it with Ctrl+C)"
    ));
    let mut vite = command("npx");
    vite.current_dir(root().join("www"))
        .args(["--no-install", "vite", "preview", "--strictPort", "--port"])
        .arg(port.to_string());
    run_command(
        &mut vite,
        "is the port taken? `cargo xtask start --port 5000`",
    )
}
