//! Which names of the list the product has already. In: what was learnt. Out: an element; to ask and to stop are its
//! actions. Names that the product has become faults of the list, which closes the plan.

use provisioner_core::model::action::{Action, NAMES_PER_DETAIL_MAX};
use provisioner_core::model::lookup::{SOUGHT_NAMES_MAX, SoughtNames};
use provisioner_core::plan::Outline;

use super::common::button::button;
use super::common::el::{El, el};
use super::notices;
use crate::page::Page;
use crate::page::texts::texts;
use crate::protocol::Subject;

/// The button, what it takes, and how far it has come.
pub(super) fn names_check(page: Page, plan: &Outline) -> El {
    let words = &texts().lookup;
    let devices = plan.devices();
    if devices > SOUGHT_NAMES_MAX {
        return el("p", "hint").text_string((words.names_too_many)(SOUGHT_NAMES_MAX));
    }
    let calls = devices.div_ceil(NAMES_PER_DETAIL_MAX);
    let seconds = calls.saturating_sub(1) / Action::BatchQueryDeviceDetail.pace_per_second(plan.share_percent);
    let takes = (words.names_hint)(calls, 1_000 + 1_000 * u64::from(seconds));
    let asking = move || page.draft.read(|sheet| sheet.lookup.asking);
    let is_asking = move || asking() == Some(Subject::Names);
    let ask = button("button", "names-check", words.names_ask, move || page.ask(Subject::Names))
        .attr("aria-describedby", "names-check-hint")
        .attr_of("aria-disabled", move || asking().map(|_| "true"));
    let stop = move || button("button", "names-check-stop", words.names_stop, move || page.stop_asking(Subject::Names));
    let asked = move || of_names(page, |names| (words.names_asked)(names));
    let failed = move || page.draft.read(|sheet| sheet.lookup.names_failure.is_some());
    let failure = move || {
        page.draft.read(|sheet| match &sheet.lookup.names_failure {
            Some(failure) => notices::told(page, failure),
            None => el("div", ""),
        })
    };
    el("div", "lookup")
        .child(el("div", "actions").child(ask).child_if(is_asking, stop))
        .child(el("p", "hint").attr("id", "names-check-hint").text_string(takes))
        .child(el("p", "").testid("names-checked").text_of(asked))
        .child_if(failed, failure)
}

fn of_names<T: Default>(page: Page, read: impl FnOnce(&SoughtNames) -> T) -> T {
    page.draft.read(|sheet| sheet.lookup.names.as_ref().map(read).unwrap_or_default())
}
