//! The unit's store in IndexedDB.

use ao_data_item::Id;
use ao_unit::store::{Batch, CheckpointHead, Held, Part, Segment, Store, StoreError};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{IdbCursor, IdbCursorDirection, IdbKeyRange, IdbObjectStore, IdbTransaction};

use super::claim::Claim;
use super::connection::{self, Connection, Durability};
use super::request::{answer, byte_strings, bytes, completion, failed, texts};
use super::schema;

/// A database of this origin.
#[derive(Debug)]
pub struct IndexeddbStore {
    connection: Connection,
    claim: Claim,
    durability: Durability,
}

impl IndexeddbStore {
    /// Opens the database of this name, made or migrated if need be. Stores that are open on it are lost as soon as
    /// they write.
    ///
    /// # Errors
    ///
    /// When the browser refuses, or an older page keeps the database from being migrated for seconds.
    pub async fn open(name: &str, durability: Durability) -> Result<Self, StoreError> {
        let connection = Connection::open(name, schema::VERSION, schema::migrate).await?;
        let claim = Claim::make(&connection).await?;
        Ok(Self {
            connection,
            claim,
            durability,
        })
    }

    /// Deletes the database of this name. Stores that are open on it let go of it and are lost.
    ///
    /// # Errors
    ///
    /// When the browser refuses, or an older page holds on to it for seconds.
    pub async fn delete(name: &str) -> Result<(), StoreError> {
        connection::delete(name).await
    }

    /// Asks one object store, in a transaction of its own.
    async fn ask<T>(
        &self,
        name: &str,
        ask: impl AsyncFnOnce(&IdbObjectStore) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.read(name)?;
        let store = transaction.object_store(name);
        let store = store.map_err(|error| self.connection.explain(failed(&error)))?;
        let answered = ask(&store).await;
        answered.map_err(|error| self.connection.explain(error))
    }
}

impl Store for IndexeddbStore {
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError> {
        let identity = self
            .ask(schema::UNIT, async |store| {
                get(store, &schema::IDENTITY.into()).await
            })
            .await?;
        let damaged = |bytes: Vec<u8>| {
            StoreError::Failed(format!(
                "the unit's identity has {} bytes, not 32",
                bytes.len()
            ))
        };
        let identity = identity.map(<[u8; 32]>::try_from);
        identity.transpose().map_err(damaged)
    }

    async fn modules(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let key = schema::MODULES.into();
        self.ask(schema::UNIT, async |store| get(store, &key).await)
            .await
    }

    async fn ahead(&self) -> Result<Option<u64>, StoreError> {
        let key = schema::AHEAD.into();
        let bytes = self
            .ask(schema::UNIT, async |store| get(store, &key).await)
            .await?;
        let number = |bytes: Vec<u8>| bytes.try_into().ok().map(u64::from_le_bytes);
        Ok(bytes.and_then(number))
    }

    async fn processes(&self) -> Result<Vec<(Id, Vec<u8>)>, StoreError> {
        let found = self
            .ask(schema::PROCESSES, async |store| entries(store, None).await)
            .await?;
        let records = found
            .into_iter()
            .filter_map(|(key, record)| Some((key.parse().ok()?, record)));
        Ok(records.collect())
    }

    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError> {
        let key = |first| schema::segment_key(process, first);
        let found = self
            .ask(schema::store_of(part), async |store| {
                let begun = last_key(store, &between(&key(0), &key(from))?).await?;
                let start = begun.unwrap_or_else(|| key(from));
                let range = between(&start, &key(to.max(from)))?;
                entries(store, Some(&range)).await
            })
            .await?;
        let segments = found.into_iter().filter_map(|(key, bytes)| {
            let first = schema::first_of(&key)?;
            Some(Segment { first, bytes })
        });
        Ok(segments.collect())
    }

    async fn held(&self) -> Result<Vec<Held>, StoreError> {
        let found = self
            .ask(schema::HELD, async |store| entries(store, None).await)
            .await?;
        let held = found.into_iter().filter_map(|(key, bytes)| {
            let key = schema::held_key_of(&key)?;
            Some(Held { key, bytes })
        });
        Ok(held.collect())
    }

    async fn checkpoints(&self, process: Id) -> Result<Vec<CheckpointHead>, StoreError> {
        let keys = self
            .ask(schema::CHECKPOINTS, async |store| {
                let range = schema::all_of(process).map_err(|error| failed(&error))?;
                let request = store.get_all_keys_with_key(&range);
                answer(&request.map_err(|error| failed(&error))?).await
            })
            .await?;
        Ok(texts(keys)
            .filter_map(|key| schema::head_of(&key))
            .collect())
    }

    async fn checkpoint(&self, process: Id, at: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.ask(schema::CHECKPOINTS, async |store| {
            let range = schema::checkpoints_at(process, at).map_err(|error| failed(&error))?;
            get(store, &range).await
        })
        .await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.write(&schema::ALL, self.durability)?;
        let asked = self.claim.guard(&transaction);
        let asked = asked.and_then(|()| delete(&transaction, &batch));
        let asked = asked.and_then(|()| put(&transaction, &batch));
        if let Err(error) = asked {
            // What was asked before must not be written without the rest. It may be given up already.
            let _ = transaction.abort();
            return Err(self.connection.explain(failed(&error)));
        }
        finish(&transaction);
        let completed = completion(&transaction).await;
        completed.map_err(|error| self.connection.explain(error))
    }
}

/// Says that nothing more is asked of a transaction: the browser would wait for it otherwise.
#[allow(
    deprecated,
    reason = "web-sys takes it for a method of one browser alone; it is a standard one"
)]
fn finish(transaction: &IdbTransaction) {
    // It may be given up already.
    let _ = transaction.commit();
}

/// Asks for all of a batch's deletions.
fn delete(transaction: &IdbTransaction, batch: &Batch) -> Result<(), JsValue> {
    for process in &batch.removed {
        let range = schema::all_of(*process)?;
        for part in Part::ALL {
            let store = transaction.object_store(schema::store_of(part))?;
            store.delete(&range)?;
        }
        let store = transaction.object_store(schema::CHECKPOINTS)?;
        store.delete(&range)?;
        let store = transaction.object_store(schema::PROCESSES)?;
        store.delete(&process.to_string().into())?;
    }
    // One that is replaced may have another key.
    let replaced = batch.checkpoints.iter();
    let replaced = replaced.map(|(process, checkpoint)| (*process, checkpoint.at));
    for (process, at) in batch.pruned.iter().copied().chain(replaced) {
        let store = transaction.object_store(schema::CHECKPOINTS)?;
        store.delete(&schema::checkpoints_at(process, at)?.into())?;
    }
    for key in &batch.released {
        let store = transaction.object_store(schema::HELD)?;
        store.delete(&schema::held_key(*key).into())?;
    }
    Ok(())
}

/// Asks for all that a batch puts to be put.
fn put(transaction: &IdbTransaction, batch: &Batch) -> Result<(), JsValue> {
    let put = |store: &str, key: &str, bytes: &[u8]| {
        let store = transaction.object_store(store)?;
        store.put_with_key(&Uint8Array::from(bytes), &key.into())?;
        Ok::<(), JsValue>(())
    };
    if let Some(identity) = batch.identity {
        put(schema::UNIT, schema::IDENTITY, &identity)?;
    }
    if let Some(modules) = &batch.modules {
        put(schema::UNIT, schema::MODULES, modules)?;
    }
    if let Some(ahead) = batch.ahead {
        put(schema::UNIT, schema::AHEAD, &ahead.to_le_bytes())?;
    }
    for (process, record) in &batch.processes {
        put(schema::PROCESSES, &process.to_string(), record)?;
    }
    for (process, part, segment) in &batch.segments {
        let key = schema::segment_key(*process, segment.first);
        put(schema::store_of(*part), &key, &segment.bytes)?;
    }
    for held in &batch.held {
        put(schema::HELD, &schema::held_key(held.key), &held.bytes)?;
    }
    for (process, checkpoint) in &batch.checkpoints {
        let key = schema::checkpoint_key(*process, checkpoint);
        put(schema::CHECKPOINTS, &key, &checkpoint.bytes)?;
    }
    Ok(())
}

/// The value of a key, or of the first in a range of them.
async fn get(store: &IdbObjectStore, key: &JsValue) -> Result<Option<Vec<u8>>, StoreError> {
    let request = store.get(key).map_err(|error| failed(&error))?;
    let value = answer(&request).await?;
    Ok((!value.is_undefined()).then(|| bytes(&value)))
}

/// The keys in a range, or all, with their values.
async fn entries(
    store: &IdbObjectStore,
    range: Option<&IdbKeyRange>,
) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let range = range.map_or(JsValue::UNDEFINED, JsValue::from);
    let keys = store.get_all_keys_with_key(&range);
    let values = store.get_all_with_key(&range);
    let (keys, values) = (
        keys.map_err(|error| failed(&error))?,
        values.map_err(|error| failed(&error))?,
    );
    let (keys, values) = futures::join!(answer(&keys), answer(&values));
    Ok(texts(keys?).zip(byte_strings(values?)).collect())
}

/// The last key in a range.
async fn last_key(
    store: &IdbObjectStore,
    range: &IdbKeyRange,
) -> Result<Option<String>, StoreError> {
    let request = store.open_key_cursor_with_range_and_direction(range, IdbCursorDirection::Prev);
    let cursor = answer(&request.map_err(|error| failed(&error))?).await?;
    let key = cursor.dyn_ref::<IdbCursor>().map(IdbCursor::key);
    let key = key.transpose().map_err(|error| failed(&error))?;
    Ok(key.and_then(|key| key.as_string()))
}

fn between(from: &str, to: &str) -> Result<IdbKeyRange, StoreError> {
    IdbKeyRange::bound(&from.into(), &to.into()).map_err(|error| failed(&error))
}
