//! Earlier runs that this browser keeps. In: what is kept. Out: an element; fetching again, using a run's settings,
//! forgetting and opening batches by ApplyId are its actions.

use js_sys::Date;
use leptos::prelude::*;
use provisioner_core::model::report::Verdict;
use wasm_bindgen::JsValue;

use super::common::button::button;
use super::common::el::{El, el};
use super::common::icon::{ATTENTION, marked};
use super::common::text::{hint, span, unseen};
use crate::page::kept::{Item, KeptBatch};
use crate::page::texts::texts;
use crate::page::{Page, focus_soon};

/// Id of the line that is always on show.
const SUMMARY: &str = "history-heading";

/// Id of the question before all is forgotten.
const QUESTION: &str = "forget-question";

/// The panel; out of the way while a run is going on.
pub(super) fn history(page: Page) -> El {
    let changes = move || page.state.read(|mirror| mirror.kept.changes);
    let heading = move || page.state.read(|mirror| (texts().history.heading)(mirror.kept.runs.len()));
    let summary = el("summary", "").attr("id", SUMMARY).child(el("h2", "").text_of(heading));
    let panel = el("details", "panel history")
        .testid("history")
        .flag_of("hidden", move || page.state.is_running())
        .child(summary)
        .swap(changes, move |_| Some(content(page)));
    let has_runs = untrack(|| page.state.read(|mirror| !mirror.kept.runs.is_empty()));
    if has_runs { panel.attr("open", "") } else { panel }
}

fn content(page: Page) -> El {
    let words = &texts().history;
    let (rows, is_refused) = page.state.read(|mirror| {
        let rows: Vec<El> = mirror.kept.runs.iter().map(|run| row(page, run)).collect();
        (rows, mirror.kept.is_refused)
    });
    let open = button("button", "open-apply-id", words.open, move || page.ask_apply_ids());
    let refused = move || marked("attention", ATTENTION, || texts().history.refused.to_owned());
    let mut content = el("div", "stack").child(hint(words.hint)).child_if(move || is_refused, refused);
    let mut actions = el("div", "actions").child(open);
    if !rows.is_empty() {
        let head = words.columns.map(|name| el("th", "").attr("scope", "col").text(name));
        let table = el("table", "batches")
            .child(el("thead", "").child(el("tr", "").children(head.into())))
            .child(el("tbody", "").children(rows));
        content = content.child(
            el("div", "scroll")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", words.table)
                .child(table),
        );
        actions = actions.child(forget_all(page));
    }
    content.child(actions)
}

fn row(page: Page, run: &Item) -> El {
    let words = &texts().history;
    let form = run.form();
    let (settings, fetched) = (form.clone(), !form.apply_ids.is_empty());
    let started = started(page, run);
    let mut actions = el("div", "actions");
    if fetched {
        actions = actions
            .child(action("button small", "history-fetch", words.fetch, &started, move || page.fetch_again(&form)));
    }
    let reuse = move || {
        page.use_settings(&settings);
        focus_soon("connection");
    };
    let started_at = run.text("startedAt").to_owned();
    let forget = move || {
        page.state.keep(|kept| kept.forget_run(&started_at));
        focus_soon(SUMMARY);
    };
    let actions = actions.child(action("button small", "history-use", words.reuse, &started, reuse)).child(action(
        "button small",
        "history-forget",
        words.forget,
        &started,
        forget,
    ));
    let product = [run.text("product"), " · ", run.text("region")].concat();
    let (class, verdict) = result(run.verdict());
    el("tr", "")
        .testid("history-entry")
        .child(el("td", "").text_string(started))
        .child(el("td", "").text_string(product))
        .child(el("td", "").child(el("div", "").text_string((words.devices)(run))).children(batches(run)))
        .child(el("td", "").child(span(verdict).attr("class", class)))
        .child(el("td", "").child(actions))
}

/// A button with the run that it is for, for those who hear the page.
fn action(
    class: &'static str,
    testid: &'static str,
    name: &'static str,
    started: &str,
    act: impl Fn() + 'static,
) -> El {
    button(class, testid, name, act).child(unseen("").text_string(started.to_owned()))
}

/// When the run was started, as the page's language and the browser's region write it.
fn started(page: Page, run: &Item) -> String {
    let tag = untrack(|| page.language.get()).locale();
    // Not read as a fraction, for which the standard library brings 24 kB of tables.
    let at = Date::new(&JsValue::from_f64(run.number::<u64>("startedAt") as f64));
    at.to_locale_string(&tag, &JsValue::UNDEFINED).into()
}

/// The batches of a run, folded away.
fn batches(run: &Item) -> Vec<El> {
    let (words, number) = (&texts().run, texts().page.number);
    let batches = run.batches();
    if batches.is_empty() {
        return Vec::new();
    }
    let line = |batch: &KeptBatch<'_>| {
        let text = [" · ", &number(batch.devices), " · ", (words.batch_state_name)(batch.state)].concat();
        el("li", "").child(el("code", "").text_string(batch.apply_id.to_owned())).text_string(text)
    };
    let fold = el("details", "fold")
        .child(el("summary", "").text_string((words.batches)(batches.len())))
        .child(el("ul", "").children(batches.iter().map(line).collect()));
    vec![fold]
}

fn result(verdict: Option<Verdict>) -> (&'static str, &'static str) {
    let class = match verdict {
        Some(Verdict::Complete) => "state good",
        Some(Verdict::Incomplete) => "state warning",
        Some(Verdict::Failed) => "state bad",
        Some(Verdict::Cancelled) | None => "state",
    };
    (class, verdict.map(texts().run.verdict).unwrap_or_default())
}

/// The button that forgets all runs; it asks first.
fn forget_all(page: Page) -> El {
    let words = &texts().history;
    let asks = RwSignal::new(false);
    let ask = move || {
        button("button", "history-forget-all", words.forget_all, move || {
            asks.set(true);
            focus_soon(QUESTION);
        })
    };
    let forget = move || {
        page.state.keep(|kept| kept.forget_runs());
        focus_soon(SUMMARY);
    };
    let question = move || {
        let sure = button("button danger", "history-forget-all", words.forget_all_sure, forget);
        let not = button("button", "", words.forget_all_not, move || asks.set(false));
        el("div", "question")
            .attr("id", QUESTION)
            .attr("tabindex", "-1")
            .attr("role", "group")
            .attr("aria-label", words.forget_all)
            .child(el("p", "").text(words.forget_all_ask))
            .child(el("div", "actions").child(sure).child(not))
    };
    el("div", "").child_if(move || !asks.get(), ask).child_if(move || asks.get(), question)
}
