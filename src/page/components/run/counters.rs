//! Requested, created, downloaded, and the calls it took. In: the engine's reports. Out: a view.

use leptos::prelude::*;
use provisioner_core::model::report::RunReport;

use crate::page::Page;
use crate::page::texts::texts;

/// The counters.
pub(super) fn counters(page: Page) -> AnyView {
    let words = &texts().run;
    view! {
        <dl class="figures">
            {counter(page, "requested", words.requested, words.requested_hint, |run| run.requested)}
            {counter(page, "created", words.created, words.created_hint, |run| run.created)}
            {counter(page, "downloaded", words.downloaded, words.downloaded_hint, |run| run.downloaded)}
        </dl>
        <p class="hint">{move || page.state.of_run(words.calls)}</p>
    }
    .into_any()
}

fn counter(
    page: Page,
    testid: &'static str,
    name: &'static str,
    hint: &'static str,
    read: fn(&RunReport) -> u32,
) -> AnyView {
    let value = Memo::new(move |_| page.state.of_run(read));
    view! {
        <div>
            <dt>{name}</dt>
            <dd data-testid=testid data-value=value>{move || (texts().page.number)(value.get())}</dd>
            <dd class="hint">{hint}</dd>
        </div>
    }
    .into_any()
}
