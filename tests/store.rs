//! The store in IndexedDB, held to the suite that every store is held to.
#![cfg(target_family = "wasm")]

use ao_unit::Store;
use ao_unit::store::{Batch, conformance};
use ao_unit_browser::IndexeddbStore;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// A store whose database did not exist before.
async fn fresh(name: &str) -> IndexeddbStore {
    IndexeddbStore::delete(name)
        .await
        .expect("the database is deleted");
    IndexeddbStore::open(name)
        .await
        .expect("the database is opened")
}

#[wasm_bindgen_test]
async fn indexeddb_conforms() {
    conformance::check(&fresh("ao-unit-test-conformance").await).await;
}

#[wasm_bindgen_test]
async fn what_is_committed_is_there_for_another_connection() {
    let name = "ao-unit-test-connections";
    let store = fresh(name).await;
    let batch = Batch {
        identity: Some([3; 32]),
        ..Batch::default()
    };
    store.commit(batch).await.expect("a batch is committed");
    drop(store);
    let again = IndexeddbStore::open(name)
        .await
        .expect("the database is opened");
    assert_eq!(again.identity().await, Ok(Some([3; 32])));
}

#[wasm_bindgen_test]
async fn databases_are_apart() {
    let one = fresh("ao-unit-test-one").await;
    let other = fresh("ao-unit-test-other").await;
    let batch = Batch {
        identity: Some([1; 32]),
        ..Batch::default()
    };
    one.commit(batch).await.expect("a batch is committed");
    assert_eq!(other.identity().await, Ok(None));
}
