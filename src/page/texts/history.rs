//! The sentences of earlier runs and of profiles, as every language has to provide them.

use super::super::kept::Item;

/// What this browser keeps.
pub(in crate::page) struct HistoryTexts {
    /// Heading: so many runs.
    pub heading: fn(runs: usize) -> String,
    /// Where they are, and what is not among it.
    pub hint: &'static str,
    /// The browser refused to keep something.
    pub refused: &'static str,
    /// Button: asks for ApplyIds.
    pub open: &'static str,
    /// Name of the table.
    pub table: &'static str,
    /// Columns: when, which product, how many devices, how it ended, what can be done.
    pub columns: [&'static str; 5],
    /// The devices of a run and how they were named.
    pub devices: fn(&Item) -> String,
    /// Button: fills the form in to fetch the credentials of a run's batches again.
    pub fetch: &'static str,
    /// Button: fills in where a run sent its calls.
    pub reuse: &'static str,
    /// Button: forgets a run.
    pub forget: &'static str,
    /// Button: forgets all of them.
    pub forget_all: &'static str,
    /// The question before.
    pub forget_all_ask: &'static str,
    /// Button that does so after the question.
    pub forget_all_sure: &'static str,
    /// Button that does not.
    pub forget_all_not: &'static str,
    /// Label of the select of profiles.
    pub profile: &'static str,
    /// In it: none.
    pub profile_none: &'static str,
    /// Button: forgets the one that is chosen beside it.
    pub profile_delete: &'static str,
    /// Unfolds the field for a new one.
    pub profile_new: &'static str,
    /// Label of its name.
    pub profile_name: &'static str,
    /// What is in a profile.
    pub profile_hint: &'static str,
    /// Button.
    pub profile_save: &'static str,
}
