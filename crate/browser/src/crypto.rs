//! Signatures, verified by Web Crypto.

use std::cell::RefCell;
use std::rc::Rc;

use ao_data_item::RsaVerifier;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::{Array, Object, Reflect, Uint8Array, global};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto, WorkerGlobalScope};

/// The lengths of salt in use: SHA-256's, the longest for a 4096-bit key, and none.
const SALT_LENGTHS: [u32; 3] = [32, 478, 0];

/// RSA-PSS by Web Crypto.
#[derive(Clone, Debug, Default)]
pub struct WebCrypto {
    /// The key that was used last, and its modulus: one wallet signs most of what a page sends.
    last_key: Rc<RefCell<Option<KnownKey>>>,
}

/// A key as Web Crypto has it, and the modulus that it was made of.
type KnownKey = (Vec<u8>, CryptoKey);

pub(crate) fn crypto() -> Crypto {
    // Windows and workers alike have this property.
    match global().unchecked_into::<WorkerGlobalScope>().crypto() {
        Ok(crypto) => crypto,
        Err(error) => wasm_bindgen::throw_val(error),
    }
}

impl RsaVerifier for WebCrypto {
    async fn verify_pss(&self, modulus: &[u8], message: &[u8], signature: &[u8]) -> bool {
        self.verify(modulus, message, signature)
            .await
            .unwrap_or(false)
    }
}

impl WebCrypto {
    async fn verify(
        &self,
        modulus: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, JsValue> {
        let subtle = crypto().subtle();
        let key = self.key(&subtle, modulus).await?;
        let (message, signature) = (Uint8Array::from(message), Uint8Array::from(signature));
        for salt_length in SALT_LENGTHS {
            let algorithm = object(&[
                ("name", "RSA-PSS".into()),
                ("saltLength", salt_length.into()),
            ])?;
            let verifying = subtle.verify_with_object_and_js_u8_array_and_js_u8_array(
                &algorithm, &key, &signature, &message,
            )?;
            if JsFuture::from(verifying).await?.is_truthy() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn key(&self, subtle: &SubtleCrypto, modulus: &[u8]) -> Result<CryptoKey, JsValue> {
        if let Some((known, key)) = &*self.last_key.borrow()
            && known == modulus
        {
            return Ok(key.clone());
        }
        let jwk = object(&[
            ("kty", "RSA".into()),
            ("n", URL_SAFE_NO_PAD.encode(modulus).into()),
            ("e", "AQAB".into()),
        ])?;
        let algorithm = object(&[("name", "RSA-PSS".into()), ("hash", "SHA-256".into())])?;
        let usages = Array::of1(&"verify".into());
        let importing = subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &usages)?;
        let key: CryptoKey = JsFuture::from(importing).await?.unchecked_into();
        self.last_key.replace(Some((modulus.to_vec(), key.clone())));
        Ok(key)
    }
}

fn object(properties: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}
