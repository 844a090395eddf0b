//! What a machine shows its host: the exports that it is met through, and no others.

use anyhow::{Result, bail};
use walrus::ModuleConfig;

/// The exports of `crate/machine/src/exports.rs`. The C library's allocator is exported besides,
/// because the linker must find it; no host has a use for it.
pub(crate) const EXPORTS: [&str; 4] = ["start", "input", "evaluate", "output"];

/// Answers `wasm` with the named exports alone.
///
/// # Errors
///
/// When `wasm` is not a valid module, or lacks one of them.
pub(crate) fn keep(wasm: &[u8], names: &[&str]) -> Result<Vec<u8>> {
    let mut module = ModuleConfig::new()
        .generate_producers_section(false)
        .parse(wasm)?;
    let (kept, dropped): (Vec<_>, Vec<_>) = module
        .exports
        .iter()
        .partition(|export| names.contains(&export.name.as_str()));
    if kept.len() != names.len() {
        bail!("the machine must export {}", names.join(", "));
    }
    let dropped: Vec<_> = dropped.iter().map(|export| export.id()).collect();
    for id in dropped {
        module.exports.delete(id);
    }
    Ok(module.emit_wasm())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = r#"(module (func (export "start")) (func (export "malloc")))"#;

    fn exports(wasm: &[u8]) -> Vec<String> {
        let module = walrus::Module::from_buffer(wasm).unwrap();
        let names = module.exports.iter();
        names.map(|export| export.name.clone()).collect()
    }

    #[test]
    fn only_the_named_exports_stay() {
        let wasm = wat::parse_str(MODULE).unwrap();
        assert_eq!(exports(&keep(&wasm, &["start"]).unwrap()), ["start"]);
    }

    #[test]
    fn an_export_that_is_missing_is_named() {
        let wasm = wat::parse_str(MODULE).unwrap();
        let error = keep(&wasm, &["start", "evaluate"]).unwrap_err();
        assert!(error.to_string().contains("evaluate"));
    }
}
