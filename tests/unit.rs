//! The class that the package wraps: real signatures, a real machine, a real database.
#![cfg(target_family = "wasm")]

mod machine_wasm;

use std::cell::Cell;

use ao_data_item::{Draft, SignatureType, Tag};
use ao_unit_browser::{IndexeddbStore, Unit, UnitOptions};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CryptoKey, SubtleCrypto, WorkerGlobalScope};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Items that another implementation made and signed.
const VECTORS: &str = include_str!("vectors/data-items.json");

/// The key of RFC 8037, appendix A.1: its signatures are the same whenever they are made.
const KEY: [(&str, &str); 4] = [
    ("kty", "OKP"),
    ("crv", "Ed25519"),
    ("d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"),
    ("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
];

const SPAWN: [(&str, &str); 4] = [
    ("Data-Protocol", "ao"),
    ("Type", "Process"),
    ("Module", "ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s"),
    ("On-Boot", "Data"),
];

const COUNTER: &str = "n = 0
Handlers.add('Add', 'Add', function(m) n = n + 1 m.reply({ Data = tostring(n) }) end)";

async fn open(storage: &str) -> Result<Unit, JsValue> {
    open_with(storage, "{}").await
}

async fn open_with(storage: &str, settings: &str) -> Result<Unit, JsValue> {
    let options = Object::new();
    let machine = machine_wasm::module().await;
    Reflect::set(&options, &"storage".into(), &storage.into()).expect("a property is set");
    Reflect::set(&options, &"machine".into(), &machine).expect("a property is set");
    Reflect::set(&options, &"settings".into(), &settings.into()).expect("a property is set");
    Unit::open(options.unchecked_into::<UnitOptions>()).await
}

fn code(error: &JsValue) -> String {
    let code = Reflect::get(error, &"code".into()).expect("an error is an object");
    code.as_string().unwrap_or_default()
}

fn parsed(json: &JsValue) -> Value {
    let json = json.as_string().expect("the unit answers text");
    serde_json::from_str(&json).expect("the unit answers JSON")
}

/// A message that was sent, and what it came to.
struct Sent {
    id: String,
    outcome: Value,
}

/// Spawns a process that runs `lua` at its boot; answers its id.
async fn spawn(unit: &Unit, wallet: &Wallet, lua: &str) -> String {
    let item = wallet.item(None, &SPAWN, lua).await;
    let accepted = unit.accept(item).await.expect("a process is taken");
    parsed(&accepted)["id"].as_str().expect("an id").to_owned()
}

async fn send(unit: &Unit, wallet: &Wallet, process: &str, action: &str, data: &str) -> Sent {
    let item = wallet
        .item(Some(process), &[("Action", action)], data)
        .await;
    let accepted = unit.accept(item).await.expect("a message is taken");
    let id = parsed(&accepted)["id"].as_str().expect("an id").to_owned();
    let outcome = unit.result(process.to_owned(), id.clone()).await;
    let outcome = parsed(&outcome.expect("a result"));
    Sent { id, outcome }
}

/// Signs by Web Crypto: it is not the code that verifies.
struct Wallet {
    subtle: SubtleCrypto,
    key: CryptoKey,
    public: Vec<u8>,
    signed: Cell<u8>,
}

impl Wallet {
    async fn new() -> Self {
        let worker: WorkerGlobalScope = js_sys::global().unchecked_into();
        let subtle = worker.crypto().expect("a worker has Web Crypto").subtle();
        let jwk = Object::new();
        for (name, value) in KEY {
            Reflect::set(&jwk, &name.into(), &value.into()).expect("a property is set");
        }
        let usages = Array::of1(&"sign".into());
        let importing = subtle.import_key_with_str("jwk", &jwk, "Ed25519", false, &usages);
        let key = JsFuture::from(importing.expect("an import begins")).await;
        let public = URL_SAFE_NO_PAD.decode(KEY[3].1);
        Self {
            subtle,
            key: key.expect("a key is imported").unchecked_into(),
            public: public.expect("a key is base64url"),
            signed: Cell::new(0),
        }
    }

    /// A data item; each has another anchor, so each has another id.
    async fn item(&self, target: Option<&str>, tags: &[(&str, &str)], data: &str) -> Vec<u8> {
        self.signed.set(self.signed.get() + 1);
        let draft = Draft {
            target: target.map(|id| id.parse().expect("an id")),
            anchor: Some([self.signed.get(); 32]),
            tags: tags
                .iter()
                .map(|(name, value)| Tag::new(*name, *value))
                .collect(),
            data: data.as_bytes().to_vec(),
        };
        let unsigned = draft.for_owner(SignatureType::Ed25519, &self.public);
        let unsigned = unsigned.expect("an item is laid out");
        let hash = Uint8Array::from(unsigned.signing_hash().as_slice());
        let signing = self
            .subtle
            .sign_with_str_and_js_u8_array("Ed25519", &self.key, &hash);
        let signature = JsFuture::from(signing.expect("signing begins")).await;
        let signature = Uint8Array::new(&signature.expect("it is signed")).to_vec();
        let item = unsigned.seal(&signature).expect("the signature fits");
        item.into_bytes()
    }
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

#[wasm_bindgen_test]
async fn a_unit_that_is_opened_again_goes_on_from_its_checkpoint() {
    let name = "ao-unit-test-checkpoint";
    let _ = IndexeddbStore::delete(name).await;
    let storage = format!("idb://{name}");
    let unit = open(&storage).await.expect("a unit opens");
    let wallet = Wallet::new().await;
    let process = spawn(&unit, &wallet, COUNTER).await;
    let first = send(&unit, &wallet, &process, "Add", "").await;
    assert_eq!(first.outcome["Messages"][0]["Data"], "1");
    let written = unit.checkpoint_now(process.clone()).await;
    let written: Value = parsed(&written.expect("a checkpoint is written"));
    assert_eq!(written["at"], 2, "{written}");
    unit.close().await;
    drop(unit);

    let unit = open(&storage).await.expect("a unit opens");
    let events = Array::new();
    let heard = events.clone();
    let listener = Closure::<dyn FnMut(JsValue)>::new(move |text| {
        heard.push(&text);
    });
    unit.subscribe(listener.as_ref().unchecked_ref::<Function>().clone())
        .expect("an open unit is listened to");
    let again = unit.result(process.clone(), first.id).await;
    assert_eq!(parsed(&again.expect("a result")), first.outcome);
    let second = send(&unit, &wallet, &process, "Add", "").await;
    assert_eq!(second.outcome["Messages"][0]["Data"], "2");
    let replayed = parsed(&unit.replay(process).await.expect("a log is replayed"));
    assert_eq!(replayed["entries"], 3, "{replayed}");
    assert_eq!(replayed["different"], 0, "{replayed}");
    assert_eq!(replayed["memoryIsEqual"], true, "{replayed}");
    unit.close().await;
    let events = events.join(" ").as_string().unwrap_or_default();
    assert!(events.contains("\"type\":\"evaluated\""), "{events}");
    for event in ["checkpointDiscarded", "outcomeDiffers", "error"] {
        assert!(
            !events.contains(&format!("\"type\":\"{event}\"")),
            "{events}"
        );
    }
}

#[wasm_bindgen_test]
async fn an_evaluation_that_fails_leaves_the_state_as_it_was() {
    let settings = json!({ "computeLimit": 100_000_000, "memoryLimit": 8 << 20 });
    let unit = open_with("memory://", &settings.to_string()).await;
    let unit = unit.expect("a unit opens");
    let wallet = Wallet::new().await;
    let process = spawn(&unit, &wallet, COUNTER).await;
    send(&unit, &wallet, &process, "Add", "").await;
    for (lua, expected) in [
        ("n = 99 leaked = = 1", "unexpected symbol near '='"),
        ("n = 99 error('no')", "[string \"aos\"]:1: no"),
        ("n = 99 while true do end", "out of gas"),
        (
            "n = 99 t = {} while true do t[#t + 1] = ('x'):rep(1e5) .. #t end",
            "not enough memory",
        ),
    ] {
        let failed = send(&unit, &wallet, &process, "Eval", lua).await.outcome;
        let error = failed["Error"].as_str().unwrap_or_default();
        assert!(error.contains(expected), "{lua}: {failed}");
        assert_eq!(failed["Messages"], json!([]), "{lua}");
        let read = send(&unit, &wallet, &process, "Eval", "return n").await;
        assert_eq!(read.outcome["Output"]["data"], "1", "after {lua}");
    }
    let next = send(&unit, &wallet, &process, "Add", "").await;
    assert_eq!(next.outcome["Messages"][0]["Data"], "2");
}

#[wasm_bindgen_test]
async fn settings_that_are_none_are_refused() {
    for settings in [
        "",
        "7",
        "{\"bugdet\":1}",
        "{\"budget\":-1}",
        "{\"budget\":1.5}",
        "{\"budget\":\"1\"}",
        "{\"budget\":0}",
        "{\"memoryLimit\":-1}",
        "{\"memoryLimit\":0}",
        "{\"computeLimit\":0}",
        "{\"liveProcesses\":0}",
        "{\"liveMemory\":0}",
        "{\"durability\":\"fast\"}",
        "{\"chain\":{\"interval\":0}}",
        "{\"checkpoints\":{\"idle\":1}}",
    ] {
        let error = open_with("memory://", settings).await;
        let error = error.expect_err("it is refused");
        assert_eq!(code(&error), "SETTINGS_INVALID", "{settings}");
    }
}
