//! What may leave now, and when to look again. In: what each batch wants, the limiters, the time. Out: `Send`, `WakeAt`.
//!
//! Order of preference: the check, calls that submit or look for a batch, polls, pages; batches in their order.

use super::batch::{Batch, Departure, Stage, Want};
use super::limiter::NotYet;
use super::urgency::Urgency;
use super::{ANSWER_WITHIN_MS, Audit, CALLS_IN_FLIGHT_MAX, CallId, Check, Flight, Output, Run, Task, place, place_of};
use crate::cloud::actions::{
    batch_check_device_names, batch_register_device, batch_register_device_with_apply_id,
    query_batch_register_device_status, query_device, query_page_by_apply_id,
};
use crate::cloud::{Call, Stamp};
use crate::journal::Entry;
use crate::model::action::{Action, ROWS_PER_PAGE_MAX};
use crate::time::{Millis, Now};

impl Run {
    /// Sends until nothing more may leave, and asks to be woken at the first instant at which something may.
    pub(super) fn send_what_may_leave(&mut self, now: Now) {
        if self.verdict.is_some() || self.hold.is_some() || self.is_offline {
            return;
        }
        loop {
            let (next, wake_at) = self.next_task(now.mono);
            match next {
                Some(task) if self.flights.len() < CALLS_IN_FLIGHT_MAX => self.send(task, now),
                // An answer frees a place, and with it comes the next look.
                Some(_) => return,
                None => {
                    self.outputs.extend(wake_at.map(Output::WakeAt));
                    return;
                }
            }
        }
    }

    /// The first task that may leave now, its place in the limiter taken, or else the instant at which one may.
    fn next_task(&mut self, now: Millis) -> (Option<Task>, Option<Millis>) {
        let mut earliest: Option<Millis> = None;
        let mut closed = [false; Action::ALL.len()];
        for (task, not_before) in self.wanted() {
            let place = place_of(task.action());
            if closed[place] {
                continue;
            }
            let at = if not_before > now {
                Some(not_before)
            } else if self.flights.len() >= CALLS_IN_FLIGHT_MAX {
                return (Some(task), None);
            } else {
                match self.limiters[place].try_take(now) {
                    Ok(()) => return (Some(task), None),
                    Err(not_yet) => {
                        closed[place] = true;
                        match not_yet {
                            NotYet::Until(at) => Some(at),
                            NotYet::Unanswered => None,
                        }
                    }
                }
            };
            earliest = match (earliest, at) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        (None, earliest)
    }

    /// Everything that wants to leave, now or later, the preferred first.
    fn wanted(&self) -> Vec<(Task, Millis)> {
        let mut first = Vec::new();
        match self.check {
            Check::Idle => return first,
            Check::Due { not_before, .. } => first.push((Task::Check, not_before)),
            Check::Asking { .. } | Check::Passed => {}
        }
        if self.devices_before.is_none() {
            return first;
        }
        if let Audit::Due { not_before, .. } = self.audit
            && self.batches.iter().all(Batch::has_ended)
        {
            return vec![(Task::Audit, not_before)];
        }
        let (mut polls, mut pages) = (Vec::new(), Vec::new());
        let is_busy = |batch: &Batch| matches!(batch.stage, Stage::Submitting | Stage::Departed(_));
        let is_open = |batch: &Batch| matches!(batch.stage, Stage::Lost { .. } | Stage::Unclear(_));
        let may_submit = !self.batches.iter().any(|batch| is_busy(batch) || is_open(batch));
        let mut has_submit = false;
        let mut urgency =
            Urgency::of(&self.batches, Action::QueryPageByApplyId.pace_per_second(self.plan.share_percent));
        for (batch, stands) in self.batches.iter().enumerate() {
            match stands.want(urgency.least_wait_ms(stands)) {
                Want::Nothing => {}
                Want::Submit(at) if may_submit && !has_submit => {
                    has_submit = true;
                    match (self.is_named(), &self.snapshot, self.check) {
                        (true, _, _) => first.push((Task::CheckNames { batch }, at)),
                        (false, Some(_), _) => first.push((Task::Submit { batch }, at)),
                        (false, None, Check::Passed) => first.push((Task::Check, at)),
                        // Its snapshot is being taken.
                        (false, None, _) => {}
                    }
                }
                Want::Submit(_) => {}
                Want::Register(at) => first.push((Task::Register { batch }, at)),
                Want::Resend(at) => first.push((Task::Resend { batch }, at)),
                Want::Poll(at) => polls.push((Task::Poll { batch }, at)),
                // How many devices a batch has is asked before any further page.
                Want::Page(page, at) if stands.devices == 0 => polls.push((Task::Page { batch, page, tries: 0 }, at)),
                Want::Page(page, at) => pages.push((Task::Page { batch, page, tries: 0 }, at)),
                Want::Look(at) if self.siblings_have_ended(batch) => first.push((Task::Look { batch }, at)),
                Want::Look(_) => {}
            }
        }
        first.into_iter().chain(polls).chain(pages).collect()
    }

    /// Whether every other batch that was submitted has ended, so that its rows are known.
    fn siblings_have_ended(&self, batch: usize) -> bool {
        let is_settled =
            |other: &Batch| matches!(other.stage, Stage::Waiting { .. } | Stage::Ended(_) | Stage::Unclear(_));
        self.batches.iter().enumerate().all(|(index, other)| index == batch || is_settled(other))
    }

    fn send(&mut self, task: Task, now: Now) {
        let stamp = self.stamps.stamp(now.wall);
        let (task, call, stamp) = self.prepare(task, stamp, now);
        let id = CallId(u64::from(self.calls));
        self.calls += 1;
        self.last_second.left(task.action(), now.mono);
        self.flights.push(Flight { id, task, left_at: now.mono });
        self.outputs.push_back(Output::Send { id, call, stamp, within_ms: ANSWER_WITHIN_MS });
    }

    /// Marks the task as sent, keeps what must be kept before it leaves, and words its call.
    fn prepare(&mut self, task: Task, stamp: Stamp, now: Now) -> (Task, Call, Stamp) {
        let call = match task {
            Task::Check => {
                let tries = if let Check::Due { tries, .. } = self.check { tries } else { 0 };
                self.check = Check::Asking { tries };
                query_device::ask(&self.plan, 1, 1, "")
            }
            Task::Audit => {
                let tries = if let Audit::Due { tries, .. } = self.audit { tries } else { 0 };
                self.audit = Audit::Asking { tries };
                query_device::ask(&self.plan, 1, 1, "")
            }
            Task::Submit { batch } => {
                let before = self.snapshot.take().unwrap_or_default();
                self.append(Entry::Submitting { batch: place(batch), stamp: stamp.clone(), before: before.clone() });
                let departure = Departure { stamp: stamp.clone(), before, at: now };
                self.batches[batch].stage = Stage::Departed(departure);
                batch_register_device::ask(&self.plan, self.batches[batch].devices)
            }
            Task::Resend { batch } => {
                self.append(Entry::Resending { batch: place(batch) });
                let lost = &mut self.batches[batch];
                let call = batch_register_device::ask(&self.plan, lost.devices);
                if let Stage::Lost { departure, .. } = &lost.stage {
                    let departure = departure.clone();
                    self.audit = Audit::Due { not_before: now.mono, tries: 0 };
                    self.lost_at = departure.at.mono;
                    let first_stamp = departure.stamp.clone();
                    lost.stage = Stage::Departed(departure);
                    return (task, call, first_stamp);
                }
                call
            }
            Task::CheckNames { batch } => {
                self.batches[batch].stage = Stage::Submitting;
                batch_check_device_names::ask(&self.plan, &self.names_of(batch))
            }
            Task::Register { batch } => {
                let apply_id = self.batches[batch].apply_id.clone().unwrap_or_default();
                self.append(Entry::Registering { batch: place(batch), apply_id: apply_id.clone() });
                self.batches[batch].stage = Stage::Submitting;
                batch_register_device_with_apply_id::ask(&self.plan, &apply_id)
            }
            Task::Poll { batch } => {
                let batch = &mut self.batches[batch];
                if let Stage::Checking(poll) | Stage::Registering(poll) = &mut batch.stage {
                    poll.asked(now.mono);
                }
                query_batch_register_device_status::ask(&self.plan, batch.apply_id.as_deref().unwrap_or_default())
            }
            Task::Page { batch: index, page, .. } => {
                let batch = &mut self.batches[index];
                let tries = match &mut batch.stage {
                    Stage::Fetching(fetch) => fetch.sent(page),
                    _ => 0,
                };
                let call = query_page_by_apply_id::ask(&self.plan, batch.apply_id.as_deref().unwrap_or_default(), page);
                return (Task::Page { batch: index, page, tries }, call, stamp);
            }
            Task::Look { batch } => {
                let (page, next_token) = match &mut self.batches[batch].stage {
                    Stage::Unclear(rebuild) => rebuild.asks(),
                    _ => (1, ""),
                };
                query_device::ask(&self.plan, page, ROWS_PER_PAGE_MAX, next_token)
            }
        };
        (task, call, stamp)
    }
}
