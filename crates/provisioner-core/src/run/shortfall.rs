//! What is missing after a run. In: what the cloud said of single names, how batches ended. Out: each device that is not
//! in the table with its reason, and what a new run would register.

use std::collections::BinaryHeap;

use super::batch::{Batch, Stage};
use super::fetch::Fetch;
use super::{Audit, Run};
use crate::model::report::{BatchState, Refusal, RejectedName, Rejection};
use crate::plan::Naming;

/// The vendor's word for a batch that was made in part; what it names may be tried again.
const CREATE_FAILED: &str = "CREATE_FAILED";

/// Names that the cloud spoke of; a reason is kept once, since ten thousand names can share it.
#[derive(Default)]
pub(super) struct Failed {
    names: Vec<(usize, String, usize)>,
    reasons: Vec<(String, Rejection)>,
}

/// A device that was asked for and is not in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailedDevice<'r> {
    /// DeviceName.
    pub device_name: &'r str,
    /// Nickname that was asked for; empty for none.
    pub nickname: &'r str,
    /// Index of its batch, from 0.
    pub batch: usize,
    /// The vendor's code or status; where there is none, what [`Rejection::code`] says.
    pub code: &'r str,
    /// Why.
    pub reason: &'r Rejection,
    /// Whether a new run may ask for it: it surely does not exist, and nothing is wrong with its name.
    pub may_be_tried: bool,
}

impl Failed {
    fn add(&mut self, batch: usize, device_name: String, code: &str, reason: Rejection) {
        let known = self.reasons.iter().position(|(other, said)| other == code && *said == reason);
        let place = known.unwrap_or_else(|| {
            self.reasons.push((code.to_owned(), reason));
            self.reasons.len() - 1
        });
        self.names.push((batch, device_name, place));
    }

    fn iter(&self) -> impl Iterator<Item = (usize, &str, &str, &Rejection)> {
        self.names.iter().map(|(batch, name, place)| {
            let (code, reason) = &self.reasons[*place];
            (*batch, name.as_str(), code.as_str(), reason)
        })
    }
}

impl Run {
    /// The cloud ended a batch with this status and named what failed.
    pub(super) fn note_failed(&mut self, batch: usize, status: &str, failed: &[(String, String)]) {
        for (name, said) in failed {
            self.failed.add(batch, name.clone(), status, Rejection::Said(said.clone()));
        }
    }

    /// The cloud refused a batch for these names.
    pub(super) fn note_rejected(&mut self, batch: usize, refusal: &Refusal) {
        for RejectedName { name, reason } in &refusal.rejected {
            self.failed.add(batch, name.clone(), &refusal.code, reason.clone());
        }
    }

    /// These devices of a batch exist, and came without a part.
    pub(super) fn note_unusable(&mut self, batch: usize, fetch: &mut Fetch) {
        for name in fetch.unusable.drain(..).filter(|name| !name.is_empty()) {
            self.failed.add(batch, name, Rejection::Unusable.code(), Rejection::Unusable);
        }
    }

    /// A batch is read again: what was said of it no longer counts.
    pub(super) fn forget_failed(&mut self, batch: usize) {
        self.failed.names.retain(|(of, _, _)| *of != batch);
    }

    /// Every device that was asked for by name, or that the cloud named, and that is not in the table: first those of
    /// which the cloud spoke.
    pub fn each_failed(&self, visit: &mut dyn FnMut(FailedDevice<'_>)) {
        let mut nicknames = Vec::new();
        if let Naming::Named(names) = &self.plan.naming
            && names.has_nicknames()
        {
            let missing = self.missing_places().map(|(place, ..)| (names.device_name(place), names.nickname(place)));
            nicknames = missing.collect::<BinaryHeap<_>>().into_sorted_vec();
        }
        for (batch, device_name, code, reason) in self.failed.iter() {
            let place = nicknames.binary_search_by(|(name, _)| (*name).cmp(device_name));
            let nickname = place.map_or("", |place| nicknames[place].1);
            let may_be_tried = code == CREATE_FAILED;
            visit(FailedDevice { device_name, nickname, batch, code, reason, may_be_tried });
        }
        let Naming::Named(names) = &self.plan.naming else { return };
        let spoken_of = self.failed.iter().map(|(_, name, ..)| name).collect::<BinaryHeap<_>>().into_sorted_vec();
        for (place, batch, of) in self.missing_places() {
            let device_name = names.device_name(place);
            if spoken_of.binary_search(&device_name).is_err() {
                let reason = why_missing(of);
                let may_be_tried = *reason != Rejection::Unread;
                let nickname = names.nickname(place);
                visit(FailedDevice { device_name, nickname, batch, code: reason.code(), reason, may_be_tried });
            }
        }
    }

    /// Devices without names of the user's own that were surely not made.
    #[must_use]
    pub fn unmade(&self) -> u32 {
        // Where more exist than were asked for, nobody can tell how many are missing.
        if self.is_named() || self.audit == Audit::Failed {
            return 0;
        }
        let unmade = |batch: &Batch| match (why_missing(batch), batch.created) {
            (Rejection::NotRegistered, _) => batch.devices,
            // Of a batch without an ApplyId nobody but the product's growth says how many were made.
            (_, Some(created)) if batch.apply_id.is_some() => batch.devices.saturating_sub(created),
            _ => 0,
        };
        self.batches.iter().map(unmade).sum()
    }

    /// Counts what is missing, for the report: how many [`Run::each_failed`] tells of, and how many a new run would register.
    pub(super) fn count_shortfall(&mut self) {
        let (mut failed, mut to_try) = (0, self.unmade());
        self.each_failed(&mut |device| {
            failed += 1;
            if self.is_named() && device.may_be_tried {
                to_try += 1;
            }
        });
        self.shortfall = (failed, to_try);
    }

    /// The places of the plan's names that are not in the table, each with its batch and that one's index.
    fn missing_places(&self) -> impl Iterator<Item = (u32, usize, &Batch)> {
        let names = if let Naming::Named(names) = &self.plan.naming { Some(names) } else { None };
        let all = self.batches.iter().enumerate().flat_map(move |(index, batch)| {
            let places = if names.is_some() { self.places_of(index) } else { 0..0 };
            places.map(move |place| (index, batch, place))
        });
        all.filter_map(move |(index, batch, place)| {
            let row = self.table.find(names?.device_name(place)).map(|row| self.table.row(row));
            row.is_none_or(|row| row.batch as usize != index).then_some((place, index, batch))
        })
    }
}

/// Why a device of a batch is missing of which the cloud said nothing.
fn why_missing(batch: &Batch) -> &'static Rejection {
    let is_read = batch.created.is_some_and(|created| created <= batch.downloaded);
    match batch.stage {
        Stage::Ended(BatchState::Refused | BatchState::NotSent) => &Rejection::NotRegistered,
        Stage::Ended(BatchState::Cancelled) if batch.apply_id.is_none() => &Rejection::NotRegistered,
        Stage::Ended(_) if is_read => &Rejection::Absent,
        _ => &Rejection::Unread,
    }
}
