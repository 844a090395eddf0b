//! The store in IndexedDB, held to the suite that every store is held to; and what browsers do to databases.
#![cfg(target_family = "wasm")]

use ao_data_item::Id;
use ao_unit::Store;
use ao_unit::store::{Batch, Part, Segment, StoreError, conformance};
use ao_unit_browser::{Durability, IndexeddbStore};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

async fn open(name: &str) -> Result<IndexeddbStore, StoreError> {
    IndexeddbStore::open(name, Durability::Relaxed).await
}

/// A store whose database did not exist before.
async fn fresh(name: &str) -> IndexeddbStore {
    IndexeddbStore::delete(name)
        .await
        .expect("the database is deleted");
    open(name).await.expect("the database is opened")
}

fn identity(byte: u8) -> Batch {
    Batch {
        identity: Some([byte; 32]),
        ..Batch::default()
    }
}

/// Runs the body of an asynchronous function of JavaScript; answers what it returns.
async fn javascript(body: &str) -> JsValue {
    let function = Function::new_no_args(&format!("return (async () => {{ {body} }})()"));
    let promise: Promise = function
        .call0(&JsValue::NULL)
        .expect("the function is called")
        .unchecked_into();
    JsFuture::from(promise).await.expect("it does not throw")
}

/// Opens a database as another program would, and keeps it in a global of the same name.
async fn open_elsewhere(name: &str, version: u32, upgrade: &str) {
    javascript(&format!(
        "const request = indexedDB.open('{name}', {version});
         request.onupgradeneeded = () => {{ const db = request.result; {upgrade} }};
         globalThis['{name}'] = await new Promise((resolve, reject) => {{
             request.onsuccess = () => resolve(request.result);
             request.onerror = () => reject(request.error);
         }});"
    ))
    .await;
}

async fn close_elsewhere(name: &str) {
    javascript(&format!("globalThis['{name}'].close()")).await;
}

/// What the first version of the database had.
const VERSION_1: &str =
    "for (const name of ['unit', 'processes', 'assignments', 'outcomes', 'ids'])
     db.createObjectStore(name);";

#[wasm_bindgen_test]
async fn indexeddb_conforms() {
    conformance::check(&fresh("ao-unit-test-conformance").await).await;
}

#[wasm_bindgen_test]
async fn indexeddb_conforms_when_it_is_strict() {
    let name = "ao-unit-test-strict";
    drop(fresh(name).await);
    let store = IndexeddbStore::open(name, Durability::Strict).await;
    conformance::check(&store.expect("the database is opened")).await;
}

#[wasm_bindgen_test]
async fn what_is_committed_is_there_for_another_connection() {
    let name = "ao-unit-test-connections";
    let store = fresh(name).await;
    store.commit(identity(3)).await.expect("it is committed");
    drop(store);
    let again = open(name).await.expect("the database is opened");
    assert_eq!(again.identity().await, Ok(Some([3; 32])));
}

#[wasm_bindgen_test]
async fn whoever_opens_a_database_last_writes_to_it_alone() {
    let name = "ao-unit-test-claims";
    let first = fresh(name).await;
    first.commit(identity(1)).await.expect("it is committed");
    let second = open(name).await.expect("the database is opened");
    let lost =
        |result: Result<(), StoreError>| assert_eq!(result.unwrap_err().code(), "STORE_LOST");
    lost(first.commit(identity(2)).await);
    second.commit(identity(3)).await.expect("it is committed");
    // Also when several have come since.
    for _ in 0..5 {
        drop(open(name).await.expect("the database is opened"));
    }
    lost(second.commit(identity(4)).await);
    let last = open(name).await.expect("the database is opened");
    assert_eq!(last.identity().await, Ok(Some([3; 32])));
    last.commit(identity(5)).await.expect("it is committed");
    last.commit(identity(6)).await.expect("it is committed");
}

#[wasm_bindgen_test]
async fn databases_are_apart() {
    let one = fresh("ao-unit-test-one").await;
    let other = fresh("ao-unit-test-other").await;
    one.commit(identity(1)).await.expect("it is committed");
    assert_eq!(other.identity().await, Ok(None));
}

#[wasm_bindgen_test]
async fn a_database_of_version_1_is_migrated_with_what_is_in_it() {
    let name = "ao-unit-test-version-1";
    drop(fresh(name).await);
    IndexeddbStore::delete(name).await.expect("it is deleted");
    open_elsewhere(name, 1, VERSION_1).await;
    let process = Id([9; 32]);
    javascript(&format!(
        "const tx = globalThis['{name}'].transaction(['unit', 'processes', 'ids'], 'readwrite');
         tx.objectStore('unit').put(new Uint8Array(32).fill(5), 'identity');
         tx.objectStore('processes').put(new Uint8Array([1, 2]), '{process}');
         tx.objectStore('ids').put(new Uint8Array([3]), '{process}/0000000000000010');
         await new Promise((resolve) => {{ tx.oncomplete = resolve; }});"
    ))
    .await;
    close_elsewhere(name).await;

    let store = open(name).await.expect("the database is migrated");
    assert_eq!(store.identity().await, Ok(Some([5; 32])));
    assert_eq!(store.processes().await, Ok(vec![(process, vec![1, 2])]));
    let segment = Segment {
        first: 16,
        bytes: vec![3],
    };
    let ids = store.segments(process, Part::Ids, 16, 16).await;
    assert_eq!(ids, Ok(vec![segment.clone()]));

    let batch = Batch {
        segments: vec![(process, Part::Outbound, segment.clone())],
        ..Batch::default()
    };
    store.commit(batch).await.expect("the new parts are there");
    let outbound = store.segments(process, Part::Outbound, 0, 100).await;
    assert_eq!(outbound, Ok(vec![segment]));
    assert_eq!(store.held().await, Ok(Vec::new()));
    assert_eq!(store.checkpoints(process).await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn a_page_that_holds_an_older_version_blocks_the_opening_for_seconds_only() {
    let name = "ao-unit-test-blocked";
    drop(fresh(name).await);
    IndexeddbStore::delete(name).await.expect("it is deleted");
    open_elsewhere(name, 1, VERSION_1).await;

    let error = open(name).await.expect_err("the database is held");
    assert_eq!(error.code(), "STORE_BLOCKED");
    assert!(error.to_string().contains(name), "{error}");

    // The opening that was given up holds nothing when it comes through.
    close_elsewhere(name).await;
    let store = open(name).await.expect("the database is free");
    store.commit(identity(4)).await.expect("it is committed");
    drop(store);
    IndexeddbStore::delete(name).await.expect("nobody holds it");
}

#[wasm_bindgen_test]
async fn a_deletion_that_is_blocked_ends_too() {
    let name = "ao-unit-test-blocked-deletion";
    drop(fresh(name).await);
    open_elsewhere(name, 2, "").await;
    let error = IndexeddbStore::delete(name).await.expect_err("it is held");
    assert_eq!(error.code(), "STORE_BLOCKED");
    close_elsewhere(name).await;
}

async fn is_lost(store: &IndexeddbStore) {
    let answers = [
        store.identity().await.map(drop),
        store.processes().await.map(drop),
        store.held().await.map(drop),
        store.checkpoints(Id([0; 32])).await.map(drop),
        store.commit(identity(1)).await,
    ];
    for answer in answers {
        let error = answer.expect_err("the database is gone");
        assert_eq!(error.code(), "STORE_LOST", "{error}");
    }
}

#[wasm_bindgen_test]
async fn a_store_whose_database_is_deleted_lets_go_and_is_lost() {
    let name = "ao-unit-test-deleted";
    let store = fresh(name).await;
    store.commit(identity(1)).await.expect("it is committed");
    IndexeddbStore::delete(name).await.expect("nobody holds it");
    is_lost(&store).await;
    let again = open(name).await.expect("the database is made anew");
    assert_eq!(again.identity().await, Ok(None));
}

#[wasm_bindgen_test]
async fn a_store_makes_way_for_a_later_version() {
    let name = "ao-unit-test-later";
    let store = fresh(name).await;
    open_elsewhere(name, 1000, "").await;
    is_lost(&store).await;
    let error = open(name).await.expect_err("it is of a later version");
    assert_eq!(error.code(), "STORE_FAILED");
    assert!(error.to_string().contains("VersionError"), "{error}");
    close_elsewhere(name).await;
}

#[wasm_bindgen_test]
async fn a_store_that_the_browser_closes_is_lost() {
    let name = "ao-unit-test-closed";
    drop(fresh(name).await);
    javascript(
        "const open = IDBFactory.prototype.open;
         IDBFactory.prototype.open = function (...of) {
             IDBFactory.prototype.open = open;
             const request = open.apply(this, of);
             request.addEventListener('success', () => { globalThis.opened = request.result; });
             return request;
         };",
    )
    .await;
    let store = open(name).await.expect("the database is opened");
    // As browsers do when the user clears a site's data; no page can bring them to do it.
    javascript("opened.close(); opened.dispatchEvent(new Event('close'));").await;
    is_lost(&store).await;
}

/// Has the next put do `body` instead, with `put()` as what it would have done.
async fn sabotage_next_put(body: &str) {
    javascript(&format!(
        "const original = IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = function (...of) {{
             IDBObjectStore.prototype.put = original;
             const put = () => original.apply(this, of), transaction = this.transaction;
             {body}
         }};"
    ))
    .await;
}

#[wasm_bindgen_test]
async fn a_database_is_opened_on_a_full_disk_and_is_its_openers_when_there_is_room() {
    let name = "ao-unit-test-full";
    let first = fresh(name).await;
    first.commit(identity(1)).await.expect("it is committed");
    for full in [
        "throw new DOMException('full', 'QuotaExceededError');",
        "const full = new DOMException('full', 'QuotaExceededError');
         Object.defineProperty(transaction, 'error', { value: full });
         queueMicrotask(() => transaction.abort());
         return put();",
    ] {
        sabotage_next_put(full).await;
        let second = open(name).await.expect("the database is opened");
        assert_eq!(second.identity().await, Ok(Some([1; 32])));
        second.commit(identity(1)).await.expect("it is committed");
        let lost = first
            .commit(identity(2))
            .await
            .expect_err("it is another's");
        assert_eq!(lost.code(), "STORE_LOST");
    }
}

/// The next commit fails with this code, writes nothing, and is the only one that does.
async fn fails_once(store: &IndexeddbStore, code: &str) {
    let before = store.identity().await.expect("the identity is read");
    let batch = Batch {
        processes: vec![(Id([1; 32]), vec![1]), (Id([2; 32]), vec![2])],
        ..identity(99)
    };
    let error = store.commit(batch).await.expect_err("the commit fails");
    assert_eq!(error.code(), code, "{error}");
    assert_eq!(store.identity().await, Ok(before));
    assert_eq!(store.processes().await, Ok(Vec::new()));
    let next = store.commit(identity(7)).await;
    next.expect("the next is committed");
    assert_eq!(store.identity().await, Ok(Some([7; 32])));
}

#[wasm_bindgen_test]
async fn a_quota_that_is_exceeded_at_once_is_named() {
    let store = fresh("ao-unit-test-quota").await;
    sabotage_next_put("throw new DOMException('full', 'QuotaExceededError');").await;
    fails_once(&store, "STORE_QUOTA").await;
}

#[wasm_bindgen_test]
async fn a_quota_that_is_exceeded_at_the_end_is_named() {
    let store = fresh("ao-unit-test-quota-at-the-end").await;
    sabotage_next_put(
        "const full = new DOMException('full', 'QuotaExceededError');
         Object.defineProperty(transaction, 'error', { value: full });
         transaction.commit = () => {};
         queueMicrotask(() => transaction.abort());
         return put();",
    )
    .await;
    fails_once(&store, "STORE_QUOTA").await;
}

#[wasm_bindgen_test]
async fn a_transaction_that_the_browser_gives_up_is_named() {
    let store = fresh("ao-unit-test-aborted").await;
    sabotage_next_put(
        "transaction.commit = () => {};
         queueMicrotask(() => transaction.abort());
         return put();",
    )
    .await;
    fails_once(&store, "STORE_ABORTED").await;
}
