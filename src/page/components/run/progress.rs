//! Stages, bar and times. In: the engine's reports. Out: an element.

use provisioner_core::model::report::Phase;

use crate::page::components::common::el::{El, el};
use crate::page::texts::texts;
use crate::page::{Page, tab};

/// Stages, bar and times.
pub(super) fn progress(page: Page) -> El {
    let words = &texts().run;
    let state = page.state;
    let value = move || state.of_run(|run| (words.progress_value)(run, tab::percent(run)));
    let is_waiting = move || state.is_running() && !state.is_paused() && state.of_run(|run| run.downloaded == 0);
    // A property: a strict policy forbids the attribute.
    let fill = el("div", "bar-fill")
        .prop_of("style", move || ["width:", &state.of_run(tab::percent).to_string(), "%"].concat());
    let bar = el("div", "")
        .attr_of("class", move || Some(if is_waiting() { "bar waiting" } else { "bar" }))
        .attr("role", "progressbar")
        .testid("progress")
        .attr("aria-label", words.progress)
        .attr("aria-valuemin", "0")
        .attr_string_of("aria-valuenow", move || state.of_run(|run| run.downloaded).to_string())
        .attr_string_of("aria-valuemax", move || state.of_run(|run| run.requested.max(run.downloaded)).to_string())
        .attr_string_of("aria-valuetext", value)
        .child(fill);
    let text = el("p", "bar-text").child(el("span", "").text_of(value)).child(times(page));
    el("div", "progress").child(stages(page)).child(bar).child(text)
}

fn stages(page: Page) -> El {
    let words = &texts().run;
    let state = page.state;
    let stages = words.stages.map(|(stage, name)| {
        let place = rank(stage);
        let here = move || rank(state.read(|mirror| mirror.stage));
        let class = move || match here() {
            now if now > place => "past",
            now if now == place && !state.is_running() => "stopped",
            _ => "",
        };
        let is_current = move || here() == place && state.is_running();
        el("li", "")
            .attr_of("class", move || Some(class()))
            .attr_of("aria-current", move || is_current().then_some("step"))
            // Batches that exist are not submitted, and not registered.
            .flag_of("hidden", move || place < rank(Phase::Fetching) && state.of_run(|run| run.is_existing))
            .text(name)
    });
    el("ol", "stages").attr("aria-label", words.stages_name).children(stages.into())
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
fn times(page: Page) -> El {
    let words = &texts().run;
    let duration = texts().page.duration;
    let state = page.state;
    let left = move || match state.of_run(|run| run.left_ms) {
        _ if state.is_paused() => words.left_paused.to_owned(),
        _ if state.of_run(|run| run.is_offline) => words.left_offline.to_owned(),
        Some(ms) => duration(ms),
        None => words.left_unknown.to_owned(),
    };
    let left = el("span", "")
        .flag_of("hidden", move || !state.is_running())
        .text(" · ")
        .text(words.left)
        .text(" ")
        .child(el("strong", "").text_of(left));
    el("span", "times")
        .text(words.elapsed)
        .text(" ")
        .child(el("strong", "").text_of(move || duration(state.of_run(|run| run.elapsed_ms))))
        .child(left)
}
