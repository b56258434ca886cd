//! The run: where it stands, what it has, how it ended. In: the engine's reports. Out: a view, none before a run.

mod batches;
pub(super) mod controls;
mod counters;
mod progress;

use leptos::prelude::*;
use provisioner_core::model::report::{Phase, Verdict};

use super::common::icon::{ATTENTION, BAD, GOOD, NEUTRAL, icon};
use super::{downloads, notices, table};
use crate::page::state::Started;
use crate::page::texts::texts;
use crate::page::{Page, focus_soon};

/// The run, its notices, its downloads and its table.
pub(super) fn run(page: Page) -> AnyView {
    (move || page.state.started.get().map(|started| panels(page, started))).into_any()
}

fn panels(page: Page, started: Started) -> AnyView {
    let has_rows = Memo::new(move |_| page.state.of_run(|run| run.downloaded > 0));
    view! {
        {panel(page, started)}
        {move || {
            has_rows
                .get()
                .then(|| {
                    view! {
                        {downloads::downloads(page)}
                        {table::table(page)}
                    }
                })
        }}
    }
    .into_any()
}

fn panel(page: Page, started: Started) -> AnyView {
    let words = &texts().run;
    let state = page.state;
    let ended = Memo::new(move |_| state.of_run(|run| run.verdict));
    let heading = move || state.of_run(|run| (words.heading)(run.requested, &started.product_key));
    let running_text = move || ended.get().is_none().then(|| view! { <p class="hint">{words.leave}</p> });
    let again = move || {
        ended.get().map(|_| {
            let to_form = move |_| focus_soon("connection");
            view! {
                <div class="actions">
                    <button type="button" class="button" data-testid="new-run" on:click=to_form>{words.again}</button>
                </div>
            }
        })
    };
    let own_controls = Memo::new(move |_| ended.get().is_none() && state.asking().is_none());
    view! {
        <section
            class="panel run"
            data-testid="run"
            data-phase=move || state.of_run(|run| Some(phase_name(run.phase)))
            data-verdict=move || ended.get().map_or("", verdict_name)
            aria-labelledby="run-heading"
            tabindex="-1"
        >
            <h2 id="run-heading">{heading}</h2>
            {move || ended.get().map(|verdict| banner(page, verdict))}
            {notices::of_run(page)}
            {progress::progress(page)}
            {counters::counters(page)}
            {move || own_controls.get().then(|| controls::controls(page))}
            {batches::batches(page)}
            {running_text}
            {again}
        </section>
    }
    .into_any()
}

/// How the run ended: colour, icon and words say the same.
fn banner(page: Page, verdict: Verdict) -> AnyView {
    let words = &texts().run;
    let (class, sign) = match verdict {
        Verdict::Complete => ("verdict good", GOOD),
        Verdict::Incomplete => ("verdict warning", ATTENTION),
        Verdict::Failed => ("verdict bad", BAD),
        Verdict::Cancelled => ("verdict neutral", NEUTRAL),
    };
    let text = move || page.state.of_run(|run| (words.verdict_text)(verdict, run));
    view! {
        <div class=class>
            {icon(sign)}
            <p>
                <strong>{(words.verdict)(verdict)}</strong>
                " "
                {text}
            </p>
        </div>
    }
    .into_any()
}

/// The contract's word for a phase.
fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Submitting => "submitting",
        Phase::Registering => "registering",
        Phase::Fetching => "fetching",
        Phase::Checking => "checking",
        Phase::Paused => "paused",
        Phase::Done => "done",
    }
}

/// The contract's word for a verdict.
fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Complete => "complete",
        Verdict::Incomplete => "incomplete",
        Verdict::Failed => "failed",
        Verdict::Cancelled => "cancelled",
    }
}
