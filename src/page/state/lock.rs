//! The lock: whether this tab still holds a key or a table. In: what the user does, or that nobody does anything. Out: an
//! empty mirror, which says that it was emptied.

use leptos::prelude::*;

use super::{Mirror, State};
use crate::page::saving::Stage;

/// Where the lock is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::page) enum Lock {
    /// Nothing was locked, or a run has begun since.
    #[default]
    Open,
    /// The user wants it, and is asked about rows that no file holds.
    Asked,
    /// The user has locked.
    ByUser,
    /// Nobody did anything for so many minutes.
    ByIdleness(u32),
}

impl State {
    /// Whether there is anything to lock, and nothing at work that would be lost.
    pub fn can_lock(self) -> bool {
        let holds = |mirror: &Mirror| !mirror.held_id.is_empty() || mirror.run.is_some();
        self.read(holds) && !self.is_saving() && !self.is_running()
    }

    /// Whether a file is being made.
    pub fn is_saving(self) -> bool {
        self.read(|mirror| mirror.saving.stage != Stage::Idle)
    }

    /// Whether the last run was the demo's.
    pub fn is_demo(self) -> bool {
        self.read(|mirror| mirror.started.as_ref().is_some_and(|started| started.demo))
    }

    /// Asks the user, or takes the question back.
    pub fn ask_lock(self, asks: bool) {
        self.mirror.update(|mirror| mirror.lock = if asks { Lock::Asked } else { Lock::Open });
    }

    /// Forgets all that the engine has told, now that it has ended.
    pub fn lock(self, lock: Lock) {
        self.forget_rows();
        self.mirror.update(|mirror| {
            mirror.saving.clear();
            // A panel that is shown anew for each run has to see that this one is gone.
            let (runs, next_version) = (mirror.runs + 1, mirror.next_version);
            // The engine had no part in what the browser keeps.
            let kept = std::mem::take(&mut mirror.kept);
            *mirror = Mirror { runs, next_version, lock, kept, ..Mirror::default() };
        });
    }
}
