//! Items to be: laid out and sealed here, signed by whoever holds the key.

use ao_data_item::{Draft, SignatureType, Tag, Unsigned};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::invalid;
use crate::error::with_code;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a data item is to hold. */
export interface ItemFields {
  /** The body. */
  data: string | Uint8Array;
  /** Tags, in order. */
  tags: { name: string; value: string }[];
  /** The id of the process that it is for. */
  target?: string | undefined;
  /** 32 bytes that make it unique. */
  anchor?: string | undefined;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `ItemFields` of the TypeScript declarations.
    #[wasm_bindgen(typescript_type = "ItemFields")]
    #[derive(Debug)]
    pub type ItemFields;

    #[wasm_bindgen(method, getter)]
    fn data(this: &ItemFields) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn tags(this: &ItemFields) -> JsValue;
}

/// The 48 bytes that are to be signed.
///
/// # Errors
///
/// `ITEM_INVALID`: a field that a data item cannot hold.
#[wasm_bindgen(js_name = signingHash)]
pub fn signing_hash(
    fields: &ItemFields,
    signature_type: u16,
    public_key: &[u8],
) -> Result<Uint8Array, JsValue> {
    let hash = lay_out(fields, signature_type, public_key)?.signing_hash();
    Ok(Uint8Array::from(hash.as_slice()))
}

/// The signed data item, as its bytes.
///
/// # Errors
///
/// `ITEM_INVALID`: a field that a data item cannot hold, or a signature of a wrong length.
#[wasm_bindgen(js_name = sealItem)]
pub fn seal_item(
    fields: &ItemFields,
    signature_type: u16,
    public_key: &[u8],
    signature: &[u8],
) -> Result<Uint8Array, JsValue> {
    let item = lay_out(fields, signature_type, public_key)?
        .seal(signature)
        .map_err(invalid)?;
    Ok(Uint8Array::from(item.as_bytes()))
}

fn lay_out(
    fields: &ItemFields,
    signature_type: u16,
    public_key: &[u8],
) -> Result<Unsigned, JsValue> {
    let target = text_of(fields, "target")?;
    let anchor = text_of(fields, "anchor")?;
    let data = fields.data();
    let data = match data.as_string() {
        Some(text) => text.into_bytes(),
        None => Uint8Array::new(&data).to_vec(),
    };
    let draft = Draft {
        target: target
            .map(|target| target.parse().map_err(invalid))
            .transpose()?,
        anchor: anchor.map(anchor_bytes).transpose()?,
        tags: tags_of(&fields.tags())?,
        data,
    };
    let signature_type = SignatureType::try_from(signature_type).map_err(invalid)?;
    draft.for_owner(signature_type, public_key).map_err(invalid)
}

fn tags_of(tags: &JsValue) -> Result<Vec<Tag>, JsValue> {
    if tags.is_undefined() {
        return Ok(Vec::new());
    }
    if !Array::is_array(tags) {
        return Err(unlike("tags", "a list"));
    }
    let part = |tag: &JsValue, name| {
        text_of(tag, name)?.ok_or_else(|| unlike(name, "text, of each of the tags"))
    };
    let tag = |tag: JsValue| Ok(Tag::new(part(&tag, "name")?, part(&tag, "value")?));
    Array::from(tags).iter().map(tag).collect()
}

/// A property that is text, if it is there.
fn text_of(object: &JsValue, name: &str) -> Result<Option<String>, JsValue> {
    let value = Reflect::get(object, &name.into()).unwrap_or_default();
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    match value.as_string() {
        Some(text) => Ok(Some(text)),
        None => Err(unlike(name, "text")),
    }
}

fn unlike(name: &str, expected: &str) -> JsValue {
    with_code(
        "ITEM_INVALID",
        &format!("the fields of an item: {name} must be {expected}"),
    )
}

fn anchor_bytes(anchor: String) -> Result<[u8; 32], JsValue> {
    let bytes = anchor.into_bytes();
    let length = bytes.len();
    bytes.try_into().map_err(|_| {
        with_code(
            "ITEM_INVALID",
            &format!("an anchor is 32 bytes long, not {length}"),
        )
    })
}
