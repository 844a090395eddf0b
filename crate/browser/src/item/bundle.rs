//! Many items in one piece of data.

use ao_data_item::{Bundle, DataItem};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::invalid;
use super::parsed::fields;
use crate::error::{message_of, with_code};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** An item of a bundle, and its bytes. */
export interface BundledItem extends ParsedItem {
  raw: Uint8Array<ArrayBuffer>;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `BundledItem[]` of the TypeScript declarations.
    #[wasm_bindgen(typescript_type = "BundledItem[]")]
    #[derive(Debug)]
    pub type BundledItems;
}

/// The bundle of these items, in their order.
///
/// # Errors
///
/// `ITEM_INVALID`: one of them is malformed. It says which.
#[wasm_bindgen(js_name = createBundle)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "the shape that wasm-bindgen takes"
)]
pub fn create_bundle(items: Vec<Uint8Array>) -> Result<Uint8Array, JsValue> {
    let mut parsed = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        parsed.push(
            DataItem::parse(item.to_vec())
                .map_err(|error| with_code("ITEM_INVALID", &format!("item {index}: {error}")))?,
        );
    }
    Ok(Uint8Array::from(Bundle::of(&parsed).as_bytes()))
}

/// The items of a bundle. Their signatures are not looked at.
///
/// # Errors
///
/// `ITEM_INVALID`: what is malformed, in which item, and at which byte of the bundle.
#[wasm_bindgen(js_name = parseBundle)]
pub fn parse_bundle(bundle: Vec<u8>) -> Result<BundledItems, JsValue> {
    let bundle = Bundle::parse(bundle).map_err(invalid)?;
    let items = Array::new();
    for item in bundle.items() {
        let item = item.map_err(invalid)?;
        let fields = fields(&item)?;
        let raw = Uint8Array::from(item.as_bytes());
        Reflect::set(&fields, &"raw".into(), &raw)
            .map_err(|thrown| with_code("INTERNAL", &message_of(&thrown)))?;
        items.push(&fields);
    }
    Ok(items.unchecked_into())
}
