//! How the user wants to be told of the run's end, or of its question. In: two boxes. Out: an element; gone at the end.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::page::Page;
use crate::page::alert::Alert;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::text::span;
use crate::page::texts::texts;

/// The boxes.
pub(super) fn telling(page: Page) -> El {
    let words = &texts().run;
    let alert = page.alert;
    let mut choices = el("div", "choices");
    let mut refused = el("p", "hint");
    if Alert::can_notify() {
        choices = choices.child(tick("notify", words.notify, move || alert.notifies.get(), move |on| alert.notify(on)));
        let is_refused = move || alert.answers.get() > 0 && !alert.notifies.get() && Alert::is_refused();
        refused = refused
            .attr("role", "status")
            .text_of(move || if is_refused() { words.notify_refused.to_owned() } else { String::new() });
    }
    let choices = choices.child(tick("sound", words.sound, move || alert.sounds.get(), move |on| alert.sound(on)));
    el("fieldset", "telling")
        .flag_of("hidden", move || !page.state.is_running())
        .child(el("legend", "hint").text(words.telling))
        .child(choices)
        .child(refused)
}

fn tick(
    id: &'static str,
    name: &'static str,
    is_on: impl Fn() -> bool + Send + 'static,
    act: impl Fn(bool) + 'static,
) -> El {
    let tick = el("input", "")
        .attr("type", "checkbox")
        .testid(id)
        .prop_of("checked", move || if is_on() { "checked".to_owned() } else { String::new() })
        .on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            act(input.is_some_and(|input| input.checked()));
        });
    el("label", "choice").child(tick).child(span(name))
}
