//! How batches and the run end. In: counts and rows. Out: states, notices and the verdict. Green is proven or not shown.

use super::Run;
use super::batch::{Batch, Stage};
use crate::cloud::BatchStatus;
use crate::model::report::{BatchState, NoticeKind, Verdict};
use crate::time::Now;

/// Failed names that a notice lists.
const NAMES_SHOWN_MAX: usize = 20;

/// The cloud finished a batch with failures.
pub(super) fn batch_failed(status: BatchStatus) -> NoticeKind {
    let failed = status.failed.into_iter().take(NAMES_SHOWN_MAX).collect();
    NoticeKind::BatchFailed(status.status, failed)
}

/// Ends a batch whose pages were all read, and says what is wrong with it.
pub(super) fn judge(batch: &mut Batch) -> Vec<NoticeKind> {
    let Stage::Fetching(fetch) = &batch.stage else { return Vec::new() };
    let (devices, downloaded) = (batch.devices, batch.downloaded);
    let created = batch.created.unwrap_or_default();
    let mut notices = Vec::new();
    if created != devices {
        notices.push(NoticeKind::CountDiffers(devices, created));
    }
    if fetch.unusable > 0 {
        notices.push(NoticeKind::RowsUnusable(fetch.unusable, fetch.unusable_first.clone()));
    }
    if fetch.conflicts > 0 {
        notices.push(NoticeKind::RowsConflict(fetch.conflicts, fetch.conflict_first.clone()));
    }
    // Rows that came without a field are missing too, but have been named already.
    let missing = created.saturating_sub(downloaded).saturating_sub(fetch.unusable);
    if missing > 0 {
        notices.push(NoticeKind::RowsMissing(missing));
    }
    if downloaded > created {
        notices.push(NoticeKind::RowsBeyondTotal(downloaded - created));
    }
    let whole = notices.is_empty() && fetch.all_created;
    batch.stage = Stage::Ended(if whole { BatchState::Complete } else { BatchState::Incomplete });
    notices
}

impl Run {
    /// Sets the verdict once every batch has ended.
    pub(super) fn conclude(&mut self, now: Now) {
        if self.verdict.is_some() || !self.batches.iter().all(Batch::has_ended) {
            return;
        }
        self.pace.ended(now.mono);
        let requested = self.plan.devices();
        let all_complete = self.batches.iter().all(|batch| matches!(batch.stage, Stage::Ended(BatchState::Complete)));
        let proven = all_complete && self.created_devices() == requested && self.table.len() == requested;
        self.verdict = Some(if proven {
            Verdict::Complete
        } else if self.cancelled {
            Verdict::Cancelled
        } else if self.accepted_devices() == 0 && self.unclear_devices() == 0 {
            Verdict::Failed
        } else {
            Verdict::Incomplete
        });
    }

    /// Devices in batches that the cloud has accepted.
    pub(super) fn accepted_devices(&self) -> u32 {
        self.batches.iter().filter(|batch| batch.apply_id.is_some()).map(|batch| batch.devices).sum()
    }

    /// Devices in batches whose register call had no clear answer.
    pub(super) fn unclear_devices(&self) -> u32 {
        let is_unclear = |batch: &&Batch| matches!(batch.stage, Stage::Ended(BatchState::Unclear));
        self.batches.iter().filter(is_unclear).map(|batch| batch.devices).sum()
    }

    /// Sum of the `Total`s that the cloud has reported.
    pub(super) fn created_devices(&self) -> u32 {
        self.batches.iter().filter_map(|batch| batch.created).sum()
    }
}
