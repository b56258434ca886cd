//! The second group of the form: the AccessKey. In: the draft. Out: an element; in the demo a sentence instead.

use leptos::prelude::*;
use provisioner_core::plan::{Field, is_temporary};

use super::group;
use crate::page::Page;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::field::{secret_field, text_field};
use crate::page::components::{expiry, lock};
use crate::page::texts::texts;

/// The group.
pub(super) fn credentials(page: Page) -> El {
    let words = &texts().form;
    let is_demo = move || page.draft.is_demo();
    let is_lasting = move || {
        let id = page.draft.value(Field::AccessKeyId).map(|id| id.get()).unwrap_or_default();
        !id.is_empty() && !is_temporary(&id)
    };
    let held = move || {
        let id = page.draft.value(Field::AccessKeyId).map(|id| id.get()).unwrap_or_default();
        let is_held = !id.is_empty() && page.state.read(|mirror| mirror.held_id == id);
        if is_held { (words.key_held)(&id) } else { String::new() }
    };
    let fields = el("div", "pair wide")
        .flag_of("hidden", is_demo)
        // From each of them.
        .on("paste", move |event| page.paste_key(&event))
        .child(text_field(page, Field::AccessKeyId))
        .child(
            el("div", "").child(secret_field(page, Field::AccessKeySecret)).child(el("p", "good-hint").text_of(held)),
        )
        .child(secret_field(page, Field::SecurityToken))
        .child(lock::minutes(page))
        .child(el("p", "hint wide").flag_of("hidden", move || !is_lasting()).text(words.key_lasting))
        .child(expiry::expiry(page));
    group(words.account_group)
        .attr("class", "account")
        .child(el("p", "hint wide").flag_of("hidden", move || !is_demo()).text(words.account_demo))
        .child(fields)
}
