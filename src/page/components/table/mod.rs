//! The credential table: only the rows in sight are in the document. In: rows of the engine. Out: an element.

mod body;
mod copying;
mod focus;
mod head;
mod row;
mod scroll;
mod tools;
mod window;
mod words;

use leptos::prelude::*;

use super::common::el::{El, el};
use super::common::text::hint;
use super::section;
use crate::page::Page;
use crate::page::choice::Column;
use crate::page::texts::texts;
use crate::protocol::Look;
use window::{Sight, Slice};

/// Id of the box that scrolls.
pub(super) const BOX: &str = "rows";

/// Rows that the box makes room for, whatever the filter lets through.
const ROOM_ROWS_MAX: u32 = 100;

/// The table.
pub(super) fn table(page: Page) -> El {
    let words = &texts().table;
    let total = move || page.state.of_run(|run| run.downloaded);
    let sight = RwSignal::new(Sight::default());
    scroll::attend(page, sight);
    body::attend(page, sight);
    focus::attend(page, sight);
    let table = el("table", "")
        .testid("credential-table")
        .attr("aria-label", words.name)
        .attr_string_of("aria-rowcount", move || (in_view(page) + 1).to_string())
        .attr_of("aria-busy", move || is_busy(page).then_some("true"))
        .attr_string_of("class", move || hidden_columns(page))
        .child(el("thead", "").child(head::head(page)))
        .child(
            el("tbody", "")
                .attr("id", body::BODY)
                .child(space(sight, |slice| slice.above_px))
                .child(space(sight, |slice| slice.below_px)),
        );
    let none = move || hint(words.none).attr("role", "note");
    let scroll_box = el("div", "")
        .attr("id", BOX)
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", words.name)
        .attr_of("class", move || {
            Some(if page.choice.with(|choice| choice.is_compact) { "scroll rows compact" } else { "scroll rows" })
        })
        .prop_of("style", move || ["--rows:", &total().max(in_view(page)).min(ROOM_ROWS_MAX).to_string()].concat())
        .on("scroll", scroll::follow(sight))
        .on("scrollend", move |_| scroll::settle(sight))
        .on("click", move |event| body::clicked(page, &event))
        .on("focusin", move |event| focus::hold(page, sight, &event))
        .on("keydown", move |event| focus::step(sight, &event))
        .child(table)
        .child_if(move || in_view(page) == 0, none);
    section("panel credentials", "credentials-heading", move || (words.heading)(total()))
        .child(tools::tools(page))
        .child(scroll_box)
        .child(hint(words.hint))
}

/// Rows that can be scrolled through. All of them are known of before they are asked for; how many a filter lets
/// through, the engine tells.
fn in_view(page: Page) -> u32 {
    let is_part = |look: &Look| look.is_missing || !look.filter.is_empty();
    let (was_part, count) = page.state.of_rows(|seen| (is_part(&seen.answer.look), seen.answer.count));
    if was_part || page.choice.with(|choice| is_part(&choice.look)) {
        count
    } else {
        page.state.of_run(|run| run.downloaded)
    }
}

/// Whether the engine has not yet answered how the table is looked at now.
fn is_busy(page: Page) -> bool {
    page.choice.with(|choice| page.state.of_rows(|seen| seen.answers > 0 && seen.answer.look != choice.look))
}

/// Whether a column is in the table: wanted, and of use.
fn is_shown(page: Page, column: Column) -> bool {
    is_of_use(page, column) && page.choice.with(|choice| choice.shows(column))
}

/// Whether any row has something in the column.
fn is_of_use(page: Page, column: Column) -> bool {
    page.state.of_rows(|seen| match column {
        Column::Nickname => seen.answer.has_nicknames,
        Column::DeviceId => seen.answer.has_device_ids,
        _ => true,
    })
}

/// The class of a column's cells.
fn class(column: Column) -> &'static str {
    match column {
        Column::DeviceName => "name",
        Column::DeviceSecret => "secret",
        Column::IotId => "iot-id",
        Column::Nickname => "nickname",
        Column::DeviceId => "device-id",
        Column::Batch => "batch",
        Column::Status => "status",
    }
}

/// The style sheet hides cells, so that no row is made anew for it. Devices that are missing have no credentials, and a
/// status that says why.
fn hidden_columns(page: Page) -> String {
    let is_missing = page.state.of_rows(|seen| seen.answer.look.is_missing);
    let is_hidden = |column| !(is_shown(page, column) || is_missing && column == Column::Status);
    let hidden = Column::ALL.into_iter().filter(|&column| is_hidden(column));
    let mut classes: String = hidden.map(|column| ["no-", class(column), " "].concat()).collect();
    if is_missing {
        classes.push_str("missing");
    }
    classes
}

/// What stands for the rows out of sight.
fn space(sight: RwSignal<Sight>, read: fn(&Slice) -> u32) -> El {
    el("tr", "space")
        .attr("aria-hidden", "true")
        .prop_of("style", move || ["height:", &read(&sight.with(Sight::slice)).to_string(), "px"].concat())
}
