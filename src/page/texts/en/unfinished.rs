//! English: a run that another life of the page left behind.

use provisioner_core::plan::parse;

use super::super::UnfinishedTexts;
use super::{counted, devices, duration};

/// A run that was not finished.
pub(super) const UNFINISHED: UnfinishedTexts = UnfinishedTexts {
    heading: "Unfinished run",
    what: |found, ago_ms| {
        match found.form.as_ref().and_then(|form| parse(form).ok()) {
        Some(plan) => (
            [
                "A run of ",
                &devices(plan.devices()),
                " in ",
                &plan.product_key,
                " was begun ",
                &duration(ago_ms),
                " ago in this browser, and its table was not saved. ",
                &(if found.accepted == 0 {
                    String::new()
                } else {
                    [&counted(found.accepted, "batch", "batches"), " had been accepted by the cloud by then."].concat()
                }),
            ]
            .concat(),
            "To go on, enter the AccessKey below. Nothing is registered twice. Forgetting it changes nothing in the cloud."
                .to_owned(),
        ),
        None => (
            "A run was begun in this browser by another version of this page, or its journal is damaged.".to_owned(),
            "Open the version that began it, or look the batches up in the console. Forgetting it changes nothing in the \
             cloud."
                .to_owned(),
        ),
    }
    },
    resume: "Go on",
    discard: "Forget it",
};
