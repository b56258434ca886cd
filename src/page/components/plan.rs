//! The plan: what will be done, who sees what, what stays. In: a checked plan. Out: an element; Start is its action.

use leptos::prelude::*;
use provisioner_core::model::policy::policy;
use provisioner_core::plan::{self, CONFIRM_ABOVE_DEVICES, NamingChoice, Outline, Route};

use super::common::button::{button, copy, submit};
use super::common::el::{El, el};
use super::common::figure::figure;
use super::common::icon::{ATTENTION, marked};
use super::{lookup, names_check, section};
use crate::page::texts::texts;
use crate::page::{Page, address, focus, input};

/// Id of the confirmation's input.
const CONFIRM: &str = "confirm-count";

/// Id of the box to be ticked where no journal can be kept.
const ACCEPT: &str = "accept-no-journal";

/// The plan.
pub(super) fn plan(page: Page, plan: &Outline) -> El {
    let words = &texts().plan;
    let (cloud, trust, undo) = match &plan.target.route {
        Route::Demo => (words.cloud_demo.to_owned(), words.trust_demo.to_owned(), words.undo_demo),
        Route::Proxy { base } => (cloud_name(plan), (words.trust_proxy)(&address::host_of(base)), words.undo_real),
        Route::Direct => (cloud_name(plan), (words.trust_direct)(&plan.target.host), words.undo_real),
    };
    let instance = plan.instance_id.clone().unwrap_or_else(|| words.instance_none.to_owned());
    let is_existing = plan.is_existing();
    let (names_name, names) = match (&plan.names, &plan.apply_ids[..]) {
        (_, [first, .., last]) => (words.apply_ids, (words.names_given)(first, last)),
        (_, [only]) => (words.apply_ids, only.clone()),
        (Some((first, last)), []) => (words.names, (words.names_given)(first, last)),
        (None, []) => (words.names, words.names_random.to_owned()),
    };
    let batches = u32::try_from(plan.batches.len()).unwrap_or(u32::MAX);
    let devices = plan.devices();
    // Of batches that exist the cloud has yet to say it.
    let known = |figure: u32| (!is_existing).then_some(figure);
    let (devices_known, calls, seconds) = (known(devices), known(plan.calls()), known(plan.seconds_min()));
    let (batches_hint, calls_hint) =
        if is_existing { ("", words.calls_existing) } else { (words.batches_hint, words.calls_hint) };
    let batches_hint = if plan.is_x509 && plan.names.is_some() { texts().lookup.x509_batches } else { batches_hint };
    let number = texts().page.number;
    let figures = el("dl", "figures")
        .child(figure("plan-devices", words.devices, "", move || devices_known, number))
        .child(figure("plan-batches", words.batches, batches_hint, move || Some(batches), number))
        .child(figure("plan-calls", words.calls, calls_hint, move || calls, number))
        .child(figure("plan-seconds", words.seconds, words.seconds_hint, move || seconds, words.seconds_value));
    let facts = el("dl", "facts")
        .child(fact(words.cloud, cloud))
        .child(fact(words.product, plan.product_key.clone()))
        .child(fact(words.instance, instance))
        .child(fact(names_name, names));
    let undo = if is_existing { words.undo_existing } else { undo };
    let leave = if plan.target.route == Route::Demo { words.leave_demo } else { words.leave_text };
    // What was only read is read again.
    let needs_journal = plan.target.route != Route::Demo && !is_existing;
    // A run can be started once the engine has said whether it can be kept: 1 if not, 2 if so.
    let journal = move || page.state.read(|mirror| mirror.keeps_journal.map_or(0, |is_kept| 1 + u32::from(is_kept)));
    let needs_ms = 1_000 * u64::from(plan.seconds_min());
    let is_demo = plan.target.route == Route::Demo;
    let ends_too_late = move || !is_demo && page.expiry.left_ms().is_some_and(|left_ms| left_ms < needs_ms);
    // The demo needs none.
    let rights = (plan.target.route != Route::Demo).then(|| rights(page, plan.naming()));
    section("panel plan", "plan-heading", || texts().plan.heading.to_owned())
        .attr("id", "plan")
        .testid("plan")
        .attr("tabindex", "-1")
        .child(figures)
        .child(facts)
        .child_if(ends_too_late, || marked("attention", ATTENTION, || texts().plan.expires_early.to_owned()))
        .child(lookup::lookup(page, plan))
        .children(plan.is_list.then(|| names_check::names_check(page, plan)).into_iter().collect())
        .child(paragraph(words.trust, trust))
        .child(paragraph(words.undo, undo.to_owned()))
        .child(paragraph(words.leave, leave.to_owned()))
        .children(rights.into_iter().collect())
        .swap(journal, move |journal| (journal > 0).then(|| start(page, devices_known, needs_journal && journal == 1)))
}

fn cloud_name(plan: &Outline) -> String {
    (texts().plan.cloud_named)(&plan.target.host, &plan.target.region_id)
}

fn fact(name: &'static str, value: String) -> El {
    el("div", "").child(el("dt", "").text(name)).child(el("dd", "").text_string(value))
}

fn paragraph(heading: &'static str, text: String) -> El {
    el("div", "").child(el("h3", "").text(heading)).child(el("p", "").text_string(text))
}

/// The smallest policy for a run whose devices are named so, to be copied.
pub(super) fn rights(page: Page, naming: NamingChoice) -> El {
    let words = &texts().plan;
    let text = policy(naming.actions(), naming.lookups());
    let copy = copy(page, text.clone(), words.policy_name.to_owned());
    el("details", "fold")
        .child(el("summary", "").text(words.policy))
        .child(el("p", "hint").text(words.policy_text))
        .child(el("p", "hint").text(words.policy_optional))
        .child(el("pre", "policy").testid("policy").attr("tabindex", "0").child(el("code", "").text_string(text)))
        .child(copy)
}

fn start(page: Page, devices: Option<u32>, must_accept: bool) -> El {
    let words = &texts().plan;
    let name = devices.map_or_else(|| words.start_existing.to_owned(), words.start);
    let devices = devices.unwrap_or_default();
    let differs = RwSignal::new(false);
    let must_confirm = devices > CONFIRM_ABOVE_DEVICES;
    let start = move |event: web_sys::Event| {
        event.prevent_default();
        let typed = input(CONFIRM).map(|input| plan::clean(&input.value()).replace(',', ""));
        let is_confirmed = !must_confirm || typed.is_some_and(|number| number == devices.to_string());
        differs.set(!is_confirmed);
        if must_accept && !input(ACCEPT).is_some_and(|input| input.checked()) {
            focus(ACCEPT);
        } else if is_confirmed {
            page.begin();
        } else {
            focus(CONFIRM);
        }
    };
    let mut form = el("form", "start").attr("novalidate", "").on("submit", start);
    if must_confirm {
        let error = move || if differs.get() { (words.confirm_differs)(devices) } else { String::new() };
        let input = el("input", "input")
            .attr("id", CONFIRM)
            .testid(CONFIRM)
            .attr("inputmode", "numeric")
            .attr("autocomplete", "off")
            .attr("aria-describedby", "confirm-error");
        form = form.child(
            el("div", "field")
                .child(el("label", "").attr("for", CONFIRM).text_string((words.confirm)(devices)))
                .child(el("p", "field-error").attr("id", "confirm-error").attr("role", "alert").text_of(error))
                .child(input),
        );
    }
    if must_accept {
        let accept = el("input", "").attr("id", ACCEPT).testid(ACCEPT).attr("type", "checkbox").attr("required", "");
        form = form.child(el("label", "choice").child(accept).child(el("span", "").text(words.no_journal)));
    }
    let unsaved = untrack(|| page.state.unsaved());
    if unsaved > 0 {
        form = form.child(marked("attention", ATTENTION, move || (words.discard)(unsaved)));
    }
    form.child(el("div", "actions").child(submit("start").text_string(name)).child(button(
        "button",
        "",
        words.back,
        move || page.draft.close_plan(),
    )))
}
