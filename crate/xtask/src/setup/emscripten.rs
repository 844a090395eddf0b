//! The C compiler for the machine's Lua, and its libraries that the machine links.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
};

use anyhow::{Result, bail};

use super::apt;
use crate::shell::{capture, command, done, find, run, say, succeeds};

const BY_HAND: &str = "install emscripten by hand (https://emscripten.org/docs/getting_started) \
    so that emcc, em-config and embuilder are on PATH";

/// Makes `emcc` and its libraries ready.
pub(super) fn ensure() -> Result<()> {
    if find("emcc").is_none() {
        apt::install(&["emscripten"], BY_HAND)?;
    }
    let libraries = libraries()?;
    if !is_built(&libraries) {
        say("building emscripten's C library and setjmp support, once");
        let wanted = ["libc", "libcompiler_rt-wasm-sjlj"];
        if !succeeds(command("embuilder").arg("build").args(wanted)) {
            link_a_program()?;
        }
    }
    if !is_built(&libraries) {
        bail!(
            "{} has no libc.a and libcompiler_rt-…sjlj.a\n  {BY_HAND}",
            libraries.display()
        );
    }
    done("emscripten compiles C");
    Ok(())
}

fn libraries() -> Result<PathBuf> {
    let cache = capture(command("em-config").arg("CACHE"))?;
    Ok(Path::new(&cache).join("sysroot/lib/wasm32-emscripten"))
}

fn is_built(libraries: &Path) -> bool {
    let has_setjmp = fs::read_dir(libraries).is_ok_and(|files| {
        files.flatten().any(|file| {
            let name = file.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libcompiler_rt") && name.ends_with("sjlj.a")
        })
    });
    has_setjmp && libraries.join("libc.a").exists()
}

/// Versions name their libraries differently, but each builds what a program needs.
fn link_a_program() -> Result<()> {
    let scratch = std::env::temp_dir().join(format!("ao-unit-emscripten-{}", process::id()));
    fs::create_dir_all(&scratch)?;
    fs::write(
        scratch.join("jump.c"),
        "#include <setjmp.h>\nint main(void) { jmp_buf b; return setjmp(b) ? 0 : (longjmp(b, 1), 1); }\n",
    )?;
    let mut emcc = command("emcc");
    emcc.current_dir(&scratch)
        .args(["-sSUPPORT_LONGJMP=wasm", "jump.c", "-o", "jump.wasm"]);
    let linked = run(&mut emcc, BY_HAND);
    // Scratch: what is left of it harms nobody.
    let _ = fs::remove_dir_all(&scratch);
    linked
}
