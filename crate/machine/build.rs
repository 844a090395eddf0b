//! Packs the runtime's sources, and builds Lua for the browser. Natively mlua brings its own Lua; for WebAssembly, emscripten compiles it,
//! and its C library is linked with it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Emscripten's name for the target; Rust's own is `wasm32-unknown-unknown`.
const EMSCRIPTEN: &str = "wasm32-unknown-emscripten";

/// The machine's stack, below its data: an overflow traps instead of overwriting.
const STACK_BYTES: u32 = 512 * 1024;

/// What an instance begins with; `crate/browser/src/machine.rs` makes memories of this size.
const INITIAL_MEMORY: u32 = 16 * 64 * 1024;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=lua");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    pack_folder(Path::new("lua"), &out.join("lua"));

    println!("cargo:rerun-if-changed=src/shim.c");
    println!("cargo:rerun-if-env-changed=CFLAGS");
    if env::var("CARGO_CFG_TARGET_FAMILY").as_deref() != Ok("wasm") {
        return;
    }
    lua_src::Build::new()
        .target(EMSCRIPTEN)
        .debug(false)
        .build(lua_src::Lua54)
        .print_cargo_metadata();
    cc::Build::new()
        .target(EMSCRIPTEN)
        .file("src/shim.c")
        .flag("-mbulk-memory")
        .compile("machine_shim");

    let libraries = emscripten_libraries();
    println!("cargo:rustc-link-search=native={}", libraries.display());
    println!("cargo:rustc-link-lib=static=c");
    println!("cargo:rustc-link-lib=static={}", setjmp_library(&libraries));

    println!("cargo:rustc-cdylib-link-arg=--import-memory");
    println!("cargo:rustc-cdylib-link-arg=--initial-memory={INITIAL_MEMORY}");
    println!("cargo:rustc-cdylib-link-arg=--stack-first");
    println!("cargo:rustc-cdylib-link-arg=-zstack-size={STACK_BYTES}");
}

/// Packs every source of a folder, and of those in it.
fn pack_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("OUT_DIR can be written");
    for entry in fs::read_dir(from).expect("the sources can be read") {
        let path = entry.expect("the sources can be read").path();
        let packed = to.join(path.file_name().expect("a file has a name"));
        if path.is_dir() {
            pack_folder(&path, &packed);
        } else {
            let source = fs::read_to_string(&path).expect("a source is text");
            fs::write(packed, pack(&source)).expect("OUT_DIR can be written");
        }
    }
}

/// A source without its indentation and without the comments that have lines of their own. What is left keeps its
/// line: errors name it.
fn pack(source: &str) -> String {
    let mut is_text = false;
    let mut packed = String::new();
    for line in source.lines() {
        let code = line.trim_start();
        if is_text {
            packed.push_str(line);
        } else if !code.starts_with("--") {
            packed.push_str(code);
        }
        packed.push('\n');
        // Text in long brackets may have any number of lines.
        let (opens, closes) = (line.matches("[[").count(), line.matches("]]").count());
        is_text = if is_text {
            opens >= closes
        } else {
            opens > closes
        };
    }
    packed
}

/// The folder of emscripten's compiled libraries, in its cache.
fn emscripten_libraries() -> PathBuf {
    let answer = Command::new("em-config")
        .arg("CACHE")
        .output()
        .expect("em-config did not run: install emscripten (`cargo xtask setup` does)");
    let cache = String::from_utf8(answer.stdout).expect("em-config CACHE is not UTF-8");
    PathBuf::from(cache.trim()).join("sysroot/lib/wasm32-emscripten")
}

/// The library with setjmp by WebAssembly exceptions, for one thread; versions name it differently.
fn setjmp_library(libraries: &Path) -> String {
    let files = fs::read_dir(libraries).into_iter().flatten().flatten();
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    let library = names
        .filter(|name| name.starts_with("libcompiler_rt") && name.ends_with("sjlj.a"))
        .filter(|name| !name.contains("-mt") && !name.contains("-ws"))
        .min_by_key(String::len)
        .unwrap_or_else(|| {
            panic!(
                "no libcompiler_rt-…sjlj.a in {}: `cargo xtask setup`",
                libraries.display()
            )
        });
    library
        .trim_start_matches("lib")
        .trim_end_matches(".a")
        .to_owned()
}
