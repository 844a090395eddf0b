//! A connection to a database: how it is opened, and how it is lost.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

use ao_unit::store::StoreError;
use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction, IdbVersionChangeEvent,
};

use super::request::{answer, failed};

/// Another page that is told to let go of a database has so many milliseconds to do so.
const PATIENCE: u32 = 5000;

/// When a commit is durable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// When the operating system has it: it outlives tab and browser, and may be lost when the power fails.
    #[default]
    Relaxed,
    /// When the disk has it.
    Strict,
}

/// An open database.
#[derive(Debug)]
pub(super) struct Connection {
    database: IdbDatabase,
    lost: Rc<RefCell<Option<String>>>,
    /// Called for as long as the connection is.
    _listeners: [Closure<dyn FnMut(Event)>; 2],
}

impl Connection {
    /// Opens the database of this name; `migrate` brings one of an earlier version to this.
    pub(super) async fn open(
        name: &str,
        version: u32,
        migrate: fn(&IdbDatabase, u32) -> Result<(), JsValue>,
    ) -> Result<Self, StoreError> {
        let request = factory()?.open_with_u32(name, version);
        let request = request.map_err(|error| failed(&error))?;
        let upgrade = Closure::once_into_js({
            let request = request.clone();
            move |event: IdbVersionChangeEvent| {
                let database: IdbDatabase = request.result()?.unchecked_into();
                migrate(&database, event.old_version() as u32)
            }
        });
        request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
        match unless_blocked(name, &request).await {
            Ok(database) => Ok(Self::of(database.unchecked_into())),
            Err(error) => {
                close_when_opened(&request);
                Err(error)
            }
        }
    }

    fn of(database: IdbDatabase) -> Self {
        let lost = Rc::new(RefCell::new(None));
        // The other page waits until this one lets go.
        let version_change = Closure::new({
            let (database, lost) = (database.clone(), Rc::clone(&lost));
            move |_| {
                database.close();
                lost.replace(Some("another page deletes or changes it".to_owned()));
            }
        });
        let close = Closure::new({
            let lost = Rc::clone(&lost);
            move |_| {
                lost.replace(Some("the browser or its user deleted it".to_owned()));
            }
        });
        database.set_onversionchange(Some(version_change.as_ref().unchecked_ref()));
        database.set_onclose(Some(close.as_ref().unchecked_ref()));
        Self {
            database,
            lost,
            _listeners: [version_change, close],
        }
    }

    /// Begins a transaction that reads from one object store.
    pub(super) fn read(&self, store: &str) -> Result<IdbTransaction, StoreError> {
        let transaction = self.database.transaction_with_str(store);
        transaction.map_err(|error| self.explain(failed(&error)))
    }

    /// Begins a transaction that writes to any of these object stores.
    pub(super) fn write(
        &self,
        stores: &[&str],
        durability: Durability,
    ) -> Result<IdbTransaction, StoreError> {
        let stores: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let durability = match durability {
            Durability::Relaxed => "relaxed",
            Durability::Strict => "strict",
        };
        let options = Object::new();
        let set = Reflect::set(&options, &"durability".into(), &durability.into());
        let database: &Transacting = self.database.unchecked_ref();
        let transaction = set.and_then(|_| database.transaction(&stores, "readwrite", &options));
        transaction.map_err(|error| self.explain(failed(&error)))
    }

    /// What a failure means on this connection: when it is lost, that is the cause of every other.
    pub(super) fn explain(&self, error: StoreError) -> StoreError {
        match &*self.lost.borrow() {
            Some(reason) => {
                StoreError::Lost(format!("database {}: {reason}", self.database.name()))
            }
            None => error,
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
        self.database.close();
    }
}

/// Deletes the database of this name.
pub(super) async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name);
    let request = request.map_err(|error| failed(&error))?;
    unless_blocked(name, &request).await.map(drop)
}

#[wasm_bindgen]
extern "C" {
    /// The form of `transaction` that takes options, which `web-sys` does not have yet.
    type Transacting;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Transacting,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// The database or whatever else a request answers, unless another page holds on to it for too long.
async fn unless_blocked(name: &str, request: &IdbOpenDbRequest) -> Result<JsValue, StoreError> {
    let (block, blocked) = oneshot::channel::<()>();
    let on_blocked = Closure::once(move || {
        // The request may have been answered meanwhile.
        let _ = block.send(());
    });
    request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    let too_long = pin!(async {
        if blocked.await.is_err() {
            std::future::pending::<()>().await;
        }
        TimeoutFuture::new(PATIENCE).await;
    });
    let answering = pin!(answer(request));
    let answered = select(answering, too_long).await;
    request.set_onblocked(None);
    match answered {
        Either::Left((answered, _)) => answered,
        Either::Right(_) => Err(StoreError::Blocked(name.to_owned())),
    }
}

/// The browser opens the database all the same, once it is free. Then nobody wants it any more, and it
/// must not be held in turn.
fn close_when_opened(request: &IdbOpenDbRequest) {
    let opened = request.clone();
    let close = Closure::once_into_js(move || {
        if let Ok(database) = opened.result() {
            database.unchecked_into::<IdbDatabase>().close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
}

fn factory() -> Result<IdbFactory, StoreError> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).unwrap_or_default();
    if factory.is_falsy() {
        let reason = "there is no IndexedDB here: use memory://".to_owned();
        return Err(StoreError::Failed(reason));
    }
    Ok(factory.unchecked_into())
}
