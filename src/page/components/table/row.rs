//! One row of the credential table. In: its position. Out: an element; its secret only while it is revealed.

use leptos::prelude::*;

use super::class;
use super::window::Sight;
use crate::page::Page;
use crate::page::choice::Column;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::text::{span, unseen};
use crate::page::texts::texts;
use crate::protocol::{Command, CopiedRows, MaskedRow};

/// What stands for a secret. Always as long, so that it says nothing of it.
const DOTS: &str = "••••••••••••";

/// What stands in a cell whose row has not arrived yet.
const LOADING: &str = "…";

/// A row.
pub(super) fn row(page: Page, sight: RwSignal<Sight>, position: u32) -> El {
    let words = &texts().table;
    let state = page.state;
    let read = move |read: fn(&MaskedRow) -> String| state.of_row(position, read).unwrap_or_else(|| LOADING.to_owned());
    let name = move || read(|row| row.device_name.clone());
    let index = move || untrack(|| state.of_row(position, |row| row.index));
    let is_shown = move || state.is_revealed(position);
    let secret = move |is_shown| {
        Some(if is_shown == 1 {
            el("code", "uncovered").text_string(state.revealed())
        } else {
            el("span", "").child(span(DOTS).attr("aria-hidden", "true")).child(unseen(words.masked))
        })
    };
    let reveal = move |_| match index() {
        _ if untrack(is_shown) => state.mask(),
        Some(index) => page.reveal(index),
        None => {}
    };
    let copy = move |_| {
        if let Some(index) = index() {
            page.send(&Command::Copy(page.choice.with_untracked(|choice| choice.copied), CopiedRows::One(index)));
        }
    };
    // Tab reaches the buttons of one row; the arrow keys go on from there.
    let is_stop = move || Some(if sight.with(Sight::stop) == position { "0" } else { "-1" });
    let button = |testid: &'static str| {
        el("button", "button small").attr("type", "button").testid(testid).attr_of("tabindex", is_stop)
    };
    let reveal = button("reveal")
        .attr_of("aria-pressed", move || Some(if is_shown() { "true" } else { "false" }))
        .on("click", reveal)
        .text_of(move || (if is_shown() { words.mask } else { words.reveal }).to_owned())
        .child(unseen("").text_of(name));
    let copied = move || (words.of_device)(page.choice.with(|choice| choice.copied), &name());
    let copy = button("copy").on("click", copy).text(texts().page.copy).child(unseen("").text_of(copied));
    let cell = move |column: Column| el("td", class(column));
    let code = move |column, of: fn(&MaskedRow) -> String| cell(column).child(el("code", "").text_of(move || read(of)));
    let is_saved = move || {
        let saved = state.of_run(|run| run.downloaded) - state.unsaved();
        state.of_row(position, |row| row.index < saved)
    };
    let status = move || is_saved().map_or(LOADING, |is_saved| if is_saved { words.saved } else { words.unsaved });
    el("tr", "")
        .testid("row")
        .attr_string("aria-rowindex", (position + 2).to_string())
        .child(el("td", "number").text_of(move || read(|row| (texts().page.number)(row.index + 1))))
        .child(code(Column::DeviceName, |row| row.device_name.clone()).testid("cell-device-name"))
        .child(cell(Column::DeviceSecret).testid("cell-device-secret").swap(move || is_shown().into(), secret))
        .child(el("td", "row-tools").child(reveal).child(copy))
        .child(code(Column::IotId, |row| row.iot_id.clone()).testid("cell-iot-id"))
        .child(cell(Column::Nickname).text_of(move || read(|row| row.nickname.clone())))
        .child(code(Column::DeviceId, |row| row.device_id.clone()))
        .child(cell(Column::Batch).text_of(move || read(|row| row.batch.to_string())))
        .child(cell(Column::Status).text_of(move || status().to_owned()))
}
