//! What of a result is compared with the recorded one, and how: `tests/golden/README.md`.
//! `tests/golden/compare.mjs` compares by the same rules.
#![allow(unreachable_pub, reason = "it serves one suite")]

use std::collections::BTreeMap;

use serde_json::Value;

/// What is compared of an evaluation that threw.
pub fn threw(reason: &str) -> String {
    format!("threw {}", normal(reason))
}

/// What of a result is compared, as one text.
pub fn comparable(result: &Value) -> String {
    if let Some(error) = result.get("Error").filter(|error| !error.is_null()) {
        return format!(
            "Error {}",
            normal(&error.as_str().map_or(error.to_string(), str::to_owned))
        );
    }
    let data = result["Output"]["data"]
        .as_str()
        .map(normal)
        .unwrap_or_default();
    let list = |name: &str| -> Vec<String> {
        result[name]
            .as_array()
            .into_iter()
            .flatten()
            .map(sendable)
            .collect()
    };
    format!(
        "{data:?} {:?} {:?} {:?}",
        list("Messages"),
        list("Spawns"),
        list("Assignments")
    )
}

/// A message: the first four tags in order, the rest as a set.
fn sendable(message: &Value) -> String {
    let tags: Vec<String> = message["Tags"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|tag| format!("{} = {}", tag["name"], sorted_json(&tag["value"])))
        .collect();
    let (fixed, rest) = tags.split_at(tags.len().min(4));
    let mut rest = rest.to_vec();
    rest.sort();
    let fields: BTreeMap<&str, String> = message
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "Tags")
        .map(|(name, value)| (name.as_str(), sorted_json(value)))
        .collect();
    format!("{fields:?} {fixed:?} {rest:?}")
}

/// Text that holds JSON is compared by its value, not by the order of its keys.
fn sorted_json(value: &Value) -> String {
    let Some(text) = value.as_str() else {
        return value.to_string();
    };
    let text = normal(text);
    let inner = serde_json::from_str::<Value>(&text).ok();
    inner.map_or(text, |inner| format!("json {inner}"))
}

fn normal(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("0x") {
        out.push_str(&rest[..at]);
        out.push_str("0x…");
        rest = rest[at + 2..].trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    out.push_str(rest);
    sorted_lines(&without_positions(&without_traceback(&out)))
}

/// `[string ".handlers"]:723: ` is `[runtime]: `; the user's own chunk keeps its line.
fn without_positions(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("[string ") {
        let (before, tail) = rest.split_at(at);
        let runtime = ["[string \".", "[string \"json\"", "[string \\\"json\\\""]
            .iter()
            .any(|start| tail.starts_with(start));
        out.push_str(before);
        let end = tail.find("]:").map_or(tail.len(), |end| end + 2);
        if runtime {
            out.push_str("[runtime]:");
            rest = tail[end..].trim_start_matches(|c: char| c.is_ascii_digit());
        } else {
            out.push_str(&tail[..end]);
            rest = &tail[end..];
        }
    }
    out.push_str(rest);
    out
}

fn without_traceback(text: &str) -> String {
    let (Some(start), Some(end)) = (
        text.find("stack traceback:"),
        text.rfind("\u{1b}[31merror:"),
    ) else {
        return text.to_owned();
    };
    format!("{}{}", &text[..start], &text[end..])
}

/// A printed table's lines come in the order of `pairs`: from the line that ends with its brace to the brace that
/// closes it. All other lines keep their order.
fn sorted_lines(text: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let mut start = None;
    for index in 0..lines.len() {
        match start {
            None if lines[index].ends_with('{') => start = Some(index),
            Some(first) if matches!(lines[index], "}" | " }") => {
                for line in &mut lines[first..=index] {
                    *line = line.trim_end_matches(',');
                }
                lines[first..=index].sort_unstable();
                start = None;
            }
            _ => {}
        }
    }
    lines.join("\n")
}
