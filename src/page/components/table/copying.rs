//! What is copied of a row, and of all rows on show. In: the choice. Out: an element; it asks before secrets are copied.

use leptos::prelude::*;

use super::in_view;
use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el, option, value_of};
use crate::page::components::common::text::span;
use crate::page::texts::texts;
use crate::page::{Page, focus, focus_soon};
use crate::protocol::{COPIED_ROWS_MAX, Command, Copied, CopiedRows};

/// Id of the question before secrets are copied.
const QUESTION: &str = "copy-question";

/// Id of the select, which takes the focus after that question.
const WHAT: &str = "copy-what";

/// What can be copied, and its name in the select.
const CHOICES: [(Copied, &str); 4] = [
    (Copied::Triple, "triple"),
    (Copied::DeviceName, "device-name"),
    (Copied::DeviceSecret, "device-secret"),
    (Copied::IotId, "iot-id"),
];

/// What is copied, the button for all rows, and what was copied last.
pub(super) fn copying(page: Page) -> El {
    let words = &texts().table;
    let asks = RwSignal::new(false);
    let copied = move || page.choice.with_untracked(|choice| choice.copied);
    let choose = move |event| {
        let value = value_of(&event);
        if let Some((copied, _)) = CHOICES.into_iter().find(|(_, name)| *name == value) {
            asks.set(false);
            page.choice.update(|choice| choice.copied = copied);
        }
    };
    let options = CHOICES.map(|(what, value)| option(value, (words.copied_name)(what).to_owned(), what == copied()));
    let select = el("select", "input").attr("id", WHAT).testid(WHAT).on("change", choose).children(options.into());
    let copy = move || page.send(&Command::Copy(copied(), CopiedRows::Seen));
    let ask = move |_| {
        if copied().is_secret() {
            asks.set(true);
            focus_soon(QUESTION);
        } else {
            copy();
        }
    };
    let rows = move |may_be_copied| {
        Some(if may_be_copied == 1 {
            el("button", "button")
                .attr("type", "button")
                .testid("copy-rows")
                .flag_of("disabled", move || in_view(page) == 0)
                .on("click", ask)
                .text_of(move || (words.copy_rows)(in_view(page)))
        } else {
            el("span", "hint").text_string((words.copy_too_many)(COPIED_ROWS_MAX))
        })
    };
    let may_be_copied = move || in_view(page) <= COPIED_ROWS_MAX;
    let question = move || {
        let close = move || {
            asks.set(false);
            focus(WHAT);
        };
        let sure = button("button danger", "copy-sure", words.copy_sure, move || {
            close();
            copy();
        });
        let not = button("button", "", words.copy_not, close);
        el("div", "question")
            .attr("id", QUESTION)
            .testid(QUESTION)
            .attr("tabindex", "-1")
            .attr("role", "group")
            .attr("aria-label", words.copied)
            .child(el("p", "").text_of(move || (words.copy_ask)(in_view(page))))
            .child(el("div", "actions").child(sure).child(not))
    };
    let tools = el("div", "actions").child(el("label", "inline").child(span(words.copied)).child(select));
    el("div", "copying")
        .child(tools.swap(move || may_be_copied().into(), rows))
        .child_if(move || asks.get() && may_be_copied(), question)
        .child(el("p", "hint said").testid("copy-said").attr("role", "status").text_of(move || page.copied.get()))
}
