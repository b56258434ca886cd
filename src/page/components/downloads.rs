//! Saving the table to a file. In: rows and the file that the engine made. Out: a view.

use leptos::html;
use leptos::prelude::*;

use super::common::icon::{ATTENTION, GOOD, icon};
use crate::page::Page;
use crate::page::texts::texts;
use crate::protocol::{Command, Format};

/// The downloads.
pub(super) fn downloads(page: Page) -> AnyView {
    let words = &texts().file;
    let state = page.state;
    let format = NodeRef::<html::Select>::new();
    let (is_making, make) = signal(false);
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let is_json = format.get_untracked().is_some_and(|select| select.value() == "json");
        make.set(true);
        page.send(&Command::Download(if is_json { Format::Json } else { Format::Csv }));
    };
    Effect::new(move |before: Option<()>| {
        state.file.track();
        if before.is_some() {
            make.set(false);
        }
    });
    let partial = move || {
        let text = state.of_run(|run| run.verdict.is_none().then(|| (words.partial)(run.downloaded, run.requested)));
        text.map(|text| view! { <p class="hint">{text}</p> })
    };
    let unsaved = move || {
        let rows = state.unsaved();
        (rows > 0 && !state.is_running()).then(|| {
            view! {
                <p class="attention">{icon(ATTENTION)}<span>{(words.unsaved)(rows)}</span></p>
            }
        })
    };
    view! {
        <section class="panel downloads" aria-labelledby="downloads-heading">
            <h2 id="downloads-heading">{words.heading}</h2>
            <form class="actions" on:submit=start>
                <label class="inline">
                    <span>{words.format}</span>
                    <select class="input" data-testid="download" node_ref=format>
                        <option value="csv">{words.csv}</option>
                        <option value="json">{words.json}</option>
                    </select>
                </label>
                <button type="submit" class="button primary" data-testid="download-start">
                    {move || {
                        if is_making.get() { words.making.to_owned() } else { state.of_run(|run| (words.start)(run.downloaded)) }
                    }}
                </button>
            </form>
            <p class="hint">{words.warning}</p>
            {partial}
            {unsaved}
            {move || state.file.get().map(|file| saved(page, file))}
        </section>
    }
    .into_any()
}

/// Hands the file to the browser, and leaves the link for those whose browser did nothing.
fn saved(page: Page, file: crate::page::state::File) -> AnyView {
    let words = &texts().file;
    let link = NodeRef::<html::A>::new();
    link.on_load(|link| link.click());
    let text = (words.saved)(&file.name, file.rows);
    page.say.set(text.clone());
    view! {
        <p class="done">
            {icon(GOOD)}
            <span>
                {text} ". "
                <a node_ref=link href=file.url download=file.name data-testid="download-link">{words.save_again}</a>
            </span>
        </p>
    }
    .into_any()
}
