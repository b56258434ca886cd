//! What an answer changes. In: a call's outcome. Out: batches move on, rows go into the table, the user is told.

use super::batch::{Polled, Stage};
use super::fetch::Fetched;
use super::retry::{self, Decision};
use super::{CallId, Check, Hold, Run, Task, number, place_of, verdict};
use crate::cloud::{Answer, Outcome, Page};
use crate::model::report::{BatchState, Failure, NoticeKind};
use crate::table::Inserted;
use crate::time::{Millis, Now};

impl Run {
    /// Takes a call's answer, or what came instead. An answer to a call that nobody waits for changes nothing.
    pub(super) fn answered(&mut self, id: CallId, outcome: Outcome, now: Now) {
        let Some(index) = self.flights.iter().position(|flight| flight.id == id) else { return };
        let task = self.flights.swap_remove(index).task;
        let limiter = &mut self.limiters[place_of(task.action())];
        limiter.answered(now.mono);
        match outcome {
            Ok(answer) => {
                limiter.accepted();
                self.succeeded(task, answer, now);
            }
            Err(failure) => self.failed(task, failure, now),
        }
    }

    fn succeeded(&mut self, task: Task, answer: Answer, now: Now) {
        match (task, answer) {
            (Task::Check, Answer::Devices(_)) => self.check = Check::Passed,
            (Task::Register { batch }, Answer::Accepted { apply_id }) => {
                self.batches[batch].accepted(apply_id, now.mono);
                if self.cancelled {
                    self.batches[batch].stage = Stage::Ended(BatchState::Cancelled);
                }
            }
            (Task::Poll { batch }, Answer::Status(status)) => match self.batches[batch].polled(&status, now.mono) {
                Polled::Working | Polled::Ended { all_created: true } => {}
                Polled::Ended { all_created: false } => self.tell(Some(batch), verdict::batch_failed(status)),
                Polled::Stuck { minutes } => {
                    self.tell(Some(batch), NoticeKind::BatchStuck(status.status, minutes));
                }
            },
            (Task::Page { batch, .. }, Answer::Page(page)) => self.paged(batch, page, now.mono),
            // `read_reply` answers in the terms of the action that was asked.
            (_, _) => {}
        }
    }

    fn paged(&mut self, index: usize, page: Page, now: Millis) {
        let batch = &mut self.batches[index];
        let Stage::Fetching(fetch) = &mut batch.stage else { return };
        for row in &page.rows {
            match self.table.insert(number(index) - 1, row) {
                Inserted::New => batch.downloaded += 1,
                Inserted::Again => {}
                Inserted::Conflict => {
                    if fetch.conflicts == 0 {
                        fetch.conflict_first.clone_from(&row.device_name);
                    }
                    fetch.conflicts += 1;
                }
            }
        }
        for name in page.unusable {
            if fetch.unusable == 0 {
                fetch.unusable_first = name;
            }
            fetch.unusable += 1;
        }
        batch.created = Some(batch.created.map_or(page.total, |known| known.max(page.total)));
        self.pace.page_read(now);
        if fetch.read(page.total, batch.downloaded, now) == Fetched::Over {
            let notices = verdict::judge(batch);
            for notice in notices {
                self.tell(Some(index), notice);
            }
        }
    }

    fn failed(&mut self, task: Task, failure: Failure, now: Now) {
        let tries = self.tries(task) + 1;
        let jitter = self.random();
        match retry::decide(task.action(), &failure, tries, jitter) {
            Decision::Throttle => {
                self.throttled += 1;
                self.limiters[place_of(task.action())].throttled(now.mono, jitter);
                self.again(task, now.mono, tries - 1);
            }
            Decision::RetryAfter(wait_ms) => {
                self.retried += 1;
                self.again(task, now.mono + wait_ms, tries);
            }
            Decision::Stop => self.stopped(task, failure, now),
            Decision::Refused => self.not_accepted(task, BatchState::Refused, failure),
            Decision::Unclear => self.not_accepted(task, BatchState::Unclear, failure),
        }
    }

    /// A read cannot go on: the check ends the run, anything else pauses it and is tried afresh after that.
    fn stopped(&mut self, task: Task, failure: Failure, now: Now) {
        let action = task.action();
        match task {
            Task::Check => {
                self.end_unsent();
                self.tell(None, NoticeKind::CheckFailed(failure));
            }
            Task::Poll { batch } | Task::Page { batch, .. } | Task::Register { batch } => {
                self.again(task, now.mono, 0);
                if self.hold.is_none() && !self.batches[batch].has_ended() {
                    self.hold = Some(Hold::ByFailure);
                    self.tell(Some(batch), NoticeKind::ReadStopped(action, failure));
                }
            }
        }
    }

    /// A register call that was not accepted is the last one.
    fn not_accepted(&mut self, task: Task, state: BatchState, failure: Failure) {
        let Task::Register { batch } = task else { return };
        self.batches[batch].stage = Stage::Ended(state);
        self.end_unsent();
        let kind = match state {
            BatchState::Refused => NoticeKind::BatchRefused(failure),
            _ => NoticeKind::BatchUnclear(failure),
        };
        self.tell(Some(batch), kind);
    }

    fn tries(&self, task: Task) -> usize {
        match (task, self.check) {
            (Task::Check, Check::Asking { tries }) => tries,
            (Task::Check, _) | (Task::Register { .. }, _) => 0,
            (Task::Poll { batch }, _) => match &self.batches[batch].stage {
                Stage::Registering(poll) => poll.tries,
                _ => 0,
            },
            (Task::Page { tries, .. }, _) => tries,
        }
    }

    fn again(&mut self, task: Task, at: Millis, tries: usize) {
        match task {
            Task::Check => self.check = Check::Due { not_before: at, tries },
            Task::Register { batch } if self.cancelled => {
                self.batches[batch].stage = Stage::Ended(BatchState::Cancelled);
            }
            Task::Register { batch } => self.batches[batch].stage = Stage::Waiting { not_before: at },
            Task::Poll { batch } => self.batches[batch].poll_again(at, tries),
            Task::Page { batch, page, .. } => {
                if let Stage::Fetching(fetch) = &mut self.batches[batch].stage {
                    fetch.failed(page, at, tries);
                }
            }
        }
    }
}
