//! The last calls of this worker, as they may be looked at. In: each request and what came of it. Out: one text, without
//! what is secret; answers are not kept.

use std::cell::RefCell;
use std::collections::VecDeque;

use provisioner_core::cloud::{HttpRequest, Outcome, shown};
use provisioner_core::model::report::Failure;
use provisioner_core::time::Now;

use super::effects::clock;

/// Calls that are kept: two seconds of a run at its fastest, and every one that anybody looks for by hand.
const CALLS_MAX: usize = 100;

thread_local! {
    static CALLS: RefCell<VecDeque<String>> = const { RefCell::new(VecDeque::new()) };
}

/// A call that is on its way.
pub(super) struct Inspected {
    name: &'static str,
    left_at: Now,
    request: String,
}

impl Inspected {
    /// Looks at a call that leaves now.
    pub(super) fn new(name: &'static str, request: &HttpRequest) -> Self {
        Self { name, left_at: clock::now(), request: shown(request) }
    }

    /// Keeps it, with what came of it. `status` is the answer's, if one came.
    pub(super) fn keep(self, status: Option<u16>, outcome: &Outcome) {
        let took_ms = clock::now().mono - self.left_at.mono;
        let came = match (status, outcome) {
            (_, Err(Failure::Refused(refusal))) => {
                [&refusal.status.to_string(), " ", &refusal.code, " ", &refusal.request_id].concat()
            }
            (Some(status), _) => status.to_string(),
            (None, Err(Failure::TimedOut { .. })) => "timed out".to_owned(),
            (None, _) => "no answer".to_owned(),
        };
        let head = format!("{}  {}  {took_ms} ms  {came}\n", self.left_at.wall.timestamp(), self.name);
        CALLS.with_borrow_mut(|calls| {
            calls.truncate(CALLS_MAX - 1);
            calls.push_front(head + &self.request);
        });
    }
}

/// All of them, the last one first.
pub(super) fn text() -> String {
    CALLS.with_borrow(|calls| calls.iter().map(String::as_str).collect::<Vec<_>>().join("\n"))
}
