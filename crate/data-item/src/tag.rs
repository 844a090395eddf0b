use serde::{Deserialize, Serialize};

/// A name and its value. Names need not be unique in an item, and their order is kept.
///
/// ```
/// use ao_data_item::Tag;
///
/// let json = serde_json::to_string(&Tag::new("Action", "Eval")).unwrap();
/// assert_eq!(json, r#"{"name":"Action","value":"Eval"}"#);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Tag {
    /// The name: not empty in an item; capitals count.
    pub name: String,
    /// The value, which may be empty.
    pub value: String,
}

impl Tag {
    /// A tag of that name and value. What an item allows is checked when it is laid out.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Tag {
        Tag {
            name: name.into(),
            value: value.into(),
        }
    }
}
