//! Errors on their way to JavaScript.

use wasm_bindgen::{JsCast, JsValue};

/// An `Error` named `UnitError` with a stable `code`.
pub(crate) fn into_js(error: &ao_unit::Error) -> JsValue {
    with_code(error.code(), &error.to_string())
}

pub(crate) fn with_code(code: &str, message: &str) -> JsValue {
    let js = js_sys::Error::new(message);
    js.set_name("UnitError");
    // Setting a property of a fresh object cannot fail.
    let _ = js_sys::Reflect::set(&js, &"code".into(), &code.into());
    js.into()
}

/// What a JavaScript value that was thrown says.
pub(crate) fn message_of(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{thrown:?}"),
    }
}
