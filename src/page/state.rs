//! The reactive mirror of the engine. In: its events, through [`State::apply`]. Out: signals for the components.
//!
//! Only `apply`, [`State::begin`], [`State::saving`] and [`State::keep`] write here. Of all secrets it holds those that are on show: one
//! DeviceSecret, and the addresses of certificates.
//! It is one value behind one signal, since each type of signal brings several kilobytes of code; what is read from it
//! is compared before the document is touched.

mod beginning;
mod lock;
mod log;
mod rows;

use std::collections::VecDeque;

use super::kept::Kept;
use super::saving::Saving;
use crate::protocol::{Event, Unfinished};
use crate::words::{Asks, Told};
pub(super) use beginning::Started;
use beginning::first_report;
use leptos::prelude::*;
pub(super) use lock::Lock;
pub(super) use log::{Happened, Log};
use provisioner_core::model::report::{Phase, Rate, RunReport, Verdict};
use provisioner_core::plan::Outline;
use rows::Seen;

/// Notices kept; older ones are dropped. A run makes a few for each batch at most; one of X.509 names can have a thousand,
/// each with a notice that its devices have no secret.
const NOTICES_MAX: usize = 2_000;

/// Samples of the rate that are kept: the last minute.
pub(super) const RATES_MAX: usize = 60;

/// Whether the engine is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Engine {
    /// Being loaded.
    #[default]
    Starting,
    /// Takes commands.
    Ready,
    /// In trouble; with the browser's own words.
    Faulty(EngineFault, String),
}

/// What can be wrong with the engine itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EngineFault {
    /// The browser would not start the worker.
    Refused,
    /// No sign of it for a long time.
    Silent,
    /// It was up, and broke.
    Stopped,
    /// It says what this page cannot read.
    Garbled,
}

/// The next version of the page, which the browser has fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NextVersion {
    /// It can be used.
    Waiting,
    /// It was asked for, and waits for other tabs of this site to be closed.
    Blocked,
}

/// What the engine has said.
#[derive(Default)]
pub(super) struct Mirror {
    /// The engine.
    pub engine: Engine,
    /// How many runs were started.
    pub runs: u32,
    /// The run that was started last.
    pub started: Option<Started>,
    /// Its last report.
    pub run: Option<RunReport>,
    /// The stage the run is at, or was at when it was paused or ended early.
    pub stage: Phase,
    /// How fast calls left, a sample a second, the newest last; none where none left.
    pub rates: VecDeque<Option<Rate>>,
    /// What has happened in it.
    pub log: Log,
    /// Notices, oldest first.
    pub notices: Vec<Told>,
    /// Files.
    pub saving: Saving,
    /// AccessKey ID whose secret the engine holds; empty: none.
    pub held_id: String,
    /// Where the certificates of X.509 devices are, by the batch's number.
    pub archives: Vec<(u32, String)>,
    /// Whether this browser keeps journals, once the engine has said so.
    pub keeps_journal: Option<bool>,
    /// A run that can be gone on with.
    pub unfinished: Option<Unfinished>,
    /// A version of the page that waits to be used.
    pub next_version: Option<NextVersion>,
    /// Whether key and table were locked away.
    pub lock: Lock,
    /// Runs and profiles that this browser keeps.
    pub kept: Kept,
    /// The last calls, as the engine told them when it was asked.
    pub calls: String,
    /// How many notices the user has answered by letting the run go on.
    answered: usize,
}

/// The mirror behind its signals.
#[derive(Clone, Copy)]
pub(super) struct State {
    mirror: RwSignal<Mirror>,
    rows: RwSignal<Seen>,
}

impl State {
    /// An empty mirror.
    pub fn new() -> Self {
        let mirror = Mirror { kept: Kept::read(), ..Mirror::default() };
        Self { mirror: RwSignal::new(mirror), rows: RwSignal::new(Seen::default()) }
    }

    /// Reads the mirror.
    pub fn read<T>(self, read: impl FnOnce(&Mirror) -> T) -> T {
        self.mirror.with(read)
    }

    /// Reads the last report; the type's default before the first one.
    pub fn of_run<T: Default>(self, read: impl FnOnce(&RunReport) -> T) -> T {
        self.read(|mirror| mirror.run.as_ref().map(read).unwrap_or_default())
    }

    /// Whether a run is going on.
    pub fn is_running(self) -> bool {
        self.of_run(|run| run.verdict.is_none())
    }

    /// Whether the run is paused.
    pub fn is_paused(self) -> bool {
        self.of_run(|run| run.phase == Phase::Paused)
    }

    /// Rows in the table that no file holds with their secrets.
    pub fn unsaved(self) -> u32 {
        let held = self.read(|mirror| mirror.saving.held);
        self.of_run(|run| run.downloaded.saturating_sub(held))
    }

    /// Index of the notice that asks the user something: the last unanswered one that paused the run.
    pub fn asking(self) -> Option<usize> {
        let stopped = |told: &Told| told.asks != Asks::Nothing;
        let last = |mirror: &Mirror| mirror.notices.iter().rposition(stopped).filter(|&index| index >= mirror.answered);
        if self.is_paused() { self.read(last) } else { None }
    }

    /// Numbers of the batches whose devices have certificates and no secret, once the run has ended.
    pub fn certified(self) -> Vec<u32> {
        self.read(|mirror| {
            let has_ended = mirror.run.as_ref().is_some_and(|run| run.verdict.is_some());
            let mut batches: Vec<u32> =
                mirror.notices.iter().filter(|_| has_ended).filter_map(|told| told.certified).collect();
            // A batch that was read again says it again.
            batches.sort_unstable();
            batches.dedup();
            batches
        })
    }

    /// Whether the question is about rows that were found for an unclear batch, and there are some.
    pub fn offers_found(self) -> bool {
        self.question() == Asks::TakeOrAnswer
    }

    /// Whether the run waits for another key pair.
    pub fn needs_key(self) -> bool {
        self.question() == Asks::Key
    }

    fn question(self) -> Asks {
        let asked = self.asking().and_then(|index| self.read(|mirror| Some(mirror.notices.get(index)?.asks)));
        asked.unwrap_or(Asks::Nothing)
    }

    /// Takes one event over. Copied secrets never come here.
    pub fn apply(self, event: Event) {
        match event {
            Event::Journal(is_kept) => self.mirror.update(|mirror| mirror.keeps_journal = Some(is_kept)),
            Event::Unfinished(unfinished) => self.mirror.update(|mirror| mirror.unfinished = Some(unfinished)),
            Event::Ready => self.mirror.update(|mirror| mirror.engine = Engine::Ready),
            Event::Report(report) => self.mirror.update(|mirror| mirror.take_report(report)),
            Event::Told(told) => self.mirror.update(|mirror| mirror.take_told(*told)),
            Event::Rows(answer) => self.take_rows(answer),
            Event::Revealed { row, secret } => self.take_secret(row, secret),
            // These go past the mirror.
            Event::Copied { .. }
            | Event::Retry(_)
            | Event::Names { .. }
            | Event::FaultyRows { .. }
            | Event::Learnt { .. } => {}
            Event::File { news, blob } => self.saving(|saving| saving.take(news, blob.as_ref())),
            Event::Archive { batch, address } => self.mirror.update(|mirror| {
                mirror.archives.retain(|(known, _)| *known != batch);
                mirror.archives.push((batch, address));
            }),
            Event::Inspected(calls) => self.mirror.update(|mirror| mirror.calls = calls),
            Event::KeyHeld { access_key_id } => self.mirror.update(|mirror| mirror.held_id = access_key_id),
        }
    }

    /// Notes that the engine is in trouble.
    pub fn fault(self, fault: EngineFault, detail: String) {
        self.mirror.update(|mirror| mirror.engine = Engine::Faulty(fault, detail));
    }

    /// Forgets the last run and shows the new one at its very beginning, before the engine's first report.
    pub fn begin(self, plan: &Outline, started: Started) {
        self.forget_rows();
        self.mirror.update(|mirror| {
            mirror.saving.clear();
            mirror.notices.clear();
            mirror.archives.clear();
            mirror.rates.clear();
            mirror.log = Log::default();
            mirror.run = None;
            mirror.answered = 0;
            mirror.lock = Lock::Open;
            mirror.unfinished = None;
            mirror.runs += 1;
            mirror.started = Some(started);
            mirror.take_report(first_report(plan));
        });
    }

    /// Changes what is known of files.
    pub fn saving(self, change: impl FnOnce(&mut Saving)) {
        self.mirror.update(|mirror| change(&mut mirror.saving));
    }

    /// Notes what is known of the next version.
    pub fn next_version(self, next: NextVersion) {
        self.mirror.update(|mirror| mirror.next_version = Some(next));
    }

    /// Changes what this browser keeps.
    pub fn keep(self, change: impl FnOnce(&mut Kept)) {
        self.mirror.update(|mirror| change(&mut mirror.kept));
    }

    /// Forgets the run that could be gone on with.
    pub fn discard(self) {
        self.mirror.update(|mirror| mirror.unfinished = None);
    }
}

impl Mirror {
    fn take_report(&mut self, report: RunReport) {
        let was_paused = self.run.as_ref().is_some_and(|run| run.phase == Phase::Paused);
        if report.phase != Phase::Paused {
            if was_paused {
                self.answered = self.notices.len();
            }
            // A run that ended early keeps the stage at which it ended.
            if report.verdict.is_none_or(|verdict| verdict == Verdict::Complete) {
                self.stage = report.phase;
            }
        }
        self.log.compare(self.run.as_ref(), &report);
        // More reports than one may come in a second: the last one counts.
        let second = |report: &RunReport| report.elapsed_ms / 1_000;
        if self.run.as_ref().is_some_and(|run| second(run) == second(&report)) {
            self.rates.pop_back();
        } else if self.rates.len() == RATES_MAX {
            self.rates.pop_front();
        }
        if report.verdict.is_none() {
            self.rates.push_back(report.rate);
        }
        self.run = Some(report);
    }

    fn take_told(&mut self, told: Told) {
        // A key that the cloud refused is not offered again.
        if told.reference.as_ref().is_some_and(|reference| reference.is_of_key) {
            self.held_id.clear();
        }
        if self.notices.len() == NOTICES_MAX {
            self.notices.remove(0);
            self.answered = self.answered.saturating_sub(1);
        }
        self.log.told(self.run.as_ref().map_or(0, |run| run.elapsed_ms), &told.words);
        self.notices.push(told);
    }
}
