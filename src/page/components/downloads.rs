//! Saving the table to a file. In: rows and the file that the engine made. Out: an element.

use std::cell::Cell;

use leptos::prelude::*;

use super::common::button::submit;
use super::common::el::{El, el, option, value_of};
use super::common::icon::{ATTENTION, GOOD, icon, marked};
use super::common::text::{hint, span};
use super::section;
use crate::page::state::File;
use crate::page::texts::texts;
use crate::page::{Page, element, follow};
use crate::protocol::{Command, Format};

/// Id of the link to the file.
const LINK: &str = "download-link";

/// The downloads.
pub(super) fn downloads(page: Page) -> El {
    let words = &texts().file;
    let state = page.state;
    let is_json = RwSignal::new(false);
    let is_making = RwSignal::new(false);
    let start = move |event: web_sys::Event| {
        event.prevent_default();
        is_making.set(true);
        page.send(&Command::Download(if is_json.get_untracked() { Format::Json } else { Format::Csv }));
    };
    let files = move || state.read(|mirror| mirror.files);
    follow(move || {
        files();
        is_making.set(false);
    });
    let select = el("select", "input")
        .testid("download")
        .on("change", move |event| {
            is_json.set(value_of(&event) == "json");
        })
        .child(option("csv", words.csv.to_owned(), true))
        .child(option("json", words.json.to_owned(), false));
    let button = submit("download-start").text_of(move || {
        if is_making.get() { words.making.to_owned() } else { state.of_run(|run| (words.start)(run.downloaded)) }
    });
    let partial = move || state.of_run(|run| (words.partial)(run.downloaded, run.requested));
    let unsaved = move || (words.unsaved)(state.unsaved());
    section("panel downloads", "downloads-heading", || texts().file.heading.to_owned())
        .child(
            el("form", "actions")
                .on("submit", start)
                .child(el("label", "inline").child(span(words.format)).child(select))
                .child(button),
        )
        .child(hint(words.warning))
        .child(el("p", "hint").flag_of("hidden", move || !state.is_running()).text_of(partial))
        .child(
            marked("attention", ATTENTION, unsaved)
                .flag_of("hidden", move || state.is_running() || state.unsaved() == 0),
        )
        .child(handed_over(page))
}

/// The last file, once it was handed to the browser.
pub(super) fn handed_over(page: Page) -> El {
    let files = move || page.state.read(|mirror| mirror.files);
    let before = Cell::new(untrack(files));
    follow(move || {
        if before.replace(files()) != files() {
            // The link stays for those whose browser did nothing.
            if let Some(link) = element(LINK) {
                link.click();
            }
        }
    });
    el("div", "").swap(files, move |_| page.state.read(|mirror| mirror.file.clone()).map(saved))
}

fn saved(file: File) -> El {
    let words = &texts().file;
    let link = el("a", "")
        .attr("id", LINK)
        .testid(LINK)
        .attr_string("href", file.url)
        .attr_string("download", file.name.clone())
        .text(words.save_again);
    let text = el("span", "").text_string((words.saved)(&file.name, file.rows, file.is_table)).text(". ").child(link);
    el("p", "done").attr("role", "status").child(icon(GOOD)).child(text)
}
