//! `cargo xtask build`: the machine, the unit, the package and the playground, in that order.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    meter::meter,
    order,
    setup::{self, TO_BUILD},
    shell::{command, done, root, run, say, target},
    stamp::stamped,
    surface,
    toolchain::{TARGET, Toolchain},
};

/// What browsers and Node 20 read. Named one by one: `--all-features` writes
/// an encoding of exceptions that they do not.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-exception-handling",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];
/// What holds of all that Rust's linker lays out: the stack is at the bottom of the memory, growing down, so that
/// only an overflow could reach the first kilobyte; and a new memory is zero.
const LAYOUT: [&str; 2] = ["--low-memory-unused", "--zero-filled-memory"];
const STRIP: [&str; 3] = [
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Builds everything that ships, and the playground.
pub(crate) fn all() -> Result<()> {
    package()?;
    npm_build("www")
}

/// Builds everything that ships.
pub(crate) fn package() -> Result<()> {
    wasm()?;
    npm_build("pkg")
}

/// Builds the wasm that ships.
pub(crate) fn wasm() -> Result<()> {
    setup::ensure(&TO_BUILD)?;
    machine()?;
    unit()?;
    secp256k1()
}

/// `machine.wasm`: built, metered, optimised for speed, stamped.
fn machine() -> Result<()> {
    say("building the machine");
    let wasm = cargo_build(&["--package", "ao-machine"], "ao_machine")?;
    let output = dist().join("machine.wasm");
    once(&output, &fs::read(&wasm)?, "machine.wasm", |input| {
        say("metering and optimising machine.wasm");
        let metered = work_dir()?.join("metered.wasm");
        fs::write(&metered, meter(&surface::keep(input, &surface::EXPORTS)?)?)?;
        let optimised = work_dir()?.join("optimised.wasm");
        optimise(&metered, &optimised, "-O3")?;
        fs::write(&output, stamped(&fs::read(&optimised)?))?;
        Ok(())
    })
}

/// `unit_bg.wasm` and its JavaScript: built, bound, optimised for both.
fn unit() -> Result<()> {
    say("building the unit");
    let package = ["--package", "ao-unit-browser", "--lib"];
    let wasm = cargo_build(&package, "ao_unit_browser")?;
    let output = dist().join("unit_bg.wasm");
    once(&output, &fs::read(&wasm)?, "unit_bg.wasm", |_| {
        say("binding and optimising unit_bg.wasm");
        let bound = work_dir()?.join("unit");
        let mut bindgen = command("wasm-bindgen");
        bindgen
            .args(["--target", "web", "--out-name", "unit"])
            // The package says where the wasm is: a second address would have bundlers look for it there.
            .args(["--omit-default-module-path", "--out-dir"])
            .arg(&bound)
            .arg(&wasm);
        run(
            &mut bindgen,
            "its version must be the crate's: `cargo xtask setup`",
        )?;
        for script in ["unit.js", "unit.d.ts"] {
            fs::copy(bound.join(script), dist().join(script))?;
        }
        optimise(&bound.join("unit_bg.wasm"), &output, "-Os")
    })
}

/// `secp256k1.wasm`: built, optimised for size.
fn secp256k1() -> Result<()> {
    say("building the curve of Ethereum");
    let wasm = cargo_build(&["--package", "ao-secp256k1"], "ao_secp256k1")?;
    let output = dist().join("secp256k1.wasm");
    once(&output, &fs::read(&wasm)?, "secp256k1.wasm", |_| {
        say("optimising secp256k1.wasm");
        optimise(&wasm, &output, "-Oz")
    })
}

fn cargo_build(package: &[&str], name: &str) -> Result<PathBuf> {
    let mut cargo = Toolchain::cargo()?;
    cargo
        .args(["build", "--target", TARGET, "--profile", "wasm"])
        .args(package)
        .env("CARGO_ENCODED_RUSTFLAGS", without_paths().join("\u{1f}"));
    run(&mut cargo, "see the compiler's message above")?;
    let wasm = target().join(TARGET).join("wasm").join(name);
    Ok(wasm.with_extension("wasm"))
}

/// What keeps the paths of this machine out of the messages of panics: every machine builds the same bytes.
fn without_paths() -> Vec<String> {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registries = cargo_home
        .and_then(|home| fs::read_dir(home.join("registry/src")).ok())
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    registries
        .chain([root().to_path_buf()])
        .map(|path| format!("--remap-path-prefix={}=", path.display()))
        .collect()
}

/// Optimises a module, and puts its functions in an order in which they compress well.
fn optimise(input: &Path, output: &Path, level: &str) -> Result<()> {
    let unordered = work_dir()?.join("unordered.wasm");
    wasm_opt(&[level], input, &unordered)?;
    let named = work_dir()?.join("named.wasm");
    fs::write(&named, order::named(&fs::read(&unordered)?)?)?;
    wasm_opt(&["--reorder-functions-by-name"], &named, output)
}

fn wasm_opt(passes: &[&str], input: &Path, output: &Path) -> Result<()> {
    let program = root().join("node_modules/.bin/wasm-opt");
    let program = program.to_str().context("the workspace's path is text")?;
    let mut wasm_opt = command(program);
    wasm_opt
        .args(passes)
        .args(FEATURES)
        .args(LAYOUT)
        .args(STRIP)
        .arg(input)
        .arg("-o")
        .arg(output);
    run(
        &mut wasm_opt,
        "the npm package `binaryen` brings it: `cargo xtask setup`",
    )
}

/// Makes `output` by `make`, unless it was made from the same input in the same way.
fn once(
    output: &Path,
    input: &[u8],
    name: &str,
    make: impl FnOnce(&[u8]) -> Result<()>,
) -> Result<()> {
    let fingerprint = fingerprint(input);
    let stamp = work_dir()?.join(name).with_extension("stamp");
    if output.exists() && fs::read_to_string(&stamp).is_ok_and(|made| made == fingerprint) {
        done(format_args!("{name} is up to date"));
        return Ok(());
    }
    fs::create_dir_all(dist())?;
    make(input)?;
    fs::write(stamp, fingerprint)?;
    Ok(())
}

/// What an output depends on: its input, this code and the optimiser.
fn fingerprint(input: &[u8]) -> String {
    let optimiser = root().join("node_modules/binaryen/package.json");
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    include_str!("meter.rs").hash(&mut hasher);
    include_str!("meter/recursion.rs").hash(&mut hasher);
    include_str!("order.rs").hash(&mut hasher);
    include_str!("surface.rs").hash(&mut hasher);
    include_str!("stamp.rs").hash(&mut hasher);
    include_str!("build.rs").hash(&mut hasher);
    fs::read(optimiser).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn npm_build(workspace: &str) -> Result<()> {
    say(format_args!("building {workspace}"));
    run(
        command("npm").args(["run", "build", "--workspace", workspace]),
        "see the message above",
    )
}

/// Where the package takes its wasm from.
fn dist() -> PathBuf {
    root().join("pkg/dist/wasm")
}

fn work_dir() -> Result<PathBuf> {
    let dir = target().join("xtask");
    fs::create_dir_all(&dir)?;
    Ok(dir)
}
