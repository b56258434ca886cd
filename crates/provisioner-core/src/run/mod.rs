//! The machine that carries a plan out. Pure: answers and the time go in, calls and notices come out.
//!
//! 1. `Run::new(plan, seed, now)` with a seed that was never used before.
//! 2. `run.handle(input, now)` for every command, answer and wake-up. `now.mono` never goes back.
//! 3. After **every** `handle`, `run.poll_output()` until it gives `None`, each output performed in this order.
//! 4. `Send` is answered by exactly one `Answered` with its id, after `within_ms` at the latest.
//! 5. `WakeAt` replaces the instant of the one before: there is one timer.
//! 6. Once `run.verdict()` is set, nothing more is sent; the table stays. `Resume` takes an `Incomplete` back and reads
//!    again what is missing.
//!
//! 7. `Append` is durable before anything after it is performed. If it cannot be kept: stop draining, and give
//!    `JournalFailed`; what was still to come is taken back.
//!
//! A run first asks for the product's newest device, a harmless read that meets every fault of key, clock, product,
//! instance and proxy while nothing has been registered. With random names, such a snapshot is taken before each
//! register call; those leave one at a time. What follows a lost one says [`retry`]; no batch is submitted while
//! another is unclear. Names are checked and then registered, which may be repeated without harm. Polls and pages of
//! accepted batches overlap with everything else. Batches that exist already are accepted from the beginning: a run of
//! them reads and does nothing else.

mod answering;
mod batch;
mod fetch;
mod holding;
pub(crate) mod limiter;
mod missing;
mod rebuild;
mod reporting;
mod resume;
pub(crate) mod retry;
mod sending;
mod shortfall;
mod urgency;
mod verdict;

use std::collections::VecDeque;

use crate::cloud::{Call, Outcome, Stamp, StampSource};
use crate::journal::{Entry, Snapshot};
use crate::model::action::Action;
use crate::model::report::{BatchState, Notice, NoticeKind, Verdict};
use crate::plan::{Naming, Plan};
use crate::table::Table;
use crate::time::{Millis, Now};
use batch::{Batch, Stage};
use limiter::Limiter;
use reporting::{LastSecond, Pace};
use shortfall::Failed;

pub use missing::{Missing, MissingRow};
pub use shortfall::FailedDevice;

/// A call without an answer after this long counts as lost.
pub const ANSWER_WITHIN_MS: u64 = 30_000;

/// Calls on their way at once: what a browser opens to one host over HTTP/1.1. More would wait in the browser, and
/// no longer leave when the limiter thinks they do.
pub const CALLS_IN_FLIGHT_MAX: usize = 6;

/// Names a call; answers carry it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallId(u64);

/// What goes in.
#[derive(Debug)]
pub enum Input {
    /// Begins. Ignored after the first time.
    Start,
    /// A call's answer, or what came instead.
    Answered {
        /// The call.
        id: CallId,
        /// What came of it.
        outcome: Outcome,
    },
    /// The instant of the last `WakeAt` has come.
    Wake,
    /// The user wants nothing more to be sent for now.
    Pause,
    /// The user wants to go on: after a pause, with looking for a batch that was not found, or after the end with
    /// reading what is missing.
    Resume,
    /// The user takes the rows that were found for an unclear batch, whatever their number.
    Take,
    /// The browser has lost its connection: nothing new is sent.
    Offline,
    /// The connection is back.
    Online,
    /// Calls are signed by another key from now on: a request that was sent cannot be repeated byte for byte.
    KeyChanged,
    /// The `Append` that was performed last could not be kept.
    JournalFailed {
        /// Its entry.
        entry: Entry,
        /// The browser's words.
        reason: String,
    },
    /// The user ends the run.
    Cancel,
}

/// What comes out, to be performed in order.
#[derive(Debug)]
pub enum Output {
    /// Keep this entry, for good, before anything else is performed.
    Append(Entry),
    /// Sign this call and send it.
    Send {
        /// Its name.
        id: CallId,
        /// The call.
        call: Call,
        /// Its nonce and timestamp.
        stamp: Stamp,
        /// Milliseconds after which it counts as lost.
        within_ms: u64,
    },
    /// Tell the user.
    Tell(Notice),
    /// Give a `Wake` at this instant, and at no earlier one.
    WakeAt(Millis),
}

/// A run of a plan.
pub struct Run {
    plan: Plan,
    stamps: StampSource,
    seed: [u8; 16],
    random: u64,
    table: Table,
    batches: Vec<Batch>,
    check: Check,
    snapshot: Option<Snapshot>,
    /// Devices in the product before the first register call.
    devices_before: Option<u64>,
    audit: Audit,
    /// When the call that was sent again last had left first.
    lost_at: Millis,
    hold: Option<Hold>,
    is_offline: bool,
    cancelled: bool,
    verdict: Option<Verdict>,
    failed: Failed,
    /// After the end: devices that are missing by name, and those that a new run would register.
    shortfall: (u32, u32),
    limiters: [Limiter; Action::ALL.len()],
    flights: Vec<Flight>,
    calls: u32,
    throttled: u32,
    retried: u32,
    pace: Pace,
    last_second: LastSecond,
    outputs: VecDeque<Output>,
    /// Entries to be tried again when the user goes on.
    unkept: Vec<Entry>,
}

/// The read of the product's newest device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    /// Before the start.
    Idle,
    /// To be sent, not before the instant.
    Due { not_before: Millis, tries: usize },
    /// On its way.
    Asking { tries: usize },
    /// Answered.
    Passed,
}

/// The count of the product's devices after a run in which a lost call was sent again: a cloud that had forgotten its
/// nonce would have carried it out twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audit {
    NotNeeded,
    Due { not_before: Millis, tries: usize },
    Asking { tries: usize },
    Passed,
    Failed,
}

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    ByUser,
    ByFailure,
}

/// A call on its way.
struct Flight {
    id: CallId,
    task: Task,
    left_at: Millis,
}

/// What a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Check,
    Submit { batch: usize },
    Resend { batch: usize },
    CheckNames { batch: usize },
    Register { batch: usize },
    Poll { batch: usize },
    Page { batch: usize, page: u32, tries: usize },
    Look { batch: usize },
    Audit,
}

impl Task {
    fn action(self) -> Action {
        match self {
            Self::Check | Self::Look { .. } | Self::Audit => Action::QueryDevice,
            Self::Submit { .. } | Self::Resend { .. } => Action::BatchRegisterDevice,
            Self::CheckNames { .. } => Action::BatchCheckDeviceNames,
            Self::Register { .. } => Action::BatchRegisterDeviceWithApplyId,
            Self::Poll { .. } => Action::QueryBatchRegisterDeviceStatus,
            Self::Page { .. } => Action::QueryPageByApplyId,
        }
    }

    fn batch(self) -> Option<usize> {
        match self {
            Self::Check | Self::Audit => None,
            Self::Submit { batch }
            | Self::Resend { batch }
            | Self::CheckNames { batch }
            | Self::Register { batch }
            | Self::Poll { batch }
            | Self::Page { batch, .. }
            | Self::Look { batch } => Some(batch),
        }
    }
}

impl Run {
    /// A run that has not begun. `seed` must never have been used before: nonces are made from it.
    #[must_use]
    pub fn new(plan: Plan, seed: [u8; 16], now: Now) -> Self {
        let random = seed.iter().fold(1_u64, |sum, &byte| sum.rotate_left(8) ^ u64::from(byte)) | 1;
        let batches = match &plan.naming {
            Naming::Existing(apply_ids) => apply_ids.iter().map(|id| Batch::existing(id, now.mono)).collect(),
            Naming::Random | Naming::Named(_) => plan.batches.iter().map(|&devices| Batch::new(devices)).collect(),
        };
        Self {
            stamps: StampSource::new(seed),
            seed,
            random,
            table: Table::with_capacity(plan.devices()),
            batches,
            check: Check::Idle,
            snapshot: None,
            devices_before: None,
            audit: Audit::NotNeeded,
            lost_at: now.mono,
            hold: None,
            is_offline: false,
            cancelled: false,
            verdict: None,
            failed: Failed::default(),
            shortfall: (0, 0),
            limiters: Action::ALL.map(|action| Limiter::new(action.pace_per_second(plan.share_percent))),
            flights: Vec::new(),
            calls: 0,
            throttled: 0,
            retried: 0,
            pace: Pace::new(now.mono),
            last_second: LastSecond::default(),
            outputs: VecDeque::new(),
            unkept: Vec::new(),
            plan,
        }
    }

    /// What is being carried out.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// How the run ended, once it has.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.verdict
    }

    /// The rows so far.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The ApplyId of each batch, empty where there is none.
    #[must_use]
    pub fn apply_ids(&self) -> Vec<String> {
        self.batches.iter().map(|batch| batch.apply_id.clone().unwrap_or_default()).collect()
    }

    /// Takes one input; drain [`Run::poll_output`] before the next.
    pub fn handle(&mut self, input: Input, now: Now) {
        match input {
            Input::Start if self.check == Check::Idle => {
                self.outputs.push_back(Output::Append(Entry::Seeded(self.seed)));
                self.check = Check::Due { not_before: now.mono, tries: 0 };
            }
            Input::Answered { id, outcome } => self.answered(id, outcome, now),
            Input::Pause if self.verdict.is_none() => self.hold = Some(self.hold.unwrap_or(Hold::ByUser)),
            Input::Resume if self.verdict == Some(Verdict::Incomplete) => self.read_again(now.mono),
            Input::Resume => self.go_on(now.mono),
            Input::Take => self.take_found(now),
            Input::Offline => self.lose_line(),
            Input::Online => self.is_offline = false,
            Input::KeyChanged => self.give_up_lost(|_| true, now.mono),
            Input::JournalFailed { entry, reason } => self.take_back(entry, reason, now.mono),
            Input::Cancel => self.cancel(),
            Input::Start | Input::Wake | Input::Pause => {}
        }
        self.give_up_lost(|departure| retry::is_too_late(departure.at, now), now.mono);
        self.conclude(now);
        self.send_what_may_leave(now);
    }

    /// The next thing to perform, or `None` when everything was handed out.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Keeps what cannot be asked for again.
    fn append(&mut self, entry: Entry) {
        self.outputs.push_back(Output::Append(entry));
    }

    /// Whether the devices get names of the user's own.
    fn is_named(&self) -> bool {
        matches!(self.plan.naming, Naming::Named(_))
    }

    /// Whether its batches existed before it.
    fn is_existing(&self) -> bool {
        matches!(self.plan.naming, Naming::Existing(_))
    }

    /// Ends what was not begun: batches that were not submitted, and those that existed before, which only a check that
    /// failed keeps from being read.
    fn end_unsent(&mut self) {
        let state = if self.cancelled { BatchState::Cancelled } else { BatchState::NotSent };
        let is_existing = self.is_existing();
        for batch in &mut self.batches {
            if is_existing || matches!(batch.stage, Stage::Waiting { .. }) {
                batch.stage = Stage::Ended(state);
            }
        }
    }

    fn tell(&mut self, batch: Option<usize>, kind: NoticeKind) {
        let notice = Notice {
            kind,
            batch: batch.map(number),
            accepted: self.accepted_devices(),
            unclear: self.unclear_devices(),
            downloaded: self.table.len(),
        };
        self.outputs.push_back(Output::Tell(notice));
    }

    /// xorshift64 (Marsaglia 2003): jitter needs no more.
    fn random(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }
}

/// A batch's index, as entries and rows carry it.
fn place(index: usize) -> u32 {
    number(index) - 1
}

/// A batch's number, counted from 1.
fn number(index: usize) -> u32 {
    u32::try_from(index + 1).expect("a run has at most a hundred batches")
}

/// Where an action's limiter stands.
fn place_of(action: Action) -> usize {
    Action::ALL.iter().position(|&other| other == action).expect("ALL holds every action")
}
