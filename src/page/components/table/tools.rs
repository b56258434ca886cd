//! What stands above the table: the filter, what is copied, the columns. In: the choice. Out: an element.

use leptos::prelude::*;

use super::{copying, in_view, is_busy, is_of_use};
use crate::page::choice::{Choice, Column};
use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el, value_of};
use crate::page::components::common::text::span;
use crate::page::texts::texts;
use crate::page::{Page, focus};

/// Id of the filter.
const FILTER: &str = "table-filter";

/// The tools.
pub(super) fn tools(page: Page) -> El {
    el("div", "table-tools")
        .child(filter(page))
        .child(el("p", "count").testid("row-count").text_of(move || count(page)))
        .child_if(move || page.state.of_run(|run| run.failed > 0), move || failed(page))
        .child_if(move || !is_missing(page), move || copying::copying(page))
        .child(columns(page))
}

fn filter(page: Page) -> El {
    let words = &texts().table;
    let text = move || page.choice.with(|choice| choice.look.filter.clone());
    let set = move |text: String| page.choice.update(|choice| choice.look.filter = text);
    let input = el("input", "input")
        .attr("id", FILTER)
        .testid("filter")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .prop_of("value", text)
        .on("input", move |event| set(value_of(&event)));
    let label = move || (if is_missing(page) { words.filter_failed } else { words.filter }).to_owned();
    let clear = button("button", "filter-clear", words.filter_clear, move || {
        set(String::new());
        focus(FILTER);
    });
    let clear = clear.flag_of("hidden", move || text().is_empty());
    el("div", "field filter")
        .child(el("label", "").attr("for", FILTER).text_of(label))
        .child(el("div", "with-button").child(input).child(clear))
}

fn is_missing(page: Page) -> bool {
    page.choice.with(|choice| choice.look.is_missing)
}

/// Between the devices that are there and those that failed.
fn failed(page: Page) -> El {
    let turn = move |_| page.choice.update(|Choice { look, .. }| look.is_missing ^= true);
    let button = el("button", "button")
        .attr("type", "button")
        .testid("show-failed")
        .attr_of("aria-pressed", move || Some(if is_missing(page) { "true" } else { "false" }))
        .on("click", turn)
        .text_of(move || (texts().table.show_failed)(page.state.of_run(|run| run.failed)));
    el("div", "actions").child(button)
}

/// How many rows are on show, or what they are waiting for.
fn count(page: Page) -> String {
    let words = &texts().table;
    if is_busy(page) {
        let is_sorted = page.choice.with(|Choice { look, .. }| {
            page.state.of_rows(|seen| {
                (look.sorted_by, look.is_descending) == (seen.answer.look.sorted_by, seen.answer.look.is_descending)
            })
        });
        return (if is_sorted { words.searching } else { words.sorting }).to_owned();
    }
    if is_missing(page) {
        return page.state.of_rows(|seen| (words.count_failed)(seen.answer.count, seen.answer.of));
    }
    (words.count)(in_view(page), page.state.of_run(|run| run.downloaded))
}

/// Which columns are there, and how high a row is.
fn columns(page: Page) -> El {
    let words = &texts().table;
    let column = move |column| {
        let is_on = move |choice: &Choice| choice.shows(column);
        tick(page, (words.column)(column), is_on, move |choice| choice.toggle(column))
            .flag_of("hidden", move || !is_of_use(page, column))
    };
    let compact = tick(page, words.compact, |choice| choice.is_compact, |choice| choice.is_compact ^= true);
    let choices = el("div", "choices").children(Column::ALL.map(column).into()).child(compact);
    el("details", "fold columns").child(el("summary", "").text(words.columns)).child(choices)
}

fn tick(
    page: Page,
    name: &'static str,
    is_on: impl Fn(&Choice) -> bool,
    turn: impl Fn(&mut Choice) + Copy + 'static,
) -> El {
    let tick = el("input", "").attr("type", "checkbox").on("change", move |_| page.choice.update(turn));
    let tick = if page.choice.with_untracked(is_on) { tick.attr("checked", "") } else { tick };
    el("label", "choice").child(tick).child(span(name))
}
