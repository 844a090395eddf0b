//! The order of a module's functions: like beside like. What a server compresses looks back no further than
//! 32 KB, and functions that were made of one generic lie all over a module.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::Result;
use wasm_encoder::{NameMap, NameSection, Section};
use wasmparser::{Parser, Payload, TypeRef};

/// Functions are alike by the runs of so many bytes that they share.
const RUN: usize = 6;

/// Answers `wasm`, which has no names, with a name for each function. Sorted by name
/// (`wasm-opt --reorder-functions-by-name`), each function comes after the one that it is most like.
///
/// # Errors
///
/// When `wasm` is not a valid module.
pub(crate) fn named(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut places = vec![0; bodies.len()];
    for (place, function) in by_likeness(&bodies).into_iter().enumerate() {
        places[function] = place;
    }
    let mut names = NameMap::new();
    for (index, place) in (imported..).zip(places) {
        names.append(index, &format!("{place:06}"));
    }
    let mut section = NameSection::new();
    section.functions(&names);
    let mut named = wasm.to_vec();
    section.append_to(&mut named);
    Ok(named)
}

/// The bodies' indices: the largest first, and after each that of the rest which it is most like.
fn by_likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let runs: Vec<HashSet<u64>> = bodies.iter().map(|body| runs_of(body)).collect();
    let mut having: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, runs) in runs.iter().enumerate() {
        for &run in runs {
            having.entry(run).or_default().push(index);
        }
    }
    let mut by_size: Vec<usize> = (0..bodies.len()).collect();
    by_size.sort_by_key(|&index| std::cmp::Reverse(bodies[index].len()));
    let mut by_size = by_size.into_iter();
    let mut is_placed = vec![false; bodies.len()];
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    while order.len() < bodies.len() {
        let like = order.last().and_then(|&last| {
            let mut shared = vec![0; bodies.len()];
            for &index in runs[last].iter().flat_map(|run| &having[run]) {
                shared[index] += 1;
            }
            let likeness = |index: usize| {
                let all = runs[last].len() + runs[index].len() - shared[index];
                f64::from(u32::try_from(shared[index]).unwrap_or(u32::MAX)) / all as f64
            };
            (0..bodies.len())
                .filter(|&index| !is_placed[index] && shared[index] > 0)
                // Of two that are as like, the first: the same build has the same order.
                .max_by(|&a, &b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(&a)))
        });
        let Some(next) = like.or_else(|| by_size.find(|&index| !is_placed[index])) else {
            break;
        };
        is_placed[next] = true;
        order.push(next);
    }
    order
}

fn runs_of(body: &[u8]) -> HashSet<u64> {
    let hash = |run: &[u8]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    body.windows(RUN).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_come_after_those_that_they_are_like() {
        let bodies: [&[u8]; 5] = [
            b"a body about one thing",
            b"quite another, and the largest of all",
            b"a body about one thin",
            b"?",
            b"quite another, and the large",
        ];
        assert_eq!(by_likeness(&bodies), [1, 4, 0, 2, 3]);
    }

    #[test]
    fn names_say_the_place_and_count_from_behind_the_imports() {
        let wasm = wat::parse_str(
            r#"(module (import "a" "b" (func)) (import "a" "m" (memory 1))
                (func (export "small")) (func (export "large") i32.const 1 drop i32.const 2 drop))"#,
        );
        let wasm = named(&wasm.unwrap()).unwrap();
        let module = walrus::Module::from_buffer(&wasm).unwrap();
        let name = |export| {
            let id = module.exports.get_func(export).unwrap();
            module.funcs.get(id).name.clone()
        };
        assert_eq!(name("large").as_deref(), Some("000000"));
        assert_eq!(name("small").as_deref(), Some("000001"));
        let imported = module.funcs.iter().find(|function| function.name.is_none());
        assert!(imported.is_some());
    }
}
