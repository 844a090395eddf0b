//! Signatures, verified by Web Crypto, and Ethereum's by a wasm of its own.

use std::cell::RefCell;
use std::rc::Rc;

use ao_data_item::{Error, Verifier};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto, WorkerGlobalScope};

use crate::error::message_of;
use crate::object::object;

/// The lengths of salt in use: SHA-256's, the longest that a modulus of 4096 bits has room for, and none.
const SALT_LENGTHS: [u32; 3] = [32, 478, 0];

/// What Web Crypto verifies.
const RSA: &str = "type 1 (arweave)";

thread_local! {
    /// See [`recover_keys_with`].
    static RECOVER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// How many keys are kept. A page's messages come from its own wallets, and those of others from a few.
const KEPT_KEYS: usize = 16;

/// RSA-PSS by Web Crypto, and the curve of Ethereum by what the page gave.
#[derive(Clone, Debug, Default)]
pub struct WebCrypto {
    /// The keys that were used last, the latest at the end.
    keys: Rc<RefCell<Vec<KnownKey>>>,
}

/// A modulus, and the promise of the key that Web Crypto makes of it.
type KnownKey = (Vec<u8>, Promise);

pub(crate) fn crypto() -> Crypto {
    // Windows and workers alike have this property.
    match global().unchecked_into::<WorkerGlobalScope>().crypto() {
        Ok(crypto) => crypto,
        Err(error) => wasm_bindgen::throw_val(error),
    }
}

impl Verifier for WebCrypto {
    async fn verify_pss(
        &self,
        modulus: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, Error> {
        let subtle = subtle()?;
        if !is_modulus(modulus) {
            return Ok(false);
        }
        let verified = self.verify(&subtle, modulus, message, signature).await;
        verified.map_err(|thrown| Error::VerifierUnavailable {
            kind: RSA,
            reason: reason(&thrown),
        })
    }

    async fn recover_key(
        &self,
        hash: &[u8; 32],
        signature: &[u8; 65],
    ) -> Result<Option<[u8; 65]>, Error> {
        let recovered = recover(hash, signature).await;
        recovered.map_err(|thrown| Error::VerifierUnavailable {
            kind: "types 3 and 7 (ethereum)",
            reason: message_of(&thrown),
        })
    }
}

/// Gives the function that knows the curve of Ethereum. Of a hash and a signature it promises the public key that
/// made it, or nothing: `(hash: Uint8Array, signature: Uint8Array) => Promise<Uint8Array | undefined>`.
#[wasm_bindgen(js_name = recoverKeysWith)]
pub fn recover_keys_with(recover: Function) {
    RECOVER.set(Some(recover));
}

async fn recover(hash: &[u8], signature: &[u8]) -> Result<Option<[u8; 65]>, JsValue> {
    let recover = RECOVER.with_borrow(Option::clone);
    let recover = recover.ok_or_else(|| js_sys::Error::new("no code for them was given"))?;
    let (hash, signature) = (Uint8Array::from(hash), Uint8Array::from(signature));
    let promise = recover.call2(&JsValue::NULL, &hash.into(), &signature.into())?;
    let key = JsFuture::from(promise.unchecked_into::<Promise>()).await?;
    if key.is_undefined() {
        return Ok(None);
    }
    Ok(Uint8Array::new(&key).to_vec().try_into().ok())
}

impl WebCrypto {
    async fn verify(
        &self,
        subtle: &SubtleCrypto,
        modulus: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, JsValue> {
        let key = self.key(subtle, modulus).await?;
        let (message, signature) = (Uint8Array::from(message), Uint8Array::from(signature));
        for salt_length in SALT_LENGTHS {
            if verify(subtle, &key, salt_length, &message, &signature).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn key(&self, subtle: &SubtleCrypto, modulus: &[u8]) -> Result<CryptoKey, JsValue> {
        let known = self.take(modulus);
        let importing = match known {
            Some(importing) => importing,
            None => import(subtle, modulus)?,
        };
        self.keep(modulus, importing.clone());
        match JsFuture::from(importing).await {
            Ok(key) => Ok(key.unchecked_into()),
            Err(thrown) => {
                let _ = self.take(modulus);
                Err(thrown)
            }
        }
    }

    fn take(&self, modulus: &[u8]) -> Option<Promise> {
        let mut keys = self.keys.borrow_mut();
        let at = keys.iter().position(|(known, _)| known == modulus)?;
        Some(keys.remove(at).1)
    }

    fn keep(&self, modulus: &[u8], importing: Promise) {
        let mut keys = self.keys.borrow_mut();
        if keys.len() == KEPT_KEYS {
            drop(keys.remove(0));
        }
        keys.push((modulus.to_vec(), importing));
    }
}

/// Web Crypto, which a page on plain http does not have: the property is undefined there.
fn subtle() -> Result<SubtleCrypto, Error> {
    let subtle = crypto().subtle();
    if subtle.is_undefined() {
        return Err(Error::VerifierUnavailable {
            kind: RSA,
            reason:
                "Web Crypto needs a secure context: serve the page over https or from localhost"
                    .to_owned(),
        });
    }
    Ok(subtle)
}

fn import(subtle: &SubtleCrypto, modulus: &[u8]) -> Result<Promise, JsValue> {
    let jwk = object(&[
        ("kty", "RSA".into()),
        ("n", URL_SAFE_NO_PAD.encode(modulus).into()),
        ("e", "AQAB".into()),
    ])?;
    let algorithm = object(&[("name", "RSA-PSS".into()), ("hash", "SHA-256".into())])?;
    let usages = Array::of1(&"verify".into());
    subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &usages)
}

async fn verify(
    subtle: &SubtleCrypto,
    key: &CryptoKey,
    salt_length: u32,
    message: &Uint8Array,
    signature: &Uint8Array,
) -> Result<bool, JsValue> {
    let algorithm = object(&[
        ("name", "RSA-PSS".into()),
        ("saltLength", salt_length.into()),
    ])?;
    let verifying = subtle
        .verify_with_object_and_js_u8_array_and_js_u8_array(&algorithm, key, signature, message)?;
    Ok(JsFuture::from(verifying).await?.is_truthy())
}

/// Whether it can be the modulus of an RSA key of that many bits: such a product of two primes is odd, and has all
/// its bits. Of others Web Crypto says that it failed, in words that it has for its own failures, too.
fn is_modulus(bytes: &[u8]) -> bool {
    let first = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let last = bytes.last().is_some_and(|last| last & 1 != 0);
    first && last
}

/// What Web Crypto says, which is often no more than a name.
fn reason(thrown: &JsValue) -> String {
    let name = Reflect::get(thrown, &"name".into()).ok();
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    match message_of(thrown) {
        message if message.is_empty() => format!("Web Crypto failed: {name}"),
        message => format!("Web Crypto failed: {name}: {message}"),
    }
}
