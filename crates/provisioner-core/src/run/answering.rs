//! What an answer changes. In: a call's outcome. Out: batches move on, rows go into the table, the user is told.

use super::batch::{Departure, Poll, Polled, Stage};
use super::fetch::Fetched;
use super::rebuild::{Looked, Rebuild};
use super::retry::{self, Decision, Kind};
use super::{Audit, CallId, Check, Flight, Hold, Run, Task, place, place_of, verdict};
use crate::cloud::{Answer, DevicePage, Outcome, Page};
use crate::journal::{Entry, Snapshot};
use crate::model::device::DeviceRow;
use crate::model::region;
use crate::model::report::{BatchState, Failure, NoticeKind};
use crate::plan::Naming;
use crate::secret::Secret;
use crate::table::Inserted;
use crate::time::{Millis, Now};

/// Wait beyond the time that a lost batch took, before the product is counted.
const AUDIT_MARGIN_MS: u64 = 30_000;

impl Run {
    /// Takes a call's answer, or what came instead. An answer to a call that nobody waits for changes nothing.
    pub(super) fn answered(&mut self, id: CallId, outcome: Outcome, now: Now) {
        let Some(index) = self.flights.iter().position(|flight| flight.id == id) else { return };
        let Flight { task, left_at, .. } = self.flights.swap_remove(index);
        self.limiters[place_of(task.action())].ended(left_at, now.mono, outcome.is_ok());
        match outcome {
            Ok(answer) => self.succeeded(task, answer, now),
            Err(failure) => self.failed(task, failure, left_at, now),
        }
    }

    fn succeeded(&mut self, task: Task, answer: Answer, now: Now) {
        match (task, answer) {
            (Task::Check, Answer::Devices(page)) => self.checked(page),
            (Task::Audit, Answer::Devices(page)) => self.audited(page.total),
            (Task::Submit { batch } | Task::Resend { batch }, Answer::Accepted { apply_id }) => {
                self.append(Entry::Accepted { batch: place(batch), apply_id: apply_id.clone() });
                self.batches[batch].accepted(apply_id, now.mono);
                self.end_if_cancelled(batch);
            }
            (Task::CheckNames { batch }, Answer::Accepted { apply_id }) => {
                self.batches[batch].submitted(apply_id, now.mono);
                self.end_if_cancelled(batch);
            }
            (Task::Register { batch }, Answer::Accepted { apply_id }) => {
                self.batches[batch].accepted(apply_id, now.mono);
                self.end_if_cancelled(batch);
            }
            (Task::Poll { batch }, Answer::Status(status)) => match self.batches[batch].polled(&status, now.mono) {
                Polled::Working | Polled::Ended { all_created: true } => {}
                Polled::CheckFailed => {
                    self.note_failed(batch, &status.status, &status.failed);
                    self.append(Entry::Refused { batch: place(batch), is_final: true });
                    self.tell(Some(batch), verdict::batch_failed(status));
                }
                Polled::Ended { all_created: false } => {
                    self.note_failed(batch, &status.status, &status.failed);
                    self.tell(Some(batch), verdict::batch_failed(status));
                }
                Polled::Unregistered => self.tell(Some(batch), NoticeKind::BatchEmpty(status.status)),
                Polled::Stuck { minutes } => self.tell(Some(batch), NoticeKind::BatchStuck(status.status, minutes)),
            },
            (Task::Page { batch, .. }, Answer::Page(page)) => self.paged(batch, page, now.mono),
            (Task::Look { batch }, Answer::Devices(page)) => self.looked(batch, page, now.mono),
            // `read_reply` answers in the terms of the action that was asked.
            (_, _) => {}
        }
    }

    /// The product's newest device is known.
    fn checked(&mut self, page: DevicePage) {
        self.check = Check::Passed;
        if self.devices_before.is_none() {
            let limit = region::devices_per_product_max(&self.plan.target.region_id);
            let would_be = page.total.saturating_add(self.plan.devices().into());
            if would_be > limit && !self.is_existing() {
                self.end_unsent();
                self.tell(None, NoticeKind::ProductFull(page.total, limit));
                return;
            }
            self.devices_before = Some(page.total);
            self.append(Entry::Counted(page.total));
        }
        let newest = page.devices.into_iter().next();
        let (newest, utc_create) =
            newest.map_or_else(Default::default, |device| (device.row.device_name, device.utc_create));
        self.snapshot = Some(Snapshot { total: page.total, newest, utc_create });
    }

    fn end_if_cancelled(&mut self, batch: usize) {
        if self.cancelled {
            self.batches[batch].stage = Stage::Ended(BatchState::Cancelled);
        }
    }

    fn paged(&mut self, index: usize, page: Page, now: Millis) {
        let (places, mut near) = (self.places_of(index), 0);
        let is_existing = self.is_existing();
        let batch = &mut self.batches[index];
        let Stage::Fetching(fetch) = &mut batch.stage else { return };
        for row in &page.rows {
            let nickname = match &self.plan.naming {
                Naming::Named(names) => names.nickname_of(&row.device_name, &places, &mut near),
                Naming::Random | Naming::Existing(_) => "",
            };
            match self.table.insert_with_nickname(place(index), row, nickname) {
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
        fetch.unusable.extend(page.unusable);
        fetch.without_secret += page.without_secret;
        let created = batch.created.map_or(page.total, |known| known.max(page.total));
        batch.created = Some(created);
        if is_existing {
            batch.devices = created;
        }
        self.pace.page_read(now);
        if fetch.read(page.total, batch.downloaded, now) == Fetched::Over {
            self.judge(index);
        }
    }

    /// A page of the product, in which a batch is being looked for.
    fn looked(&mut self, index: usize, page: DevicePage, now: Millis) {
        let (table, batch) = (&self.table, &mut self.batches[index]);
        let Stage::Unclear(rebuild) = &mut batch.stage else { return };
        batch.tries = 0;
        let asked = batch.devices;
        match rebuild.looked(page, |name| table.find(name).is_some(), now) {
            Looked::On => {}
            Looked::Whole(total) => {
                self.tell(Some(index), NoticeKind::BatchRebuilt(asked));
                self.take_rows(index, Some(total));
                if let Audit::Due { not_before, .. } = &mut self.audit {
                    // A second batch, if there is one, takes as long as the first did.
                    *not_before = now + (now - self.lost_at) + AUDIT_MARGIN_MS;
                }
            }
            Looked::Asks(found) => self.ask(index, NoticeKind::BatchNotFound(asked, found)),
            Looked::TooLarge(total) => {
                self.ask(index, NoticeKind::ProductTooLarge(u32::try_from(total).unwrap_or(u32::MAX)));
            }
        }
    }

    /// Pauses with a question.
    fn ask(&mut self, batch: usize, kind: NoticeKind) {
        self.hold = Some(self.hold.unwrap_or(Hold::ByFailure));
        self.tell(Some(batch), kind);
    }

    /// The user takes the rows of the batches about which there is a question.
    pub(super) fn take_found(&mut self, now: Now) {
        for index in 0..self.batches.len() {
            if matches!(&self.batches[index].stage, Stage::Unclear(rebuild) if rebuild.is_waiting_for_user()) {
                self.take_rows(index, None);
            }
        }
        self.go_on(now.mono);
    }

    /// Puts the rows that were found into the table. `total` is the number of devices in the product where they are
    /// proven to be the batch's: then as many were created as the product grew by, less what other batches made.
    fn take_rows(&mut self, index: usize, total: Option<u64>) {
        let others: u64 = self.batches.iter().filter_map(|batch| batch.created).map(u64::from).sum();
        let before = self.devices_before.unwrap_or_default();
        let grown = total.map(|total| total.saturating_sub(before).saturating_sub(others));
        let batch = &mut self.batches[index];
        let Stage::Unclear(rebuild) = core::mem::replace(&mut batch.stage, Stage::Ended(BatchState::Incomplete)) else {
            return;
        };
        for row in rebuild.found().rows() {
            let nickname = row.nickname;
            let row = DeviceRow {
                device_name: row.device_name.to_owned(),
                device_secret: Secret::new(row.device_secret.to_owned()),
                iot_id: row.iot_id.to_owned(),
                device_id: row.device_id.to_owned(),
            };
            if self.table.insert_with_nickname(place(index), &row, nickname) == Inserted::New {
                batch.downloaded += 1;
            }
        }
        batch.created = grown.map(|created| u32::try_from(created).unwrap_or(u32::MAX));
        if batch.created == Some(batch.devices) && batch.downloaded == batch.devices {
            batch.stage = Stage::Ended(BatchState::Complete);
        } else if let Some(created) = batch.created {
            let kind = NoticeKind::CountDiffers(batch.devices, created);
            self.tell(Some(index), kind);
        }
    }

    fn failed(&mut self, task: Task, failure: Failure, left_at: Millis, now: Now) {
        let kind = self.kind(task);
        // A budget is for faults on the way; a read that fails without a connection has met none.
        let is_free = self.is_offline && matches!(kind, Kind::Read | Kind::FirstRead | Kind::NameCheck);
        let tries = self.tries(task) + usize::from(!is_free);
        let jitter = self.random();
        match retry::decide(kind, &failure, tries, jitter) {
            Decision::Throttle => {
                self.throttled += 1;
                self.limiters[place_of(task.action())].throttled(left_at, now.mono, jitter);
                self.not_carried_out(task, false);
                self.again(task, now.mono, tries.saturating_sub(1));
            }
            Decision::RetryAfter(wait_ms) => {
                self.retried += 1;
                self.again(task, now.mono + wait_ms, tries);
            }
            Decision::Stop => self.stopped(task, failure, now),
            Decision::Refused => self.refused(task, failure),
            Decision::AskStatus => {
                self.retried += 1;
                if let Task::Register { batch } = task {
                    self.batches[batch].tries = tries;
                    self.batches[batch].stage = Stage::Registering(Poll::new(now.mono, false));
                    self.end_if_cancelled(batch);
                }
            }
            Decision::Resend => self.lost(task, failure, now),
            Decision::Look => self.unclear(task, failure, now.mono),
        }
    }

    fn kind(&self, task: Task) -> Kind {
        match task {
            Task::Check if self.devices_before.is_none() => Kind::FirstRead,
            Task::Check | Task::Audit | Task::Poll { .. } | Task::Page { .. } | Task::Look { .. } => Kind::Read,
            Task::CheckNames { .. } => Kind::NameCheck,
            Task::Register { .. } => Kind::NameRegister,
            Task::Submit { .. } => Kind::Departure,
            Task::Resend { .. } => Kind::Resent,
        }
    }

    /// A register call had no answer that can be read: once more, byte for byte, if it is not too late.
    fn lost(&mut self, task: Task, failure: Failure, now: Now) {
        let Some(batch) = task.batch() else { return };
        match &self.batches[batch].stage {
            Stage::Departed(departure) if !self.cancelled && !retry::is_too_late(departure.at, now) => {
                self.retried += 1;
                self.batches[batch].stage = Stage::Lost { departure: departure.clone(), not_before: now.mono };
            }
            _ => self.unclear(task, failure, now.mono),
        }
    }

    /// Nobody here knows whether a register call was carried out: its devices are looked for.
    fn unclear(&mut self, task: Task, failure: Failure, now: Millis) {
        let Some(index) = task.batch() else { return };
        let batch = &mut self.batches[index];
        if let Stage::Departed(Departure { before, .. }) = &batch.stage {
            batch.stage = Stage::Unclear(Box::new(Rebuild::new(before.clone(), batch.devices, now)));
        }
        if self.cancelled {
            self.batches[index].stage = Stage::Ended(BatchState::Unclear);
        }
        self.tell(Some(index), NoticeKind::BatchUnclear(failure));
    }

    /// A call cannot go on before somebody has put something right: the first check ends the run, anything else pauses
    /// it and is tried afresh after that.
    fn stopped(&mut self, task: Task, failure: Failure, now: Now) {
        if task == Task::Check && self.devices_before.is_none() {
            self.check = Check::Passed;
            self.end_unsent();
            self.tell(None, NoticeKind::CheckFailed(failure));
            return;
        }
        if let Some(batch) = task.batch().filter(|_| self.is_existing() && verdict::is_about_the_batch(&failure)) {
            // The others may well be known.
            if !self.batches[batch].has_ended() {
                self.batches[batch].stage = Stage::Ended(BatchState::Incomplete);
                self.tell(Some(batch), NoticeKind::BatchUnknown(failure));
            }
            return;
        }
        self.not_carried_out(task, false);
        self.again(task, now.mono, 0);
        let is_over = task.batch().is_some_and(|batch| self.batches[batch].has_ended());
        if self.hold.is_none() && !is_over {
            self.hold = Some(Hold::ByFailure);
            self.tell(task.batch(), NoticeKind::Stopped(task.action(), failure));
        }
    }

    /// The cloud refused to register the batch. Where it is the names' fault, other batches may fare better.
    fn refused(&mut self, task: Task, mut failure: Failure) {
        let Some(batch) = task.batch() else { return };
        if let Failure::Refused(refusal) = &mut failure {
            self.note_rejected(batch, refusal);
            refusal.rejected.truncate(verdict::NAMES_SHOWN_MAX);
        }
        self.not_carried_out(task, true);
        self.batches[batch].stage = Stage::Ended(BatchState::Refused);
        if !verdict::is_about_names(&failure) {
            self.end_unsent();
        }
        self.tell(Some(batch), NoticeKind::BatchRefused(failure));
    }

    /// Notes that a register call which the journal has as leaving was not carried out.
    fn not_carried_out(&mut self, task: Task, is_final: bool) {
        if let Task::Submit { batch } = task {
            self.append(Entry::Refused { batch: place(batch), is_final });
        }
    }

    fn tries(&self, task: Task) -> usize {
        match (task, self.check, self.audit) {
            (Task::Page { tries, .. }, _, _)
            | (Task::Check, Check::Asking { tries }, _)
            | (Task::Audit, _, Audit::Asking { tries }) => tries,
            (Task::Check | Task::Audit, _, _) => 0,
            (task, _, _) => task.batch().map_or(0, |batch| self.batches[batch].tries),
        }
    }

    /// The task is to be done again, not before the instant.
    pub(super) fn again(&mut self, task: Task, at: Millis, tries: usize) {
        match task {
            Task::Check => self.check = Check::Due { not_before: at, tries },
            Task::Audit => self.audit = Audit::Due { not_before: at, tries },
            Task::Submit { batch } | Task::CheckNames { batch } | Task::Register { batch } if self.cancelled => {
                self.batches[batch].stage = Stage::Ended(BatchState::Cancelled);
            }
            Task::Submit { batch } | Task::CheckNames { batch } => {
                self.batches[batch].tries = tries;
                self.batches[batch].stage = Stage::Waiting { not_before: at };
            }
            Task::Register { batch } => {
                self.batches[batch].tries = tries;
                self.batches[batch].stage = Stage::Checked { not_before: at };
            }
            // Only one that was never sent comes here; its first departure is still to be asked about.
            Task::Resend { batch } => {
                if let Stage::Departed(departure) = &self.batches[batch].stage {
                    let departure = departure.clone();
                    self.batches[batch].stage = Stage::Lost { departure, not_before: at };
                }
            }
            Task::Poll { batch } | Task::Look { batch } => self.batches[batch].again(at, tries),
            Task::Page { batch, page, .. } => {
                if let Stage::Fetching(fetch) = &mut self.batches[batch].stage {
                    fetch.failed(page, at, tries);
                }
            }
        }
    }
}
