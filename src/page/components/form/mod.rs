//! The form and, beside it, the plan. In: the draft. Out: an element; Review is its only action.

mod columns;
mod connection;
mod credentials;
mod devices;
mod faults;
mod list;
mod product;
mod profiles;
mod summary;
mod trust;

use provisioner_core::plan::{Connection, NamingChoice};

use super::common::button::submit;
use super::common::el::{El, el};
use super::common::text::{hint, span};
use super::plan;
use crate::page::Page;
use crate::page::texts::{Guide, texts};

/// How many ways to name devices there are, and how many guides: one for each and each connection.
const NAMINGS: u32 = 4;
const GUIDES: u32 = 3 * NAMINGS;

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
    // Below the reviews stand the guides.
    let shown = move || {
        page.draft.read(|sheet| match sheet.plan {
            Some(_) => GUIDES + sheet.reviews,
            None => sheet.connection as u32 * NAMINGS + sheet.naming as u32,
        })
    };
    let plan_or_guide = move |_| {
        page.draft.read(|sheet| {
            let guide = || guide(page, sheet.connection, sheet.naming);
            Some(sheet.plan.as_ref().map_or_else(guide, |(plan, _)| plan::plan(page, plan)))
        })
    };
    let aside = el("div", "aside").swap(shown, plan_or_guide);
    let is_running = move || page.state.is_running();
    el("div", "")
        .child(hint(words.hidden_while_running).flag_of("hidden", move || !is_running()))
        .child(
            el("div", "setup")
                .flag_of("hidden", move || is_running() && !page.state.needs_key())
                .flag_of("data-key-only", is_running)
                .child(form)
                .child(aside),
        )
        .child(profiles::saving(page))
}

/// A group of fields.
fn group(legend: &'static str) -> El {
    el("fieldset", "").child(el("legend", "").text(legend))
}

/// What to do next, where the plan will stand.
fn guide(page: Page, connection: Connection, naming: NamingChoice) -> El {
    let Guide { heading, lead, steps } = (texts().form.guide)(connection, naming == NamingChoice::Existing);
    let steps = steps.map(|(title, text)| el("li", "").child(el("strong", "").text(title)).child(span(text)));
    // Whoever makes a key needs it before there is a plan.
    let rights = (connection != Connection::Demo).then(|| plan::rights(page, naming));
    el("section", "panel quiet")
        .testid("guide")
        .child(el("h2", "").text(heading))
        .child(el("p", "").text(lead))
        .child(el("ol", "steps").children(steps.into()))
        .children(rights.into_iter().collect())
}
