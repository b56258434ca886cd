//! Every sentence that the page shows. In: what is to be said. Out: the words, in the page's language.
//!
//! A language is one [`Texts`] value. Its structs have no defaults, so that a language that lacks a sentence, or an
//! arm for a new fault or notice, does not compile.

mod en;
mod file;
mod form;
mod history;
mod inspector;
mod lock;
mod lookup;
mod names;
mod notice;
mod run;
mod table;
mod trust;
mod zh;

pub(super) use file::FileTexts;
pub(super) use form::{FormTexts, Guide, PlanTexts};
pub(super) use history::HistoryTexts;
pub(super) use inspector::InspectorTexts;
pub(super) use lock::LockTexts;
pub(super) use lookup::LookupTexts;
pub(super) use names::NamesTexts;
pub(super) use notice::NoticeTexts;
pub(super) use run::RunTexts;
pub(super) use table::TableTexts;
pub(super) use trust::TrustTexts;

use std::cell::Cell;

use leptos::prelude::window;

use super::state::NextVersion;
use crate::protocol::Unfinished;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// English.
    English,
    /// 简体中文.
    Chinese,
}

impl Language {
    /// All of them, as they stand in the header.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its BCP 47 tag, as in `lang=` of the query string and of the document.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
        }
    }

    /// How the browser writes dates in it: as the user's own region does, where that speaks this language.
    pub fn locale(self) -> String {
        let preferred = window().navigator().language().filter(|tag| Self::of(tag) == Some(self));
        preferred.unwrap_or_else(|| self.tag().to_owned())
    }

    /// The language that a tag asks for, such as a browser's `zh-Hans-SG`; none if the page does not speak it.
    pub fn of(tag: &str) -> Option<Self> {
        match tag.split('-').next() {
            Some("en") => Some(Self::English),
            Some("zh") => Some(Self::Chinese),
            _ => None,
        }
    }
}

/// One language.
pub(super) struct Texts {
    /// The header and what belongs to no panel.
    pub page: PageTexts,
    /// The form.
    pub form: FormTexts,
    /// Where calls go.
    pub trust: TrustTexts,
    /// The list of names.
    pub names: NamesTexts,
    /// The plan.
    pub plan: PlanTexts,
    /// What was learnt from the cloud before a run.
    pub lookup: LookupTexts,
    /// The run.
    pub run: RunTexts,
    /// The credential table.
    pub table: TableTexts,
    /// The downloads.
    pub file: FileTexts,
    /// Earlier runs and profiles.
    pub history: HistoryTexts,
    /// The request inspector.
    pub inspector: InspectorTexts,
    /// The lock.
    pub lock: LockTexts,
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
    /// Label of the language select.
    pub language: &'static str,
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
    /// In place of a number that is not known yet.
    pub unknown: &'static str,
    /// A span of time.
    pub duration: fn(ms: u64) -> String,
    /// A new version of the page waits; or it waits for other tabs to be closed.
    pub next_version: fn(NextVersion) -> &'static str,
    /// Button that uses it.
    pub use_next: &'static str,
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

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// Says everything from now on in this language. What is on show already is not changed: the page shows itself anew.
pub(super) fn speak(language: Language) {
    SPOKEN.set(language);
}

/// What is said in the page's language, of what the engine said in all.
pub(super) fn spoken<T>(all: &[T; 2]) -> &T {
    &all[SPOKEN.get() as usize]
}

/// The same in every language.
pub(super) fn in_all<T>(say: impl Fn(&Texts) -> T) -> [T; 2] {
    [say(&en::TEXTS), say(&zh::TEXTS)]
}

/// The texts of the page's language.
pub(super) fn texts() -> &'static Texts {
    match SPOKEN.get() {
        Language::English => &en::TEXTS,
        Language::Chinese => &zh::TEXTS,
    }
}
