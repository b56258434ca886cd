//! A run and the simulated cloud under virtual time. In: a plan, faults, a seed. Out: what was seen and what is true.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use provisioner_core::cloud::{HttpRequest, Outcome, build_request, read_reply};
use provisioner_core::model::action::Action;
use provisioner_core::model::report::{Failure, Notice, NoticeKind, RunReport};
use provisioner_core::plan::{Connection, FormInput, Signature, parse};
use provisioner_core::run::{ANSWER_WITHIN_MS, CALLS_IN_FLIGHT_MAX, CallId, Input, Output, Run};
use provisioner_core::secret::{AccessKey, Secret};
use provisioner_core::time::{Millis, Now, WallTime};
use simcloud::{Cloud, Config, Device, Effect, Fault, Faults, Request};

/// 2026-01-01T00:00:00Z: when every virtual world begins.
const EPOCH_MS: u64 = 1_767_225_600_000;

/// No run of these tests takes longer; a world that does waits for ever.
const VIRTUAL_MS_MAX: u64 = 4 * 3_600_000;

/// What is to be run; every field has a plain default.
pub struct Setting {
    pub devices: u32,
    pub product_key: &'static str,
    pub instance_id: &'static str,
    pub access_key: (&'static str, &'static str, Option<&'static str>),
    pub faults: Vec<(&'static str, u64, u64, Effect)>,
    pub clock_skew_ms: i64,
    pub seed: u64,
    pub signature: Signature,
    /// The user's clicks, at virtual milliseconds.
    pub clicks: Vec<(u64, Click)>,
}

/// What the user does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Click {
    Pause,
    Resume,
    Cancel,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            devices: 100,
            product_key: "a1SimCloud1",
            instance_id: "",
            access_key: ("testid", "testsecret", None),
            faults: Vec::new(),
            clock_skew_ms: 0,
            seed: 1,
            signature: Signature::V1,
            clicks: Vec::new(),
        }
    }
}

/// How a world ended.
pub struct Ending {
    pub report: RunReport,
    pub notices: Vec<NoticeKind>,
    pub state: simcloud::State,
    /// Register calls that left, whether they arrived or not.
    pub registers_sent: u32,
    /// Devices that exist, as (DeviceName, DeviceSecret, IotId), sorted.
    pub existing: Vec<[String; 3]>,
    /// Rows of the table, likewise.
    pub table: Vec<[String; 3]>,
}

enum Happening {
    Arrival { id: CallId, action: Action, request: HttpRequest },
    Delivery { id: CallId, outcome: Outcome },
    Wake,
    Click(Click),
}

struct World {
    run: Run,
    cloud: Cloud,
    key: AccessKey,
    now_ms: u64,
    random: u64,
    happenings: Vec<Option<Happening>>,
    agenda: BinaryHeap<Reverse<(u64, usize)>>,
    wake_at: Option<u64>,
    in_flight: Vec<(CallId, Action)>,
    notices: Vec<Notice>,
    registers_sent: u32,
}

impl Setting {
    /// Lets the world run until the run has its verdict.
    pub fn run(self) -> Ending {
        let form = FormInput {
            connection: Connection::Demo,
            product_key: self.product_key.to_owned(),
            instance_id: self.instance_id.to_owned(),
            count: self.devices.to_string(),
            ..FormInput::default()
        };
        let mut plan = parse(&form).expect("the setting is a whole form");
        // The form's demo keeps to V1, since the cloud in the page knows no other; this one knows both.
        plan.target.signature = self.signature;
        let faults = self.faults.into_iter().map(|(action, nth, times, effect)| Fault {
            action: action.to_owned(),
            nth,
            times,
            per_mille: 1000,
            effect,
        });
        let faults = Faults { seed: self.seed, clock_skew_ms: self.clock_skew_ms, faults: faults.collect() };
        let (id, secret, token) = self.access_key;
        let mut seed = [0; 16];
        seed[..8].copy_from_slice(&self.seed.to_be_bytes());
        let mut world = World {
            run: Run::new(plan, seed, now_at(0)),
            cloud: Cloud::new(Config { faults, ..Config::default() }),
            key: AccessKey {
                id: id.to_owned(),
                secret: Secret::new(secret.to_owned()),
                token: token.map(|token| Secret::new(token.to_owned())),
            },
            now_ms: 0,
            random: self.seed | 1,
            happenings: Vec::new(),
            agenda: BinaryHeap::new(),
            wake_at: None,
            in_flight: Vec::new(),
            notices: Vec::new(),
            registers_sent: 0,
        };
        for (at, click) in self.clicks {
            world.plan_happening(at, Happening::Click(click));
        }
        world.give(Input::Start);
        world.live();
        world.ending(self.product_key)
    }
}

impl World {
    fn live(&mut self) {
        while self.run.verdict().is_none() {
            let Reverse((at, index)) = self.agenda.pop().expect("a run without a verdict waits for something");
            assert!(at <= VIRTUAL_MS_MAX, "the run is still going after {VIRTUAL_MS_MAX} virtual ms");
            self.now_ms = at;
            match self.happenings[index].take().expect("each happening happens once") {
                Happening::Arrival { id, action, request } => self.arrive(id, action, &request),
                Happening::Delivery { id, outcome } => {
                    self.in_flight.retain(|(other, _)| *other != id);
                    self.give(Input::Answered { id, outcome });
                }
                Happening::Wake if self.wake_at == Some(at) => {
                    self.wake_at = None;
                    self.give(Input::Wake);
                }
                Happening::Wake => {}
                Happening::Click(Click::Pause) => self.give(Input::Pause),
                Happening::Click(Click::Resume) => self.give(Input::Resume),
                Happening::Click(Click::Cancel) => self.give(Input::Cancel),
            }
        }
    }

    /// One input, all its outputs, and what must be true after every step.
    fn give(&mut self, input: Input) {
        let now = now_at(self.now_ms);
        self.run.handle(input, now);
        while let Some(output) = self.run.poll_output() {
            match output {
                Output::Send { id, call, stamp, within_ms } => {
                    assert_eq!(within_ms, ANSWER_WITHIN_MS);
                    self.in_flight.push((id, call.action));
                    self.registers_sent += u32::from(call.action == Action::BatchRegisterDevice);
                    let request = build_request(&call, &stamp, &self.key, &self.run.plan().target);
                    let there = self.now_ms + 1 + self.random(60);
                    self.plan_happening(there, Happening::Arrival { id, action: call.action, request });
                }
                Output::Tell(notice) => self.notices.push(notice),
                Output::WakeAt(Millis(at)) => {
                    let at = at.max(self.now_ms);
                    self.wake_at = Some(at);
                    self.plan_happening(at, Happening::Wake);
                }
            }
        }
        self.check_invariants();
    }

    fn check_invariants(&self) {
        let report = self.run.report(now_at(self.now_ms));
        assert!(self.in_flight.len() <= CALLS_IN_FLIGHT_MAX);
        let registers = self.in_flight.iter().filter(|(_, action)| *action == Action::BatchRegisterDevice).count();
        assert!(registers <= 1, "register calls leave one at a time");
        assert_eq!(report.downloaded, self.run.table().len());
        assert_eq!(report.downloaded, report.batches.iter().map(|batch| batch.downloaded).sum::<u32>());
        assert_eq!(report.created, report.batches.iter().filter_map(|batch| batch.created).sum::<u32>());
        assert!(
            self.cloud.state(EPOCH_MS + self.now_ms).devices.values().all(|&made| made <= u64::from(report.requested))
        );
    }

    fn arrive(&mut self, id: CallId, action: Action, request: &HttpRequest) {
        let mut headers = vec![("host".to_owned(), "simcloud".to_owned())];
        headers.extend(request.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let asked = Request { method: "POST", query: "", headers: &headers, body: request.body.as_bytes() };
        let answer = self.cloud.handle(&asked, EPOCH_MS + self.now_ms);
        let (wait_ms, outcome) = match (answer.lost, answer.closed) {
            (true, true) => (1, Err(Failure::Unreachable)),
            (true, false) => (ANSWER_WITHIN_MS, Err(Failure::TimedOut { after_ms: ANSWER_WITHIN_MS })),
            (false, _) => {
                let outcome = read_reply(action, answer.status, &answer.body, &request.string_to_sign);
                (1 + answer.delay_ms + self.random(60), outcome)
            }
        };
        self.plan_happening(self.now_ms + wait_ms, Happening::Delivery { id, outcome });
    }

    fn plan_happening(&mut self, at: u64, happening: Happening) {
        self.happenings.push(Some(happening));
        self.agenda.push(Reverse((at, self.happenings.len() - 1)));
    }

    fn random(&mut self, bound: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % bound
    }

    fn ending(self, product_key: &str) -> Ending {
        // A day later every batch has ended.
        let late = EPOCH_MS + self.now_ms + 86_400_000;
        let device = |device: Device| [device.device_name, device.device_secret, device.iot_id];
        let mut existing: Vec<_> =
            self.cloud.devices(product_key, late, 0, u64::from(u32::MAX)).into_iter().map(device).collect();
        existing.sort();
        let row = |row: provisioner_core::table::Row<'_>| {
            [row.device_name.to_owned(), row.device_secret.to_owned(), row.iot_id.to_owned()]
        };
        let mut table: Vec<_> = self.run.table().rows().map(row).collect();
        table.sort();
        Ending {
            report: self.run.report(now_at(self.now_ms)),
            notices: self.notices.into_iter().map(|notice| notice.kind).collect(),
            state: self.cloud.state(late),
            registers_sent: self.registers_sent,
            existing,
            table,
        }
    }
}

fn now_at(ms: u64) -> Now {
    Now { mono: Millis(ms), wall: WallTime(EPOCH_MS + ms) }
}
