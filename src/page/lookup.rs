//! Questions to the cloud before a run. In: what the user asks, and what the engine has learnt. Out: commands, and a plan
//! that heeds it.

use leptos::prelude::{Set as _, untrack};

use super::draft::wipe;
use super::texts::{spoken, texts};
use super::{Page, focus_soon};
use crate::protocol::{Command, Learnt, NamesChange, Subject};
use crate::words::Told;

impl Page {
    /// Has the engine ask, signed with the key in the form; the secret stays there for the run.
    pub(super) fn ask(self, subject: Subject) {
        let Some((number, form)) = self.draft.ask_cloud(subject) else { return focus_soon("error-summary") };
        // A connection can be tried out before there is a plan.
        self.start_engine();
        let mut command = Command::Ask { number, subject, form, credentials: self.draft.credentials() };
        self.send(&command);
        if let Command::Ask { credentials, .. } = &mut command {
            wipe(credentials);
        }
    }

    /// Ends a question with what is known so far, if it is the one at hand.
    pub(super) fn stop_asking(self, subject: Subject) {
        if untrack(|| self.draft.read(|sheet| sheet.lookup.asking == Some(subject))) {
            self.send(&Command::StopAsking);
        }
    }

    /// Takes over what was learnt, and why the cloud did not say.
    pub(super) fn learn(self, number: u32, learnt: Learnt, failure: Option<Box<Told>>) {
        match &learnt {
            Learnt::Connection(tried) => self.say.set(spoken(&tried.told.words).what.clone()),
            learnt => {
                if let Some(sentence) = (texts().lookup.said)(learnt) {
                    self.say.set(sentence);
                }
            }
        }
        let is_faulty = matches!(&learnt, Learnt::Names(names) if names.is_over && names.existing > 0);
        if self.draft.learn(number, learnt, failure) {
            // The button that had it is another one.
            focus_soon("plan-lookup");
        } else if is_faulty {
            focus_soon("error-summary");
        }
    }

    /// Forgets what was learnt: the product or the key is another one.
    pub(super) fn forget_learnt(self) {
        if untrack(|| self.draft.forget_learnt()) {
            self.change_names(NamesChange::Unmark);
        }
    }
}
