//! Pausing, going on, giving up. In: what the user wants, or a journal that cannot be written. Out: batches that wait, go
//! on or end; nothing here sends.

use super::batch::{Departure, Poll, Stage};
use super::rebuild::Rebuild;
use super::{Audit, Hold, Output, Run, place_of};
use crate::journal::Entry;
use crate::model::report::{BatchState, NoticeKind};
use crate::time::Millis;

impl Run {
    /// The user wants to go on.
    pub(super) fn go_on(&mut self, now: Millis) {
        self.hold = None;
        for entry in core::mem::take(&mut self.unkept) {
            self.append(entry);
        }
        for batch in &mut self.batches {
            if let Stage::Unclear(rebuild) = &mut batch.stage {
                rebuild.go_on(now);
            }
        }
    }

    /// Asks anew for the state and the rows of accepted batches that ended incomplete. Registers nothing.
    pub(super) fn read_again(&mut self, now: Millis) {
        for index in 0..self.batches.len() {
            let batch = &mut self.batches[index];
            if matches!(batch.stage, Stage::Ended(BatchState::Incomplete)) && batch.apply_id.is_some() {
                batch.tries = 0;
                batch.stage = Stage::Registering(Poll::new(now, true));
                self.verdict = None;
                self.shortfall = (0, 0);
                self.forget_failed(index);
                self.pace.goes_on();
            }
        }
    }

    /// The browser has no connection any more. Calls on their way are lost or not, as ever.
    pub(super) fn lose_line(&mut self) {
        if !self.is_offline && self.verdict.is_none() {
            self.tell(None, NoticeKind::Offline);
        }
        self.is_offline = true;
    }

    /// Lost calls that can no longer be repeated byte for byte: their devices are looked for instead.
    pub(super) fn give_up_lost(&mut self, is_too_late: impl Fn(&Departure) -> bool, now: Millis) {
        for batch in &mut self.batches {
            if let Stage::Lost { departure, .. } = &batch.stage
                && is_too_late(departure)
            {
                batch.stage = Stage::Unclear(Box::new(Rebuild::new(departure.before.clone(), batch.devices, now)));
            }
        }
    }

    /// Takes back what has not been performed, since an entry before it could not be kept, and pauses.
    pub(super) fn take_back(&mut self, failed: Entry, reason: String, now: Millis) {
        let rest = core::mem::take(&mut self.outputs);
        for output in core::iter::once(Output::Append(failed)).chain(rest) {
            match output {
                Output::Send { id, .. } => {
                    if let Some(index) = self.flights.iter().position(|flight| flight.id == id) {
                        let task = self.flights.swap_remove(index).task;
                        self.limiters[place_of(task.action())].taken_back();
                        self.again(task, now, 0);
                    }
                }
                Output::Tell(_) => self.outputs.push_back(output),
                // The call that it announces is taken back too.
                Output::Append(Entry::Submitting { .. } | Entry::Resending { .. } | Entry::Registering { .. }) => {}
                Output::Append(entry) => self.unkept.push(entry),
                Output::WakeAt(_) => {}
            }
        }
        self.hold = Some(Hold::ByFailure);
        self.tell(None, NoticeKind::JournalFailed(reason));
    }

    /// Ends every batch but one whose register call is on its way: its answer decides what is true.
    pub(super) fn cancel(&mut self) {
        if self.verdict.is_some() {
            return;
        }
        self.cancelled = true;
        self.hold = None;
        self.audit = Audit::NotNeeded;
        for batch in &mut self.batches {
            match batch.stage {
                Stage::Submitting | Stage::Departed(_) | Stage::Ended(_) => {}
                Stage::Lost { .. } | Stage::Unclear(_) => batch.stage = Stage::Ended(BatchState::Unclear),
                _ => batch.stage = Stage::Ended(BatchState::Cancelled),
            }
        }
    }
}
