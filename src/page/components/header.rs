//! The header: product name, the demo's badge, the theme. In: form and run. Out: a view.

use leptos::prelude::*;
use provisioner_core::plan::Connection;

use crate::page::Page;
use crate::page::texts::texts;

/// The header.
pub(super) fn header(page: Page) -> AnyView {
    let words = &texts().page;
    let is_demo = move || {
        let shows_demo_run = page.state.started.with(|started| started.as_ref().is_some_and(|started| started.demo));
        shows_demo_run || page.draft.connection.get() == Connection::Demo
    };
    let themes = [("system", words.theme_system), ("light", words.theme_light), ("dark", words.theme_dark)];
    view! {
        <header class="header">
            <div class="header-name">
                <h1>{words.name}</h1>
                <p>{words.purpose}</p>
            </div>
            <strong class="badge" hidden=move || !is_demo()>{words.demo_badge}</strong>
            <label class="header-tool">
                <span>{words.theme}</span>
                <select
                    data-testid="theme"
                    class="input"
                    on:change=move |event| page.theme.set(event_target_value(&event))
                >
                    {themes
                        .map(|(value, name)| {
                            let is_chosen = move || page.theme.with(|theme| theme == value);
                            view! { <option value=value prop:selected=is_chosen>{name}</option> }
                        })
                        .collect_view()}
                </select>
            </label>
        </header>
    }
    .into_any()
}
