//! The header row: names of columns, which are buttons that sort. In: the choice. Out: an element.

use leptos::prelude::*;

use super::class;
use crate::page::Page;
use crate::page::choice::Column;
use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el};
use crate::page::texts::texts;
use crate::protocol::{Look, SortedBy};

/// Id of the header row, which is as high as every row.
pub(super) const HEAD: &str = "rows-head";

/// The header row.
pub(super) fn head(page: Page) -> El {
    let words = &texts().table;
    let column = move |column: Column| {
        let name = (words.column)(column);
        match sorted_by(column) {
            Some(by) => sorting(page, class(column), name, by),
            None => el("th", class(column)).attr("scope", "col").text(name),
        }
    };
    let [name, secret, rest @ ..] = Column::ALL.map(column);
    el("tr", "")
        .attr("id", HEAD)
        .attr("aria-rowindex", "1")
        .child(sorting(page, "number", words.row, SortedBy::Arrival))
        .child(name)
        .child(secret)
        .child(el("th", "row-tools").attr("scope", "col").text(words.actions))
        .children(rest.into())
}

/// The header of a column that can be sorted by.
fn sorting(page: Page, class: &'static str, name: &'static str, by: SortedBy) -> El {
    let direction = move || {
        page.choice.with(|choice| match &choice.look {
            look if look.sorted_by != by => None,
            look if look.is_descending => Some("descending"),
            _ => Some("ascending"),
        })
    };
    let turn = move || page.choice.update(|choice| turn(&mut choice.look, by));
    el("th", class).attr("scope", "col").attr_of("aria-sort", direction).child(button("sort", "", name, turn))
}

/// Ascending first, then descending, then as the rows came.
fn turn(look: &mut Look, by: SortedBy) {
    (look.sorted_by, look.is_descending) = match (look.sorted_by == by, look.is_descending) {
        (false, _) => (by, false),
        (true, false) => (by, true),
        (true, true) => (SortedBy::Arrival, false),
    };
}

/// What a column is sorted by. Secrets are not: their order would say something of them. Neither is the status: saved
/// rows are the first that came.
fn sorted_by(column: Column) -> Option<SortedBy> {
    match column {
        Column::DeviceName => Some(SortedBy::DeviceName),
        Column::IotId => Some(SortedBy::IotId),
        Column::Nickname => Some(SortedBy::Nickname),
        Column::DeviceId => Some(SortedBy::DeviceId),
        Column::Batch => Some(SortedBy::Batch),
        Column::DeviceSecret | Column::Status => None,
    }
}
