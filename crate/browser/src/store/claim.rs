//! Who writes to a database: whoever opened it last.
//!
//! Web Locks keep tabs from opening a database twice. But a browser that clears an origin's storage forgets who
//! had which lock, and any page may take one away; two that write would make a log that neither of them wrote.

use ao_unit::store::StoreError;
use wasm_bindgen::prelude::*;
use web_sys::{IdbKeyRange, IdbObjectStore, IdbTransaction};

use super::connection::{Connection, Durability};
use super::request::{answer, completion, failed};
use super::schema;

/// Of so many openings the database keeps a mark, of a few bytes each. Nobody stays open while others open it so often.
const KEPT: u32 = 4096;

/// The number of an opening. Each leaves a mark, and whoever finds that of the next has lost the database.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim(u32);

impl Claim {
    /// Takes over from whoever opened the database before.
    pub(super) async fn make(connection: &Connection) -> Result<Self, StoreError> {
        let transaction = connection.write(&[schema::UNIT], Durability::Relaxed)?;
        let store = transaction.object_store(schema::UNIT);
        let store = store.map_err(|error| failed(&error))?;
        let last = store.get(&schema::OPENINGS.into());
        let last = answer(&last.map_err(|error| failed(&error))?).await?;
        let claim = Self((last.as_f64().unwrap_or_default() as u32).wrapping_add(1));
        claim.mark(&store).map_err(|error| failed(&error))?;
        completion(&transaction).await?;
        Ok(claim)
    }

    fn mark(self, store: &IdbObjectStore) -> Result<(), JsValue> {
        let own = schema::opening_key(self.0);
        store.put_with_key(&self.0.into(), &schema::OPENINGS.into())?;
        store.put_with_key(&JsValue::TRUE, &own.into())?;
        if let Some(old) = self.0.checked_sub(KEPT) {
            let first = schema::opening_key(0);
            let range = IdbKeyRange::bound(&first.into(), &schema::opening_key(old).into())?;
            store.delete(&range)?;
        }
        Ok(())
    }

    /// Has the database give up `transaction` if somebody has opened it since. It decides that by itself: what
    /// is there already cannot be added. So nothing has to be waited for.
    pub(super) fn guard(self, transaction: &IdbTransaction) -> Result<(), JsValue> {
        let store = transaction.object_store(schema::UNIT)?;
        let next = JsValue::from(schema::opening_key(self.0.wrapping_add(1)));
        store.add_with_key(&JsValue::TRUE, &next)?;
        store.delete(&next)?;
        Ok(())
    }
}
