//! The faulty rows of a list, each with its value, its rule and a suggestion. In: the engine's report. Out: an element; to
//! correct a row, to drop it, to do so with all, and to take them home as a file are its actions.

use leptos::prelude::*;
use provisioner_core::plan::list::{Correction, ListReport, RowFault};
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

use crate::page::components::common::button::button;
use crate::page::components::common::each::each;
use crate::page::components::common::el::{El, el};
use crate::page::texts::texts;
use crate::page::{Page, follow, input};
use crate::protocol::NamesChange;

/// Rows that are made between two frames: more would hold the page up.
const AT_ONCE: u32 = 20;

/// The rows; nothing where there is no fault and no warning.
pub(super) fn faults(page: Page) -> El {
    el("div", "").child_if(move || count(page) > 0, move || rows(page))
}

fn count(page: Page) -> u32 {
    of_report(page, |report| u32::try_from(report.faults.len()).unwrap_or(u32::MAX))
}

fn rows(page: Page) -> El {
    let words = &texts().names;
    let made = RwSignal::new(AT_ONCE);
    let shown = move || count(page).min(made.get());
    follow(move || {
        if shown() < count(page) {
            request_animation_frame(move || made.update(|made| *made += AT_ONCE));
        }
    });
    let counts = move || of_report(page, |report| (words.found)(report));
    let cannot_fix = move || of_report(page, |report| report.fixable == 0);
    let correct = move |correction: Correction| page.change_names(NamesChange::Correct(correction));
    let all = el("div", "actions")
        .child(
            button("button small", "preflight-fix-all", words.fix_all, move || correct(Correction::FixAll))
                .flag_of("disabled", cannot_fix),
        )
        .child(button("button small", "preflight-drop-all", words.drop_all, move || correct(Correction::DropAll)))
        .child(button("button small", "preflight-save", words.save, move || page.save_faulty()));
    el("div", "preflight")
        .attr("role", "region")
        .attr("aria-label", words.rows_name)
        .attr("tabindex", "0")
        .child(el("p", "hint").testid("preflight-found").text_of(counts))
        .child(all)
        .child(el("ul", "").view(each(move || 0..shown(), false, move |index| row(page, index as usize))))
}

fn row(page: Page, index: usize) -> El {
    let words = &texts().names;
    let of_row = move |read: fn(&RowFault) -> String| {
        move || of_report(page, |report| report.faults.get(index).map(read).unwrap_or_default())
    };
    let line = move || untrack(|| of_report(page, |report| report.faults.get(index).map_or(0, |fault| fault.line)));
    let id = format!("preflight-input-{index}");
    let apply = {
        let id = id.clone();
        move || {
            let value = input(&id).map(|input| input.value()).unwrap_or_default();
            page.change_names(NamesChange::Correct(Correction::Set { line: line(), value }));
        }
    };
    let on_enter = {
        let apply = apply.clone();
        move |event: web_sys::Event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter") {
                // It would submit the form.
                event.prevent_default();
                apply();
            }
        }
    };
    let correction = el("input", "input")
        .attr_string("id", id)
        .testid("preflight-input")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr_string_of("aria-label", of_row(|fault| (texts().names.corrected)(fault)))
        .prop_of("value", of_row(|fault| fault.fix.as_ref().unwrap_or(&fault.cell).clone()))
        .on("keydown", on_enter);
    let drop = move || page.change_names(NamesChange::Correct(Correction::Drop { line: line() }));
    el("li", "")
        .testid("preflight-row")
        .child(el("span", "").text_of(of_row(|fault| (texts().names.row_line)(fault.line))))
        .child(el("code", "").text_of(of_row(|fault| fault.value.clone())))
        .child(el("span", "").text_of(of_row(|fault| fault.rule.told((texts().names.rule)(&fault.rule)))))
        .child(
            el("div", "with-button")
                .child(correction)
                .child(button("button small", "preflight-apply", words.apply, apply))
                .child(button("button small", "preflight-drop", words.drop, drop)),
        )
}

fn of_report<T: Default>(page: Page, read: impl FnOnce(&ListReport) -> T) -> T {
    page.draft.read(|sheet| sheet.listing.report().map(read).unwrap_or_default())
}
