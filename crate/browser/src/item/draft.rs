//! Items to be: laid out and sealed here, signed by whoever holds the key.

use ao_data_item::{Draft, SignatureType, Tag, Unsigned};
use js_sys::Uint8Array;
use serde::Deserialize;
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
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    target: Option<String>,
    #[serde(default)]
    anchor: Option<String>,
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
    let envelope: Envelope = serde_wasm_bindgen::from_value(fields.into())
        .map_err(|error| with_code("ITEM_INVALID", &format!("the fields of an item: {error}")))?;
    let data = fields.data();
    let data = match data.as_string() {
        Some(text) => text.into_bytes(),
        None => Uint8Array::new(&data).to_vec(),
    };
    let draft = Draft {
        target: envelope
            .target
            .map(|target| target.parse().map_err(invalid))
            .transpose()?,
        anchor: envelope.anchor.map(anchor_bytes).transpose()?,
        tags: envelope.tags,
        data,
    };
    let signature_type = SignatureType::try_from(signature_type).map_err(invalid)?;
    draft.for_owner(signature_type, public_key).map_err(invalid)
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
