//! The reactive mirror of the engine. In: its events, through [`State::apply`]. Out: signals for the components.
//!
//! Only `apply` and [`State::begin`] write here. Of all secrets it ever holds one: the DeviceSecret that is on show.

use leptos::prelude::*;
use provisioner_core::model::report::{
    BatchReport, BatchState, Failure, Notice, NoticeKind, Phase, Refusal, RunReport, Verdict,
};
use provisioner_core::plan::{Plan, Route};
use web_sys::{Blob, Url};
use zeroize::Zeroize;

use crate::protocol::{Event, MaskedRow};

/// Notices kept; older ones are dropped. A run of 100 batches makes a few for each at most.
const NOTICES_MAX: usize = 200;

/// Whether the engine is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    /// Being loaded.
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

/// The run that was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Started {
    /// ProductKey.
    pub product_key: String,
    /// In the demo's cloud.
    pub demo: bool,
}

/// The window of rows that arrived last.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// Index of the first of `rows`.
    pub first: u32,
    /// The window.
    pub rows: Vec<MaskedRow>,
}

impl Rows {
    /// The row with this index, if it is in the window.
    pub fn at(&self, index: u32) -> Option<&MaskedRow> {
        self.rows.get(index.checked_sub(self.first)? as usize)
    }
}

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Its name.
    pub name: String,
    /// Rows in it.
    pub rows: u32,
    /// Where the browser finds its bytes.
    pub url: String,
}

/// The mirror.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// The engine.
    pub engine: ReadSignal<Engine>,
    /// What was started.
    pub started: ReadSignal<Option<Started>>,
    /// The last report.
    pub run: ReadSignal<Option<RunReport>>,
    /// The stage the run is at, or was at when it was paused or ended early.
    pub stage: ReadSignal<Phase>,
    /// Notices, oldest first.
    pub notices: ReadSignal<Vec<Notice>>,
    /// How many of them the user has answered by letting the run go on.
    pub answered: ReadSignal<usize>,
    /// Rows.
    pub rows: ReadSignal<Rows>,
    /// The one DeviceSecret on show, with its row.
    pub revealed: ReadSignal<Option<(u32, String)>>,
    /// The last file.
    pub file: ReadSignal<Option<File>>,
    /// AccessKey ID whose secret the engine holds; empty: none.
    pub held_id: ReadSignal<String>,
    write: Write,
}

#[derive(Clone, Copy)]
struct Write {
    engine: WriteSignal<Engine>,
    started: WriteSignal<Option<Started>>,
    run: WriteSignal<Option<RunReport>>,
    stage: WriteSignal<Phase>,
    notices: WriteSignal<Vec<Notice>>,
    answered: WriteSignal<usize>,
    rows: WriteSignal<Rows>,
    revealed: WriteSignal<Option<(u32, String)>>,
    file: WriteSignal<Option<File>>,
    held_id: WriteSignal<String>,
}

impl State {
    /// An empty mirror.
    pub fn new() -> Self {
        let (engine, set_engine) = signal(Engine::Starting);
        let (started, set_started) = signal(None);
        let (run, set_run) = signal(None);
        let (stage, set_stage) = signal(Phase::Submitting);
        let (notices, set_notices) = signal(Vec::new());
        let (answered, set_answered) = signal(0);
        let (rows, set_rows) = signal(Rows::default());
        let (revealed, set_revealed) = signal(None);
        let (file, set_file) = signal(None);
        let (held_id, set_held_id) = signal(String::new());
        let write = Write {
            engine: set_engine,
            started: set_started,
            run: set_run,
            stage: set_stage,
            notices: set_notices,
            answered: set_answered,
            rows: set_rows,
            revealed: set_revealed,
            file: set_file,
            held_id: set_held_id,
        };
        Self { engine, started, run, stage, notices, answered, rows, revealed, file, held_id, write }
    }

    /// Takes one event over. Copied secrets never come here.
    pub fn apply(self, event: Event) {
        let write = self.write;
        match event {
            Event::Ready => write.engine.set(Engine::Ready),
            Event::Report(report) => self.take_report(report),
            Event::Notice(notice) => self.take_notice(notice),
            Event::Rows { first, rows, .. } => write.rows.set(Rows { first, rows }),
            Event::Revealed { row, text, .. } => {
                self.mask();
                write.revealed.set(Some((row, text)));
            }
            Event::File { name, rows, blob } => self.keep_file(name, rows, &blob),
            Event::KeyHeld { access_key_id } => write.held_id.set(access_key_id),
        }
    }

    /// Notes that the engine is in trouble.
    pub fn fault(self, fault: EngineFault, detail: String) {
        self.write.engine.set(Engine::Faulty(fault, detail));
    }

    /// Forgets the last run and shows the new one at its very beginning, before the engine's first report.
    pub fn begin(self, plan: &Plan) {
        self.mask();
        self.drop_file();
        let write = self.write;
        let demo = plan.target.route == Route::Demo;
        write.started.set(Some(Started { product_key: plan.product_key.clone(), demo }));
        write.notices.set(Vec::new());
        write.answered.set(0);
        write.run.set(None);
        write.rows.set(Rows::default());
        self.apply(Event::Report(first_report(plan)));
    }

    /// Takes the secret on show away, and wipes it.
    pub fn mask(self) {
        if self.revealed.with_untracked(Option::is_some) {
            self.write.revealed.update(|revealed| {
                if let Some((_, secret)) = revealed {
                    secret.zeroize();
                }
                *revealed = None;
            });
        }
    }

    /// Reads the last report; the type's default before the first one.
    pub fn of_run<T: Default>(self, read: impl FnOnce(&RunReport) -> T) -> T {
        self.run.with(|run| run.as_ref().map(read).unwrap_or_default())
    }

    /// Whether a run is going on.
    pub fn is_running(self) -> bool {
        self.of_run(|run| run.verdict.is_none())
    }

    /// Rows in the table that no file holds.
    pub fn unsaved(self) -> u32 {
        let saved = self.file.with(|file| file.as_ref().map_or(0, |file| file.rows));
        self.of_run(|run| run.downloaded.saturating_sub(saved))
    }

    /// Index of the notice that asks the user something: the last unanswered one that paused the run.
    pub fn asking(self) -> Option<usize> {
        if !self.is_paused() {
            return None;
        }
        let answered = self.answered.get();
        self.notices.with(|notices| {
            let stopped = |notice: &Notice| matches!(notice.kind, NoticeKind::ReadStopped { .. });
            notices.iter().rposition(stopped).filter(|&index| index >= answered)
        })
    }

    /// Whether the run is paused.
    pub fn is_paused(self) -> bool {
        self.of_run(|run| run.phase == Phase::Paused)
    }

    fn take_notice(self, notice: Notice) {
        // A key that the cloud refused is not offered again.
        if refusal_of(&notice.kind).is_some_and(refuses_key) {
            self.write.held_id.set(String::new());
        }
        self.write.notices.update(|notices| {
            if notices.len() == NOTICES_MAX {
                notices.remove(0);
            }
            notices.push(notice);
        });
    }

    fn take_report(self, report: RunReport) {
        let write = self.write;
        let was_paused = untrack(|| self.is_paused());
        if report.phase != Phase::Paused && was_paused {
            write.answered.set(self.notices.with_untracked(Vec::len));
        }
        // A run that ended early keeps the stage at which it ended.
        let ended_early = report.verdict.is_some_and(|verdict| verdict != Verdict::Complete);
        if report.phase != Phase::Paused && !ended_early {
            write.stage.set(report.phase);
        }
        write.run.set(Some(report));
    }

    fn keep_file(self, name: String, rows: u32, blob: &Blob) {
        self.drop_file();
        match Url::create_object_url_with_blob(blob) {
            Ok(url) => self.write.file.set(Some(File { name, rows, url })),
            Err(_) => self.fault(EngineFault::Garbled, name),
        }
    }

    /// Lets the browser free the last file's bytes.
    fn drop_file(self) {
        if let Some(file) = self.file.get_untracked() {
            Url::revoke_object_url(&file.url).unwrap_or_default();
            self.write.file.set(None);
        }
    }
}

/// The vendor's refusal that a notice is about, if it is about one.
pub(super) fn refusal_of(kind: &NoticeKind) -> Option<&Refusal> {
    match kind {
        NoticeKind::CheckFailed(failure)
        | NoticeKind::BatchRefused { failure, .. }
        | NoticeKind::BatchUnclear { failure, .. }
        | NoticeKind::ReadStopped { failure, .. } => match failure {
            Failure::Refused(refusal) => Some(refusal),
            Failure::Foreign { .. } | Failure::Broken { .. } | Failure::Unreachable | Failure::TimedOut { .. } => None,
        },
        NoticeKind::BatchFailed { .. }
        | NoticeKind::CountDiffers { .. }
        | NoticeKind::RowsUnusable { .. }
        | NoticeKind::RowsMissing { .. }
        | NoticeKind::RowsConflict { .. }
        | NoticeKind::RowsBeyondTotal { .. }
        | NoticeKind::BatchStuck { .. } => None,
    }
}

/// Whether a refusal is about the key pair itself.
fn refuses_key(refusal: &Refusal) -> bool {
    ["SignatureDoesNotMatch", "InvalidAccessKeyId", "InvalidSecurityToken"]
        .iter()
        .any(|code| refusal.code.starts_with(code))
}

fn first_report(plan: &Plan) -> RunReport {
    let batches = (1..).zip(&plan.batches).map(|(number, &devices)| BatchReport {
        number,
        devices,
        apply_id: None,
        state: BatchState::Waiting,
        created: None,
        downloaded: 0,
    });
    RunReport {
        phase: Phase::Submitting,
        verdict: None,
        requested: plan.devices(),
        created: 0,
        downloaded: 0,
        accepted: 0,
        unclear: 0,
        elapsed_ms: 0,
        left_ms: None,
        calls: 0,
        throttled: 0,
        retried: 0,
        batches: batches.collect(),
    }
}
