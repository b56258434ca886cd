//! The clipboard. In: a text and what it is called, or that somebody pastes. Out: the text on the clipboard, and a word said
//! about it; or what is pasted.

use js_sys::{Function, JsString, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::texts::texts;

/// Copies a text without showing it, and says so through `say`.
pub(super) fn copy(text: &str, what: String, say: RwSignal<String>) {
    let clipboard = window().navigator().clipboard();
    // Not there outside secure contexts, whatever its type says.
    if JsValue::from(&clipboard).is_undefined() {
        say.set(texts().page.copy_refused.to_owned());
        return;
    }
    let copied = clipboard.write_text(text);
    spawn_local(async move {
        let words = texts();
        say.set(match JsFuture::from(copied).await {
            Ok(_) => (words.page.copied)(&what),
            Err(_) => words.page.copy_refused.to_owned(),
        });
    });
}

/// The text that is being pasted (Clipboard API and events, "ClipboardEvent"; HTML Standard, "DataTransfer").
pub(super) fn pasted(event: &Event) -> Option<JsString> {
    let pasted = Reflect::get(event, &"clipboardData".into()).ok()?;
    let read: Function = Reflect::get(&pasted, &"getData".into()).ok()?.dyn_into().ok()?;
    read.call1(&pasted, &"text/plain".into()).ok()?.dyn_into().ok()
}
