//! A button that copies a text that is on show. In: the text and its name. Out: a view.

use leptos::prelude::*;

use crate::page::texts::texts;
use crate::page::{Page, clipboard};

/// The button. `what` names the text to those who hear the page.
pub(in crate::page::components) fn copy(page: Page, text: String, what: String) -> AnyView {
    let words = &texts().page;
    let name = (words.copy_named)(&what);
    view! {
        <button
            type="button"
            class="button small"
            aria-label=name
            on:click=move |_| clipboard::copy(&text, what.clone(), page.say)
        >
            {words.copy}
        </button>
    }
    .into_any()
}
