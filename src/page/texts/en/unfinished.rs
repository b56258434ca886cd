//! English: a run that another life of the page left behind.

use provisioner_core::journal::{Unreadable, VERSION};
use provisioner_core::plan::NamingChoice;

use super::super::UnfinishedTexts;
use super::{counted, devices, duration};

/// A run that was not finished.
pub(super) const UNFINISHED: UnfinishedTexts = UnfinishedTexts {
    heading: "Unfinished run",
    what: |found, ago_ms| {
        let begun = [" was begun ", &duration(ago_ms), " ago in this browser"].concat();
        let (what, todo) = match &found.form {
            Ok(form) => (
                [
                    &if form.naming == NamingChoice::Existing {
                        "A run that reads earlier batches".to_owned()
                    } else {
                        ["A run of ", &devices(found.devices)].concat()
                    },
                    " in ",
                    form.product_key.trim(),
                    &begun,
                    ", and its table was not saved. ",
                ]
                .concat(),
                "To go on, enter the AccessKey below. Nothing is registered twice. ",
            ),
            Err(Unreadable::Version(version)) => (
                format!(
                    "A run{begun} by another version of this page: its journal is of version {version}, and this page \
                     reads version {VERSION}. It stays as it is. "
                ),
                "To go on, open the version of the page that began it. ",
            ),
            Err(Unreadable::Damaged) => (
                format!(
                    "A run{begun}, and its journal is damaged: which calls had been sent cannot be told any more, so going \
                     on could register devices twice. "
                ),
                "Look at the product's batches in the console, which also downloads their credentials. ",
            ),
        };
        let accepted = u32::try_from(found.apply_ids.len()).unwrap_or(u32::MAX);
        let accepted = match (&found.form, accepted) {
            (_, 0) => String::new(),
            (Ok(_), count) => {
                [&counted(count, "batch", "batches"), " had been accepted by the cloud by then."].concat()
            }
            (Err(_), _) => ["The cloud had accepted these, by ApplyId: ", &found.apply_ids.join(", "), "."].concat(),
        };
        (what + &accepted, [todo, "Forgetting it changes nothing in the cloud."].concat())
    },
    resume: "Go on",
    discard: "Forget it",
};
