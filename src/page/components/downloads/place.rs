//! A place of the user's choice for a file. In: the order. Out: the browser's question, and the order with its answer.

use leptos::prelude::*;
use leptos::task::spawn_local;
use provisioner_core::time::WallTime;
use wasm_bindgen::prelude::*;

use super::Choice;
use crate::page::texts::in_all;
use crate::page::{Page, focus};

#[wasm_bindgen]
extern "C" {
    /// Asks the user for a place ("File System Access"); only some browsers have it.
    #[wasm_bindgen(catch, js_name = showSaveFilePicker)]
    async fn ask_for_place(options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Whether this browser lets the user choose one.
pub(super) fn can_be_chosen() -> bool {
    js_sys::Reflect::has(&window(), &"showSaveFilePicker".into()).unwrap_or_default()
}

/// Asks the user for a place, and has the file written there.
pub(super) fn choose(page: Page, choice: Choice) {
    let Some(order) = super::order(page, choice) else { return };
    let product_key = untrack(|| {
        page.state.read(|mirror| mirror.started.as_ref().map(|started| started.product_key.clone()).unwrap_or_default())
    });
    let rows = untrack(|| super::rows_chosen(page, choice));
    let name = order.file_name(&product_key, rows, WallTime(js_sys::Date::now() as u64));
    let options = js_sys::Object::new();
    // A plain object takes any property.
    js_sys::Reflect::set(&options, &"suggestedName".into(), &name.into()).unwrap_or_default();
    spawn_local(async move {
        match ask_for_place(&options).await {
            Ok(handle) => super::send(page, choice, order, Some(handle.unchecked_into())),
            Err(reason) => {
                let word = |name: &str| {
                    js_sys::Reflect::get(&reason, &name.into())
                        .ok()
                        .and_then(|word| word.as_string())
                        .unwrap_or_default()
                };
                // Whoever closes the question wants no file.
                if word("name") != "AbortError" {
                    page.state.saving(|saving| saving.fail(in_all(|texts| (texts.file.not_written)(&word("message")))));
                }
            }
        }
        focus("download");
    });
}
