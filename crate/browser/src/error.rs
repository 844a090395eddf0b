//! Errors on their way to JavaScript.

use ao_data_item::Error as ItemError;
use ao_unit::Error;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};

/// An `Error` named `UnitError` with a stable `code`.
pub(crate) fn into_js(error: &Error) -> JsValue {
    match error {
        // What this browser lacks says nothing about the item.
        Error::Item(ItemError::VerifierUnavailable { .. }) => {
            with_code("UNSUPPORTED", &error.to_string())
        }
        _ => with_code(error.code(), &error.to_string()),
    }
}

pub(crate) fn with_code(code: &str, message: &str) -> JsValue {
    let js = js_sys::Error::new(message);
    js.set_name("UnitError");
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&js, &"code".into(), &code.into());
    js.into()
}

/// What a JavaScript value that was thrown says.
pub(crate) fn message_of(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{thrown:?}"),
    }
}
