//! The form and, beside it, the plan. In: the draft. Out: a view; Review is its only action.

mod connection;
mod credentials;
mod product;
mod summary;

use leptos::prelude::*;

use super::plan;
use crate::page::Page;
use crate::page::texts::texts;

/// Form and plan; out of the way while a run is going on.
pub(super) fn form(page: Page) -> AnyView {
    let words = &texts().form;
    let is_running = move || page.state.is_running();
    let heading = move || {
        if page.state.started.with(Option::is_some) { words.heading_again } else { words.heading }
    };
    let review = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        page.review();
    };
    view! {
        <p class="hint" hidden=move || !is_running()>{words.hidden_while_running}</p>
        <section class="setup" hidden=is_running aria-labelledby="form-heading">
            <form class="panel form" novalidate on:submit=review>
                <h2 id="form-heading">{heading}</h2>
                {summary::summary(page)}
                {connection::connection(page)}
                {credentials::credentials(page)}
                {product::product(page)}
                {product::devices(page)}
                <div class="actions">
                    <button type="submit" class="button primary" data-testid="review">{words.review}</button>
                    <span class="hint">{words.review_hint}</span>
                </div>
            </form>
            <div class="aside">
                {move || match page.draft.plan.get() {
                    Some(plan) => plan::plan(page, &plan),
                    None => steps(),
                }}
            </div>
        </section>
    }
    .into_any()
}

/// What a run does, where the plan will stand.
fn steps() -> AnyView {
    let words = &texts().form;
    view! {
        <section class="panel quiet">
            <h2>{words.steps_heading}</h2>
            <ol class="steps">
                {words
                    .steps
                    .map(|(title, text)| view! { <li><strong>{title}</strong>" "<span>{text}</span></li> })
                    .collect_view()}
            </ol>
        </section>
    }
    .into_any()
}
