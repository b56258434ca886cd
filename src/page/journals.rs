//! Whether this browser may hold the journal of an unfinished run. In: what to do if so. Out: nothing.
//!
//! Only the engine reads journals, and it is not loaded where there is none: on a first visit.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::*;

use crate::protocol::JOURNALS;

#[wasm_bindgen]
extern "C" {
    /// Indexed Database API 3.0, `IDBFactory.databases`.
    #[wasm_bindgen(catch, js_namespace = indexedDB)]
    fn databases() -> Result<Promise, JsValue>;
}

/// Calls `found` if there may be a journal. A browser that does not tell may have one.
pub(super) fn look(found: impl Fn() + Clone + 'static) {
    let Ok(told) = databases() else { return found() };
    let name = |database: JsValue| Reflect::get(&database, &"name".into()).ok().and_then(|name| name.as_string());
    let otherwise = found.clone();
    let on_told = Closure::once(move |list: JsValue| {
        if Array::from(&list).iter().any(|database| name(database).as_deref() == Some(JOURNALS)) {
            found();
        }
    });
    let on_refused = Closure::once(move |_: JsValue| otherwise());
    // What the two of them return is of no interest.
    drop(told.then2(&on_told, &on_refused));
    on_told.forget();
    on_refused.forget();
}
