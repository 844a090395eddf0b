//! Data items for JavaScript: made, read, verified and bundled.

mod draft;

mod bundle;
mod parsed;

mod ethereum;

pub use bundle::{create_bundle, parse_bundle};
pub use draft::{seal_item, signing_hash};
pub use ethereum::recover_ethereum_key;
pub(crate) use parsed::crypto;
pub use parsed::{identify_item, parse_item};

use wasm_bindgen::JsValue;

use crate::error::into_js;

fn invalid(error: ao_data_item::Error) -> JsValue {
    into_js(&error.into())
}
