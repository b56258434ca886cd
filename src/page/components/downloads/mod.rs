//! Saving to a file. In: rows, what the user chooses, the file that the engine made. Out: an element, and orders.
//!
//! What is typed stays in the elements until a file is asked for: passphrases and the ProductSecret are in no signal.

mod controls;
mod lock;
mod options;
mod place;
mod status;

use leptos::prelude::*;
use provisioner_core::export::{ExportError, Format, Order};
use web_sys::FileSystemFileHandle;

use super::common::button::{button, submit};
use super::common::el::{El, el, value_of};
use super::common::icon::{ATTENTION, marked};
use super::section;
pub(in crate::page) use lock::empty_secrets;
pub(super) use status::status;

use crate::page::Page;
use crate::page::saving::Stage;
use crate::page::texts::{in_all, texts};
use crate::protocol::Command;

/// Id of the box for the rows that the table shows.
const SHOWN: &str = "download-shown";

/// What is chosen and has to be seen elsewhere.
#[derive(Clone, Copy)]
struct Choice {
    /// The value of the select of formats.
    format: RwSignal<String>,
    /// Whether the file will be encrypted.
    is_locked: RwSignal<bool>,
    /// For public keys, not with a passphrase.
    for_keys: RwSignal<bool>,
    /// Whether the file's rows hold no secret, as far as the options say.
    is_harmless: RwSignal<bool>,
    /// Only the rows that the table shows, while it does not show all.
    only_shown: RwSignal<bool>,
    /// What the passphrase is worth.
    strength: RwSignal<String>,
    /// What is wrong with the passphrases.
    lock_error: RwSignal<String>,
}

/// The downloads.
pub(super) fn downloads(page: Page) -> El {
    let words = &texts().file;
    let state = page.state;
    let choice = Choice {
        format: RwSignal::new("csv".to_owned()),
        is_locked: RwSignal::new(false),
        for_keys: RwSignal::new(false),
        is_harmless: RwSignal::new(false),
        only_shown: RwSignal::new(false),
        strength: RwSignal::new(String::new()),
        lock_error: RwSignal::new(String::new()),
    };
    let start = move |event: web_sys::Event| {
        event.prevent_default();
        if let Some(order) = order(page, choice) {
            send(page, choice, order, None);
        }
    };
    let is_busy = move || state.read(|mirror| mirror.saving.stage != Stage::Idle);
    let is_plain = move || !choice.is_locked.get() && !choice.is_harmless.get();
    let start_words = move || {
        if options::is_record(&choice.format.get()) {
            words.start_record.to_owned()
        } else {
            (words.start)(rows_chosen(page, choice), is_plain())
        }
    };
    let begin = submit("download-start").flag_of("disabled", is_busy).text_of(start_words);
    let mut actions = el("div", "actions").child(begin);
    if place::can_be_chosen() {
        let to_file = button("button", "download-to-file", words.to_file, move || place::choose(page, choice));
        actions = actions.child(to_file.flag_of("disabled", is_busy));
    }
    let select = controls::select("download", options::FORMATS.into_iter().zip(words.formats), move |event| {
        controls::empty(options::PRODUCT_SECRET);
        choice.format.set(value_of(&event));
        options::note_harmless(choice);
    });
    let what_is_inside = move || {
        match (is_plain(), choice.is_harmless.get()) {
            (true, _) => words.plain,
            (_, true) => words.harmless,
            _ => words.encrypted,
        }
        .to_owned()
    };
    let partial = move || state.of_run(|run| (words.partial)(run.downloaded, run.requested_known()));
    section("panel downloads", "downloads-heading", || texts().file.heading.to_owned())
        .child(
            el("form", "stack")
                .attr("novalidate", "")
                .on("submit", start)
                .child(lock::lock(choice))
                .child(controls::labelled(words.format, "download", select))
                .child(options::options(page, choice))
                .child_if(move || is_filtered(page), move || shown(page, choice))
                .child(
                    marked("attention", ATTENTION, what_is_inside)
                        .attr_of("class", move || Some(if is_plain() { "attention" } else { "hint marked" })),
                )
                .child(actions),
        )
        .child(el("p", "hint").flag_of("hidden", move || !state.is_running()).text_of(partial))
        .child(status(page))
}

/// What the user wants; or none, with the focus on what is missing.
fn order(page: Page, choice: Choice) -> Option<Order> {
    let lock = lock::chosen(choice).ok()?;
    let only_shown = choice.only_shown.get_untracked() && untrack(|| is_filtered(page));
    let order = Order { format: options::chosen(&choice.format.get_untracked()), lock, only_shown };
    let rows = rows_of(page, choice, &order.format);
    if let Err(ExportError::TooManyRows { rows, rows_max }) = order.admit(rows) {
        page.state.saving(|saving| saving.fail(in_all(|texts| (texts.file.too_many)(rows, rows_max))));
        return None;
    }
    Some(order)
}

fn is_filtered(page: Page) -> bool {
    page.choice.with(|choice| !choice.look.filter.is_empty() && !choice.look.is_missing)
}

/// A box to be ticked while a filter hides rows.
fn shown(page: Page, choice: Choice) -> El {
    let (tick, _) = controls::checkbox("", SHOWN, false);
    let tick = tick.on("change", move |_| choice.only_shown.set(controls::is_ticked(SHOWN)));
    choice.only_shown.set(false);
    controls::choice((tick, el("span", "").text_of(move || (texts().file.only_shown)(rows_shown(page)))))
}

fn rows_shown(page: Page) -> u32 {
    page.state.of_rows(|seen| seen.answer.count)
}

fn rows_chosen(page: Page, choice: Choice) -> u32 {
    if choice.only_shown.get() && is_filtered(page) {
        rows_shown(page)
    } else {
        page.state.of_run(|run| run.downloaded)
    }
}

fn rows_of(page: Page, choice: Choice, format: &Format) -> u32 {
    if format.is_record() { 0 } else { untrack(|| rows_chosen(page, choice)) }
}

fn send(page: Page, choice: Choice, order: Order, handle: Option<FileSystemFileHandle>) {
    let rows = rows_of(page, choice, &order.format);
    page.state.saving(|saving| saving.begin(rows));
    page.send(&Command::Save { order, handle });
    lock::empty(choice);
}
