//! What every store must do. The suite runs over each of them, natively and in a browser.

mod batches;
mod checkpoints;
mod held;
mod logs;

use ao_data_item::Id;

use super::{Batch, Store};

/// Checks a store that is empty; panics at what it does wrong.
///
/// # Panics
///
/// When the store does not keep what this suite says.
pub async fn check(store: &impl Store) {
    batches::check(store).await;
    logs::check(store).await;
    held::check(store).await;
    checkpoints::check(store).await;
    batches::check_removal(store).await;
}

const FIRST: Id = Id([1; 32]);
const SECOND: Id = Id([2; 32]);

async fn commit(store: &impl Store, batch: Batch) {
    store.commit(batch).await.expect("a batch is committed");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryStore;

    #[test]
    fn a_memory_store_conforms() {
        pollster::block_on(check(&MemoryStore::default()));
    }
}
