//! A field for a secret. In: which field. Out: a view. What is typed stays in the element: no signal ever holds it.

use leptos::prelude::*;
use provisioner_core::plan::Field;

use super::field::{described_by, framed, id_of, is_faulty};
use crate::page::Page;
use crate::page::texts::texts;

/// The field, with a button that shows what is typed.
pub(in crate::page::components) fn secret_field(page: Page, field: Field) -> AnyView {
    let words = &texts().form;
    let id = id_of(field);
    let (is_shown, show) = signal(false);
    let control = view! {
        <div class="with-button">
            <input
                id=id
                data-testid=id
                class="input"
                type=move || if is_shown.get() { "text" } else { "password" }
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby=move || described_by(page, field)
                aria-invalid=move || is_faulty(page, field)
                node_ref=page.draft.secret_input(field)
                on:input=move |_| page.changed(field)
            />
            <button type="button" class="button" aria-controls=id on:click=move |_| show.update(|shown| *shown = !*shown)>
                {move || if is_shown.get() { words.hide } else { words.show }}
                <span class="unseen">" "{(words.label)(field)}</span>
            </button>
        </div>
    };
    framed(page, field, control.into_any())
}
