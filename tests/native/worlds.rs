//! Thousands of worlds, each from its seed: faults, crashes, pauses and clicks in any mixture. Whatever happens, nothing
//! is registered twice or lost from sight, and no verdict is better than the truth.
//!
//! `cargo xtask simulate --seeds 10000` runs more of them, `--seed 17` runs one and prints its transcript.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use provisioner_core::journal::Entry;
use provisioner_core::model::action::Action;
use provisioner_core::model::report::{NoticeKind, Verdict};
use provisioner_core::plan::Signature;
use simcloud::{Choices, Effect, RowOrder, Strictness, UnfinishedRows};

use crate::computer::Sleep;
use crate::ending::Ending;
use crate::setting::{Click, Setting};

/// Worlds that every test run goes through.
const WORLDS: u64 = 1_500;

/// Draws from a seed (splitmix64, Steele et al. 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize].clone()
    }
}

const ACTIONS: [&str; 7] = [
    "QueryDevice",
    "BatchRegisterDevice",
    "BatchCheckDeviceNames",
    "BatchRegisterDeviceWithApplyId",
    "QueryBatchRegisterDeviceStatus",
    "QueryPageByApplyId",
    "",
];

fn effect(draw: &mut Draw) -> Effect {
    let close = draw.chance(50);
    match draw.below(16) {
        0 => Effect::Throttle,
        1 | 2 => Effect::AnswerLost { close },
        3 => Effect::RequestLost { close },
        4 => Effect::Html { status: 502, executed: close },
        5 => Effect::CutOff { bytes: 10 + draw.below(60) as usize },
        6 => Effect::Refuse { status: 500, code: "InternalError".into() },
        7 => Effect::Refuse { status: 400, code: "InvalidSecurityToken.Expired".into() },
        8 => Effect::Fail { code: "iot.system.SystemException".into() },
        9 => Effect::Delay { ms: draw.below(40_000) },
        10 => Effect::Xml,
        11 => Effect::EmptySecret { row: 1 + draw.below(50) as usize },
        12 => Effect::MissingRow { row: 1 + draw.below(50) as usize },
        13 => Effect::DuplicateRow { row: 1 + draw.below(50) as usize },
        14 => Effect::FailDevices { count: 1 + draw.below(5) as u32 },
        _ => Effect::Status { value: "CREATE_SOON".into() },
    }
}

pub fn setting(seed: u64) -> Setting {
    let mut draw = Draw(seed);
    let batches = (0..1 + draw.below(4)).map(|_| 1 + draw.below(170) as u32).collect();
    let faults = (0..draw.below(9))
        .map(|_| (draw.of(&ACTIONS), 1 + draw.below(6), 1 + draw.below(3), effect(&mut draw)))
        .collect();
    let clicks = (0..draw.below(3)).map(|_| (draw.below(4_000), draw.of(&[Click::Pause, Click::Resume])));
    // Whoever pauses goes on at last.
    let mut clicks: Vec<_> = clicks.chain([(9_000, Click::Resume)]).collect();
    if draw.chance(8) {
        clicks.push((draw.below(5_000), Click::Cancel));
    }
    let choices = Choices {
        row_order: draw.of(&[RowOrder::Creation, RowOrder::Reversed, RowOrder::Shuffled]),
        unfinished_rows: draw.of(&[UnfinishedRows::Hidden, UnfinishedRows::Growing, UnfinishedRows::Refused]),
        repeated_registration: draw.of(&[Strictness::Refuse, Strictness::Tolerate]),
        nonce_memory_ms: draw.of(&[1_800_000, 1_800_000, 1_800_000, 0]),
        ..Choices::default()
    };
    let crashes = (0..if draw.chance(50) { draw.below(4) } else { 0 }).map(|_| draw.below(5_000)).collect();
    // A computer that goes offline, sleeps, and whose calendar somebody sets, for a while at most.
    let some = |draw: &mut Draw, percent| if draw.chance(percent) { 1 + draw.below(2) } else { 0 };
    let mut offline_from = 0;
    let offline = (0..some(&mut draw, 25)).map(|_| {
        let from = offline_from + draw.below(4_000);
        offline_from = from + 1 + draw.of(&[500, 20_000, 100_000]);
        (from, offline_from - 1)
    });
    let offline = offline.collect();
    let sleeps = (0..some(&mut draw, 25)).map(|_| Sleep {
        at: draw.below(5_000),
        ms: draw.of(&[3_000, 45_000, 70_000, 7_200_000]),
        stands_still: draw.chance(50),
    });
    let sleeps = sleeps.collect();
    let mut calendar = Vec::new();
    for _ in 0..some(&mut draw, 20) {
        let (at, by_ms) = (draw.below(4_000), draw.of(&[-7_200_000, -30_000, 40_000, 600_000, 7_200_000]));
        calendar.extend([(at, by_ms), (at + draw.of(&[2_000, 12_000]), -by_ms)]);
    }
    Setting {
        batches,
        faults,
        offline,
        sleeps,
        calendar,
        clicks,
        crashes,
        choices,
        seed,
        devices_before: draw.of(&[0, 30, 120]),
        is_named: draw.chance(40),
        signature: draw.of(&[Signature::V1, Signature::V3]),
        answers: vec![Click::Resume, draw.of(&[Click::Resume, Click::Take]), Click::Resume, Click::Cancel],
        share_percent: draw.of(&[10, 90, 100]),
        ..Setting::default()
    }
}

/// What must be true of every ending.
fn assert_honest(ending: &Ending, forgets_nonces: bool, is_named: bool) {
    let report = &ending.report;
    let verdict = report.verdict.expect("the world ran to its end");
    let requested = report.requested as usize;
    if verdict == Verdict::Complete {
        assert!(ending.table == ending.existing, "complete, but the table is not what exists");
        assert_eq!(ending.table.len(), requested);
        assert_eq!((report.created, report.downloaded), (report.requested, report.requested));
    }
    assert!(ending.table.iter().all(|row| ending.existing.binary_search(row).is_ok()), "a row that does not exist");
    assert!(ending.table.iter().all(|row| row.iter().all(|part| !part.is_empty())), "a row that lacks a part");
    if !forgets_nonces {
        assert!(ending.existing.len() <= requested, "{} of {requested} devices exist", ending.existing.len());
    }
    if verdict == Verdict::Failed {
        assert_eq!(ending.existing.len(), 0, "failed, but devices exist");
    }
    // What a new run would register exists nowhere yet.
    let exists = |name: &str| ending.existing.binary_search_by(|row| row[0].as_str().cmp(name)).is_ok();
    assert!(ending.failed.iter().all(|(name, _, may_be_tried)| !may_be_tried || !exists(name)), "{:?}", ending.failed);
    assert!(forgets_nonces || ending.existing.len() + ending.unmade as usize <= requested, "{} more", ending.unmade);
    if ending.existing.len() > requested {
        let is_named_surplus = |kind: &NoticeKind| {
            matches!(kind, NoticeKind::ProductSurplus(_) | NoticeKind::BatchNotFound(..) | NoticeKind::CountDiffers(..))
        };
        let was_cancelled = verdict == Verdict::Cancelled;
        assert!(was_cancelled || ending.notices.iter().any(is_named_surplus), "a surplus that nobody was told of");
    }
    for action in Action::ALL {
        let peak = ending.state.peak_qps.get(action.name()).copied().unwrap_or_default();
        assert!(peak <= u64::from(action.quota_per_second()), "{}: {peak} calls in a second", action.name());
    }
    assert_eq!(ending.journal.iter().filter(|entry| matches!(entry, Entry::Ended(_))).count(), 1);
    assert!(!is_named || ending.registers_sent == 0);
}

fn run(seed: u64) -> Ending {
    let setting = setting(seed);
    let (forgets_nonces, is_named) = (setting.choices.nonce_memory_ms == 0, setting.is_named);
    let ending = setting.run();
    assert_honest(&ending, forgets_nonces, is_named);
    ending
}

fn number_from(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// How often each verdict was reached, and the worlds that failed.
fn try_all(seeds: impl Iterator<Item = u64>) -> (BTreeMap<String, u32>, Vec<u64>) {
    let mut verdicts = BTreeMap::new();
    let mut failed = Vec::new();
    for seed in seeds {
        match catch_unwind(AssertUnwindSafe(|| run(seed))) {
            Ok(ending) => *verdicts.entry(format!("{:?}", ending.report.verdict)).or_insert(0) += 1,
            Err(_) => failed.push(seed),
        }
    }
    (verdicts, failed)
}

#[test]
fn every_world_ends_and_ends_honestly() {
    if let Some(seed) = number_from("WORLD") {
        let setting = setting(seed);
        println!("{:?} {:?} {:?} {:?}", setting.batches, setting.faults, setting.crashes, setting.clicks);
        println!("{:?} {:?} {:?}", setting.offline, setting.sleeps, setting.calendar);
        let (forgets_nonces, is_named) = (setting.choices.nonce_memory_ms == 0, setting.is_named);
        let ending = setting.run();
        let entries: Vec<_> = ending.kept_at.iter().zip(&ending.journal).collect();
        println!("{entries:#?}\n{:#?}\n{:#?}\n{:#?}", ending.notices, ending.report, ending.state);
        assert_honest(&ending, forgets_nonces, is_named);
        return;
    }
    let worlds = number_from("WORLDS").unwrap_or(WORLDS);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut verdicts = BTreeMap::new();
    let mut failed = Vec::new();
    std::thread::scope(|scope| {
        let share = |first: u64| (first..=worlds).step_by(threads);
        let workers: Vec<_> = (1..=threads as u64).map(|first| scope.spawn(move || try_all(share(first)))).collect();
        for worker in workers {
            let (some, faulty) = worker.join().unwrap();
            some.into_iter().for_each(|(verdict, count)| *verdicts.entry(verdict).or_insert(0) += count);
            failed.extend(faulty);
        }
    });
    failed.sort_unstable();
    println!("{worlds} worlds: {verdicts:?}, {} failed", failed.len());
    assert_eq!(failed, [0; 0], "rerun one with `cargo xtask simulate --seed N`");
    // Worlds in which nothing ever comes whole would prove little.
    assert!(verdicts.get("Some(Complete)").copied().unwrap_or_default() > 100, "{verdicts:?}");
}

#[test]
fn a_run_goes_on_from_every_entry_of_its_journal() {
    for is_named in [false, true] {
        let setting = |crashes| Setting { batches: vec![70, 120, 30], is_named, crashes, ..Setting::default() };
        let whole = setting(vec![]).run();
        assert_eq!(whole.report.verdict, Some(Verdict::Complete));
        assert!(whole.kept_at.len() >= 5, "{:?}", whole.journal);
        // At the moment of the entry the crash comes before its call is answered, a moment later while that is under way.
        for at in whole.kept_at.iter().flat_map(|&at| [at, at + 1, at + 40, at + 200]) {
            let ending = setting(vec![at]).run();
            assert_eq!(ending.report.verdict, Some(Verdict::Complete), "crash at {at}: {:?}", ending.notices);
            assert_eq!(ending.table, ending.existing, "crash at {at}");
            assert_eq!(ending.table.len(), 220, "crash at {at}");
        }
    }
}

#[test]
fn names_of_the_users_own_are_checked_registered_and_compared() {
    let ending = Setting { batches: vec![70, 120], is_named: true, ..Setting::default() }.run();
    assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{:?}", ending.notices);
    assert_eq!(ending.table, ending.existing);
    assert_eq!((ending.table[0][0].as_str(), ending.table[189][0].as_str()), ("SN-000000", "SN-000189"));
    assert_eq!(ending.state.calls["BatchCheckDeviceNames"], 2);
    assert_eq!(ending.state.calls["BatchRegisterDeviceWithApplyId"], 2);
}

#[test]
fn names_are_registered_once_whichever_way_a_repeated_registration_is_answered() {
    for repeated_registration in [Strictness::Refuse, Strictness::Tolerate] {
        for effect in [Effect::AnswerLost { close: true }, Effect::RequestLost { close: true }] {
            let choices = Choices { repeated_registration, ..Choices::default() };
            let faults = vec![("BatchRegisterDeviceWithApplyId", 1, 1, effect.clone())];
            let ending = Setting { batches: vec![70], is_named: true, faults, choices, ..Setting::default() }.run();
            assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{effect:?}: {:?}", ending.notices);
            assert_eq!(ending.table, ending.existing);
            assert_eq!(ending.table.len(), 70);
        }
    }
}

#[test]
fn names_that_exist_already_are_listed_with_their_reason_and_the_other_batch_is_made() {
    let strangers = vec![];
    let faults = vec![("BatchCheckDeviceNames", 1, 1, Effect::FailDevices { count: 3 })];
    let ending = Setting { batches: vec![70, 20], is_named: true, faults, strangers, ..Setting::default() }.run();
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    let [NoticeKind::BatchFailed(status, failed)] = &ending.notices[..] else { panic!("{:?}", ending.notices) };
    assert_eq!((status.as_str(), failed.len()), ("CHECK_FAILED", 3));
    assert_eq!((ending.table.len(), ending.existing.len()), (20, 20));
}
