//! What an evaluation came to: what is kept, and what goes on its way.

use std::borrow::Cow;

use ao_data_item::Tag;
use serde::{Deserialize, Serialize};

use crate::json::{Json, to_text};
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
#[derive(Debug, Default)]
pub(crate) struct OutgoingAssignment {
    message: String,
    processes: Vec<String>,
    exclude: Vec<String>,
}

/// A message or a spawn in an outbox.
#[derive(Debug, Default)]
pub(crate) struct Outgoing {
    target: Option<String>,
    data: String,
    anchor: String,
    tags: Vec<Tag>,
    assignees: Vec<String>,
}

/// What a machine answers, its parts left as they are.
#[derive(Default)]
struct Answer<'a> {
    error: Option<Json<'a>>,
    output: Option<Json<'a>>,
    messages: Option<Json<'a>>,
    spawns: Option<Json<'a>>,
    assignments: Option<Json<'a>>,
}

impl<'a> Answer<'a> {
    fn parse(text: &'a str) -> Result<Self, String> {
        let answer = Json::parse(text).map_err(|malformed| malformed.to_string())?;
        if !answer.is_object() {
            return Err("it is no object".to_owned());
        }
        let mut parts = Self::default();
        for (name, value) in answer.fields() {
            let part = match &*name {
                "Error" => &mut parts.error,
                "Output" => &mut parts.output,
                "Messages" => &mut parts.messages,
                "Spawns" => &mut parts.spawns,
                "Assignments" => &mut parts.assignments,
                _ => continue,
            };
            *part = Some(value).filter(|value| !value.is_null());
        }
        Ok(parts)
    }
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
        let answer = match Answer::parse(&text) {
            Ok(answer) => answer,
            Err(error) => {
                let reason = format!("the machine's answer is no outcome: {error}");
                return (Self::failure(&reason, gas), Effects::default());
            }
        };
        if let Some(error) = answer.error.filter(|error| is_true(*error)) {
            return (Self::with_error(error.text(), gas), Effects::default());
        }
        let effects = Effects {
            messages: outbox(answer.messages, Outgoing::of),
            spawns: outbox(answer.spawns, Outgoing::of),
            assignments: outbox(answer.assignments, |entry| {
                Some(OutgoingAssignment::of(entry))
            }),
        };
        let [messages, spawns, assignments] = [answer.messages, answer.spawns, answer.assignments]
            .map(|list| list.map_or("[]", Json::text));
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
        Self::with_error(&to_text(reason), gas)
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

    /// An entry of one of its lists, as JSON text.
    pub(crate) fn entry(&self, list: &str, position: usize) -> String {
        let outcome = Json::parse(self.as_json()).ok();
        let list = outcome.and_then(|outcome| outcome.field(list));
        let entry = list.and_then(|list| list.elements().nth(position));
        entry.map_or("null".to_owned(), Json::compact)
    }

    /// The outcome as JSON text.
    pub fn as_json(&self) -> &str {
        std::str::from_utf8(&self.json).unwrap_or_default()
    }
}

/// What a process shows. As the network's compute unit has it, a number becomes text.
fn output(output: Option<Json<'_>>) -> String {
    let output = output.map_or("\"\"", Json::text);
    if output.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        format!("\"{output}\"")
    } else {
        output.to_owned()
    }
}

/// Whether a value counts as an error: JavaScript's idea of it, for that asks the network's compute unit.
fn is_true(value: Json<'_>) -> bool {
    !matches!(value.text(), "null" | "false" | "0" | "\"\"")
}

/// The entries of an outbox that can be sent; what is not even a message stays in the outcome alone.
fn outbox<T>(list: Option<Json<'_>>, read: impl Fn(Json<'_>) -> Option<T>) -> Outbox<T> {
    let entries = list.into_iter().flat_map(Json::elements);
    (0..)
        .zip(entries)
        .filter(|(_, entry)| entry.is_object())
        .filter_map(|(position, entry)| Some((position, read(entry)?)))
        .collect()
}

impl Outgoing {
    fn of(entry: Json<'_>) -> Option<Self> {
        let mut outgoing = Self::default();
        for (name, value) in entry.fields() {
            match &*name {
                "Target" => outgoing.target = value.string().map(Cow::into_owned),
                "Data" => outgoing.data = text_of(value),
                "Anchor" => outgoing.anchor = text_of(value),
                "Tags" => outgoing.read_tags(value)?,
                _ => {}
            }
        }
        Some(outgoing)
    }

    fn read_tags(&mut self, tags: Json<'_>) -> Option<()> {
        if !tags.is_list() {
            return None;
        }
        for tag in tags.elements() {
            // A tag may be written as a list of both, too.
            let (name, value) = if tag.is_list() {
                let mut parts = tag.elements();
                (parts.next()?, parts.next())
            } else {
                (tag.field("name")?, tag.field("value"))
            };
            // Only names that are text count; a value that is no text becomes its JSON.
            let Some(name) = name.string() else {
                continue;
            };
            if name == "Assignments" && self.assignees.is_empty() {
                self.assignees = value.map(texts_of).unwrap_or_default();
            }
            let value = value.map(text_of).unwrap_or_default();
            self.tags.push(Tag::new(name, value));
        }
        Some(())
    }

    pub(crate) fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    pub(crate) fn anchor(&self) -> String {
        self.anchor.clone()
    }

    /// The body; as the network's messenger has it, an empty one is a blank.
    pub(crate) fn data(&self) -> Vec<u8> {
        if self.data.is_empty() {
            b" ".to_vec()
        } else {
            self.data.clone().into_bytes()
        }
    }

    /// The processes that its tag `Assignments` names: they get the message too.
    pub(crate) fn assignees(&self) -> Vec<String> {
        self.assignees.clone()
    }

    /// The tags.
    pub(crate) fn tags(&self) -> impl Iterator<Item = Tag> {
        self.tags.iter().cloned()
    }
}

impl OutgoingAssignment {
    fn of(entry: Json<'_>) -> Self {
        let mut outgoing = Self::default();
        for (name, value) in entry.fields() {
            match &*name {
                "Message" => outgoing.message = text_of(value),
                "Processes" => outgoing.processes = texts_of(value),
                "Exclude" => outgoing.exclude = texts_of(value),
                _ => {}
            }
        }
        outgoing
    }

    /// The id of the message.
    pub(crate) fn message(&self) -> String {
        self.message.clone()
    }

    /// The processes that it shall be assigned to.
    pub(crate) fn processes(&self) -> Vec<String> {
        self.processes.clone()
    }

    /// The fields that they are not to see.
    pub(crate) fn exclude(&self) -> Vec<String> {
        self.exclude.clone()
    }
}

/// One text or several.
fn texts_of(value: Json<'_>) -> Vec<String> {
    if value.is_list() {
        value.elements().map(text_of).collect()
    } else if value.is_null() {
        Vec::new()
    } else {
        vec![text_of(value)]
    }
}

fn text_of(value: Json<'_>) -> String {
    if value.is_null() {
        return String::new();
    }
    let text = value.string().map(Cow::into_owned);
    text.unwrap_or_else(|| value.compact())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

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
        let list = Json::parse(r#"[1, {"Target":"a"}, "x", {"Target":"b"}]"#).unwrap();
        let outbox = outbox(Some(list), Outgoing::of);
        let places: Vec<(u64, Option<&str>)> = outbox
            .iter()
            .map(|(place, outgoing)| (*place, outgoing.target()))
            .collect();
        assert_eq!(places, [(1, Some("a")), (3, Some("b"))]);
    }
}
