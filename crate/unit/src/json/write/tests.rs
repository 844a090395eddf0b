use serde_json::json;

use super::*;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Tagged {
    Nothing,
    Something { one: u64, two: Option<&'static str> },
}

#[derive(Serialize)]
enum Plain {
    Nothing,
    One(i64),
    Fields { a: (u8, bool), b: char },
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    part: Part,
    tagged: Vec<Tagged>,
    plain: [Plain; 3],
    empty: Vec<u8>,
}

#[derive(Serialize)]
struct Part {
    text: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<u8>,
}

#[test]
fn it_writes_what_serde_json_writes() {
    let value = Whole {
        part: Part {
            text: "\"\\/\u{8}\t\n\u{c}\r\u{1}\u{1f}\u{7f}ü😀 and more, \u{2028}",
            missing: None,
        },
        tagged: vec![
            Tagged::Nothing,
            Tagged::Something {
                one: u64::MAX,
                two: None,
            },
        ],
        plain: [
            Plain::Nothing,
            Plain::One(i64::MIN),
            Plain::Fields {
                a: (0, true),
                b: '"',
            },
        ],
        empty: Vec::new(),
    };
    assert_eq!(to_text(&value), serde_json::to_string(&value).unwrap());
}

#[test]
fn what_is_written_already_is_taken_over() {
    let raw = Raw("{\"a\":[1]}".to_owned());
    assert_eq!(to_text(&[raw]), json!([{ "a": [1] }]).to_string());
}

#[test]
fn what_has_no_place_in_json_is_null() {
    assert_eq!(to_text(&1.5), "null");
}
