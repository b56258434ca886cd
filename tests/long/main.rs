//! Kills of the real browser: whatever the moment, the run goes on to exactly the devices that were asked for.
//!
//! They take long, so that only `cargo xtask test long` runs them. A case is drawn from its number; `E2E_KILL=7` runs
//! the seventh alone. The moments: eight of twenty within the first second or three after Start, where register calls
//! leave and the journal matters most; five while the cloud makes the devices, five while their credentials come in, two
//! at the end. Every fourth browser is killed once more after it went on. The cloud is 40 ms away, so that a kill often
//! comes between a call and its answer.

#![cfg(not(target_arch = "wasm32"))]
// What it shares with the end-to-end tests it uses in part.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::disallowed_methods)]

#[path = "../e2e/browser.rs"]
mod browser;
mod case;
#[path = "../e2e/cloud.rs"]
mod cloud;
mod kill;
#[path = "../e2e/page.rs"]
mod page;
#[path = "../e2e/rows.rs"]
mod rows;
#[path = "../e2e/servers.rs"]
mod servers;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use case::{Case, Moment, Names};

/// Browsers of a test at once; two tests go on at once. They wait for the cloud most of the time.
const AT_ONCE: usize = 2;

/// Random numbers from a case's number: splitmix64 (Steele, Lea, Flood 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// A moment for the case with this number.
fn moment(number: u64, names: Names, draw: &mut Draw) -> Moment {
    // Names are checked first, which takes a second longer.
    let submitting_ms = if names == Names::Random { 1_000 } else { 3_000 };
    match number % 20 {
        0..8 => Moment::AfterStart(draw.below(submitting_ms)),
        8..13 => Moment::In("registering", draw.below(9_000)),
        13..18 => Moment::In("fetching", draw.below(9_000)),
        _ => Moment::In("done", draw.below(300)),
    }
}

fn case(number: u64, names: Names) -> Case {
    let mut draw = Draw(number);
    let moment = Some(moment(number, names, &mut draw));
    let again_ms = (number % 4 == 3).then(|| draw.below(4_000));
    Case { number, names, moment, again_ms, faults: json!({}) }
}

/// One register call of the three is carried out, and its answer lost.
fn lost_answer(draw: &mut Draw, action: &str) -> Value {
    let effect = json!({ "answer_lost": { "close": draw.below(2) == 0 } });
    json!({ "faults": [{ "action": action, "nth": 1 + draw.below(3), "effect": effect }] })
}

/// Carries cases out, several at once, and tells of all that failed.
fn carry_out(cases: Vec<Case>) {
    let only: Option<u64> = std::env::var("E2E_KILL").ok().map(|number| number.parse().unwrap());
    let cases: Vec<Case> = cases.into_iter().filter(|case| only.is_none_or(|only| case.number == only)).collect();
    let next = AtomicUsize::new(0);
    let failed: Vec<u64> = std::thread::scope(|scope| {
        let work = || {
            let mut failed = Vec::new();
            while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                if catch_unwind(AssertUnwindSafe(|| case.carry_out())).is_err() {
                    println!("| kill {} FAILED: `E2E_KILL={0} cargo xtask test long` runs it alone", case.number);
                    failed.push(case.number);
                }
            }
            failed
        };
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(failed.is_empty(), "these failed: {failed:?}");
}

#[test]
fn killed_at_twenty_moments_a_run_with_random_names_ends_with_exactly_its_devices() {
    carry_out((0..20).map(|number| case(number, Names::Random)).collect());
}

#[test]
fn killed_at_twenty_moments_a_run_with_names_by_pattern_ends_with_exactly_its_devices() {
    carry_out((20..40).map(|number| case(number, Names::Pattern)).collect());
}

#[test]
fn killed_after_an_answer_was_lost_a_run_ends_with_exactly_its_devices() {
    let lost = |number| {
        let mut draw = Draw(number);
        let (names, action) = if number % 3 < 2 {
            (Names::Random, "BatchRegisterDevice")
        } else {
            (Names::Pattern, "BatchRegisterDeviceWithApplyId")
        };
        let faults = lost_answer(&mut draw, action);
        let moment = Some(Moment::AfterStart(draw.below(15_000)));
        Case { number, names, moment, again_ms: None, faults }
    };
    carry_out((40..52).map(lost).collect());
}

#[test]
fn a_run_whose_answers_are_lost_ends_with_exactly_its_devices() {
    let lost = |number| {
        let names = if number < 56 { Names::Random } else { Names::Pattern };
        let action = if number < 56 { "BatchRegisterDevice" } else { "BatchRegisterDeviceWithApplyId" };
        let faults = lost_answer(&mut Draw(number), action);
        Case { number, names, moment: None, again_ms: None, faults }
    };
    carry_out((52..60).map(lost).collect());
}

/// Ten quiet minutes pass before the run says that nothing came; the second run is the user's decision.
#[test]
fn a_call_that_never_arrives_is_asked_about_after_a_kill_and_nothing_is_registered_unasked() {
    let faults = json!({ "faults": [{ "action": "BatchRegisterDevice", "nth": 3, "times": 9,
                                      "effect": { "request_lost": { "close": false } } }] });
    let moment = Some(Moment::AfterStart(5_000));
    carry_out(vec![Case { number: 60, names: Names::Random, moment, again_ms: None, faults }]);
}
