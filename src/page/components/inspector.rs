//! The request inspector: what has left this tab, without what is secret. In: what the engine tells. Out: an element,
//! folded; to look again is its action.

use leptos::prelude::*;

use super::common::button::button;
use super::common::el::{El, el};
use super::common::text::hint;
use crate::page::texts::texts;
use crate::page::{Page, clipboard};
use crate::protocol::Command;

/// The inspector.
pub(super) fn inspector(page: Page) -> El {
    let words = &texts().inspector;
    let is_open = RwSignal::new(false);
    let look = move || {
        page.start_engine();
        page.send(&Command::Inspect);
    };
    let unfolded = move || {
        let calls = move || page.state.read(|mirror| mirror.calls.clone());
        let text = el("pre", "log").testid("inspector-calls").attr("tabindex", "0").attr("aria-label", words.heading);
        let copy = move || clipboard::copy(&untrack(calls), words.heading.to_owned(), page.say);
        let actions = el("div", "actions")
            .child(button("button small", "inspector-look", words.look, look))
            .child(button("button small", "inspector-copy", texts().page.copy, copy));
        let is_empty = move || calls().is_empty();
        el("div", "stack")
            .child(hint(words.hint))
            .child(el("p", "").flag_of("hidden", move || !is_empty()).text(words.none))
            .child(text.flag_of("hidden", is_empty).text_of(calls))
            .child(actions)
    };
    let toggle = move |_| {
        is_open.update(|is_open| *is_open = !*is_open);
        if is_open.get_untracked() {
            look();
        }
    };
    el("details", "panel history")
        .testid("inspector")
        .on("toggle", toggle)
        .child(el("summary", "").child(el("h2", "").text(words.heading)))
        .child_if(move || is_open.get(), unfolded)
}
