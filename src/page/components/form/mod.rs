//! The form and, beside it, the plan. In: the draft. Out: an element; Review is its only action.

mod columns;
mod connection;
mod credentials;
mod devices;
mod faults;
mod list;
mod product;
mod summary;

use super::common::button::submit;
use super::common::el::{El, el};
use super::common::text::{hint, span};
use super::plan;
use crate::page::Page;
use crate::page::texts::texts;

/// Form and plan; out of the way while a run is going on.
pub(super) fn form(page: Page) -> El {
    let words = &texts().form;
    let heading = move || {
        (if page.state.read(|mirror| mirror.runs > 0) { words.heading_again } else { words.heading }).to_owned()
    };
    let review = move |event: web_sys::Event| {
        event.prevent_default();
        page.review();
    };
    let form = el("form", "panel form")
        .attr("novalidate", "")
        .attr("aria-labelledby", "form-heading")
        .on("submit", review)
        .child(el("h2", "").attr("id", "form-heading").text_of(heading))
        .child(summary::summary(page))
        .child(connection::connection(page))
        .child(credentials::credentials(page))
        .child(product::product(page))
        .child(devices::devices(page))
        .child(
            el("div", "actions")
                .child(submit("review").text(words.review))
                .child(el("span", "hint").text(words.review_hint)),
        );
    let reviewed = move || page.draft.read(|sheet| if sheet.plan.is_some() { sheet.reviews } else { 0 });
    let plan_or_steps = move |_| {
        page.draft.read(|sheet| Some(sheet.plan.as_ref().map_or_else(steps, |(plan, _)| plan::plan(page, plan))))
    };
    let aside = el("div", "aside").swap(reviewed, plan_or_steps);
    let is_running = move || page.state.is_running();
    el("div", "").child(hint(words.hidden_while_running).flag_of("hidden", move || !is_running())).child(
        el("div", "setup")
            .flag_of("hidden", move || is_running() && !page.state.needs_key())
            .flag_of("data-key-only", is_running)
            .child(form)
            .child(aside),
    )
}

/// A group of fields.
fn group(legend: &'static str) -> El {
    el("fieldset", "").child(el("legend", "").text(legend))
}

/// What a run does, where the plan will stand.
fn steps() -> El {
    let words = &texts().form;
    let steps = words.steps.map(|(title, text)| el("li", "").child(el("strong", "").text(title)).child(span(text)));
    el("section", "panel quiet")
        .child(el("h2", "").text(words.steps_heading))
        .child(el("ol", "steps").children(steps.into()))
}
