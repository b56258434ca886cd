//! One row of the credential table. In: its index. Out: an element; its secret only while it is revealed.

use leptos::prelude::*;

use crate::page::Page;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::text::{span, unseen};
use crate::page::texts::texts;
use crate::protocol::{Command, MaskedRow, Purpose};

/// What stands for a secret. Always as long, so that it says nothing of it.
const DOTS: &str = "••••••••••••";

/// What stands in a cell whose row has not arrived yet.
const LOADING: &str = "…";

/// A row.
pub(super) fn row(page: Page, index: u32) -> El {
    let words = &texts().table;
    let state = page.state;
    let read = move |read: fn(&MaskedRow) -> String| state.of_row(index, read).unwrap_or_else(|| LOADING.to_owned());
    let name = move || read(|row| row.device_name.clone());
    let is_shown = move || state.is_revealed(index);
    let secret = move |is_shown| {
        Some(if is_shown == 1 {
            el("code", "secret").text_string(state.revealed())
        } else {
            el("span", "").child(span(DOTS).attr("aria-hidden", "true")).child(unseen(words.masked))
        })
    };
    let reveal = move |_| if untrack(is_shown) { state.mask() } else { page.reveal(index) };
    let copy = move |_| page.send(&Command::Reveal { row: index, purpose: Purpose::Copy });
    let button = |testid: &'static str| el("button", "button small").attr("type", "button").testid(testid);
    let named = move || unseen("").text_of(name);
    let reveal = button("reveal")
        .attr_of("aria-pressed", move || Some(if is_shown() { "true" } else { "false" }))
        .on("click", reveal)
        .text_of(move || (if is_shown() { words.mask } else { words.reveal }).to_owned())
        .child(named());
    let copy = button("copy").on("click", copy).text(texts().page.copy).child(named());
    let code = move |cell: &'static str, of: fn(&MaskedRow) -> String| {
        el("td", "").testid(cell).child(el("code", "").text_of(move || read(of)))
    };
    el("tr", "")
        .testid("row")
        .attr_string("aria-rowindex", (index + 2).to_string())
        .child(el("td", "number").text_string((texts().page.number)(index + 1)))
        .child(code("cell-device-name", |row| row.device_name.clone()))
        .child(el("td", "").testid("cell-device-secret").swap(move || is_shown().into(), secret))
        .child(el("td", "row-tools").child(reveal).child(copy))
        .child(code("cell-iot-id", |row| row.iot_id.clone()))
        .child(el("td", "number").text_of(move || read(|row| row.batch.to_string())))
}
