//! Earlier runs, profiles and batches that exist. In: a run that ended, or one that is to be used again. Out: what is kept
//! of it, or the form filled in.

use leptos::prelude::untrack;
use provisioner_core::plan::{Connection, FormInput, NamingChoice};

use super::kept::Item;
use super::{Page, focus_soon};

impl Page {
    /// Keeps what came of the run, for later visits.
    pub(super) fn keep_run(self) {
        if let Some(run) = untrack(|| self.state.read(Item::of)) {
            self.state.keep(|kept| kept.add_run(run));
        }
    }

    /// Fills the form in for the batches of an earlier run, whose credentials are to be fetched again.
    pub(super) fn fetch_again(self, form: &FormInput) {
        self.forget_learnt();
        self.draft.fill(form);
        self.recheck();
        focus_soon("access-key-id");
    }

    /// Fills in where an earlier run or a profile sent its calls.
    pub(super) fn use_settings(self, form: &FormInput) {
        self.forget_learnt();
        self.draft.fill_settings(form);
        self.recheck();
    }

    /// Asks for the ApplyIds of batches that exist: where the newest run was, since the demo has none of them.
    pub(super) fn ask_apply_ids(self) {
        if untrack(|| self.draft.is_demo()) {
            match untrack(|| self.state.read(|mirror| mirror.kept.runs.first().map(Item::form))) {
                Some(form) => self.use_settings(&form),
                None => self.switch_to(Connection::Proxy),
            }
        }
        self.draft.fill_devices(&FormInput { naming: NamingChoice::Existing, ..FormInput::default() });
        self.recheck();
        focus_soon("apply-ids");
    }
}
