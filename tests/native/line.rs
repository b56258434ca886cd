//! A line that goes down, a computer that sleeps, a calendar that is set: the run waits, goes on by itself and makes
//! nothing twice.

use provisioner_core::model::report::{Failure, NoticeKind, Verdict};
use simcloud::Effect;

use crate::computer::Sleep;
use crate::ending::Ending;
use crate::setting::{Click, Setting};

fn assert_whole(ending: &Ending, devices: usize) {
    assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{:?}", ending.notices);
    assert_eq!(ending.table, ending.existing);
    assert_eq!(ending.table.len(), devices);
}

fn three(fault: Option<(&'static str, u64, u64, Effect)>) -> Setting {
    Setting { batches: vec![100, 150, 60], faults: fault.into_iter().collect(), ..Setting::default() }
}

#[test]
fn a_run_waits_as_long_as_there_is_no_connection_and_goes_on_by_itself() {
    for from in (0..4_000).step_by(130) {
        for is_named in [false, true] {
            // Longer than all tries of a read would last.
            let ending = Setting { offline: vec![(from, from + 600_000)], is_named, ..three(None) }.run();
            assert_whole(&ending, 310);
            let stops = ending.notices.iter().filter(|kind| matches!(kind, NoticeKind::Stopped(..))).count();
            assert_eq!(stops, 0, "down at {from}: {:?}", ending.notices);
            let is_unfinished = ending.report.elapsed_ms > 600_000;
            assert_eq!(ending.notices.contains(&NoticeKind::Offline), is_unfinished, "down at {from}");
            assert!(ending.report.calls < 80, "down at {from}: {} calls", ending.report.calls);
        }
    }
}

#[test]
fn a_register_call_that_was_lost_with_the_line_is_repeated_within_a_minute_and_looked_for_after_it() {
    for (offline_ms, resent, looked) in [(20_000, 1, 0), (90_000, 0, 1)] {
        // Its answer takes long enough for the line to go down meanwhile.
        let slow = ("BatchRegisterDevice", 2, 1, Effect::Delay { ms: 3_000 });
        let ending = Setting { offline: vec![(1_000, 1_000 + offline_ms)], ..three(Some(slow)) }.run();
        assert_whole(&ending, 310);
        assert_eq!(ending.registers_sent, 3 + resent, "{offline_ms} ms");
        let rebuilt = ending.notices.iter().filter(|kind| matches!(kind, NoticeKind::BatchRebuilt(150))).count();
        assert_eq!(rebuilt, 1, "{offline_ms} ms: {:?}", ending.notices);
        assert_eq!(ending.state.refused.get("SignatureNonceUsed").copied().unwrap_or_default(), u64::from(resent));
        assert!(looked == 0 || ending.report.elapsed_ms > 90_000);
    }
}

#[test]
fn a_run_survives_a_sleep_at_any_moment_whatever_the_clocks_do_meanwhile() {
    for stands_still in [false, true] {
        for at in (0..4_000).step_by(170) {
            for ms in [50_000, 70_000, 4 * 3_600_000] {
                let sleeps = vec![Sleep { at, ms, stands_still }];
                assert_whole(&Setting { sleeps, seed: at + 1, ..three(None) }.run(), 310);
            }
        }
    }
}

#[test]
fn a_call_that_was_lost_before_a_sleep_is_never_repeated_after_it() {
    for stands_still in [false, true] {
        // The answer is lost at once, and the computer sleeps before the same request can leave again.
        let lost = ("BatchRegisterDevice", 1, 1, Effect::Delay { ms: 9_000 });
        let sleeps = vec![Sleep { at: 1_000, ms: 61_000, stands_still }];
        for seed in 1..=20 {
            let setting = Setting { sleeps: sleeps.clone(), seed, ..three(Some(lost.clone())) };
            let ending = setting.run();
            assert_whole(&ending, 310);
            assert_eq!(ending.registers_sent, 3, "seed {seed}");
        }
    }
}

#[test]
fn a_calendar_that_is_set_within_the_clouds_window_changes_nothing() {
    for by_ms in [-800_000, -30_000, 30_000, 800_000] {
        let ending = Setting { calendar: vec![(700, by_ms)], ..three(None) }.run();
        assert_whole(&ending, 310);
        assert_eq!(ending.notices, [], "{by_ms}");
    }
}

#[test]
fn a_calendar_that_is_set_beyond_it_pauses_the_run_until_it_is_right() {
    for by_ms in [-7_200_000, 7_200_000] {
        for at in (300..3_000).step_by(300) {
            let calendar = vec![(at, by_ms), (at + 20_000, -by_ms)];
            let answers = vec![Click::Resume];
            let ending = Setting { calendar, answers, ..three(None) }.run();
            assert_whole(&ending, 310);
            for notice in &ending.notices {
                let NoticeKind::Stopped(_, Failure::Refused(refusal)) = notice else { panic!("{notice:?}") };
                assert_eq!(refusal.code, "InvalidTimeStamp.Expired");
            }
        }
    }
}

#[test]
fn a_product_that_could_not_hold_the_devices_is_told_before_anything_is_registered() {
    let setting = Setting { devices: 990_001, devices_before: 10_000, region_id: "eu-central-1", ..Setting::default() };
    let ending = setting.run();
    assert_eq!(ending.report.verdict, Some(Verdict::Failed));
    assert_eq!(ending.notices, [NoticeKind::ProductFull(10_000, 1_000_000)]);
    assert_eq!((ending.existing.len(), ending.registers_sent), (0, 0));
}
