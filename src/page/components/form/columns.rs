//! Which column of a list is what, where it has more than one. In: the engine's report. Out: an element; to choose other
//! columns is its action.

use provisioner_core::plan::list::{Columns, ListReport};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlSelectElement;

use crate::page::components::common::el::{El, el};
use crate::page::components::common::text::span;
use crate::page::texts::texts;
use crate::page::{Page, element, input};
use crate::protocol::NamesChange;

/// Ids of the controls, which are also their `data-testid`s.
const NAME: &str = "names-column-name";
const NICKNAME: &str = "names-column-nickname";
const HEADER: &str = "names-header";

/// The controls; made anew when a list is read, not when its columns are chosen.
pub(super) fn columns(page: Page) -> El {
    let is_wide = |report: &&ListReport| report.titles.len() > 1;
    let times_read =
        move || page.draft.read(|sheet| sheet.listing.report().filter(is_wide).map_or(0, |_| sheet.listing.times_read));
    let controls =
        move |_| page.draft.read(|sheet| sheet.listing.report().filter(is_wide).map(|it| controls(page, it)));
    el("div", "").swap(times_read, controls)
}

fn controls(page: Page, report: &ListReport) -> El {
    let words = &texts().names;
    let Columns { name, nickname, has_header } = report.columns;
    let choose = move |_| {
        let chosen = Columns {
            name: chosen(NAME).unwrap_or_default(),
            nickname: chosen(NICKNAME),
            has_header: input(HEADER).is_some_and(|input| input.checked()),
        };
        page.change_names(NamesChange::Map(chosen));
    };
    let select = |id: &'static str, label: &'static str, is_optional: bool, selected: Option<u32>| {
        let option = |value: String, name: String, is_selected: bool| {
            let option = el("option", "").attr_string("value", value).text_string(name);
            if is_selected { option.attr("selected", "") } else { option }
        };
        let titled = (0..).zip(&report.titles).map(|(column, title): (u32, _)| {
            option(column.to_string(), (words.column)(column + 1, title), selected == Some(column))
        });
        let none = is_optional.then(|| option(String::new(), words.column_none.to_owned(), selected.is_none()));
        let select = el("select", "input").attr("id", id).testid(id).on("change", choose);
        let select = select.children(none.into_iter().chain(titled).collect());
        el("div", "field").child(el("label", "").attr("for", id).text(label)).child(select)
    };
    let header = el("input", "").attr("type", "checkbox").attr("id", HEADER).testid(HEADER).on("change", choose);
    let header = if has_header { header.attr("checked", "") } else { header };
    el("div", "pair")
        .attr("role", "group")
        .attr("aria-label", words.columns)
        .child(select(NAME, words.column_name, false, Some(name)))
        .child(select(NICKNAME, words.column_nickname, true, nickname))
        .child(el("label", "choice wide").child(header).child(span(words.header)))
}

fn chosen(id: &str) -> Option<u32> {
    element(id)?.dyn_into::<HtmlSelectElement>().ok()?.value().parse().ok()
}
