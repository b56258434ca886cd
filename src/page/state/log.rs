//! What has happened in a run, line by line. In: reports and notices. Out: entries, to be put into words when they are
//! looked at; no secret of any kind.

use provisioner_core::model::report::{BatchState, Phase, RunReport};

use crate::words::Spoken;

/// Entries that are kept: a run of a hundred batches makes a few for each.
const ENTRIES_MAX: usize = 1_000;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::page) enum Happened {
    /// The run came to another phase; the last one is its end.
    Phase(Phase),
    /// A batch came to another state.
    Batch {
        /// 1 for the first batch.
        number: u32,
        /// Its state.
        state: BatchState,
        /// Its ApplyId, once it has one.
        apply_id: Option<String>,
    },
    /// The user was told this, in every language.
    Told([String; 2]),
}

/// What has happened, each with the milliseconds since the start.
#[derive(Debug, Default)]
pub(in crate::page) struct Log(Vec<(u64, Happened)>);

impl Log {
    /// Notes in what a report differs from the last one.
    pub(super) fn compare(&mut self, last: Option<&RunReport>, now: &RunReport) {
        if last.map(|last| last.phase) != Some(now.phase) {
            self.note(now.elapsed_ms, Happened::Phase(now.phase));
        }
        for (index, batch) in now.batches.iter().enumerate() {
            let before = last.and_then(|last| last.batches.get(index)).map(|batch| batch.state);
            if before.unwrap_or(BatchState::Waiting) != batch.state {
                let (number, state, apply_id) = (batch.number, batch.state, batch.apply_id.clone());
                self.note(now.elapsed_ms, Happened::Batch { number, state, apply_id });
            }
        }
    }

    /// Notes what the user was told.
    pub(super) fn told(&mut self, elapsed_ms: u64, words: &Spoken) {
        self.note(elapsed_ms, Happened::Told(words.each_ref().map(|words| words.what.clone())));
    }

    /// Every entry, the first one first.
    pub fn entries(&self) -> &[(u64, Happened)] {
        &self.0
    }

    fn note(&mut self, elapsed_ms: u64, happened: Happened) {
        if self.0.len() < ENTRIES_MAX {
            self.0.push((elapsed_ms, happened));
        }
    }
}
