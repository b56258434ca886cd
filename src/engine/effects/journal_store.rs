//! The journal's place: IndexedDB, each record durable before it counts. In: records. Out: the same, after a crash too.
//!
//! One object store, keyed by run and number; number 0 is the run's header. `idb` and its like offer no strict
//! durability, which is the point here (Indexed Database API 3.0, §2.7.1), so the few calls are made directly.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::protocol::JOURNALS;

/// The database's only store.
const RECORDS: &str = "records";

/// The browser said no; its words, for a person.
pub(in crate::engine) struct Unkept(pub String);

impl From<JsValue> for Unkept {
    fn from(reason: JsValue) -> Self {
        let message = Reflect::get(&reason, &"message".into()).ok().and_then(|message| message.as_string());
        Self(message.unwrap_or_default())
    }
}

/// The open database.
pub(in crate::engine) struct Store(JsValue);

/// One run's records by their numbers; the first is its header, and one that is missing is empty.
pub(in crate::engine) struct Kept {
    /// The run's id.
    pub id: String,
    /// Its records.
    pub records: Vec<Vec<u8>>,
}

impl Store {
    /// Opens the database, and makes it where there is none.
    pub(in crate::engine) async fn open() -> Result<Self, Unkept> {
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
        let request = call(&factory, "open", &[JOURNALS.into(), 1.into()])?;
        let upgraded = request.clone();
        let upgrade = Closure::once_into_js(move || {
            let made = Reflect::get(&upgraded, &"result".into())
                .and_then(|database| call(&database, "createObjectStore", &[RECORDS.into()]));
            // A failure ends the request with an error, which is seen below.
            drop(made);
        });
        Reflect::set(&request, &"onupgradeneeded".into(), &upgrade)?;
        Ok(Self(settled(&request, "onsuccess").await?))
    }

    /// Keeps a record, for good.
    pub(in crate::engine) async fn put(&self, id: &str, number: u32, record: &[u8]) -> Result<(), Unkept> {
        let (transaction, records) = self.records("readwrite")?;
        call(&records, "put", &[Uint8Array::from(record).into(), key(id, number).into()])?;
        settled(&transaction, "oncomplete").await?;
        Ok(())
    }

    /// Every run that is kept, the newest first.
    pub(in crate::engine) async fn runs(&self) -> Result<Vec<Kept>, Unkept> {
        let (_, records) = self.records("readonly")?;
        let keys = call(&records, "getAllKeys", &[])?;
        let values = call(&records, "getAll", &[])?;
        settled(&values, "onsuccess").await?;
        let result = |request: &JsValue| Reflect::get(request, &"result".into()).map(|all| Array::from(&all));
        let mut runs: Vec<Kept> = Vec::new();
        for (key, value) in result(&keys)?.iter().zip(result(&values)?.iter()) {
            let key = key.as_string().unwrap_or_default();
            let (id, number) = key.split_once('/').unwrap_or_default();
            let record = value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
            if runs.last().is_none_or(|run| run.id != id) {
                runs.push(Kept { id: id.to_owned(), records: Vec::new() });
            }
            if let Some(Kept { records, .. }) = runs.last_mut() {
                if number.parse() != Ok(records.len()) {
                    records.push(Vec::new());
                }
                records.push(record);
            }
        }
        runs.reverse();
        Ok(runs)
    }

    /// Forgets a run.
    pub(in crate::engine) async fn forget(&self, id: &str) -> Result<(), Unkept> {
        let (transaction, records) = self.records("readwrite")?;
        let range = Reflect::get(&js_sys::global(), &"IDBKeyRange".into())?;
        let (first, last) = ([id, "/"].concat(), [id, "0"].concat());
        let range = call(&range, "bound", &[first.into(), last.into()])?;
        call(&records, "delete", &[range])?;
        settled(&transaction, "oncomplete").await?;
        Ok(())
    }

    fn records(&self, mode: &str) -> Result<(JsValue, JsValue), Unkept> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction = call(&self.0, "transaction", &[RECORDS.into(), mode.into(), options.into()])?;
        let records = call(&transaction, "objectStore", &[RECORDS.into()])?;
        Ok((transaction, records))
    }
}

/// Sorts by run, then by number; ids are of one length.
fn key(id: &str, number: u32) -> String {
    format!("{id}/{number:010}")
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    method.apply(object, &arguments.iter().collect())
}

/// Waits for a request or transaction to succeed, and gives its `result`.
async fn settled(waited: &JsValue, success: &str) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let object = waited.clone();
        let succeed = Closure::once_into_js(move || {
            let result = Reflect::get(&object, &"result".into()).unwrap_or_default();
            resolve.call1(&JsValue::NULL, &result).unwrap_or_default();
        });
        let object = waited.clone();
        let fail = Closure::once_into_js(move || {
            let error = Reflect::get(&object, &"error".into()).unwrap_or_default();
            reject.call1(&JsValue::NULL, &error).unwrap_or_default();
        });
        for (name, handler) in [(success, &succeed), ("onerror", &fail), ("onabort", &fail), ("onblocked", &fail)] {
            Reflect::set(waited, &name.into(), handler).unwrap_or_default();
        }
    });
    JsFuture::from(promise).await
}
