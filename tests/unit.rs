//! The class that the package wraps: real signatures, a real machine, a real database.
#![cfg(target_family = "wasm")]

mod machine_wasm;

use ao_unit_browser::{IndexeddbStore, Unit, UnitOptions};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::{Object, Reflect};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Items that another implementation made and signed.
const VECTORS: &str = include_str!("vectors/data-items.json");

async fn open(storage: &str) -> Result<Unit, JsValue> {
    let options = Object::new();
    let machine = machine_wasm::module().await;
    Reflect::set(&options, &"storage".into(), &storage.into()).expect("a property is set");
    Reflect::set(&options, &"machine".into(), &machine).expect("a property is set");
    Reflect::set(&options, &"settings".into(), &"{}".into()).expect("a property is set");
    Unit::open(options.unchecked_into::<UnitOptions>()).await
}

fn code(error: &JsValue) -> String {
    let code = Reflect::get(error, &"code".into()).expect("an error is an object");
    code.as_string().unwrap_or_default()
}

/// A vector's bytes.
fn vector(name: &str) -> Vec<u8> {
    let vectors: Value = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    let list = vectors["items"].as_array().expect("a list of vectors");
    let vector = list
        .iter()
        .find(|vector| vector["name"] == name)
        .expect("a vector of this name");
    let bytes = vector["bytes"].as_str().expect("a vector has its bytes");
    URL_SAFE_NO_PAD
        .decode(bytes)
        .expect("its bytes are base64url")
}

#[wasm_bindgen_test]
async fn a_unit_keeps_its_address() {
    let _ = IndexeddbStore::delete("ao-unit-test-address").await;
    let unit = open("idb://ao-unit-test-address")
        .await
        .expect("a unit opens");
    let address = unit.address();
    assert_eq!(address.len(), 43);
    unit.close().await;
    drop(unit);
    let again = open("idb://ao-unit-test-address")
        .await
        .expect("a unit opens");
    assert_eq!(again.address(), address);
}

#[wasm_bindgen_test]
async fn a_storage_that_is_none_is_refused() {
    let error = open("ftp://nowhere").await.expect_err("it is refused");
    assert_eq!(code(&error), "STORAGE_UNKNOWN");
}

#[wasm_bindgen_test]
async fn signatures_are_verified_by_web_crypto() {
    let unit = open("memory://").await.expect("a unit opens");
    // A good signature, but no process here: it is the target that is missing.
    let item = vector("a message of ao");
    let error = unit
        .accept(item.clone())
        .await
        .expect_err("the target is not here");
    assert_eq!(code(&error), "PROCESS_NOT_FOUND");
    for at in [100, 600, item.len() - 1] {
        let mut changed = item.clone();
        changed[at] ^= 1;
        let error = unit
            .accept(changed)
            .await
            .expect_err("a changed item is refused");
        assert_eq!(code(&error), "SIGNATURE_INVALID", "at byte {at}");
    }
    let error = unit
        .accept(item[..700].to_vec())
        .await
        .expect_err("a part is refused");
    assert_eq!(code(&error), "ITEM_INVALID");
}

#[wasm_bindgen_test]
async fn an_empty_unit_has_no_processes() {
    let unit = open("memory://").await.expect("a unit opens");
    assert_eq!(unit.processes().await.expect("a list"), "[]");
    let error = unit
        .result("nobody".to_owned(), "nothing".to_owned())
        .await
        .expect_err("not here");
    assert_eq!(code(&error), "PROCESS_NOT_FOUND");
    unit.close().await;
    let error = unit.processes().await.expect_err("it is closed");
    assert_eq!(code(&error), "CLOSED");
}
