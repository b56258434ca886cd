//! Stages, bar and times. In: the engine's reports. Out: a view.

use leptos::prelude::*;
use provisioner_core::model::report::Phase;

use crate::page::texts::texts;
use crate::page::{Page, tab};

/// Stages, bar and times.
pub(super) fn progress(page: Page) -> AnyView {
    let words = &texts().run;
    let state = page.state;
    let value = move || state.of_run(|run| (words.progress_value)(run.downloaded, run.requested, tab::percent(run)));
    let width = move || [state.of_run(tab::percent).to_string(), "%".to_owned()].concat();
    let is_waiting = move || state.is_running() && !state.is_paused() && state.of_run(|run| run.downloaded == 0);
    view! {
        {stages(page)}
        <div
            class="bar"
            class:waiting=is_waiting
            role="progressbar"
            data-testid="progress"
            aria-label=words.progress
            aria-valuemin="0"
            aria-valuenow=move || state.of_run(|run| run.downloaded)
            aria-valuemax=move || state.of_run(|run| run.requested)
            aria-valuetext=value
        >
            <div class="bar-fill" style:width=width></div>
        </div>
        <p class="bar-text">
            <span>{value}</span>
            {times(page)}
        </p>
    }
    .into_any()
}

fn stages(page: Page) -> AnyView {
    let words = &texts().run;
    let state = page.state;
    let items = words.stages.map(|(stage, name)| {
        let now = move || rank(state.stage.get());
        let is_here = move || now() == rank(stage);
        let current = move || (is_here() && state.is_running()).then_some("step");
        let is_stopped = move || is_here() && !state.is_running();
        view! {
            <li class:past=move || { now() > rank(stage) } class:stopped=is_stopped aria-current=current>
                {name}
            </li>
        }
    });
    view! { <ol class="stages" aria-label=words.stages_name>{items.collect_view()}</ol> }.into_any()
}

/// Place of a stage in their order.
fn rank(phase: Phase) -> u8 {
    match phase {
        Phase::Submitting | Phase::Paused => 0,
        Phase::Registering => 1,
        Phase::Fetching => 2,
        Phase::Checking => 3,
        Phase::Done => 4,
    }
}

/// Elapsed and left, as the last report has them; the engine sends one every second.
fn times(page: Page) -> AnyView {
    let words = &texts().run;
    let duration = texts().page.duration;
    let state = page.state;
    let elapsed = move || duration(state.of_run(|run| run.elapsed_ms));
    let left = move || match state.of_run(|run| run.left_ms) {
        _ if state.is_paused() => words.left_paused.to_owned(),
        Some(ms) => duration(ms),
        None => words.left_unknown.to_owned(),
    };
    view! {
        <span class="times">
            {words.elapsed} " " <strong>{elapsed}</strong>
            <span hidden=move || !state.is_running()>" · " {words.left} " " <strong>{left}</strong></span>
        </span>
    }
    .into_any()
}
