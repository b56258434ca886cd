//! A run at its very beginning, before the engine's first report. In: its plan and its form. Out: what the page shows.

use provisioner_core::model::report::{BatchReport, BatchState, Phase, RunReport};
use provisioner_core::plan::{FormInput, Outline, Route};

/// The run that was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::page) struct Started {
    /// ProductKey.
    pub product_key: String,
    /// In the demo's cloud.
    pub demo: bool,
    /// Its form.
    pub form: FormInput,
    /// When it was begun: milliseconds since 1970.
    pub at_ms: u64,
    /// When this page began it, or went on with it, likewise.
    pub shown_at_ms: u64,
}

impl Started {
    /// A run of this plan that goes on from now; it was begun now, or earlier.
    pub fn new(plan: &Outline, form: FormInput, began_at_ms: Option<u64>) -> Self {
        let now_ms = js_sys::Date::now() as u64;
        Self {
            product_key: plan.product_key.clone(),
            demo: plan.target.route == Route::Demo,
            form,
            at_ms: began_at_ms.unwrap_or(now_ms),
            shown_at_ms: now_ms,
        }
    }
}

/// What is known of a run before it reports.
pub(super) fn first_report(plan: &Outline) -> RunReport {
    let batches = (1..).zip(&plan.batches).map(|(number, &devices)| BatchReport {
        number,
        devices,
        apply_id: plan.apply_ids.get(number as usize - 1).cloned(),
        state: if plan.is_existing() { BatchState::Registering } else { BatchState::Waiting },
        created: None,
        downloaded: 0,
    });
    RunReport {
        phase: Phase::Submitting,
        verdict: None,
        is_existing: plan.is_existing(),
        requested: plan.devices(),
        created: 0,
        downloaded: 0,
        accepted: 0,
        unclear: 0,
        is_offline: false,
        rate: None,
        failed: 0,
        to_try: 0,
        elapsed_ms: 0,
        left_ms: None,
        calls: 0,
        throttled: 0,
        retried: 0,
        batches: batches.collect(),
    }
}
