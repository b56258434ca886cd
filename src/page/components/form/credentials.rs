//! The second group of the form: the AccessKey. In: the draft. Out: a view; in the demo a sentence instead.

use leptos::prelude::*;
use provisioner_core::plan::{Connection, Field};

use crate::page::Page;
use crate::page::components::common::field::text_field;
use crate::page::components::common::secret_field::secret_field;
use crate::page::texts::texts;

/// The group.
pub(super) fn credentials(page: Page) -> AnyView {
    let words = &texts().form;
    let is_demo = move || page.draft.connection.get() == Connection::Demo;
    let held = move || {
        let held_id = page.state.held_id.get();
        let is_held = !held_id.is_empty() && page.draft.access_key_id.with(|id| *id == held_id);
        is_held.then(|| view! { <p class="good-hint">{(words.key_held)(&held_id)}</p> })
    };
    view! {
        <fieldset>
            <legend>{words.account_group}</legend>
            <p class="hint wide" hidden=move || !is_demo()>{words.account_demo}</p>
            <div class="pair wide" hidden=is_demo>
                {text_field(page, Field::AccessKeyId)}
                <div>{secret_field(page, Field::AccessKeySecret)} {held}</div>
                <div class="wide">{secret_field(page, Field::SecurityToken)}</div>
            </div>
        </fieldset>
    }
    .into_any()
}
