//! A run that goes on after a crash, a closed tab, a reload. In: its plan and its journal. Out: the run, as it stands.
//!
//! Accepted batches are asked about by their ApplyIds, and every credential is read again. A register call that may
//! have left is never sent again: its devices are looked for.

use super::batch::{Batch, Poll, Stage};
use super::rebuild::Rebuild;
use super::{Audit, Run};
use crate::journal::Entry;
use crate::model::report::{BatchState, Verdict};
use crate::plan::Plan;
use crate::time::Now;

impl Run {
    /// The run that these entries tell of. `seed` must never have been used before. It begins with `Input::Start`, like
    /// a new one.
    #[must_use]
    pub fn resume(plan: Plan, entries: &[Entry], seed: [u8; 16], now: Now) -> Self {
        let mut run = Self::new(plan, seed, now);
        let is_named = run.is_named();
        for entry in entries {
            match entry {
                Entry::Seeded(_) => {}
                Entry::Counted(total) => run.devices_before = Some(*total),
                Entry::Submitting { batch, before, .. } => run.stands(*batch, |batch| {
                    batch.stage = Stage::Unclear(Box::new(Rebuild::new(before.clone(), batch.devices, now.mono)));
                }),
                // Whatever came of it: a cloud that had forgotten the nonce made the batch twice.
                Entry::Resending { .. } => run.audit = Audit::Due { not_before: now.mono, tries: 0 },
                Entry::Registering { batch, apply_id } => run.stands(*batch, |batch| {
                    batch.apply_id = Some(apply_id.clone());
                    batch.stage = Stage::Registering(Poll::new(now.mono, !is_named));
                }),
                Entry::Accepted { batch, apply_id } => {
                    run.stands(*batch, |batch| batch.accepted(apply_id.clone(), now.mono));
                }
                Entry::Refused { batch, is_final: true } => {
                    run.stands(*batch, |batch| batch.stage = Stage::Ended(BatchState::Refused));
                }
                Entry::Refused { batch, is_final: false } => {
                    run.stands(*batch, |batch| batch.stage = Stage::Waiting { not_before: now.mono });
                }
                Entry::Ended(Verdict::Cancelled) => run.stays_cancelled(),
                Entry::Ended(verdict) => run.verdict = Some(*verdict),
            }
        }
        run
    }

    /// The user gave the run up: what had not been sent then is not sent now. What the cloud has can be read.
    fn stays_cancelled(&mut self) {
        for batch in &mut self.batches {
            if !matches!(batch.stage, Stage::Unclear(_) | Stage::Registering(_) | Stage::Ended(_)) {
                batch.stage = Stage::Ended(BatchState::Cancelled);
            }
        }
        self.cancelled = self.batches.iter().all(Batch::has_ended);
    }

    /// Changes a batch that the plan has; a journal of another plan changes nothing.
    fn stands(&mut self, index: u32, change: impl FnOnce(&mut Batch)) {
        if let Some(batch) = self.batches.get_mut(index as usize) {
            change(batch);
        }
    }
}
