//! One batch: submit → poll → page. In: answers. Out: what it wants to send next, and how it ended.

use super::fetch::Fetch;
use crate::cloud::{BatchStage, BatchStatus};
use crate::model::report::{BatchReport, BatchState};
use crate::time::Millis;

/// A batch that has not ended after an hour is given up; the vendor says "some minutes" (api-da6eaf).
const STUCK_AFTER_MS: u64 = 3_600_000;

/// A young batch is asked four times a second, so that its end is seen at once.
const POLL_EVERY_MS_MIN: u64 = 250;

/// An old one at least every fifteen seconds.
const POLL_EVERY_MS_MAX: u64 = 15_000;

/// The wait between polls is this fraction of the batch's age.
const POLL_AGE_FRACTION: u64 = 240;

/// One batch of a run.
#[derive(Debug)]
pub(super) struct Batch {
    /// Devices asked for.
    pub(super) devices: u32,
    /// Once it was accepted.
    pub(super) apply_id: Option<String>,
    /// `Total`, once the cloud said it.
    pub(super) created: Option<u32>,
    /// Distinct rows in the table.
    pub(super) downloaded: u32,
    /// Where it stands.
    pub(super) stage: Stage,
}

/// Where a batch stands.
#[derive(Debug)]
pub(super) enum Stage {
    /// To be submitted, not before the instant.
    Waiting { not_before: Millis },
    /// The register call is on its way.
    Submitting,
    /// Accepted; its state is being asked for.
    Registering(Poll),
    /// Made; its rows are being read.
    Fetching(Fetch),
    /// Nothing more is sent for it.
    Ended(BatchState),
}

/// The asking for a batch's state.
#[derive(Debug)]
pub(super) struct Poll {
    since: Millis,
    next_at: Millis,
    /// A question is on its way.
    pub(super) asking: bool,
    /// How often the question on its way has failed so far.
    pub(super) tries: usize,
    /// The last status, in the vendor's word.
    pub(super) status: String,
}

/// What a batch wants to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Nothing, until an answer comes.
    Nothing,
    /// Its register call, not before the instant.
    Register(Millis),
    /// A question for its state, not before the instant.
    Poll(Millis),
    /// This page, not before the instant.
    Page(u32, Millis),
}

/// What a status meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Polled {
    /// Ask again later.
    Working,
    /// It has ended and its rows can be read; failed names come with it.
    Ended { all_created: bool },
    /// It has been working for too long.
    Stuck { minutes: u32 },
}

impl Batch {
    pub(super) fn new(devices: u32) -> Self {
        Self { devices, apply_id: None, created: None, downloaded: 0, stage: Stage::Waiting { not_before: Millis(0) } }
    }

    pub(super) fn want(&self) -> Want {
        match &self.stage {
            Stage::Waiting { not_before } => Want::Register(*not_before),
            Stage::Registering(poll) if !poll.asking => Want::Poll(poll.next_at),
            Stage::Fetching(fetch) => fetch.want().map_or(Want::Nothing, |(page, at)| Want::Page(page, at)),
            Stage::Submitting | Stage::Registering(_) | Stage::Ended(_) => Want::Nothing,
        }
    }

    /// The cloud took it.
    pub(super) fn accepted(&mut self, apply_id: String, now: Millis) {
        self.apply_id = Some(apply_id);
        self.stage = Stage::Registering(Poll {
            since: now,
            next_at: now + POLL_EVERY_MS_MIN,
            asking: false,
            tries: 0,
            status: String::new(),
        });
    }

    /// The cloud told its state.
    pub(super) fn polled(&mut self, status: &BatchStatus, now: Millis) -> Polled {
        let devices = self.devices;
        let Stage::Registering(poll) = &mut self.stage else { return Polled::Working };
        let age_ms = now - poll.since;
        poll.asking = false;
        poll.tries = 0;
        poll.status.clone_from(&status.status);
        poll.next_at = now + (age_ms / POLL_AGE_FRACTION).clamp(POLL_EVERY_MS_MIN, POLL_EVERY_MS_MAX);
        match status.stage {
            BatchStage::Working | BatchStage::Checked if age_ms >= STUCK_AFTER_MS => {
                self.stage = Stage::Ended(BatchState::Incomplete);
                Polled::Stuck { minutes: u32::try_from(age_ms / 60_000).unwrap_or(u32::MAX) }
            }
            BatchStage::Working | BatchStage::Checked => Polled::Working,
            BatchStage::Created | BatchStage::CreateFailed | BatchStage::CheckFailed => {
                let all_created = status.stage == BatchStage::Created;
                self.stage = Stage::Fetching(Fetch::new(devices, all_created));
                Polled::Ended { all_created }
            }
        }
    }

    /// A poll that had no answer is sent again, not before the instant.
    pub(super) fn poll_again(&mut self, at: Millis, tries: usize) {
        if let Stage::Registering(poll) = &mut self.stage {
            poll.asking = false;
            poll.tries = tries;
            poll.next_at = at;
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.stage, Stage::Ended(_))
    }

    pub(super) fn report(&self, number: u32) -> BatchReport {
        let state = match self.stage {
            Stage::Waiting { .. } => BatchState::Waiting,
            Stage::Submitting => BatchState::Submitting,
            Stage::Registering(_) => BatchState::Registering,
            Stage::Fetching(_) => BatchState::Fetching,
            Stage::Ended(state) => state,
        };
        BatchReport {
            number,
            devices: self.devices,
            apply_id: self.apply_id.clone(),
            state,
            created: self.created,
            downloaded: self.downloaded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(word: &str, stage: BatchStage) -> BatchStatus {
        BatchStatus { status: word.into(), stage, failed: vec![] }
    }

    fn accepted() -> Batch {
        let mut batch = Batch::new(100);
        batch.accepted("1".into(), Millis(0));
        batch
    }

    #[test]
    fn it_is_submitted_once_and_then_asked_for() {
        let mut batch = Batch::new(100);
        assert_eq!(batch.want(), Want::Register(Millis(0)));
        batch.stage = Stage::Submitting;
        assert_eq!(batch.want(), Want::Nothing);
        batch.accepted("1".into(), Millis(40));
        assert_eq!(batch.want(), Want::Poll(Millis(290)));
    }

    #[test]
    fn polls_grow_rarer_with_age() {
        let mut batch = accepted();
        for (age_ms, wait_ms) in [(1_000, 250), (60_000, 250), (600_000, 2_500), (3_599_999, 14_999)] {
            batch.polled(&status("CREATE", BatchStage::Working), Millis(age_ms));
            assert_eq!(batch.want(), Want::Poll(Millis(age_ms + wait_ms)));
        }
    }

    #[test]
    fn an_undocumented_status_never_ends_a_batch_but_an_hour_does() {
        let mut batch = accepted();
        assert_eq!(batch.polled(&status("NEW_WORD", BatchStage::Working), Millis(10)), Polled::Working);
        let polled = batch.polled(&status("NEW_WORD", BatchStage::Working), Millis(3_600_000));
        assert_eq!(polled, Polled::Stuck { minutes: 60 });
        assert!(batch.has_ended());
    }

    #[test]
    fn a_batch_that_was_made_wants_its_first_page() {
        let mut batch = accepted();
        batch.polled(&status("CREATE_SUCCESS", BatchStage::Created), Millis(1_000));
        assert_eq!(batch.want(), Want::Page(1, Millis(0)));
    }
}
