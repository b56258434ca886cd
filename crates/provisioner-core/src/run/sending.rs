//! What may leave now, and when to look again. In: what each batch wants, the limiters, the time. Out: `Send`, `WakeAt`.
//!
//! Order of preference: the check, register calls, polls, pages; batches in their order.

use super::batch::{Stage, Want};
use super::limiter::NotYet;
use super::{ANSWER_WITHIN_MS, CALLS_IN_FLIGHT_MAX, CallId, Check, Flight, Output, Run, Task, place_of};
use crate::cloud::Call;
use crate::cloud::actions::{
    batch_register_device, query_batch_register_device_status, query_device, query_page_by_apply_id,
};
use crate::model::action::Action;
use crate::time::{Millis, Now};

impl Run {
    /// Sends until nothing more may leave, and asks to be woken at the first instant at which something may.
    pub(super) fn send_what_may_leave(&mut self, now: Now) {
        if self.verdict.is_some() || self.hold.is_some() {
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
        match self.check {
            Check::Idle | Check::Asking { .. } => return Vec::new(),
            Check::Due { not_before, .. } => return vec![(Task::Check, not_before)],
            Check::Passed => {}
        }
        let (mut registers, mut polls, mut pages) = (Vec::new(), Vec::new(), Vec::new());
        let one_is_on_its_way = self.batches.iter().any(|batch| matches!(batch.stage, Stage::Submitting));
        for (index, batch) in self.batches.iter().enumerate() {
            match batch.want() {
                Want::Nothing => {}
                Want::Register(at) if registers.is_empty() && !one_is_on_its_way => {
                    registers.push((Task::Register { batch: index }, at));
                }
                Want::Register(_) => {}
                Want::Poll(at) => polls.push((Task::Poll { batch: index }, at)),
                Want::Page(page, at) => pages.push((Task::Page { batch: index, page, tries: 0 }, at)),
            }
        }
        registers.into_iter().chain(polls).chain(pages).collect()
    }

    fn send(&mut self, task: Task, now: Now) {
        let (task, call) = self.prepare(task);
        let id = CallId(u64::from(self.calls));
        self.calls += 1;
        self.flights.push(Flight { id, task });
        let stamp = self.stamps.stamp(now.wall);
        self.outputs.push_back(Output::Send { id, call, stamp, within_ms: ANSWER_WITHIN_MS });
    }

    /// Marks the task as sent and words its call.
    fn prepare(&mut self, task: Task) -> (Task, Call) {
        match task {
            Task::Check => {
                if let Check::Due { tries, .. } = self.check {
                    self.check = Check::Asking { tries };
                }
                (task, query_device::ask(&self.plan, 1, 1, ""))
            }
            Task::Register { batch } => {
                let batch = &mut self.batches[batch];
                batch.stage = Stage::Submitting;
                (task, batch_register_device::ask(&self.plan, batch.devices))
            }
            Task::Poll { batch } => {
                let batch = &mut self.batches[batch];
                if let Stage::Registering(poll) = &mut batch.stage {
                    poll.asking = true;
                }
                (
                    task,
                    query_batch_register_device_status::ask(&self.plan, batch.apply_id.as_deref().unwrap_or_default()),
                )
            }
            Task::Page { batch: index, page, .. } => {
                let batch = &mut self.batches[index];
                let tries = match &mut batch.stage {
                    Stage::Fetching(fetch) => fetch.sent(page),
                    _ => 0,
                };
                let call = query_page_by_apply_id::ask(&self.plan, batch.apply_id.as_deref().unwrap_or_default(), page);
                (Task::Page { batch: index, page, tries }, call)
            }
        }
    }
}
