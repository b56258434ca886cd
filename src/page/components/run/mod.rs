//! The run: where it stands, what it has, how it ended. In: the engine's reports. Out: an element, empty before a run.

mod batches;
pub(super) mod controls;
mod log;
mod progress;
mod rate;
mod telling;

use leptos::prelude::{Update as _, With as _, untrack};
use provisioner_core::model::report::{BatchReport, BatchState, Phase, RunReport, Verdict};
use provisioner_core::plan::Connection;

use super::common::button::button;
use super::common::el::{El, el};
use super::common::figure::figure;
use super::common::icon::{ATTENTION, BAD, GOOD, NEUTRAL, icon};
use super::common::text::hint;
use super::{archives, downloads, expiry, notices, section, table};
use crate::page::state::Started;
use crate::page::texts::texts;
use crate::page::{Page, focus, focus_soon};
use crate::protocol::Command;

/// The run with its notices, its downloads and its table.
pub(super) fn run(page: Page) -> El {
    let number = move || page.state.read(|mirror| mirror.runs);
    el("div", "stack")
        .swap(number, move |_| page.state.read(|mirror| mirror.started.clone()).map(|started| panels(page, started)))
}

fn panels(page: Page, started: Started) -> El {
    let has_rows = move || page.state.of_run(|run| run.downloaded > 0);
    let has_table = move || has_rows() || page.choice.with(|choice| choice.look.is_missing);
    el("div", "stack")
        .child(panel(page, started))
        .child(archives::archives(page))
        .child_if(move || !has_rows(), move || downloads::status(page))
        .child_if(has_rows, move || downloads::downloads(page))
        .child_if(has_table, move || table::table(page))
}

fn panel(page: Page, started: Started) -> El {
    let words = &texts().run;
    let state = page.state;
    let verdict = move || state.of_run(|run| run.verdict);
    let verdict_number = move || verdict().map_or(0, |verdict| 1 + verdict as u32);
    let has_ended = move || verdict().is_some();
    let has_controls = move || state.is_running() && state.asking().is_none();
    let is_demo = started.demo;
    let again = move || {
        let again = button("button", "new-run", words.again, || focus("connection"));
        let own = move || button("button", "own-account", words.own_account, move || page.switch_to(Connection::Proxy));
        el("div", "actions").child(again).child_if(move || is_demo, own)
    };
    section("panel run", "run-heading", move || state.of_run(|run| (words.heading)(run, &started.product_key)))
        .attr("id", "run")
        .testid("run")
        .attr("tabindex", "-1")
        .attr_of("data-phase", move || Some(state.of_run(|run| phase_name(run.phase))))
        .attr_of("data-verdict", move || Some(verdict().map_or("", verdict_name)))
        .child_if(
            move || is_demo && !page.draft.is_demo(),
            || el("p", "").child(el("strong", "badge").text(texts().page.demo_badge)),
        )
        .swap(verdict_number, move |_| verdict().map(|verdict| banner(page, verdict)))
        .child(notices::of_run(page))
        .child(progress::progress(page))
        .child(counters(page))
        .child(rate::rate(page))
        .child(el("p", "hint").text_of(move || state.of_run(words.calls)))
        .child(el("div", "").flag_of("hidden", move || is_demo || has_ended()).child(expiry::expiry(page)))
        .child_if(has_controls, move || controls::controls(page))
        .child(hint(words.leave).flag_of("hidden", has_ended))
        .child(batches::batches(page))
        .child(log::log(page))
        .child(telling::telling(page))
        .child_if(has_ended, again)
}

fn counters(page: Page) -> El {
    let words = &texts().run;
    let (state, number) = (page.state, texts().page.number);
    let requested = move || state.of_run(RunReport::requested_known);
    let created = move || Some(state.of_run(|run| run.created));
    let downloaded = move || Some(state.of_run(|run| run.downloaded));
    let is_existing = untrack(|| state.of_run(|run| run.is_existing));
    let requested_hint = if is_existing { words.requested_existing } else { words.requested_hint };
    el("dl", "figures")
        .child(figure("requested", words.requested, requested_hint, requested, number))
        .child(figure("created", words.created, words.created_hint, created, number))
        .child(figure("downloaded", words.downloaded, words.downloaded_hint, downloaded, number))
}

/// How the run ended: colour, icon and words say the same.
fn banner(page: Page, verdict: Verdict) -> El {
    let words = &texts().run;
    let (class, sign) = match verdict {
        Verdict::Complete => ("verdict good", GOOD),
        Verdict::Incomplete => ("verdict warning", ATTENTION),
        Verdict::Failed => ("verdict bad", BAD),
        Verdict::Cancelled => ("verdict neutral", NEUTRAL),
    };
    let text = el("p", "")
        .child(el("strong", "").text((words.verdict)(verdict)))
        .text(" ")
        .text_of(move || page.state.of_run(|run| (words.verdict_text)(verdict, run)));
    let banner = el("div", class).child(icon(sign)).child(text);
    el("div", "stack").child(banner).child(remedies(page, verdict))
}

/// What can be done about what is missing.
fn remedies(page: Page, verdict: Verdict) -> El {
    let words = &texts().run;
    let is_half_read = |run: &RunReport| {
        let is_it = |batch: &BatchReport| batch.state == BatchState::Incomplete && batch.apply_id.is_some();
        run.batches.iter().any(is_it)
    };
    let of_run = |run: &RunReport| (run.failed, run.to_try, is_half_read(run));
    let (failed, to_try, is_half_read) = untrack(|| page.state.of_run(of_run));
    let mut buttons = Vec::new();
    if is_half_read && verdict == Verdict::Incomplete {
        buttons.push(button("button primary", "resume", words.read_again, move || page.resume()));
    }
    if to_try > 0 {
        let retry = button("button", "retry-failed", "", move || page.send(&Command::Retry));
        buttons.push(retry.text_string((words.retry)(to_try)));
    }
    if failed > 0 {
        let show = button("button", "see-failed", "", move || {
            page.choice.update(|choice| choice.look.is_missing = true);
            focus_soon(table::BOX);
        });
        buttons.push(show.text_string((texts().table.show_failed)(failed)));
        let save = button("button", "download-failed", "", move || page.save_failed());
        buttons.push(save.text_string((words.save_failed)(failed)));
    }
    el("div", "actions").children(buttons)
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
