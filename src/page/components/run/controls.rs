//! Pause, resume, cancel. In: the phase. Out: an element; Cancel asks first, and says what stays behind.

use leptos::prelude::*;

use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el};
use crate::page::texts::texts;
use crate::page::{Page, focus_soon};
use crate::protocol::Command;

/// Id of the question before a run is cancelled.
const QUESTION: &str = "cancel-question";

/// The buttons of a run that goes on; they stand in the panel, or in the notice that asks for an answer.
pub(in crate::page::components) fn controls(page: Page) -> El {
    let words = &texts().run;
    let asks = RwSignal::new(false);
    let pause_or_resume = move |is_paused| {
        Some(if is_paused == 1 {
            button("button primary", "resume", words.resume, move || page.resume())
        } else {
            button("button", "pause", words.pause, move || page.send(&Command::Pause))
        })
    };
    // Once it is asked for, the button that really cancels stands in the place of the one that asks.
    let ask = move || {
        button("button", "cancel", words.cancel, move || {
            asks.set(true);
            focus_soon(QUESTION);
        })
    };
    let question = move || {
        let sure = button("button danger", "cancel", words.cancel_sure, move || page.send(&Command::Cancel));
        let not = button("button", "cancel-dismiss", words.cancel_not, move || asks.set(false));
        el("div", "question")
            .attr("id", QUESTION)
            .attr("tabindex", "-1")
            .attr("role", "group")
            .attr("aria-label", words.cancel)
            .child(el("p", "").text_of(move || page.state.of_run(words.cancel_ask)))
            .child(el("div", "actions").child(sure).child(not))
    };
    let pause_or_resume = el("div", "actions").swap(move || page.state.is_paused().into(), pause_or_resume);
    let take = move || button("button", "take", words.take, move || page.send(&Command::Take));
    let buttons = pause_or_resume.child_if(move || page.state.offers_found(), take).child_if(move || !asks.get(), ask);
    el("div", "stack").child(buttons).child_if(move || asks.get(), question)
}
