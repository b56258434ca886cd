//! How batches and the run end. In: counts and rows. Out: states, notices and the verdict. Green is proven or not shown.

use super::batch::{Batch, Stage};
use super::{Audit, Run};
use crate::cloud::BatchStatus;
use crate::journal::Entry;
use crate::model::device::NamedDevice;
use crate::model::error_code::{self, Meaning};
use crate::model::report::{BatchState, Failure, NoticeKind, Verdict};
use crate::plan::Naming;
use crate::time::Now;

/// Failed names that a notice lists.
pub(super) const NAMES_SHOWN_MAX: usize = 20;

/// The cloud finished a batch with failures.
pub(super) fn batch_failed(status: BatchStatus) -> NoticeKind {
    let failed = status.failed.into_iter().take(NAMES_SHOWN_MAX).collect();
    NoticeKind::BatchFailed(status.status, failed)
}

/// Whether the cloud says that it knows no such batch.
pub(super) fn is_about_the_batch(failure: &Failure) -> bool {
    let Failure::Refused(refusal) = failure else { return false };
    matches!(error_code::meaning(&refusal.code), Some(Meaning::BatchUnknown | Meaning::BatchMismatch))
}

/// Whether a refusal is about a batch's own names, and says nothing of other batches.
pub(super) fn is_about_names(failure: &Failure) -> bool {
    let Failure::Refused(refusal) = failure else { return false };
    let names = [Meaning::NameInvalid, Meaning::NicknameInvalid, Meaning::NameTaken];
    error_code::meaning(&refusal.code).is_some_and(|meaning| names.contains(&meaning))
}

impl Run {
    /// Ends a batch whose pages were all read, and says what is wrong with it.
    pub(super) fn judge(&mut self, index: usize) {
        let batch = &mut self.batches[index];
        let stage = core::mem::replace(&mut batch.stage, Stage::Ended(BatchState::Incomplete));
        let Stage::Fetching(mut fetch) = stage else {
            batch.stage = stage;
            return;
        };
        // A row that came whole in another pass is not missing.
        fetch.unusable.retain(|name| name.is_empty() || self.table.find(name).is_none());
        let unusable = u32::try_from(fetch.unusable.len()).unwrap_or(u32::MAX);
        let (devices, downloaded) = (batch.devices, batch.downloaded);
        let created = batch.created.unwrap_or_default();
        let is_existing = matches!(self.plan.naming, Naming::Existing(_));
        let mut notices = Vec::new();
        if is_existing && created == 0 {
            let status = if fetch.all_created { "CREATE_SUCCESS" } else { "CREATE_FAILED" };
            notices.push(NoticeKind::BatchEmpty(status.to_owned()));
        }
        if created != devices {
            notices.push(NoticeKind::CountDiffers(devices, created));
        }
        if unusable > 0 && fetch.without_secret >= created {
            notices.push(NoticeKind::NoSecrets(unusable));
        } else if let Some(first) = fetch.unusable.first() {
            notices.push(NoticeKind::RowsUnusable(unusable, first.clone()));
        }
        if fetch.conflicts > 0 {
            notices.push(NoticeKind::RowsConflict(fetch.conflicts, fetch.conflict_first.clone()));
        }
        // Rows that came without a field are missing too, but have been named already.
        let missing = created.saturating_sub(downloaded).saturating_sub(unusable);
        if missing > 0 {
            notices.push(NoticeKind::RowsMissing(missing));
        }
        if downloaded > created {
            notices.push(NoticeKind::RowsBeyondTotal(downloaded - created));
        }
        let (absent, first) = self.absent_names(index);
        if absent > unusable {
            notices.push(NoticeKind::NamesAbsent(absent, first));
        }
        self.note_unusable(index, &mut fetch);
        // Of a batch that existed before, what was made is all that was asked for.
        if notices.is_empty() && (fetch.all_created || is_existing) {
            self.batches[index].stage = Stage::Ended(BatchState::Complete);
        }
        for notice in notices {
            self.tell(Some(index), notice);
        }
    }

    /// The names that a batch was to have, by their places in the plan; none where the cloud names the devices.
    pub(super) fn places_of(&self, batch: usize) -> core::ops::Range<u32> {
        let first: u32 = self.plan.batches[..batch].iter().sum();
        first..first + self.plan.batches[batch]
    }

    /// The devices of a batch, as the user named them.
    pub(super) fn names_of(&self, batch: usize) -> Vec<NamedDevice> {
        match &self.plan.naming {
            Naming::Random | Naming::Existing(_) => Vec::new(),
            Naming::Named(names) => self.places_of(batch).map(|place| names.device(place)).collect(),
        }
    }

    /// How many of a batch's names are not in the table, and the first of them. As many rows as names, and none absent:
    /// the two sets are equal.
    fn absent_names(&self, batch: usize) -> (u32, String) {
        let Naming::Named(names) = &self.plan.naming else { return (0, String::new()) };
        let mut absent = self.places_of(batch).map(|place| names.device_name(place)).filter(|name| {
            let row = self.table.find(name).map(|index| self.table.row(index));
            row.is_none_or(|row| row.batch as usize != batch)
        });
        let first = absent.next().map(str::to_owned);
        let count = absent.count() + usize::from(first.is_some());
        (u32::try_from(count).unwrap_or(u32::MAX), first.unwrap_or_default())
    }

    /// The count of the product after the run: more than this run made means that a call was carried out twice, or
    /// that somebody else registers too.
    pub(super) fn audited(&mut self, total: u64) {
        let expected = self.devices_before.unwrap_or_default() + u64::from(self.created_devices());
        self.audit = if total > expected { Audit::Failed } else { Audit::Passed };
        if self.audit == Audit::Failed {
            let surplus = u32::try_from(total - expected).unwrap_or(u32::MAX);
            self.tell(None, NoticeKind::ProductSurplus(surplus));
        }
    }

    /// Sets the verdict once every batch has ended.
    pub(super) fn conclude(&mut self, now: Now) {
        let is_over = self.batches.iter().all(Batch::has_ended);
        let is_counted = !matches!(self.audit, Audit::Due { .. } | Audit::Asking { .. });
        if self.verdict.is_some() || !is_over || !is_counted {
            return;
        }
        self.pace.ended(now.mono);
        let requested = self.requested_devices();
        let all_complete = self.batches.iter().all(|batch| matches!(batch.stage, Stage::Ended(BatchState::Complete)));
        let proven = all_complete
            && self.audit != Audit::Failed
            && self.created_devices() == requested
            && self.table.len() == requested;
        let verdict = if proven {
            Verdict::Complete
        } else if self.cancelled {
            Verdict::Cancelled
        } else if self.accepted_devices() == 0 && self.unclear_devices() == 0 && self.table.is_empty() {
            Verdict::Failed
        } else {
            Verdict::Incomplete
        };
        if !proven {
            self.count_shortfall();
        }
        self.verdict = Some(verdict);
        self.append(Entry::Ended(verdict));
    }

    /// Devices asked for, as far as that is known.
    pub(super) fn requested_devices(&self) -> u32 {
        self.batches.iter().map(|batch| batch.devices).sum()
    }

    /// Devices in batches that the cloud has accepted.
    pub(super) fn accepted_devices(&self) -> u32 {
        let is_accepted = |batch: &&Batch| {
            let is_submitted = !matches!(
                batch.stage,
                Stage::Checking(_) | Stage::Checked { .. } | Stage::Submitting | Stage::Ended(BatchState::Refused)
            );
            (batch.apply_id.is_some() && is_submitted) || matches!(batch.stage, Stage::Ended(BatchState::Complete))
        };
        self.batches.iter().filter(is_accepted).map(|batch| batch.devices).sum()
    }

    /// Devices in batches whose register call had no clear answer.
    pub(super) fn unclear_devices(&self) -> u32 {
        let is_unclear = |batch: &&Batch| matches!(batch.stage, Stage::Unclear(_) | Stage::Ended(BatchState::Unclear));
        self.batches.iter().filter(is_unclear).map(|batch| batch.devices).sum()
    }

    /// Sum of the `Total`s that the cloud has reported.
    pub(super) fn created_devices(&self) -> u32 {
        self.batches.iter().filter_map(|batch| batch.created).sum()
    }
}
