//! A value where it stands in its text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::scan::{Malformed, Scanner, plain};
use super::write::push_string;

/// A value in a JSON text. It is read when it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// Checks a text.
    ///
    /// # Errors
    ///
    /// When it is no JSON.
    pub fn parse(text: &'a str) -> Result<Self, Malformed> {
        let mut scanner = Scanner::new(text);
        scanner.blanks();
        let start = scanner.at;
        scanner.value()?;
        let value = &text[start..scanner.at];
        scanner.end()?;
        Ok(Self(value))
    }

    /// The value as it is written.
    pub fn text(self) -> &'a str {
        self.0
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.0.starts_with('[')
    }

    /// Its text, if it is a string. Half of a pair of surrogates becomes U+FFFD.
    pub fn string(self) -> Option<Cow<'a, str>> {
        let inner = self.0.strip_prefix('"')?.strip_suffix('"')?;
        if inner.contains('\\') {
            Some(Cow::Owned(unescaped(inner)))
        } else {
            Some(Cow::Borrowed(inner))
        }
    }

    /// Its value, if it is a whole number from 0 on.
    pub fn number(self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// Its elements, if it is a list; otherwise none.
    pub fn elements(self) -> impl Iterator<Item = Json<'a>> {
        Parts::of(self, b'[').map(|(_, element)| element)
    }

    /// Its fields in their order, if it is an object; otherwise none.
    pub fn fields(self) -> impl Iterator<Item = (Cow<'a, str>, Json<'a>)> {
        Parts::of(self, b'{').filter_map(|(name, value)| Some((name?.string()?, value)))
    }

    /// Its last field of this name.
    pub fn field(self, name: &str) -> Option<Json<'a>> {
        let named = self.fields().filter(|(field, _)| field == name);
        named.last().map(|(_, value)| value)
    }

    /// The value without blanks, the fields of objects in the order of their names, the last of each.
    pub fn compact(self) -> String {
        let mut out = String::new();
        self.push_compact(&mut out);
        out
    }

    fn push_compact(self, out: &mut String) {
        if let Some(text) = self.string() {
            push_string(out, &text);
        } else if self.is_object() {
            let fields: BTreeMap<_, _> = self.fields().collect();
            for (at, (name, value)) in fields.iter().enumerate() {
                out.push(if at == 0 { '{' } else { ',' });
                push_string(out, name);
                out.push(':');
                value.push_compact(out);
            }
            out.push_str(if fields.is_empty() { "{}" } else { "}" });
        } else if self.is_list() {
            out.push('[');
            for (at, element) in self.elements().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                element.push_compact(out);
            }
            out.push(']');
        } else {
            out.push_str(self.0);
        }
    }
}

/// The parts of a list or of an object; those of an object have names.
struct Parts<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    is_object: bool,
}

impl<'a> Parts<'a> {
    fn of(value: Json<'a>, open: u8) -> Self {
        let is_one = value.0.as_bytes().first() == Some(&open);
        let text = if is_one { value.0 } else { "" };
        Self {
            text,
            scanner: Scanner::new(text),
            is_object: open == b'{',
        }
    }

    fn value(&mut self) -> Option<Json<'a>> {
        self.scanner.blanks();
        let start = self.scanner.at;
        self.scanner.value().ok()?;
        Some(Json(&self.text[start..self.scanner.at]))
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = (Option<Json<'a>>, Json<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        // A bracket or a comma; behind the last part, the end, where no value follows.
        self.scanner.blanks();
        self.scanner.at += 1;
        let mut name = None;
        if self.is_object {
            name = Some(self.value()?);
            self.scanner.blanks();
            self.scanner.at += 1;
        }
        Some((name, self.value()?))
    }
}

fn unescaped(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    loop {
        let length = plain(rest.as_bytes());
        out.push_str(&rest[..length]);
        let mut escape = rest[length..].chars();
        // The backslash.
        if escape.next().is_none() {
            return out;
        }
        let character = match escape.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let (character, behind) = of_code(escape.as_str());
                out.push(character);
                rest = behind;
                continue;
            }
            other => other.unwrap_or_default(),
        };
        out.push(character);
        rest = escape.as_str();
    }
}

/// The character of four hexadecimal digits, or of two times four, and what stands behind them.
fn of_code(text: &str) -> (char, &str) {
    let unit = |text: &str| u32::from_str_radix(text.get(..4)?, 16).ok();
    let (first, rest) = (
        unit(text).unwrap_or_default(),
        text.get(4..).unwrap_or_default(),
    );
    if (0xD800..0xDC00).contains(&first) {
        let low = rest.strip_prefix("\\u").and_then(unit);
        if let Some(low) = low.filter(|low| (0xDC00..0xE000).contains(low)) {
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            let behind = rest.get(6..).unwrap_or_default();
            return (char::from_u32(code).unwrap_or_default(), behind);
        }
    }
    (char::from_u32(first).unwrap_or('\u{FFFD}'), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_where_they_stand() {
        let value = Json::parse(r#" { "a" : [1 , "x\ny", {"b":[]}, []] , "c\u0041": -1.5e+3 } "#);
        let value = value.unwrap();
        let list: Vec<_> = value.field("a").unwrap().elements().collect();
        assert_eq!(list[0].number(), Some(1));
        assert_eq!(list[1].string().unwrap(), "x\ny");
        assert_eq!(list[2].text(), r#"{"b":[]}"#);
        assert_eq!((list.len(), list[3].elements().count()), (4, 0));
        assert_eq!(value.field("cA").unwrap().text(), "-1.5e+3");
        assert!(value.field("b").is_none());
        assert_eq!(value.elements().count() + list[0].fields().count(), 0);
    }

    #[test]
    fn a_text_is_json_where_serde_json_says_so() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        for text in [
            "",
            " ",
            "nul",
            "null",
            "true ",
            "tru",
            "0",
            "-0",
            "01",
            "-",
            "1.",
            "1.5",
            ".5",
            "1e",
            "1e5",
            "1E-7",
            "+1",
            "\"\"",
            "\"",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12aF\"",
            "\"\t\"",
            "\"12345678\t\"",
            "\"1234567\\\"89\"",
            "[]",
            "[,]",
            "[1,]",
            "[1 2]",
            "[1",
            "]",
            "{}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "{\"a\":1,\"b\":[{}]}",
            "{\"a\":1]",
            "[1}",
            "1 1",
            "\u{feff}1",
            "\"ü\u{7f}\"",
            &deep(127),
            &deep(1024),
        ] {
            let expected = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
            assert_eq!(Json::parse(text).is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_nested_without_end_is_refused() {
        let text = "[".repeat(100_000);
        assert!(Json::parse(&text).is_err());
    }

    #[test]
    fn what_is_compact_is_what_serde_json_makes_of_it() {
        for text in [
            r#" { "b" : 1 , "a" : [ true , null , 1.50 , "\u00e9\/\ud83d\ude00\u0001\n\\\"" ] , "b" : { } } "#,
            r#"["", [], {}, [[ ]], {"ü": {"y": 2, "x": 1}}]"#,
        ] {
            let expected: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(Json::parse(text).unwrap().compact(), expected.to_string());
        }
    }

    #[test]
    fn half_a_pair_of_surrogates_is_mended() {
        for text in [
            r#""\ud800""#,
            r#""\ud800x""#,
            r#""\udc00""#,
            r#""\ud800\n""#,
        ] {
            let text = Json::parse(text).unwrap().string().unwrap().into_owned();
            assert!(text.starts_with('\u{FFFD}'), "{text}");
        }
        let twice = Json::parse(r#""\ud800\ud83d\ude00""#).unwrap();
        assert_eq!(twice.string().unwrap(), "\u{FFFD}😀");
    }
}
