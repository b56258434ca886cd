//! One batch: submit → poll → page; names are checked first, a lost batch is looked for. In: answers. Out: what it
//! wants to send next, and how it ended.

use super::fetch::Fetch;
use super::rebuild::Rebuild;
use crate::cloud::{BatchStage, BatchStatus, Stamp};
use crate::journal::Snapshot;
use crate::model::report::{BatchReport, BatchState};
use crate::time::{Millis, Now};

/// A batch that has not ended after an hour is given up; the vendor says "some minutes" (api-da6eaf).
const STUCK_AFTER_MS: u64 = 3_600_000;

/// A batch is asked four times a second in its first minute, so that its end is seen at once.
const POLL_EVERY_MS_MIN: u64 = 250;

/// Later the wait is this fraction of its age: a sixtieth of the time is lost at most.
const POLL_AGE_FRACTION: u64 = 60;

/// An old one is asked at least every fifteen seconds.
const POLL_EVERY_MS_MAX: u64 = 15_000;

/// How long a batch's first minute is.
const YOUNG_MS: u64 = 60_000;

/// Names that had no answer to their registration for this long, and still count as checked, are registered again.
const REGISTER_AGAIN_AFTER_MS: u64 = 5_000;

/// One batch of a run.
#[derive(Debug)]
pub(super) struct Batch {
    /// Devices asked for; of a batch that existed before the run, `Total`, and 0 until the cloud has said so.
    pub(super) devices: u32,
    /// Once it was accepted; a rebuilt batch has none.
    pub(super) apply_id: Option<String>,
    /// `Total`, once the cloud said it.
    pub(super) created: Option<u32>,
    /// Distinct rows in the table.
    pub(super) downloaded: u32,
    /// How often the call that it waits for has failed so far; pages count for themselves.
    pub(super) tries: usize,
    /// Where it stands.
    pub(super) stage: Stage,
}

/// Where a batch stands.
#[derive(Debug)]
pub(super) enum Stage {
    /// To be submitted, not before the instant: devices with random names, or names to be checked.
    Waiting { not_before: Millis },
    /// A call that submits it or has its names registered is on its way.
    Submitting,
    /// Its names are being checked.
    Checking(Poll),
    /// Every name passed; to be registered, not before the instant.
    Checked { not_before: Millis },
    /// The call that registers random names is on its way.
    Departed(Departure),
    /// That call was lost; to be sent once more, byte for byte, not before the instant.
    Lost { departure: Departure, not_before: Millis },
    /// Accepted; its state is being asked for.
    Registering(Poll),
    /// Made; its rows are being read.
    Fetching(Fetch),
    /// Whether it exists is not known; it is being looked for in the product.
    Unclear(Box<Rebuild>),
    /// Nothing more is sent for it.
    Ended(BatchState),
}

/// A register call that cannot be asked about by an ApplyId.
#[derive(Clone, Debug)]
pub(super) struct Departure {
    /// Its stamp: the same one gives the same request, byte for byte.
    pub(super) stamp: Stamp,
    /// The product just before.
    pub(super) before: Snapshot,
    /// When it first left.
    pub(super) at: Now,
}

/// The asking for a batch's state.
#[derive(Debug)]
pub(super) struct Poll {
    since: Millis,
    asked_at: Millis,
    /// Where the last question failed.
    not_before: Millis,
    /// A question is on its way.
    asking: bool,
    /// Whether the call before it had a clear answer.
    is_answered: bool,
    /// The last status, in the vendor's word.
    pub(super) status: String,
}

impl Poll {
    /// From now on. `is_answered` says whether the call that it follows was answered.
    pub(super) fn new(now: Millis, is_answered: bool) -> Self {
        Self { since: now, asked_at: now, not_before: Millis(0), asking: false, is_answered, status: String::new() }
    }

    /// The question leaves.
    pub(super) fn asked(&mut self, now: Millis) {
        self.asking = true;
        self.asked_at = now;
    }

    /// When to ask again, with at least so long a wait after the last question.
    fn due(&self, least_wait_ms: u64) -> Millis {
        let age_ms = self.asked_at - self.since;
        let old_ms = if age_ms < YOUNG_MS { 0 } else { age_ms / POLL_AGE_FRACTION };
        let beat_ms = old_ms.clamp(POLL_EVERY_MS_MIN, POLL_EVERY_MS_MAX);
        // On beats that began with the batch, so that late questions do not add up.
        let next_at = self.since + (age_ms / beat_ms + 1) * beat_ms;
        next_at.max(self.asked_at + least_wait_ms).max(self.not_before)
    }
}

/// What a batch wants to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Nothing, until an answer comes.
    Nothing,
    /// Its first call, not before the instant.
    Submit(Millis),
    /// The call that has its checked names registered, not before the instant.
    Register(Millis),
    /// Its lost call once more, not before the instant.
    Resend(Millis),
    /// A question for its state, not before the instant.
    Poll(Millis),
    /// This page, not before the instant.
    Page(u32, Millis),
    /// The next page of the product, not before the instant.
    Look(Millis),
}

/// What a status meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Polled {
    /// Ask again later.
    Working,
    /// Its names have failed their check; nothing was made.
    CheckFailed,
    /// It has ended and its rows can be read; failed names come with it.
    Ended { all_created: bool },
    /// It existed before the run, and its names were checked and never registered.
    Unregistered,
    /// It has been working for too long.
    Stuck { minutes: u32 },
}

impl Batch {
    pub(super) fn new(devices: u32) -> Self {
        let stage = Stage::Waiting { not_before: Millis(0) };
        Self { devices, apply_id: None, created: None, downloaded: 0, tries: 0, stage }
    }

    /// One that existed before the run.
    pub(super) fn existing(apply_id: &str, now: Millis) -> Self {
        let mut batch = Self::new(0);
        batch.accepted(apply_id.to_owned(), now);
        batch
    }

    /// With at least so long a wait between two questions for its state.
    pub(super) fn want(&self, least_wait_ms: u64) -> Want {
        match &self.stage {
            Stage::Waiting { not_before } => Want::Submit(*not_before),
            Stage::Checked { not_before } => Want::Register(*not_before),
            Stage::Lost { not_before, .. } => Want::Resend(*not_before),
            Stage::Checking(poll) | Stage::Registering(poll) if !poll.asking => Want::Poll(poll.due(least_wait_ms)),
            Stage::Fetching(fetch) => fetch.want().map_or(Want::Nothing, |(page, at)| Want::Page(page, at)),
            Stage::Unclear(rebuild) => rebuild.want().map_or(Want::Nothing, Want::Look),
            Stage::Submitting | Stage::Departed(_) | Stage::Checking(_) | Stage::Registering(_) | Stage::Ended(_) => {
                Want::Nothing
            }
        }
    }

    /// The cloud took its devices, or its names for good.
    pub(super) fn accepted(&mut self, apply_id: String, now: Millis) {
        self.apply_id = Some(apply_id);
        self.tries = 0;
        self.stage = Stage::Registering(Poll::new(now, true));
    }

    /// The cloud took its names to check them.
    pub(super) fn submitted(&mut self, apply_id: String, now: Millis) {
        self.apply_id = Some(apply_id);
        self.tries = 0;
        self.stage = Stage::Checking(Poll::new(now, true));
    }

    /// The cloud told its state.
    pub(super) fn polled(&mut self, status: &BatchStatus, now: Millis) -> Polled {
        let devices = self.devices;
        let is_checking = matches!(self.stage, Stage::Checking(_));
        let (Stage::Checking(poll) | Stage::Registering(poll)) = &mut self.stage else { return Polled::Working };
        let age_ms = now - poll.since;
        // What was answered before the computer slept says nothing of the time since.
        let is_old = poll.asked_at - poll.since >= STUCK_AFTER_MS;
        self.tries = 0;
        poll.asking = false;
        poll.status.clone_from(&status.status);
        let is_unheard = !poll.is_answered && age_ms >= REGISTER_AGAIN_AFTER_MS;
        match status.stage {
            BatchStage::Checked if devices == 0 => {
                self.stage = Stage::Ended(BatchState::NotSent);
                Polled::Unregistered
            }
            BatchStage::Checked if is_checking || is_unheard => {
                self.stage = Stage::Checked { not_before: now };
                Polled::Working
            }
            BatchStage::Working | BatchStage::Checked if is_old => {
                self.stage = Stage::Ended(BatchState::Incomplete);
                Polled::Stuck { minutes: u32::try_from(age_ms / 60_000).unwrap_or(u32::MAX) }
            }
            BatchStage::Working | BatchStage::Checked => Polled::Working,
            BatchStage::CheckFailed => {
                self.stage = Stage::Ended(BatchState::Refused);
                Polled::CheckFailed
            }
            BatchStage::Created | BatchStage::CreateFailed => {
                let all_created = status.stage == BatchStage::Created;
                self.stage = Stage::Fetching(Fetch::new(devices, all_created));
                Polled::Ended { all_created }
            }
        }
    }

    /// The call that it waits for had no answer and is sent again, not before the instant.
    pub(super) fn again(&mut self, at: Millis, tries: usize) {
        self.tries = tries;
        match &mut self.stage {
            Stage::Checking(poll) | Stage::Registering(poll) => {
                poll.asking = false;
                poll.not_before = at;
            }
            Stage::Unclear(rebuild) => rebuild.again(at),
            _ => {}
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.stage, Stage::Ended(_))
    }

    pub(super) fn report(&self, number: u32) -> BatchReport {
        let state = match self.stage {
            Stage::Waiting { .. } => BatchState::Waiting,
            Stage::Submitting
            | Stage::Checking(_)
            | Stage::Checked { .. }
            | Stage::Departed(_)
            | Stage::Lost { .. } => BatchState::Submitting,
            Stage::Registering(_) => BatchState::Registering,
            Stage::Fetching(_) => BatchState::Fetching,
            Stage::Unclear(_) => BatchState::Unclear,
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
        assert_eq!(batch.want(0), Want::Submit(Millis(0)));
        batch.stage = Stage::Submitting;
        assert_eq!(batch.want(0), Want::Nothing);
        batch.accepted("1".into(), Millis(40));
        assert_eq!(batch.want(0), Want::Poll(Millis(290)));
        assert_eq!(batch.want(2_000), Want::Poll(Millis(2_040)));
    }

    #[test]
    fn polls_grow_rarer_with_age() {
        let mut batch = accepted();
        for (age_ms, wait_ms) in [(1_000, 250), (1_003, 247), (60_000, 1_000), (600_000, 10_000), (3_585_000, 15_000)] {
            let (Stage::Checking(poll) | Stage::Registering(poll)) = &mut batch.stage else { panic!("not asked for") };
            poll.asked(Millis(age_ms));
            assert_eq!(batch.want(0), Want::Nothing);
            batch.polled(&status("CREATE", BatchStage::Working), Millis(age_ms + 40));
            assert_eq!(batch.want(0), Want::Poll(Millis(age_ms + wait_ms)));
        }
    }

    #[test]
    fn an_undocumented_status_never_ends_a_batch_but_an_hour_does() {
        let mut batch = accepted();
        let ask = |batch: &mut Batch, asked_ms: u64, answered_ms: u64| {
            let Stage::Registering(poll) = &mut batch.stage else { panic!("it has ended") };
            poll.asked(Millis(asked_ms));
            batch.polled(&status("NEW_WORD", BatchStage::Working), Millis(answered_ms))
        };
        assert_eq!(ask(&mut batch, 5, 10), Polled::Working);
        assert_eq!(ask(&mut batch, 3_599_999, 9_000_000), Polled::Working);
        assert_eq!(ask(&mut batch, 3_600_000, 3_600_000), Polled::Stuck { minutes: 60 });
        assert!(batch.has_ended());
    }

    #[test]
    fn a_batch_that_existed_is_read_from_its_first_page_and_never_registered() {
        for (word, stage, want) in [
            ("CREATE_SUCCESS", BatchStage::Created, Want::Page(1, Millis(0))),
            ("CREATE_FAILED", BatchStage::CreateFailed, Want::Page(1, Millis(0))),
            ("CHECK_SUCCESS", BatchStage::Checked, Want::Nothing),
        ] {
            let mut batch = Batch::existing("1", Millis(0));
            assert_eq!(batch.want(0), Want::Poll(Millis(250)));
            batch.polled(&status(word, stage), Millis(60_000));
            assert_eq!(batch.want(0), want, "{word}");
        }
    }

    #[test]
    fn a_batch_that_was_made_wants_its_first_page() {
        let mut batch = accepted();
        batch.polled(&status("CREATE_SUCCESS", BatchStage::Created), Millis(1_000));
        assert_eq!(batch.want(0), Want::Page(1, Millis(0)));
    }
}
