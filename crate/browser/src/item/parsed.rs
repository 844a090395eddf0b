//! Items that somebody made: what they say, and whether their owner signed them.

use ao_data_item::{DataItem, verify};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;

use super::invalid;
use crate::crypto::WebCrypto;
use crate::object::object;
use crate::promise::promise;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a data item says. */
export interface ParsedItem {
  id: string;
  signatureType: number;
  signature: Uint8Array<ArrayBuffer>;
  owner: Uint8Array<ArrayBuffer>;
  address: string;
  target: string | undefined;
  anchor: Uint8Array<ArrayBuffer> | undefined;
  tags: { name: string; value: string }[];
  data: Uint8Array<ArrayBuffer>;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `ParsedItem` of the TypeScript declarations.
    #[wasm_bindgen(typescript_type = "ParsedItem")]
    #[derive(Debug)]
    pub type ParsedItem;
}

thread_local! {
    /// Keeps its keys from one item to the next.
    static CRYPTO: WebCrypto = WebCrypto::default();
}

/// What a data item says. Its signature is not looked at.
///
/// # Errors
///
/// `ITEM_INVALID`: what is malformed, and at which byte.
#[wasm_bindgen(js_name = parseItem)]
pub fn parse_item(item: Vec<u8>) -> Result<ParsedItem, JsValue> {
    let item = DataItem::parse(item).map_err(invalid)?;
    Ok(fields(&item)?.unchecked_into())
}

/// Which data item the bytes are, and the address of its owner, who signed it.
///
/// # Errors
///
/// `ITEM_INVALID`: what is malformed, and at which byte. `SIGNATURE_INVALID`: its owner did not sign it.
/// `UNSUPPORTED`: Web Crypto is missing, or failed, or the curve of Ethereum could not be loaded.
#[wasm_bindgen(js_name = identifyItem, unchecked_return_type = "Promise<{ id: string; owner: string }>")]
pub fn identify_item(item: Vec<u8>) -> Promise {
    promise(async move {
        let item = DataItem::parse(item).map_err(invalid)?;
        verify(&item, &crypto()).await.map_err(invalid)?;
        let identity = object(&[
            ("id", item.id().to_string().into()),
            ("owner", item.address().as_str().into()),
        ])?;
        Ok(identity.into())
    })
}

/// What verifies items outside of a unit.
pub(crate) fn crypto() -> WebCrypto {
    CRYPTO.with(WebCrypto::clone)
}

/// The fields of an item, as an object.
pub(super) fn fields(item: &DataItem) -> Result<JsValue, JsValue> {
    let text = |text: &str| JsValue::from_str(text);
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let tags = Array::new();
    for tag in item.tags() {
        tags.push(&object(&[("name", text(&tag.name)), ("value", text(&tag.value))])?.into());
    }
    let target = item.target().map(|target| text(&target.to_string()));
    let anchor = item.anchor().map(|anchor| bytes(anchor));
    let fields = object(&[
        ("id", text(&item.id().to_string())),
        ("signatureType", item.signature_type().code().into()),
        ("signature", bytes(item.signature())),
        ("owner", bytes(item.owner())),
        ("address", text(item.address().as_str())),
        ("target", target.unwrap_or_default()),
        ("anchor", anchor.unwrap_or_default()),
        ("tags", tags.into()),
        ("data", bytes(item.data())),
    ])?;
    Ok(fields.into())
}
