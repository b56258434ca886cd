//! English. In: what is to be said. Out: British-style plain English, with the vendor's own words kept.

mod file;
mod form;
mod history;
mod inspector;
mod list;
mod lock;
mod lookup;
mod names;
mod notice;
mod run;
mod table;
mod trust;
mod unfinished;

use super::{PageTexts, Texts};
use crate::page::state::NextVersion;
use crate::words::en::{counted, devices, duration, number, reason, rows};

/// English.
pub(super) static TEXTS: Texts = Texts {
    page: PageTexts {
        name: "IoT Provisioner",
        purpose: "Bulk registration on Alibaba Cloud IoT Platform",
        demo_badge: "Demo: simulated cloud, nothing is real",
        language: "Language",
        theme: "Theme",
        theme_system: "As the system",
        theme_light: "Light",
        theme_dark: "Dark",
        title_error: |title| ["Error: ", title].concat(),
        copy: "Copy",
        copy_named: |what| ["Copy ", what].concat(),
        copied: |what| [what, " copied to the clipboard."].concat(),
        copy_refused: "The browser did not allow the copy. Select the text and copy it by hand.",
        number,
        unknown: "not known",
        duration,
        next_version: |next| match next {
            NextVersion::Waiting => "A new version of this page is ready.",
            NextVersion::Blocked => {
                "A new version of this page is ready. Close its other tabs first: one of them may be at work."
            }
        },
        use_next: "Use it now",
        footer: "Everything happens in this tab. Closing it forgets the key and the table; which batches were submitted is \
                 noted in this browser, without any secret.",
    },
    form: form::FORM,
    trust: trust::TRUST,
    names: list::NAMES,
    plan: form::PLAN,
    lookup: lookup::LOOKUP,
    run: run::RUN,
    table: table::TABLE,
    file: file::FILE,
    history: history::HISTORY,
    inspector: inspector::INSPECTOR,
    lock: lock::LOCK,
    unfinished: unfinished::UNFINISHED,
    notice: notice::NOTICE,
};
