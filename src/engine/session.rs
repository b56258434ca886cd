//! What the engine holds: the key, the run, the timers. In: messages. Out: effects, in the run's order.

use gloo_timers::callback::Timeout;
use provisioner_core::cloud::{Call, Outcome, Stamp, StampSource};
use provisioner_core::export::facts::Happening;
use provisioner_core::journal::Header;
use provisioner_core::lookup::Lookup;
use provisioner_core::plan::{FormInput, NamingChoice, Plan, Route, parse, without_devices};
use provisioner_core::run::{CallId, Input, Output, Run};
use provisioner_core::time::WallTime;
use wasm_bindgen_futures::spawn_local;

use super::archives;
use super::driver::{Inbox, Message};
use super::effects::demo::Demo;
use super::effects::journal_store::Unkept;
use super::effects::{clock, line, port, random};
use super::exchange::Exchange;
use super::files::{self, Desk, Files, Held, Question};
use super::inspector;
use super::journal::Journal;
use super::key::HeldKey;
use super::lookup::{self, Asker, Asking};
use super::names::Listing;
use super::record::Record;
use super::table::{self, Sight};
use super::telling;
use crate::protocol::{Command, Credentials, Event, Subject};

/// At most ten reports a second.
const REPORT_EVERY_MS_MIN: u32 = 100;

/// At least one report a second while a run goes on, for its clock.
const REPORT_EVERY_MS_MAX: u32 = 1_000;

/// The engine's whole state.
pub(super) struct Session {
    inbox: Inbox,
    journal: Journal,
    demo: Demo,
    key: HeldKey,
    run: Option<Active>,
    runs: u32,
    files: Files,
    /// The list of names of the form.
    pub names: Listing,
    asking: Asking,
    report_timer: Option<Timeout>,
    reported_at_ms: u64,
}

/// The run that was started last; it stays after its end, for its table.
pub(super) struct Active {
    number: u32,
    /// The run.
    pub run: Run,
    /// The notes on it.
    pub record: Record,
    /// The table as the page looks at it.
    pub sight: Sight,
    /// The rows that are in a file.
    pub held: Held,
    /// What the browser last said of its connection.
    line_was_up: bool,
    timer: Option<Timeout>,
}

impl Session {
    pub(super) fn new(inbox: Inbox, journal: Journal) -> Self {
        Self {
            inbox,
            journal,
            demo: Demo::default(),
            key: HeldKey::default(),
            run: None,
            runs: 0,
            files: Files::default(),
            names: Listing::default(),
            asking: Asking::default(),
            report_timer: None,
            reported_at_ms: 0,
        }
    }

    pub(super) async fn command(&mut self, command: Command) {
        match command {
            Command::Start { mut form, credentials } => {
                if form.naming == NamingChoice::List {
                    form.names = self.names.text();
                }
                // The page checked the same form with the same functions, and shows what is wrong with it.
                let plan = parse(&form).expect("the page starts only what parses");
                self.start(plan, form, credentials).await;
            }
            Command::Names { number, change, source } => {
                self.asking.give_up_names();
                self.names.change(number, change, source, &self.inbox);
            }
            Command::Ask { number, subject, form, credentials } => self.ask(number, subject, form, credentials),
            Command::StopAsking => self.asking.stop(),
            Command::Inspect => port::post(&Event::Inspected(inspector::text())),
            Command::SaveFaulty(words) => self.names.save_faulty(&words),
            Command::ResumeRun(credentials) => self.resume_run(credentials).await,
            Command::DiscardRun => self.discard_run().await,
            Command::Pause => {
                self.note(Happening::Paused);
                self.handle(Input::Pause).await;
            }
            Command::Resume(credentials) => {
                if let Some(credentials) = credentials {
                    self.key.take(credentials);
                    if let (Some(active), Some(key)) = (&mut self.run, self.key.key()) {
                        active.record.take_key(key);
                    }
                    self.handle(Input::KeyChanged).await;
                }
                self.note(Happening::Resumed);
                self.handle(Input::Resume).await;
            }
            Command::Take => {
                self.note(Happening::FoundTaken);
                self.handle(Input::Take).await;
            }
            Command::Cancel => {
                self.note(Happening::Cancelled);
                self.handle(Input::Cancel).await;
            }
            Command::Window(window) => {
                if let Some(active) = &mut self.run {
                    port::post(&active.sight.window(&active.run, window));
                }
            }
            Command::Reveal(row) => {
                if let Some(secret) = self.run.as_ref().and_then(|active| table::reveal(active.run.table(), row)) {
                    port::post_secret(secret);
                }
            }
            Command::Copy(copied, rows) => {
                let run = self.run.as_ref();
                if let Some(text) = run.and_then(|active| active.sight.copy(&active.run, copied, rows)) {
                    port::post_secret(text);
                }
            }
            Command::SaveFailed(meanings) => {
                if let Some(active) = &self.run {
                    files::failed::save(active, &meanings);
                }
            }
            Command::Archives(batches) => self.ask_archives(&batches),
            Command::Retry => {
                if let Some(active) = &self.run {
                    port::post(&files::failed::retry(&active.run));
                }
            }
            Command::Save { order, handle } => {
                if let Some(active) = &self.run {
                    self.files.begin(Desk::new(self.inbox.clone(), active.number), order, handle);
                }
            }
            Command::CancelSave => self.files.cancel(),
        }
    }

    pub(super) async fn answered(&mut self, run: u32, id: CallId, outcome: Outcome) {
        if self.is_current(run) {
            self.handle(Input::Answered { id, outcome }).await;
        }
    }

    pub(super) async fn wake(&mut self, run: u32) {
        if self.is_current(run) {
            self.handle(Input::Wake).await;
        }
    }

    /// Answers what a file's task asks of the run.
    pub(super) fn asked(&mut self, run: u32, question: Question) {
        if let Some(active) = self.run.as_mut().filter(|active| active.number == run) {
            question(active);
        }
    }

    /// Forgets the journal of a run that has ended, once each of its secrets is in a file.
    pub(super) async fn saved(&mut self, run: u32) {
        let is_all =
            |active: &Active| active.run.verdict().is_some() && active.run.table().len() == active.held.count();
        if self.is_current(run) && self.run.as_ref().is_some_and(is_all) {
            // What could not be forgotten is offered again, and nothing is lost by that.
            self.journal.forget().await.unwrap_or_default();
        }
    }

    fn note(&mut self, happening: Happening) {
        if let Some(active) = &mut self.run {
            active.record.note(happening);
        }
    }

    /// Tells the run when the browser has lost its connection, or found it again; the demo needs none. Called before
    /// everything else: a run that goes on wants its report once a second at least.
    pub(super) async fn heed_line(&mut self) {
        let is_up = line::is_up();
        let Some(active) = &mut self.run else { return };
        if active.line_was_up != is_up && active.run.plan().target.route != Route::Demo {
            active.line_was_up = is_up;
            self.handle(if is_up { Input::Online } else { Input::Offline }).await;
        }
    }

    /// Sends the report, and sets the timer for the next one.
    pub(super) fn report(&mut self) {
        let Some(active) = &self.run else { return };
        let now = clock::now();
        let report = active.run.report(now);
        self.reported_at_ms = now.mono.0;
        self.report_timer = None;
        if report.verdict.is_none() {
            self.report_after(REPORT_EVERY_MS_MAX);
        }
        port::post(&Event::Report(report));
    }

    /// Says whether entries are kept, and tells of a run that was left behind, if there is one.
    pub(super) async fn look(&mut self) {
        port::post(&Event::Journal(self.journal.is_kept()));
        if let Some(unfinished) = self.journal.look().await {
            port::post(&Event::Unfinished(unfinished));
        } else if !self.journal.is_kept() {
            port::post(&Event::Journal(false));
        }
    }

    async fn start(&mut self, plan: Plan, form: FormInput, credentials: Credentials) {
        if self.is_running() {
            return;
        }
        self.asking.give_up();
        self.journal.leave();
        let now = clock::now();
        if plan.target.route != Route::Demo {
            self.key.take(credentials);
            self.journal.begin(&Header { form, started_at_ms: now.wall.0 }).await;
        }
        self.begin(Run::new(plan, random::seed(), now), now.wall, Happening::Started).await;
    }

    /// Goes on with the run that was found.
    async fn resume_run(&mut self, credentials: Credentials) {
        if self.is_running() {
            return;
        }
        let Some((plan, entries, started_at)) = self.journal.take_up() else { return };
        self.key.take(credentials);
        let run = Run::resume(plan, &entries, random::seed(), clock::now());
        self.begin(run, started_at, Happening::TakenUp).await;
    }

    async fn discard_run(&mut self) {
        // What could not be forgotten is offered again when the page is opened next.
        self.journal.discard().await.unwrap_or_default();
        self.look().await;
    }

    fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(|active| active.run.verdict().is_none())
    }

    async fn begin(&mut self, run: Run, started_at: WallTime, how: Happening) {
        self.runs += 1;
        self.files.cancel();
        // Without any network the browser says that it is offline, and yet reaches this computer.
        let line_was_up = line::is_up() || !run.plan().target.is_local();
        let demo_key = (run.plan().target.route == Route::Demo).then(Demo::key);
        let key = demo_key.as_ref().or(self.key.key()).expect("a run outside the demo begins by taking its key");
        let record = Record::new(key, started_at, how);
        let sight = Sight::of(run.table());
        self.run =
            Some(Active { number: self.runs, run, record, sight, held: Held::default(), line_was_up, timer: None });
        self.heed_line().await;
        self.handle(Input::Start).await;
        self.report();
    }

    /// Asks the cloud something outside of a run.
    fn ask(&self, number: u32, subject: Subject, form: FormInput, credentials: Credentials) {
        let key = self.key.meant_by(credentials);
        if subject == Subject::Connection {
            return self.asking.try_out(number, form, key);
        }
        let plan = without_devices(&form).expect("the page asks for what it has a plan of");
        let names = (subject == Subject::Names).then(|| self.names.names().unwrap_or_default());
        let asker = Asker { key, target: plan.target.clone(), demo: self.demo.clone(), inbox: self.inbox.clone() };
        self.asking.begin(number, subject, lookup::of(plan, names), asker);
    }

    /// Tells what was learnt; names that the product has are faults of the list from now on.
    pub(super) fn learnt(&mut self, number: u32, lookup: Lookup) {
        if self.asking.end(number) {
            let told = lookup::told(number, &lookup);
            let existing = lookup.into_existing();
            if !existing.is_empty() {
                self.names.mark(existing);
            }
            told.iter().for_each(port::post);
        }
    }

    /// Gives the run one input and performs everything that comes out, in order.
    async fn handle(&mut self, input: Input) {
        let Some(active) = &mut self.run else { return };
        let now = clock::now();
        let had_ended = active.run.verdict().is_some();
        active.run.handle(input, now);
        while let Some(output) = self.run.as_mut().and_then(|active| active.run.poll_output()) {
            match output {
                Output::Send { id, call, stamp, within_ms } => self.send(id, &call, &stamp, within_ms),
                Output::Append(entry) => {
                    if let (Err(Unkept(reason)), Some(active)) = (self.journal.append(&entry).await, &mut self.run) {
                        active.run.handle(Input::JournalFailed { entry, reason }, clock::now());
                    }
                }
                Output::Tell(notice) => {
                    self.note(Happening::Told(notice.clone()));
                    if let Some(active) = &self.run {
                        telling::tell(&notice, &active.run.plan().target);
                    }
                }
                Output::WakeAt(at) => self.wake_at(at.0.saturating_sub(clock::now().mono.0)),
            }
        }
        let ends = !had_ended && self.run.as_ref().is_some_and(|active| active.run.verdict().is_some());
        if ends {
            self.note(Happening::Ended);
        }
        let since_ms = now.mono.0.saturating_sub(self.reported_at_ms);
        if ends || since_ms >= u64::from(REPORT_EVERY_MS_MIN) {
            self.report();
        } else {
            self.report_after(REPORT_EVERY_MS_MIN);
        }
    }

    fn send(&self, id: CallId, call: &Call, stamp: &Stamp, within_ms: u64) {
        let Some(active) = &self.run else { return };
        let (run, inbox) = (active.number, self.inbox.clone());
        let exchange = self.exchange(active, call, stamp);
        spawn_local(async move {
            let (outcome, accepted) = exchange.perform(within_ms).await;
            if let Some(request_id) = accepted {
                let accepted = Happening::Accepted(request_id);
                let question: Question = Box::new(move |active| active.record.note(accepted));
                let _ = inbox.unbounded_send(Message::Asked { run, question });
            }
            // Only a worker that is being ended has no loop.
            let _ = inbox.unbounded_send(Message::Answered { run, id, outcome });
        });
    }

    /// Asks for the archives of these batches' certificates.
    fn ask_archives(&self, batches: &[u32]) {
        let Some(active) = &self.run else { return };
        let (mut stamps, wall) = (StampSource::new(random::seed()), clock::now().wall);
        let mut sign = |(batch, call): (u32, Call)| (batch, self.exchange(active, &call, &stamps.stamp(wall)));
        let exchanges = archives::calls(active, batches).into_iter().map(&mut sign).collect();
        spawn_local(archives::fetch(exchanges, active.number, self.inbox.clone()));
    }

    fn exchange(&self, active: &Active, call: &Call, stamp: &Stamp) -> Exchange {
        Exchange::new(call, stamp, self.key.key(), &active.run.plan().target, &self.demo)
    }

    fn wake_at(&mut self, wait_ms: u64) {
        let Some(active) = &mut self.run else { return };
        let (run, inbox) = (active.number, self.inbox.clone());
        let wait_ms = u32::try_from(wait_ms).unwrap_or(u32::MAX);
        active.timer = Some(Timeout::new(wait_ms, move || {
            let _ = inbox.unbounded_send(Message::Wake { run });
        }));
    }

    fn report_after(&mut self, wait_ms: u32) {
        if self.report_timer.is_some() && wait_ms == REPORT_EVERY_MS_MAX {
            return;
        }
        let inbox = self.inbox.clone();
        self.report_timer = Some(Timeout::new(wait_ms, move || {
            let _ = inbox.unbounded_send(Message::Report);
        }));
    }

    fn is_current(&self, run: u32) -> bool {
        self.run.as_ref().is_some_and(|active| active.number == run)
    }
}
