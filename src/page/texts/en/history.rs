//! English: earlier runs and profiles.

use provisioner_core::plan::NamingChoice;

use super::super::HistoryTexts;
use super::form::FORM;
use super::number;

/// What this browser keeps.
pub(super) const HISTORY: HistoryTexts = HistoryTexts {
    heading: |runs| match runs {
        0 => "Earlier runs".to_owned(),
        runs => format!("Earlier runs ({runs})"),
    },
    hint: "Kept in this browser alone, the last 100, without any secret. Runs of the demo are not kept.",
    refused: "This browser did not keep this: its storage is full, switched off, or that of a private window. It is gone with \
              this tab.",
    open: "Open batches by ApplyId",
    table: "Earlier runs",
    columns: ["Started", "Product", "Devices", "Result", "Actions"],
    devices: |run| {
        let count = [number(run.number("downloaded")).as_str(), " of ", &number(run.number("requested"))].concat();
        let naming = match run.naming() {
            NamingChoice::Pattern => run.text("pattern").to_owned(),
            naming => (FORM.naming_name)(naming).to_ascii_lowercase(),
        };
        [&count, ", ", &naming].concat()
    },
    fetch: "Fetch the credentials again",
    reuse: "Use its settings",
    forget: "Forget",
    forget_all: "Forget all",
    forget_all_ask: "Forget all earlier runs? Nothing changes in the cloud, but their ApplyIds are no longer known here.",
    forget_all_sure: "Forget all of them",
    forget_all_not: "Keep them",
    profile: "Profile",
    profile_none: "none chosen",
    profile_delete: "Delete",
    profile_new: "Save these settings as a profile",
    profile_name: "Name of the profile",
    profile_hint: "Connection, region, product, instance and share of the quota, in this browser alone; never a credential.",
    profile_save: "Save",
};
