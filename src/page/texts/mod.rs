//! Every sentence that the page shows. In: what is to be said. Out: the words, in the page's language.
//!
//! A language is one [`Texts`] value. Its structs have no defaults, so that a language that lacks a sentence, or an
//! arm for a new fault or notice, does not compile.

mod en;
mod file;
mod form;
mod notice;
mod run;
mod table;

pub(super) use file::FileTexts;
pub(super) use form::{FormTexts, PlanTexts};
pub(super) use notice::{NoticeTexts, Words};
pub(super) use run::RunTexts;
pub(super) use table::TableTexts;

use crate::protocol::Unfinished;

/// One language.
pub(super) struct Texts {
    /// The header and what belongs to no panel.
    pub page: PageTexts,
    /// The form.
    pub form: FormTexts,
    /// The plan.
    pub plan: PlanTexts,
    /// The run.
    pub run: RunTexts,
    /// The credential table.
    pub table: TableTexts,
    /// The downloads.
    pub file: FileTexts,
    /// A run that was not finished.
    pub unfinished: UnfinishedTexts,
    /// Errors and warnings.
    pub notice: NoticeTexts,
}

/// The header, the tab's title and words that several panels use.
pub(super) struct PageTexts {
    /// Product name.
    pub name: &'static str,
    /// One line below it.
    pub purpose: &'static str,
    /// Badge of the demo connection.
    pub demo_badge: &'static str,
    /// Label of the theme select.
    pub theme: &'static str,
    /// Theme: as the system.
    pub theme_system: &'static str,
    /// Theme: light.
    pub theme_light: &'static str,
    /// Theme: dark.
    pub theme_dark: &'static str,
    /// Title of the tab while the form has errors.
    pub title_error: fn(title: &str) -> String,
    /// A button that copies.
    pub copy: &'static str,
    /// Its name for those who cannot see what stands beside it.
    pub copy_named: fn(what: &str) -> String,
    /// Said after a copy.
    pub copied: fn(what: &str) -> String,
    /// Said when the browser refused the clipboard.
    pub copy_refused: &'static str,
    /// A whole number with its digits grouped.
    pub number: fn(u32) -> String,
    /// A span of time.
    pub duration: fn(ms: u64) -> String,
    /// Below everything: what the page keeps.
    pub footer: &'static str,
}

/// A run that was not finished.
pub(super) struct UnfinishedTexts {
    /// Name of the banner.
    pub heading: &'static str,
    /// What was found, begun so many milliseconds ago, and what to do.
    pub what: fn(&Unfinished, ago_ms: u64) -> (String, String),
    /// Button.
    pub resume: &'static str,
    /// Button.
    pub discard: &'static str,
}

/// The texts of the page's language.
pub(super) fn texts() -> &'static Texts {
    &en::TEXTS
}
