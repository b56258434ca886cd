//! The plan: what will be done, who sees what, what stays. In: a checked plan. Out: a view; Start is its action.

use leptos::html;
use leptos::prelude::*;
use provisioner_core::plan::{self, CONFIRM_ABOVE_DEVICES, Plan, Route};

use super::common::icon::{ATTENTION, icon};
use crate::page::texts::texts;
use crate::page::{Page, address};

/// The plan.
pub(super) fn plan(page: Page, plan: &Plan) -> AnyView {
    let words = &texts().plan;
    let (cloud, trust, undo) = match &plan.target.route {
        Route::Demo => (words.cloud_demo.to_owned(), words.trust_demo.to_owned(), words.undo_demo),
        Route::Proxy { base } => (cloud_name(plan), (words.trust_proxy)(&address::host_of(base)), words.undo_real),
        Route::Direct => (cloud_name(plan), (words.trust_direct)(&plan.target.host), words.undo_real),
    };
    let instance = plan.instance_id.clone().unwrap_or_else(|| words.instance_none.to_owned());
    let batches = u32::try_from(plan.batches.len()).unwrap_or(u32::MAX);
    let number = texts().page.number;
    let seconds = plan.seconds_min();
    view! {
        <section class="panel plan" data-testid="plan" aria-labelledby="plan-heading" tabindex="-1">
            <h2 id="plan-heading">{words.heading}</h2>
            <dl class="figures">
                {figure("plan-devices", words.devices, plan.devices(), number(plan.devices()), "")}
                {figure("plan-batches", words.batches, batches, number(batches), words.batches_hint)}
                {figure("plan-calls", words.calls, plan.calls(), number(plan.calls()), words.calls_hint)}
                {figure("plan-seconds", words.seconds, seconds, (words.seconds_value)(seconds), words.seconds_hint)}
            </dl>
            <dl class="facts">
                {fact(words.cloud, cloud)} {fact(words.product, plan.product_key.clone())} {fact(words.instance, instance)}
            </dl>
            {paragraph(words.trust, trust)}
            {paragraph(words.undo, undo.to_owned())}
            {paragraph(words.leave, words.leave_text.to_owned())}
            {start(page, plan.devices())}
        </section>
    }
    .into_any()
}

fn cloud_name(plan: &Plan) -> String {
    (texts().plan.cloud_named)(&plan.target.host, &plan.target.region_id)
}

fn figure(testid: &'static str, name: &'static str, value: u32, shown: String, hint: &'static str) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd data-testid=testid data-value=value>{shown}</dd>
            <dd class="hint">{hint}</dd>
        </div>
    }
    .into_any()
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn paragraph(heading: &'static str, text: String) -> AnyView {
    view! { <h3>{heading}</h3><p>{text}</p> }.into_any()
}

fn start(page: Page, devices: u32) -> AnyView {
    let words = &texts().plan;
    let typed = NodeRef::<html::Input>::new();
    let (differs, set_differs) = signal(false);
    let unsaved = untrack(|| page.state.unsaved());
    let must_confirm = devices > CONFIRM_ABOVE_DEVICES;
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let number = typed.get_untracked().map(|input| plan::clean(&input.value()).replace(',', ""));
        let is_confirmed = !must_confirm || number.is_some_and(|number| number == devices.to_string());
        set_differs.set(!is_confirmed);
        if is_confirmed {
            page.begin();
        } else if let Some(input) = typed.get_untracked() {
            // An input that is on show takes the focus.
            input.focus().unwrap_or_default();
        }
    };
    let error = move || differs.get().then(|| (words.confirm_differs)(devices));
    let confirm = must_confirm.then(|| {
        view! {
            <div class="field" class:faulty=differs>
                <label for="confirm-count">{(words.confirm)(devices)}</label>
                <p class="field-error" id="confirm-count-error" role="alert">{error}</p>
                <input
                    id="confirm-count"
                    data-testid="confirm-count"
                    class="input"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby="confirm-count-error"
                    node_ref=typed
                />
            </div>
        }
    });
    let discard = (unsaved > 0).then(|| {
        view! { <p class="attention">{icon(ATTENTION)}<span>{(words.discard)(unsaved)}</span></p> }
    });
    view! {
        <form class="start" novalidate on:submit=start>
            {confirm} {discard}
            <div class="actions">
                <button type="submit" class="button primary" data-testid="start">{(words.start)(devices)}</button>
                <button type="button" class="button" on:click=move |_| page.draft.plan.set(None)>{words.back}</button>
            </div>
        </form>
    }
    .into_any()
}
