//! A run that another life of this page left behind. In: the engine's finding. Out: an element; it goes on, or forgets.

use leptos::prelude::*;

use super::common::button::button;
use super::common::el::{El, el};
use super::common::icon::{ATTENTION, icon};
use crate::page::Page;
use crate::page::texts::texts;

/// The banner; nothing while there is no such run, or another is going on.
pub(super) fn unfinished(page: Page) -> El {
    let is_there = move || page.state.read(|mirror| mirror.unfinished.is_some()) && !page.state.is_running();
    el("div", "notices").child_if(is_there, move || banner(page))
}

fn banner(page: Page) -> El {
    let words = &texts().unfinished;
    let Some(found) = untrack(|| page.state.read(|mirror| mirror.unfinished.clone())) else { return el("div", "") };
    let (what, todo) = (words.what)(&found, (js_sys::Date::now() as u64).saturating_sub(found.started_at_ms));
    let discard = button("button", "discard-run", words.discard, move || page.discard_run());
    let actions = if found.form.is_ok() {
        el("div", "actions").child(button("button primary", "resume-run", words.resume, move || page.resume_run()))
    } else {
        el("div", "actions")
    };
    el("section", "notice warning")
        .attr("role", "region")
        .attr("aria-label", words.heading)
        .testid("resume-banner")
        .child(el("p", "notice-what").child(icon(ATTENTION)).child(el("span", "").text_string(what)))
        .child(el("p", "").text_string(todo))
        .child(actions.child(discard))
}
