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

/// An opening. Each leaves its number as a mark, and whoever finds the next one has lost the database.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    number: u32,
    /// Not on a disk that is full: then it goes with the first transaction for which there is room.
    is_marked: bool,
}

impl Claim {
    /// Takes over from whoever opened the database before.
    pub(super) async fn make(connection: &Connection) -> Result<Self, StoreError> {
        let transaction = connection.write(&[schema::UNIT], Durability::Relaxed)?;
        let store = transaction.object_store(schema::UNIT);
        let store = store.map_err(|error| failed(&error))?;
        let last = store.get(&schema::OPENINGS.into());
        let last = answer(&last.map_err(|error| failed(&error))?).await?;
        let number = (last.as_f64().unwrap_or_default() as u32).wrapping_add(1);
        let mut claim = Self {
            number,
            is_marked: false,
        };
        let marked = match claim.mark(&store) {
            Ok(()) => completion(&transaction).await,
            Err(error) => {
                // It may be given up already.
                let _ = transaction.abort();
                Err(failed(&error))
            }
        };
        match marked {
            // What is there can still be read.
            Err(StoreError::Quota(_)) => {}
            Err(error) => return Err(error),
            Ok(()) => claim.is_marked = true,
        }
        Ok(claim)
    }

    fn mark(self, store: &IdbObjectStore) -> Result<(), JsValue> {
        let own = schema::opening_key(self.number);
        store.put_with_key(&self.number.into(), &schema::OPENINGS.into())?;
        store.put_with_key(&JsValue::TRUE, &own.into())?;
        if let Some(old) = self.number.checked_sub(KEPT) {
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
        if !self.is_marked {
            self.mark(&store)?;
        }
        let next = JsValue::from(schema::opening_key(self.number.wrapping_add(1)));
        store.add_with_key(&JsValue::TRUE, &next)?;
        store.delete(&next)?;
        Ok(())
    }
}
