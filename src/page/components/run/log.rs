//! The log of a run, to be read and copied. In: what has happened. Out: an element, folded.

use leptos::prelude::*;

use crate::page::Page;
use crate::page::clipboard;
use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el};
use crate::page::texts::texts;

/// The log.
pub(super) fn log(page: Page) -> El {
    let words = &texts().run;
    let is_open = RwSignal::new(false);
    let copy = move || {
        button("button small", "log-copy", texts().page.copy, move || {
            clipboard::copy(&untrack(|| lines(page)), words.log.to_owned(), page.say);
        })
    };
    let unfolded = move || {
        let text = el("pre", "log").testid("log").attr("tabindex", "0").attr("aria-label", words.log);
        el("div", "stack").child(text.text_of(move || lines(page))).child(el("div", "actions").child(copy()))
    };
    el("details", "fold")
        .on("toggle", move |_| is_open.update(|is_open| *is_open = !*is_open))
        .child(el("summary", "").text(words.log))
        .child_if(move || is_open.get(), unfolded)
}

fn lines(page: Page) -> String {
    let (words, duration) = (&texts().run, texts().page.duration);
    page.state.read(|mirror| {
        let line = |(at_ms, happened): &(u64, _)| [&duration(*at_ms), "  ", &(words.log_line)(happened), "\n"].concat();
        mirror.log.entries().iter().map(line).collect()
    })
}
