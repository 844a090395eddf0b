//! What an evaluation came to: what is kept, and what goes on its way.

use ao_data_item::Tag;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::machine::{Evaluation, Verdict};

/// The outcome of an evaluation, as the log keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether the process failed, and its state stayed as it was.
    pub failed: bool,
    /// `{Messages, Spawns, Assignments, Output, Error?, GasUsed}` as JSON text.
    #[serde(with = "serde_bytes")]
    pub json: Vec<u8>,
}

/// What an outcome asks of the messenger, each with its place in the list where it stands.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    pub(crate) messages: Outbox<Outgoing>,
    pub(crate) spawns: Outbox<Outgoing>,
    pub(crate) assignments: Outbox<OutgoingAssignment>,
}

/// The entries of an outbox that can be sent, by their places.
pub(crate) type Outbox<T> = Vec<(u64, T)>;

impl Effects {
    pub(crate) fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.spawns.is_empty() && self.assignments.is_empty()
    }
}

/// An assignment in an outbox: a message that shall be assigned to processes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct OutgoingAssignment {
    #[serde(default)]
    message: Value,
    #[serde(default)]
    processes: Value,
    #[serde(default)]
    exclude: Value,
}

/// A message or a spawn in an outbox.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Outgoing {
    #[serde(default)]
    target: Value,
    #[serde(default)]
    data: Value,
    #[serde(default)]
    anchor: Value,
    #[serde(default)]
    tags: Vec<OutgoingTag>,
}

#[derive(Debug, Deserialize)]
struct OutgoingTag {
    name: Value,
    #[serde(default)]
    value: Value,
}

/// What a machine answers, its parts left as they are.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer<'a> {
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
    #[serde(borrow, default)]
    output: Option<&'a RawValue>,
    #[serde(borrow, default)]
    messages: Option<&'a RawValue>,
    #[serde(borrow, default)]
    spawns: Option<&'a RawValue>,
    #[serde(borrow, default)]
    assignments: Option<&'a RawValue>,
}

impl Outcome {
    /// Concludes an evaluation: its outcome, and what it asks to have done.
    pub(crate) fn conclude(evaluation: &Evaluation) -> (Self, Effects) {
        let gas = evaluation.gas_used;
        match &evaluation.verdict {
            Verdict::Outcome(text) => Self::of_answer(text, gas),
            Verdict::Thrown(reason) | Verdict::Trapped(reason) => {
                (Self::failure(reason, gas), Effects::default())
            }
            Verdict::OutOfGas => {
                let reason = format!("out of gas: the evaluation used more than {gas}");
                (Self::failure(&reason, gas), Effects::default())
            }
        }
    }

    fn of_answer(text: &[u8], gas: u64) -> (Self, Effects) {
        // The machine writes the process's bytes as they are; text that is not UTF-8 is mended here.
        let text = String::from_utf8_lossy(text);
        let answer: Answer<'_> = match serde_json::from_str(&text) {
            Ok(answer) => answer,
            Err(error) => {
                let reason = format!("the machine's answer is no outcome: {error}");
                return (Self::failure(&reason, gas), Effects::default());
            }
        };
        if let Some(error) = answer.error.filter(|error| is_true(error)) {
            return (Self::with_error(error.get(), gas), Effects::default());
        }
        let messages = answer.messages.map_or("[]", RawValue::get);
        let spawns = answer.spawns.map_or("[]", RawValue::get);
        let assignments = answer.assignments.map_or("[]", RawValue::get);
        let effects = Effects {
            messages: parse_outbox(messages),
            spawns: parse_outbox(spawns),
            assignments: parse_outbox(assignments),
        };
        let json = format!(
            r#"{{"Messages":{messages},"Spawns":{spawns},"Assignments":{assignments},"Output":{},"GasUsed":{gas}}}"#,
            output(answer.output),
        );
        (
            Self {
                failed: false,
                json: json.into_bytes(),
            },
            effects,
        )
    }

    fn failure(reason: &str, gas: u64) -> Self {
        Self::with_error(&Value::from(reason).to_string(), gas)
    }

    fn with_error(error: &str, gas: u64) -> Self {
        let json = format!(
            r#"{{"Messages":[],"Spawns":[],"Assignments":[],"Output":"","Error":{error},"GasUsed":{gas}}}"#
        );
        Self {
            failed: true,
            json: json.into_bytes(),
        }
    }

    /// The gas that it took: the last number of its JSON.
    pub(crate) fn gas_used(&self) -> u64 {
        let digits = self.as_json().rsplit(':').next().unwrap_or_default();
        digits.trim_end_matches('}').parse().unwrap_or_default()
    }

    /// The outcome as JSON text.
    pub fn as_json(&self) -> &str {
        std::str::from_utf8(&self.json).unwrap_or_default()
    }
}

/// What a process shows. As the network's compute unit has it, a number becomes text.
fn output(output: Option<&RawValue>) -> String {
    let output = output.map_or("\"\"", RawValue::get);
    if output.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        format!("\"{output}\"")
    } else {
        output.to_owned()
    }
}

/// Whether a value counts as an error: JavaScript's idea of it, for that asks the network's compute unit.
fn is_true(value: &RawValue) -> bool {
    !matches!(value.get(), "null" | "false" | "0" | "\"\"")
}

/// The entries of an outbox that can be sent; what is not even a message stays in the outcome alone.
fn parse_outbox<T: DeserializeOwned>(list: &str) -> Outbox<T> {
    if list == "[]" {
        return Vec::new();
    }
    let entries: Vec<&RawValue> = serde_json::from_str(list).unwrap_or_default();
    let entries = (0..).zip(entries).filter_map(|(position, entry)| {
        // A list would be taken for the fields in their order.
        let object = Some(entry.get()).filter(|entry| entry.starts_with('{'))?;
        Some((position, serde_json::from_str(object).ok()?))
    });
    entries.collect()
}

impl Outgoing {
    pub(crate) fn target(&self) -> Option<&str> {
        self.target.as_str()
    }

    pub(crate) fn anchor(&self) -> String {
        text_of(&self.anchor)
    }

    /// The body; as the network's messenger has it, an empty one is a blank.
    pub(crate) fn data(&self) -> Vec<u8> {
        let text = text_of(&self.data);
        if text.is_empty() {
            b" ".to_vec()
        } else {
            text.into_bytes()
        }
    }

    /// The processes that its tag `Assignments` names: they get the message too.
    pub(crate) fn assignees(&self) -> Vec<String> {
        let named = |tag: &&OutgoingTag| tag.name.as_str() == Some("Assignments");
        let tag = self.tags.iter().find(named);
        tag.map(|tag| texts_of(&tag.value)).unwrap_or_default()
    }

    /// The tags whose names are text; a value that is no text becomes its JSON.
    pub(crate) fn tags(&self) -> impl Iterator<Item = Tag> {
        self.tags
            .iter()
            .filter_map(|tag| Some(Tag::new(tag.name.as_str()?, text_of(&tag.value))))
    }
}

impl OutgoingAssignment {
    /// The id of the message.
    pub(crate) fn message(&self) -> String {
        text_of(&self.message)
    }

    /// The processes that it shall be assigned to.
    pub(crate) fn processes(&self) -> Vec<String> {
        texts_of(&self.processes)
    }

    /// The fields that they are not to see.
    pub(crate) fn exclude(&self) -> Vec<String> {
        texts_of(&self.exclude)
    }
}

/// One text or several.
fn texts_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().map(text_of).collect(),
        Value::Null => Vec::new(),
        one => vec![text_of(one)],
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(answer: &str) -> Value {
        let verdict = Verdict::Outcome(answer.as_bytes().to_vec());
        let evaluation = Evaluation {
            verdict,
            gas_used: 7,
        };
        let (outcome, _) = Outcome::conclude(&evaluation);
        serde_json::from_str(outcome.as_json()).unwrap()
    }

    #[test]
    fn what_javascript_takes_for_false_is_no_error() {
        for error in ["null", "false", "0", "\"\""] {
            let answer = format!("{{\"Error\":{error},\"Output\":\"x\"}}");
            assert_eq!(outcome(&answer)["Output"], "x", "{error}");
        }
        for error in ["true", "1", "\"no\"", "{}", "[]"] {
            let answer = format!("{{\"Error\":{error},\"Output\":\"x\"}}");
            assert_eq!(outcome(&answer)["Error"].to_string(), error);
        }
    }

    #[test]
    fn an_output_that_is_a_number_is_text() {
        for (output, shown) in [
            ("42", "\"42\""),
            ("-1.5e3", "\"-1.5e3\""),
            ("{\"data\":1}", "{\"data\":1}"),
        ] {
            let answer = format!("{{\"Output\":{output}}}");
            assert_eq!(outcome(&answer)["Output"].to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_message_does_not_move_the_places_of_others() {
        let outbox: Outbox<Outgoing> = parse_outbox(r#"[1, {"Target":"a"}, "x", {"Target":"b"}]"#);
        let places: Vec<(u64, Option<&str>)> = outbox
            .iter()
            .map(|(place, outgoing)| (*place, outgoing.target()))
            .collect();
        assert_eq!(places, [(1, Some("a")), (3, Some("b"))]);
    }
}
