//! The error summary: one link per error, to its field. In: the draft's errors. Out: a view, none without errors.

use leptos::prelude::*;
use provisioner_core::plan::Field;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::page::Page;
use crate::page::components::common::field::id_of;
use crate::page::texts::texts;

/// The summary. It comes and goes as a whole, so that it is read out once and not with every key.
pub(super) fn summary(page: Page) -> AnyView {
    let words = &texts().form;
    let has_errors = Memo::new(move |_| page.draft.errors.with(|errors| !errors.is_empty()));
    let links = move || {
        page.draft.errors.with(|errors| {
            errors
                .iter()
                .map(|error| {
                    let field = error.field;
                    let to_field = move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        focus(field);
                    };
                    view! {
                        <li>
                            <a href=["#", id_of(field)].concat() on:click=to_field>{(words.fault)(field, &error.fault)}</a>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    let shown = move || {
        has_errors.get().then(|| {
            view! {
                <div class="summary" data-testid="error-summary" role="alert" aria-atomic="false" aria-relevant="additions" tabindex="-1">
                    <h3>{words.summary}</h3>
                    <ul>{links}</ul>
                </div>
            }
        })
    };
    shown.into_any()
}

fn focus(field: Field) {
    let element = document().get_element_by_id(id_of(field));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An input that is on show takes the focus.
        element.focus().unwrap_or_default();
    }
}
