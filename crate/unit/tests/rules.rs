//! The table of rules names tests that are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const TABLE: &str = include_str!("RULES.md");

/// The rows of the table: the rule, and what stands beside it.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = TABLE.lines().filter_map(|line| {
        let (rule, shown) = line
            .strip_prefix("| ")?
            .strip_suffix(" |")?
            .split_once(" | ")?;
        Some((rule, shown))
    });
    rows.filter(|(rule, _)| *rule != "rule")
}

/// The tests that a row names.
fn named(shown: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let quoted = shown.split('`').skip(1).step_by(2);
    quoted.filter_map(|name| name.split_once("::"))
}

/// The names of the functions in a file that are tests, and run.
fn tests_in(file: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = match file.strip_prefix("src/") {
        Some(file) => root.join("src").join(file),
        None => root.join("tests").join(file),
    };
    let path = path.with_extension("rs");
    let source = fs::read_to_string(&path);
    let source = source.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let tests = lines.iter().enumerate().filter_map(|(at, line)| {
        let (name, _) = line.strip_prefix("fn ")?.split_once('(')?;
        let before = lines[..at].iter().rev();
        let attributes: Vec<&&str> = before.take_while(|line| line.starts_with("#[")).collect();
        let has = |start| attributes.iter().any(|line| line.starts_with(start));
        (has("#[test]") && !has("#[ignore")).then(|| name.to_owned())
    });
    tests.collect()
}

#[test]
fn every_test_that_the_table_names_is_there() {
    let missing: Vec<String> = rows()
        .flat_map(|(_, shown)| named(shown))
        .filter(|(file, test)| !tests_in(file).contains(*test))
        .map(|(file, test)| format!("{file}::{test}"))
        .collect();
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "the table names tests that are not there"
    );
}

#[test]
fn every_rule_is_shown_by_a_test_or_has_a_reason_why_not() {
    assert!(rows().count() > 70, "the table is read");
    for (rule, shown) in rows() {
        let has_reason = shown.starts_with("not here: ");
        assert!(has_reason || named(shown).next().is_some(), "{rule}");
    }
}
