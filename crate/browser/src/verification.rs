//! Signatures of crowds of items, verified by another worker.

use ao_unit::verification::{BatchVerifier, Readiness};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::clock::turn_of_the_event_loop;
use crate::item::crypto;
use crate::promise::promise;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Another worker in which batches of items are verified. */
export interface BatchVerifier {
  /** Whether it was made, and whether it answers by now. */
  readonly readiness: 'absent' | 'coming' | 'ready';
  /** Asks for it to be made. */
  call(): void;
  /** What `verifyBatch` says there; nothing, if it has ended. */
  verify(batch: Uint8Array): Promise<Uint8Array>;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `BatchVerifier` of the TypeScript declarations.
    #[derive(Clone, Debug)]
    pub(crate) type JsBatchVerifier;

    #[wasm_bindgen(method, getter)]
    fn readiness(this: &JsBatchVerifier) -> String;
    #[wasm_bindgen(method)]
    fn call(this: &JsBatchVerifier);
    #[wasm_bindgen(method)]
    fn verify(this: &JsBatchVerifier, batch: Uint8Array) -> Promise;
}

/// The other worker, where there can be one.
#[derive(Clone, Debug)]
pub(crate) struct WorkerVerifier(pub(crate) Option<JsBatchVerifier>);

impl BatchVerifier for WorkerVerifier {
    fn readiness(&self) -> Readiness {
        let readiness = self.0.as_ref().map(JsBatchVerifier::readiness);
        match readiness.as_deref() {
            Some("ready") => Readiness::Ready,
            Some("coming") => Readiness::Coming,
            _ => Readiness::Absent,
        }
    }

    fn call(&self) {
        if let Some(worker) = &self.0 {
            worker.call();
        }
    }

    async fn verify(&self, batch: Vec<u8>) -> Vec<u8> {
        let Some(worker) = &self.0 else {
            return Vec::new();
        };
        let verdicts = JsFuture::from(worker.verify(Uint8Array::from(batch.as_slice()))).await;
        let verdicts = verdicts.ok().and_then(|answer| answer.dyn_into().ok());
        verdicts.map_or_else(Vec::new, |verdicts: Uint8Array| verdicts.to_vec())
    }

    async fn pause(&self) {
        let _ = turn_of_the_event_loop().await;
    }
}

/// Of each item of a batch 1 if its owner signed it, and otherwise 0.
#[wasm_bindgen(js_name = verifyBatch, unchecked_return_type = "Promise<Uint8Array<ArrayBuffer>>")]
pub fn verify_batch(batch: Vec<u8>) -> Promise {
    promise(async move {
        let verdicts = ao_unit::verification::verify_batch(&batch, &crypto()).await;
        Ok(Uint8Array::from(verdicts.as_slice()).into())
    })
}
