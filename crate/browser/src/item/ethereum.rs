//! Which key an Ethereum wallet has: it tells its address alone, and an item of type 3 holds the key.

use ao_data_item::{Address, Error, SignatureType, ethereum};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;

use super::invalid;
use super::parsed::crypto;
use crate::error::with_code;
use crate::object::object;
use crate::promise::promise;

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
/// `KEY_INVALID`: no key can have made it. `UNSUPPORTED`: the curve of Ethereum could not be loaded.
#[wasm_bindgen(
    js_name = recoverEthereumKey,
    unchecked_return_type = "Promise<EthereumKey>"
)]
pub fn recover_ethereum_key(message: Vec<u8>, signature: Vec<u8>) -> Promise {
    promise(async move { recover(&message, &signature).await })
}

async fn recover(message: &[u8], signature: &[u8]) -> Result<JsValue, JsValue> {
    let signature = signature.try_into().map_err(|_| {
        let length = signature.len();
        with_code(
            "KEY_INVALID",
            &format!("a signature is 65 bytes long, not {length}"),
        )
    })?;
    let key = match ethereum::recover_key(message, signature, &crypto()).await {
        Ok(key) => key,
        Err(error @ Error::VerifierUnavailable { .. }) => return Err(invalid(error)),
        Err(error) => return Err(with_code("KEY_INVALID", &error.to_string())),
    };
    let address = Address::of(SignatureType::Ethereum, &key).map_err(invalid)?;
    let key = object(&[
        ("publicKey", Uint8Array::from(key.as_slice()).into()),
        ("address", address.as_str().into()),
    ])?;
    Ok(key.into())
}
