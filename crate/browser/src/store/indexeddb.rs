//! The unit's store in IndexedDB.
//!
//! No future but a request's own is awaited while a transaction is open: the browser would commit it.

use ao_data_item::Id;
use ao_unit::store::{Batch, Part, Segment, Store, StoreError};
use indexed_db_futures::cursor::CursorDirection;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};
use indexed_db_futures::typed_array::{Uint8Array, Uint8ArraySlice};
use wasm_bindgen::JsValue;

use super::schema;

/// A database of this origin.
#[derive(Debug)]
pub struct IndexeddbStore {
    database: Database,
}

impl IndexeddbStore {
    /// Opens the database of this name, made or migrated if need be.
    ///
    /// # Errors
    ///
    /// When the browser refuses, or an older page keeps the database from being migrated.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let request = Database::open(name)
            .with_version(schema::VERSION)
            .with_on_upgrade_needed(|event, database| {
                schema::migrate(&database, event.old_version() as u32)
            });
        let database = request.await.map_err(|error| open_failed(&error))?;
        Ok(Self { database })
    }

    /// Deletes the database of this name.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn delete(name: &str) -> Result<(), StoreError> {
        let request = Database::delete_by_name(name).map_err(|error| open_failed(&error))?;
        request.await.map_err(|error| failed(&error))
    }

    async fn read_identity(&self) -> Result<Option<Vec<u8>>, Error> {
        let transaction = self.database.transaction(schema::UNIT).build()?;
        let store = transaction.object_store(schema::UNIT)?;
        let identity: Option<Uint8Array> = store.get(schema::IDENTITY).primitive()?.await?;
        Ok(identity.map(Into::into))
    }

    async fn read_processes(&self) -> Result<Vec<Vec<u8>>, Error> {
        let transaction = self.database.transaction(schema::PROCESSES).build()?;
        let store = transaction.object_store(schema::PROCESSES)?;
        let records = store.get_all::<Uint8Array>().primitive()?.await?;
        records.map(|record| Ok(record?.into())).collect()
    }

    async fn read_segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, Error> {
        let name = schema::store_of(part);
        let transaction = self.database.transaction(name).build()?;
        let store = transaction.object_store(name)?;
        let key = |nonce| schema::segment_key(process, nonce);

        let begun = store
            .open_key_cursor()
            .with_query(key(0)..=key(from))
            .with_direction(CursorDirection::Prev)
            .primitive()?
            .await?;
        let start = match begun {
            Some(mut cursor) => cursor.next_key::<String>().await?,
            None => None,
        };
        let range = start.unwrap_or_else(|| key(from))..=key(to.max(from));
        let keys = store
            .get_all_keys::<String>()
            .with_query(range.clone())
            .primitive()?;
        let values = store
            .get_all::<Uint8Array>()
            .with_query(range)
            .primitive()?;
        let (keys, values) = (keys.await?, values.await?);
        keys.zip(values)
            .map(|(key, value)| {
                let first = schema::first_of(&key?).unwrap_or_default();
                Ok(Segment {
                    first,
                    bytes: value?.into(),
                })
            })
            .collect()
    }

    async fn write(&self, batch: Batch) -> Result<(), Error> {
        // Relaxed: what is committed outlives tab and browser, and may be lost with the power alone.
        let durability = TransactionOptions::new().with_durability(TransactionDurability::Relaxed);
        let transaction = self
            .database
            .transaction(schema::ALL)
            .with_mode(TransactionMode::Readwrite)
            .with_options(durability)
            .build()?;
        let put = |store: &str, key: &str, bytes: &[u8]| -> Result<(), Error> {
            let value = Uint8ArraySlice::new(bytes);
            transaction
                .object_store(store)?
                .put(value)
                .with_key(key)
                .without_key_type()
                .build()?;
            Ok(())
        };
        if let Some(identity) = batch.identity {
            put(schema::UNIT, schema::IDENTITY, &identity)?;
        }
        for (process, record) in &batch.processes {
            put(schema::PROCESSES, &process.to_string(), record)?;
        }
        for (process, part, segment) in &batch.segments {
            let key = schema::segment_key(*process, segment.first);
            put(schema::store_of(*part), &key, &segment.bytes)?;
        }
        transaction.commit().await
    }
}

impl Store for IndexeddbStore {
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError> {
        let identity = self.read_identity().await.map_err(|error| failed(&error))?;
        let identity = identity.map(<[u8; 32]>::try_from);
        let damaged = |bytes: Vec<u8>| {
            StoreError::Failed(format!(
                "the unit's identity has {} bytes, not 32",
                bytes.len()
            ))
        };
        identity.transpose().map_err(damaged)
    }

    async fn processes(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.read_processes().await.map_err(|error| failed(&error))
    }

    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError> {
        self.read_segments(process, part, from, to)
            .await
            .map_err(|error| failed(&error))
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        self.write(batch).await.map_err(|error| failed(&error))
    }
}

/// What a failed request means: the browser's name for it decides.
fn failed(error: &Error) -> StoreError {
    let text = error.to_string();
    let name = match error {
        Error::DomException(exception) => name_of(exception.as_ref()),
        _ => String::new(),
    };
    let text = if name.is_empty() {
        text
    } else {
        format!("{name}: {text}")
    };
    match name.as_str() {
        "QuotaExceededError" => StoreError::Quota(text),
        _ => StoreError::Failed(text),
    }
}

fn open_failed(error: &OpenDbError) -> StoreError {
    match error {
        OpenDbError::Base(error) => failed(error),
        other => StoreError::Failed(other.to_string()),
    }
}

fn name_of(exception: &JsValue) -> String {
    js_sys::Reflect::get(exception, &"name".into())
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_default()
}
