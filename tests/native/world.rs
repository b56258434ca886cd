//! A run and the simulated cloud under virtual time. In: a plan, faults, a seed. Out: what was seen and what is true.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use provisioner_core::cloud::{HttpRequest, Outcome, Stamp, build_request, read_reply};
use provisioner_core::journal::{Entry, Record as _};
use provisioner_core::model::action::Action;
use provisioner_core::model::report::{BatchState, Failure, Notice, NoticeKind, Verdict};
use provisioner_core::plan::{Connection, FormInput, Names, Naming, parse};
use provisioner_core::run::{ANSWER_WITHIN_MS, CALLS_IN_FLIGHT_MAX, CallId, Input, Output, Run};
use provisioner_core::secret::{AccessKey, Secret};
use provisioner_core::time::{Millis, Now};
use simcloud::{Cloud, Config, Fault, Faults, Request};

use crate::computer::{Change, Computer};
use crate::ending::Ending;
use crate::setting::{Click, Setting};

/// 2026-01-01T00:00:00Z: when every virtual world begins.
pub const EPOCH_MS: u64 = 1_767_225_600_000;

/// No run of these tests takes longer; a world that does waits for ever.
const VIRTUAL_MS_MAX: u64 = 24 * 3_600_000;

pub enum Happening {
    Arrival { life: u32, id: CallId, action: Action, request: HttpRequest },
    Delivery { life: u32, id: CallId, outcome: Outcome },
    Wake { life: u32, at: Millis },
    Click(Click),
    Crash,
    Resume,
    Stranger(u32),
    Change(Change),
}

pub struct World {
    /// Counts how often the program was started; what was under way in an earlier life reaches nobody.
    life: u32,
    pub is_dead: bool,
    pub computer: Computer,
    answers: Vec<Click>,
    questions: usize,
    pub run: Run,
    pub cloud: Cloud,
    /// Names of devices that were there before.
    pub foreign: HashSet<String>,
    pub key: AccessKey,
    pub now_ms: u64,
    pub seed: u64,
    random: u64,
    happenings: Vec<Option<Happening>>,
    agenda: BinaryHeap<Reverse<(u64, usize)>>,
    wake_at: Option<Millis>,
    in_flight: Vec<(CallId, Action)>,
    pub notices: Vec<Notice>,
    pub journal: Vec<Entry>,
    pub kept_at: Vec<u64>,
    appends: usize,
    unkept: Vec<usize>,
    pub registers_sent: u32,
    /// Nonce and true time of each register call's first departure.
    departures: Vec<(String, u64)>,
}

impl Setting {
    /// Lets the world run until the run has its verdict.
    pub fn run(self) -> Ending {
        let product_key = self.product_key;
        self.live().ending(product_key)
    }

    /// The same, for the run as it is then.
    pub fn run_itself(self) -> Run {
        self.live().run
    }

    /// The same, for the whole world as it is then.
    pub fn live(self) -> World {
        let form = FormInput {
            connection: Connection::Demo,
            product_key: self.product_key.to_owned(),
            instance_id: self.instance_id.to_owned(),
            count: self.devices.to_string(),
            ..FormInput::default()
        };
        let mut plan = parse(&form).expect("the setting is a whole form");
        if !self.batches.is_empty() {
            plan.batches = self.batches;
        }
        if self.is_named {
            let mut names = Names::default();
            let distinct = plan.devices() - self.repeated_names;
            for number in (0..distinct).chain(0..self.repeated_names) {
                // Every third device has none.
                let nickname =
                    if self.has_nicknames && number % 3 > 0 { format!("lamp_{number}") } else { String::new() };
                names.push(&format!("SN-{number:06}"), &nickname);
            }
            plan.naming = Naming::Named(names);
        }
        // The form's demo keeps to V1, since the cloud in the page knows no other; this one knows both.
        plan.target.signature = self.signature;
        self.region_id.clone_into(&mut plan.target.region_id);
        plan.share_percent = self.share_percent;
        let faults = self.faults.into_iter().map(|(action, nth, times, effect)| Fault {
            action: action.to_owned(),
            nth,
            times,
            per_mille: 1000,
            effect,
        });
        let faults = Faults { seed: self.seed, clock_skew_ms: self.clock_skew_ms, faults: faults.collect() };
        let (id, secret, token) = self.access_key;
        let mut world = World {
            life: 0,
            is_dead: false,
            computer: Computer::default(),
            answers: self.answers,
            questions: 0,
            run: Run::new(plan, seed_of(self.seed, 0), Computer::default().clocks(0)),
            cloud: Cloud::new(Config { choices: self.choices, ..Config::default() }),
            foreign: HashSet::new(),
            key: AccessKey {
                id: id.to_owned(),
                secret: Secret::new(secret.to_owned()),
                token: token.map(|token| Secret::new(token.to_owned())),
            },
            now_ms: 0,
            seed: self.seed,
            random: self.seed | 1,
            happenings: Vec::new(),
            agenda: BinaryHeap::new(),
            wake_at: None,
            in_flight: Vec::new(),
            notices: Vec::new(),
            journal: Vec::new(),
            kept_at: Vec::new(),
            appends: 0,
            unkept: self.unkept,
            registers_sent: 0,
            departures: Vec::new(),
        };
        if self.devices_before > 0 {
            world.register_long_before(self.devices_before);
        }
        if !self.existing.is_empty() {
            world.submit_before(&self.existing);
        }
        world.cloud.set_faults(faults);
        for (at, click) in self.clicks {
            world.plan_happening(at, Happening::Click(click));
        }
        for at in self.crashes {
            world.plan_happening(at, Happening::Crash);
        }
        for (at, devices) in self.strangers {
            world.plan_happening(at, Happening::Stranger(devices));
        }
        world.plan_computer(&self.offline, &self.sleeps, &self.calendar);
        world.give(Input::Start);
        world.live();
        if self.reads_again {
            assert_eq!(world.run.verdict(), Some(Verdict::Incomplete));
            world.give(Input::Resume);
            world.live();
        }
        world
    }
}

impl World {
    fn live(&mut self) {
        while self.run.verdict().is_none() || self.is_dead {
            let Reverse((at, index)) = self.agenda.pop().expect("a run without a verdict waits for something");
            assert!(at <= VIRTUAL_MS_MAX, "the run is still going after {VIRTUAL_MS_MAX} virtual ms");
            self.now_ms = at;
            match self.happenings[index].take().expect("each happening happens once") {
                happening if self.sleeps_through(&happening) => self.postpone(happening),
                Happening::Arrival { life, id, action, request } => self.arrive(life, id, action, &request),
                Happening::Delivery { life, .. } | Happening::Wake { life, .. } if life != self.life => {}
                Happening::Delivery { id, outcome, .. } => {
                    self.in_flight.retain(|(other, _)| *other != id);
                    self.give(Input::Answered { id, outcome: self.through_the_line(outcome) });
                }
                Happening::Wake { at, .. } if self.wake_at == Some(at) => self.wake(at),
                Happening::Wake { .. } => {}
                Happening::Click(_) if self.is_dead => {}
                Happening::Click(click) => self.give(click.input()),
                Happening::Crash => self.die(),
                Happening::Resume => self.resume(),
                Happening::Stranger(devices) => {
                    self.register_as_a_stranger(devices, EPOCH_MS + self.now_ms);
                }
                Happening::Change(change) => self.change(change),
            }
        }
    }

    pub fn serve(&mut self, request: &HttpRequest, at_ms: u64) -> simcloud::Answer {
        let mut headers = vec![("host".to_owned(), "simcloud".to_owned())];
        headers.extend(request.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let asked = Request { method: "POST", query: "", headers: &headers, body: request.body.as_bytes() };
        self.cloud.handle(&asked, at_ms)
    }

    /// The program ends at once. What it sent is on its way all the same.
    fn die(&mut self) {
        if self.is_dead {
            return;
        }
        self.is_dead = true;
        self.life += 1;
        self.in_flight.clear();
        self.wake_at = None;
        self.plan_happening(self.now_ms + 1_000, Happening::Resume);
    }

    /// The program begins again, with what its journal holds.
    fn resume(&mut self) {
        self.is_dead = false;
        let records: Vec<Vec<u8>> = self.journal.iter().map(Entry::record).collect();
        let entries: Vec<Entry> = records.iter().map(|record| Entry::read(record).expect("whole records")).collect();
        let plan = self.run.plan().clone();
        self.run = Run::resume(plan, &entries, seed_of(self.seed, self.life), self.clocks());
        if self.computer.is_offline {
            self.tell_line();
        }
        if self.run.verdict().is_none() {
            self.give(Input::Start);
        }
    }

    /// One input, all its outputs, and what must be true after every step.
    pub fn give(&mut self, input: Input) {
        let now = self.clocks();
        self.run.handle(input, now);
        while let Some(output) = self.run.poll_output() {
            match output {
                Output::Send { id, call, stamp, within_ms } => {
                    assert_eq!(within_ms, ANSWER_WITHIN_MS);
                    assert!(!self.computer.is_offline, "a call left without a connection");
                    self.in_flight.push((id, call.action));
                    if call.action == Action::BatchRegisterDevice {
                        self.registers_sent += 1;
                        self.assert_was_kept(&stamp);
                        self.assert_not_too_late(&stamp);
                    }
                    let request = build_request(&call, &stamp, &self.key, &self.run.plan().target);
                    let there = self.now_ms + 1 + self.random(60);
                    self.plan_happening(
                        there,
                        Happening::Arrival { life: self.life, id, action: call.action, request },
                    );
                }
                Output::Append(entry) => {
                    self.appends += 1;
                    if self.unkept.contains(&(self.appends - 1)) {
                        self.run.handle(Input::JournalFailed { entry, reason: String::new() }, now);
                        continue;
                    }
                    self.journal.push(entry);
                    self.kept_at.push(self.now_ms);
                }
                Output::Tell(notice) => {
                    if is_question(&notice.kind) {
                        let answer = self.answers[self.questions.min(self.answers.len() - 1)];
                        self.questions += 1;
                        self.plan_happening(self.now_ms + 5_000, Happening::Click(answer));
                    }
                    self.notices.push(notice);
                }
                Output::WakeAt(at) => {
                    self.wake_at = Some(at);
                    self.set_timer(at);
                }
            }
        }
        self.check_invariants();
    }

    pub fn clocks(&self) -> Now {
        self.computer.clocks(self.now_ms)
    }

    fn set_timer(&mut self, at: Millis) {
        let true_ms = self.computer.true_ms(at).max(self.now_ms);
        self.plan_happening(true_ms, Happening::Wake { life: self.life, at });
    }

    /// The timer, which goes by the clock that may have stood still.
    fn wake(&mut self, at: Millis) {
        if self.clocks().mono < at {
            self.set_timer(at);
        } else {
            self.wake_at = None;
            self.give(Input::Wake);
        }
    }

    /// A register call leaves only after its journal entry.
    fn assert_was_kept(&self, stamp: &Stamp) {
        let is_it = |entry: &Entry| matches!(entry, Entry::Submitting { stamp: kept, .. } if kept == stamp);
        assert!(self.journal.iter().any(is_it), "a register call left without its entry");
    }

    /// A register call is repeated within a minute of the true time or not at all, whatever the clocks say.
    fn assert_not_too_late(&mut self, stamp: &Stamp) {
        match self.departures.iter().find(|(nonce, _)| *nonce == stamp.nonce) {
            Some((_, at)) => assert!(self.now_ms - at < 60_000, "repeated after {} ms", self.now_ms - at),
            None => self.departures.push((stamp.nonce.clone(), self.now_ms)),
        }
    }

    fn check_invariants(&self) {
        let report = self.run.report(self.clocks());
        assert!(self.in_flight.len() <= CALLS_IN_FLIGHT_MAX);
        let registers = self.in_flight.iter().filter(|(_, action)| *action == Action::BatchRegisterDevice).count();
        assert!(registers <= 1, "register calls leave one at a time");
        assert_eq!(report.downloaded, self.run.table().len());
        assert_eq!(report.downloaded, report.batches.iter().map(|batch| batch.downloaded).sum::<u32>());
        assert_eq!(report.created, report.batches.iter().filter_map(|batch| batch.created).sum::<u32>());
        for batch in report.batches.iter().filter(|batch| batch.state == BatchState::Complete) {
            assert_eq!((batch.created, batch.downloaded), (Some(batch.devices), batch.devices), "not complete");
        }
    }

    fn arrive(&mut self, life: u32, id: CallId, action: Action, request: &HttpRequest) {
        if self.is_cut_off() {
            let outcome = Err(Failure::Unreachable);
            self.plan_happening(self.now_ms + 1, Happening::Delivery { life, id, outcome });
            return;
        }
        let answer = self.serve(request, EPOCH_MS + self.now_ms);
        let (wait_ms, outcome) = match (answer.lost, answer.closed) {
            (true, true) => (1, Err(Failure::Unreachable)),
            (true, false) => (ANSWER_WITHIN_MS, Err(Failure::TimedOut { after_ms: ANSWER_WITHIN_MS })),
            (false, _) => {
                let outcome = read_reply(action, answer.status, &answer.body, &request.string_to_sign);
                (1 + answer.delay_ms + self.random(60), outcome)
            }
        };
        self.plan_happening(self.now_ms + wait_ms, Happening::Delivery { life, id, outcome });
    }

    pub fn plan_happening(&mut self, at: u64, happening: Happening) {
        self.happenings.push(Some(happening));
        self.agenda.push(Reverse((at, self.happenings.len() - 1)));
    }

    pub fn random(&mut self, bound: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % bound
    }
}

impl Click {
    fn input(self) -> Input {
        match self {
            Self::Pause => Input::Pause,
            Self::Resume => Input::Resume,
            Self::Take => Input::Take,
            Self::Cancel => Input::Cancel,
        }
    }
}

fn is_question(kind: &NoticeKind) -> bool {
    matches!(
        kind,
        NoticeKind::Stopped { .. }
            | NoticeKind::BatchNotFound { .. }
            | NoticeKind::ProductTooLarge(_)
            | NoticeKind::JournalFailed(_)
    )
}

/// A seed for each life of each world.
pub fn seed_of(seed: u64, life: u32) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    bytes[8..12].copy_from_slice(&life.to_be_bytes());
    bytes
}
