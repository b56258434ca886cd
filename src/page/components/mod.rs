//! The panels. Each reads signals and tells [`Page`] what the user wants; none of them acts by itself.
//!
//! A component is a function from the page to an element. Its words come from `texts`, its looks from the style sheet
//! of the same name.

mod archives;
pub(super) mod common;
mod downloads;
mod expiry;
mod form;
#[cfg(debug_assertions)]
mod gallery;
mod header;
mod history;
mod inspector;
mod lock;
mod lookup;
mod names_check;
mod notices;
mod plan;
mod run;
mod table;
mod unfinished;
mod version;

use common::el::{El, el};
pub(super) use downloads::empty_secrets;
use leptos::prelude::*;

use super::Page;
use super::texts::texts;

/// The whole page.
pub(super) fn page(page: Page) -> AnyView {
    #[cfg(debug_assertions)]
    if gallery::is_wanted() {
        return el("div", "").child(header::header(page)).child(gallery::gallery(page)).into_view();
    }
    let main = el("main", "page")
        .child(notices::of_page(page))
        .child(version::version(page))
        .child(lock::lock(page))
        .child(unfinished::unfinished(page))
        .child(run::run(page))
        .child(form::form(page))
        .child(history::history(page))
        .child(inspector::inspector(page));
    let said = el("div", "unseen")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .testid("said")
        .text_of(move || page.say.get());
    el("div", "")
        .child(header::header(page))
        .child(main)
        .child(el("footer", "foot").text(texts().page.footer))
        .child(said)
        .into_view()
}

/// A section with a heading that names it. `id` is the heading's.
fn section(class: &'static str, id: &'static str, heading: impl Fn() -> String + Send + 'static) -> El {
    el("section", class).attr("aria-labelledby", id).child(el("h2", "").attr("id", id).text_of(heading))
}
