//! The error summary: one link per error, to its field. In: the draft's errors. Out: an element, empty without errors.

use leptos::prelude::*;
use provisioner_core::plan::FieldError;

use crate::page::components::common::each::each;
use crate::page::components::common::el::{El, el};
use crate::page::draft::id_of;
use crate::page::texts::texts;
use crate::page::{Page, focus};

/// The summary. It comes and goes as a whole, and only additions are read out, not every key.
pub(super) fn summary(page: Page) -> El {
    let count = move || page.draft.read(|sheet| u32::try_from(sheet.errors.len()).unwrap_or(u32::MAX));
    let summary = move || {
        el("div", "summary")
            .attr("id", "error-summary")
            .testid("error-summary")
            .attr("role", "alert")
            .attr("aria-atomic", "false")
            .attr("aria-relevant", "additions")
            .attr("tabindex", "-1")
            .child(el("h3", "").text(texts().form.summary))
            .child(el("ul", "").view(each(move || 0..count(), false, move |index| link(page, index as usize))))
    };
    el("div", "stack").child_if(move || count() > 0, summary)
}

fn link(page: Page, index: usize) -> El {
    let of_error = move |read: fn(&FieldError) -> String| {
        page.draft.read(|sheet| sheet.errors.get(index).map(read).unwrap_or_default())
    };
    let to_field = move |event: web_sys::Event| {
        event.prevent_default();
        if let Some(field) = untrack(|| page.draft.read(|sheet| sheet.errors.get(index).map(|error| error.field))) {
            focus(id_of(field));
        }
    };
    let link = el("a", "")
        .attr_string_of("href", move || of_error(|error| ["#", id_of(error.field)].concat()))
        .on("click", to_field)
        .text_of(move || of_error(|error| (texts().form.fault)(error.field, &error.fault)));
    el("li", "").child(link)
}
