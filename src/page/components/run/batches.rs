//! The batches, each with its ApplyId. In: the engine's reports. Out: an element; many batches are folded away.

use leptos::prelude::*;
use provisioner_core::model::report::{BatchReport, BatchState};

use crate::page::Page;
use crate::page::components::common::button::copy;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::text::span;
use crate::page::texts::texts;

/// Batches that are on show without unfolding.
const UNFOLDED_MAX: usize = 5;

/// The batches.
pub(super) fn batches(page: Page) -> El {
    let words = &texts().run;
    let count = untrack(|| page.state.of_run(|run| run.batches.len()));
    let columns = [
        (words.batch, "number"),
        (words.batch_devices, "number"),
        (words.batch_state, ""),
        (words.batch_rows_name, "number"),
        (words.batch_apply_id, ""),
    ];
    let head = columns.map(|(name, class)| el("th", class).attr("scope", "col").text(name));
    let table = el("table", "batches")
        .child(el("thead", "").child(el("tr", "").children(head.into())))
        .child(el("tbody", "").children((0..count).map(|index| batch(page, index)).collect()));
    let list = el("div", "scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr_string("aria-label", (words.batches)(count))
        .child(table);
    if count > UNFOLDED_MAX {
        el("details", "fold").child(el("summary", "").text_string((words.batches)(count))).child(list)
    } else {
        list
    }
}

fn batch(page: Page, index: usize) -> El {
    let words = &texts().run;
    let now = move |read: fn(&BatchReport) -> String| {
        page.state.of_run(|run| run.batches.get(index).map(read).unwrap_or_default())
    };
    let state = move || page.state.of_run(|run| run.batches.get(index).map(|batch| batch.state));
    let apply_id = move || now(|batch| batch.apply_id.clone().unwrap_or_default());
    let apply_id_cell = move || {
        let id = apply_id();
        let what = [words.batch_apply_id, " ", &id].concat();
        el("span", "").child(el("code", "").text_string(id.clone())).text(" ").child(copy(page, id, what))
    };
    let none = span(words.batch_no_apply_id).flag_of("hidden", move || !apply_id().is_empty());
    let state_cell = el("span", "")
        .attr_of("class", move || state().map(state_class))
        .text_of(move || state().map(words.batch_state_name).unwrap_or_default().to_owned());
    el("tr", "")
        .testid("batch")
        .child(el("td", "number").text_string((index + 1).to_string()))
        .child(el("td", "number").text_of(move || now(devices)))
        .child(el("td", "").child(state_cell))
        .child(el("td", "number").text_of(move || now(words.batch_rows)))
        .child(el("td", "").child(none).child_if(move || !apply_id().is_empty(), apply_id_cell))
}

fn devices(batch: &BatchReport) -> String {
    let words = &texts().page;
    batch.devices_known().map_or_else(|| words.unknown.to_owned(), words.number)
}

fn state_class(state: BatchState) -> &'static str {
    match state {
        BatchState::Waiting | BatchState::NotSent | BatchState::Cancelled => "state",
        BatchState::Submitting | BatchState::Registering | BatchState::Fetching => "state active",
        BatchState::Complete => "state good",
        BatchState::Incomplete | BatchState::Unclear => "state warning",
        BatchState::Refused => "state bad",
    }
}
