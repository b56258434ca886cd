//! The panels. Each reads signals and tells [`Page`] what the user wants; none of them acts by itself.
//!
//! A component is a function from the page to a view. Its words come from `texts`, its looks from the style sheet of
//! the same name.

mod common;
mod downloads;
mod form;
mod header;
mod notices;
mod plan;
mod run;
mod table;

use leptos::prelude::*;

use super::Page;
use super::texts::texts;

/// The whole page.
pub(super) fn page(page: Page) -> impl IntoView {
    view! {
        {header::header(page)}
        <main class="page">
            {notices::of_page(page)}
            {run::run(page)}
            {form::form(page)}
        </main>
        <footer class="foot">{texts().page.footer}</footer>
        <div class="unseen" role="status" aria-live="polite" data-testid="said">
            {move || page.say.get()}
        </div>
    }
}
