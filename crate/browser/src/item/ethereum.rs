//! Which key an Ethereum wallet has: it tells its address alone, and an item of type 3 holds the key.

use ao_data_item::{Address, SignatureType, ethereum};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::invalid;
use crate::error::with_code;
use crate::object::object;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A key that was recovered from a signature. */
export interface EthereumKey {
  /** 65 bytes, uncompressed. */
  publicKey: Uint8Array<ArrayBuffer>;
  address: string;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `EthereumKey` of the TypeScript declarations.
    #[wasm_bindgen(typescript_type = "EthereumKey")]
    #[derive(Debug)]
    pub type EthereumKey;
}

/// The key that made a signature of a personal message.
///
/// # Errors
///
/// `KEY_INVALID`: no key can have made it.
#[wasm_bindgen(js_name = recoverEthereumKey)]
pub fn recover_ethereum_key(message: &[u8], signature: &[u8]) -> Result<EthereumKey, JsValue> {
    let signature = signature.try_into().map_err(|_| {
        let length = signature.len();
        with_code(
            "KEY_INVALID",
            &format!("a signature is 65 bytes long, not {length}"),
        )
    })?;
    let key = ethereum::recover_key(message, signature)
        .map_err(|error| with_code("KEY_INVALID", &error.to_string()))?;
    let address = Address::of(SignatureType::Ethereum, &key).map_err(invalid)?;
    let key = object(&[
        ("publicKey", Uint8Array::from(key.as_slice()).into()),
        ("address", address.as_str().into()),
    ])?;
    Ok(key.unchecked_into())
}
