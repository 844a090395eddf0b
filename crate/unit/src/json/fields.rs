//! The fields of an object, by the names that it may have.

use std::borrow::Cow;

use ao_data_item::Tag;

use super::Json;

/// The fields of an object that has one of each name at most. What is `null` is as good as missing.
///
/// Every error says what is wrong, with the name of its field.
#[derive(Debug)]
pub struct Fields<'a> {
    fields: Vec<(Cow<'a, str>, Json<'a>)>,
}

impl<'a> Fields<'a> {
    /// Reads an object.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or no object, or has a field twice.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        Self::of(Json::parse(text).map_err(|malformed| malformed.to_string())?)
    }

    /// The fields of an object.
    ///
    /// # Errors
    ///
    /// When it is none, or has a field twice.
    pub fn of(value: Json<'a>) -> Result<Self, String> {
        if !value.is_object() {
            return Err(format!("{} is no object", value.text()));
        }
        let mut fields: Vec<(Cow<'_, str>, Json<'_>)> = Vec::new();
        for (name, value) in value.fields() {
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(format!("duplicate field `{name}`"));
            }
            fields.push((name, value));
        }
        fields.retain(|(_, value)| !value.is_null());
        Ok(Self { fields })
    }

    /// Refuses fields of other names.
    ///
    /// # Errors
    ///
    /// When there is one.
    pub fn only(self, names: &[&str]) -> Result<Self, String> {
        let mut others = self.fields.iter().map(|(name, _)| name);
        match others.find(|name| !names.contains(&&***name)) {
            None => Ok(self),
            Some(name) => Err(format!(
                "unknown field `{name}`, expected one of `{}`",
                names.join("`, `")
            )),
        }
    }

    /// A field.
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        let mut fields = self.fields.iter();
        fields
            .find(|(known, _)| known == name)
            .map(|(_, value)| *value)
    }

    /// A field that is text.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn text(&self, name: &str) -> Result<Option<String>, String> {
        let text = |value: Json<'_>| value.string().map(Cow::into_owned);
        self.read(name, text, "text")
    }

    /// A field that is a whole number from 0 on.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn number(&self, name: &str) -> Result<Option<u64>, String> {
        self.read(name, Json::number, "a whole number from 0 on")
    }

    /// A field that is an object; an empty one where it is missing.
    ///
    /// # Errors
    ///
    /// When it is something else, or has a field of a name that is not among `names`.
    pub fn object(&self, name: &str, names: &[&str]) -> Result<Self, String> {
        match self.get(name) {
            Some(value) => Self::of(value)?.only(names),
            None => Ok(Self { fields: Vec::new() }),
        }
    }

    /// A field that is a list of tags, each with a name and a value that are text; none where it is missing.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn tags(&self, name: &str) -> Result<Vec<Tag>, String> {
        let tag = |tag: Json<'_>| {
            Some(Tag::new(
                tag.field("name")?.string()?,
                tag.field("value")?.string()?,
            ))
        };
        let tags = |value: Json<'_>| {
            let tags = value.is_list().then(|| value.elements().map(tag));
            tags?.collect()
        };
        let tags = self.read(name, tags, "a list of tags, each with a name and a value")?;
        Ok(tags.unwrap_or_default())
    }

    fn read<T>(
        &self,
        name: &str,
        read: impl Fn(Json<'a>) -> Option<T>,
        expected: &str,
    ) -> Result<Option<T>, String> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match read(value) {
            Some(read) => Ok(Some(read)),
            None => Err(format!(
                "invalid value of `{name}`: {}, expected {expected}",
                value.text()
            )),
        }
    }
}
