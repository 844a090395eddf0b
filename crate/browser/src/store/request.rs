//! What IndexedDB is asked, as futures; and what its failures mean.

use ao_unit::store::StoreError;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbRequest, IdbTransaction};

/// What a request answers.
///
/// The browser keeps a transaction open while it calls back; what awaits this goes on within that call. So
/// nothing else may be awaited between the requests of one transaction.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let done = JsFuture::from(done).await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    match done {
        Ok(_) => request.result().map_err(|error| failed(&error)),
        Err(_) => {
            let error = request.error().map_err(|error| failed(&error))?;
            Err(failed(&error.into()))
        }
    }
}

/// Ends when all that a transaction was asked is durable.
pub(super) async fn completion(transaction: &IdbTransaction) -> Result<(), StoreError> {
    let done = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        // An error that nobody handles aborts the transaction, which then names it.
        transaction.set_onabort(Some(&reject));
    });
    let done = JsFuture::from(done).await;
    transaction.set_oncomplete(None);
    transaction.set_onabort(None);
    match done {
        Ok(_) => Ok(()),
        Err(_) => Err(aborted(&transaction.error().into())),
    }
}

/// The values that a request for several of them answers, as bytes.
pub(super) fn byte_strings(values: JsValue) -> impl Iterator<Item = Vec<u8>> {
    let values: Array = values.unchecked_into();
    (0..values.length()).map(move |index| bytes(&values.get(index)))
}

/// The keys that a request for several of them answers, as text.
pub(super) fn texts(keys: JsValue) -> impl Iterator<Item = String> {
    let keys: Array = keys.unchecked_into();
    (0..keys.length()).map(move |index| keys.get(index).as_string().unwrap_or_default())
}

/// A value as bytes; none, if it was not bytes that were put there.
pub(super) fn bytes(value: &JsValue) -> Vec<u8> {
    value
        .dyn_ref::<Uint8Array>()
        .map(Uint8Array::to_vec)
        .unwrap_or_default()
}

/// What it means that the browser refused a request. Its name for the reason decides.
pub(super) fn failed(thrown: &JsValue) -> StoreError {
    let (name, text) = describe(thrown);
    match name.as_str() {
        "QuotaExceededError" => StoreError::Quota(text),
        "AbortError" => StoreError::Aborted(text),
        _ => StoreError::Failed(text),
    }
}

/// What it means that the browser gave up a transaction.
fn aborted(reason: &JsValue) -> StoreError {
    let (name, text) = describe(reason);
    match name.as_str() {
        "QuotaExceededError" => StoreError::Quota(text),
        // Of all that is asked, only the mark of a later opening refuses to be written: see `Claim`.
        "ConstraintError" => StoreError::Lost("another page opened it since".to_owned()),
        "" => StoreError::Aborted("the browser names no reason".to_owned()),
        _ => StoreError::Aborted(text),
    }
}

/// The browser's name for what it threw, and its words for it.
fn describe(thrown: &JsValue) -> (String, String) {
    let text = |property: &str| {
        let value = Reflect::get(thrown, &property.into()).ok();
        value
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    let (name, message) = (text("name"), text("message"));
    let description = format!("{name}: {message}");
    (name, description)
}
