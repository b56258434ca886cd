//! Undisturbed runs: what is asked for is made, read and proven, within every quota.

use provisioner_core::journal::Entry;
use provisioner_core::model::action::Action;
use provisioner_core::model::report::{BatchState, NoticeKind, Verdict};
use provisioner_core::plan::Signature;
use provisioner_core::plan::{Connection, FormInput, parse};
use provisioner_core::run::Run;
use provisioner_core::time::{Millis, Now, WallTime};
use simcloud::Effect;

use crate::ending::Ending;
use crate::setting::{Click, Setting};

fn assert_whole(ending: &Ending, devices: u32) {
    assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{:?}", ending.notices);
    assert_eq!(ending.notices, []);
    assert_eq!((ending.report.requested, ending.report.created, ending.report.downloaded), (devices, devices, devices));
    assert_eq!(ending.table, ending.existing);
    assert_eq!(ending.table.len(), devices as usize);
}

fn assert_within_quotas(ending: &Ending) {
    assert!(ending.state.refused.is_empty(), "{:?}", ending.state.refused);
    for action in Action::ALL {
        let peak = ending.state.peak_qps.get(action.name()).copied().unwrap_or_default();
        assert!(peak <= u64::from(action.quota_per_second()), "{}: {peak}", action.name());
    }
}

#[test]
fn a_hundred_devices_are_registered_and_taken_home() {
    let ending = Setting::default().run();
    assert_whole(&ending, 100);
    assert_within_quotas(&ending);
    assert_eq!(ending.state.calls["BatchRegisterDevice"], 1);
    assert_eq!(ending.state.calls["QueryPageByApplyId"], 2);
    assert_eq!(ending.state.calls["QueryDevice"], 1);
}

#[test]
fn a_run_is_whole_with_either_signature_and_where_every_answer_is_xml() {
    for signature in [Signature::V1, Signature::V3] {
        for faults in [vec![], vec![("", 1, u64::MAX, Effect::Xml)]] {
            assert_whole(&Setting { devices: 120, signature, faults, ..Setting::default() }.run(), 120);
        }
    }
}

#[test]
fn one_device_and_a_full_batch_and_one_more_than_a_batch_come_whole() {
    for devices in [1, 50, 51, 10_000, 10_001] {
        assert_whole(&Setting { devices, ..Setting::default() }.run(), devices);
    }
}

#[test]
fn twenty_five_thousand_devices_are_three_batches_within_every_quota_on_an_uneven_network() {
    for (seed, share_percent) in (1..=5).zip([90, 90, 100, 100, 100]) {
        let ending = Setting { devices: 25_000, seed, share_percent, ..Setting::default() }.run();
        assert_whole(&ending, 25_000);
        assert_within_quotas(&ending);
        assert_eq!(ending.state.batches, 3);
        assert_eq!(ending.state.calls["QueryPageByApplyId"], 500);
    }
}

#[test]
fn the_pace_stays_close_to_the_quota() {
    let ending = Setting { devices: 10_000, ..Setting::default() }.run();
    // Ten seconds for the cloud to make them, 200 pages at 45 a second, each second longer by one answer's delay.
    assert!(ending.report.elapsed_ms < 16_500, "{} ms", ending.report.elapsed_ms);
    assert!(ending.state.peak_qps["QueryPageByApplyId"] >= 45, "{:?}", ending.state.peak_qps);
}

#[test]
fn a_run_asks_seldom_for_the_state_of_its_batches_and_reads_at_full_pace() {
    let ending = Setting { devices: 100_000, share_percent: 100, ..Setting::default() }.run();
    assert_whole(&ending, 100_000);
    assert_within_quotas(&ending);
    let polls = ending.state.calls["QueryBatchRegisterDeviceStatus"];
    assert!(polls >= 40, "{polls} polls: the end of the first batch is seen at once");
    assert!(polls * 20 < u64::from(ending.report.calls), "{polls} polls of {} calls", ending.report.calls);
    // Ten seconds for the first batch, then 2,000 pages at 50 a second, each second longer by one answer's delay.
    assert!(ending.report.elapsed_ms < 54_500, "{} ms", ending.report.elapsed_ms);
}

#[test]
fn an_instance_and_a_temporary_key_are_sent_along() {
    let access_key = ("STS.testid", "testsecret", Some("testtoken"));
    let setting = Setting { product_key: "a1SimCloud2", instance_id: "iot-sim00001", access_key, ..Setting::default() };
    assert_whole(&setting.run(), 100);
}

#[test]
fn a_pause_sends_nothing_and_loses_nothing() {
    let clicks = vec![(500, Click::Pause), (60_000, Click::Resume)];
    let ending = Setting { devices: 1_000, clicks, ..Setting::default() }.run();
    assert_whole(&ending, 1_000);
    assert!(ending.report.elapsed_ms > 60_000);
    assert!(ending.report.calls < 40, "{} calls", ending.report.calls);
}

#[test]
fn a_cancelled_run_says_so_and_keeps_what_it_has() {
    let clicks = vec![(11_500, Click::Cancel)];
    let ending = Setting { devices: 10_000, clicks, ..Setting::default() }.run();
    assert_eq!(ending.report.verdict, Some(Verdict::Cancelled));
    assert_eq!(ending.report.batches[0].state, BatchState::Cancelled);
    assert_eq!(ending.report.accepted, 10_000);
    assert!(ending.report.batches[0].apply_id.is_some());
    assert!(ending.report.downloaded > 0 && ending.report.downloaded < 10_000);
    assert!(ending.table.iter().all(|row| ending.existing.binary_search(row).is_ok()));
}

#[test]
fn a_cancelled_run_that_is_gone_on_with_reads_what_was_made_and_submits_nothing_more() {
    let form = FormInput {
        connection: Connection::Demo,
        product_key: "a1SimCloud1".to_owned(),
        count: "30000".to_owned(),
        ..FormInput::default()
    };
    let plan = parse(&form).unwrap();
    let accepted = Entry::Accepted { batch: 0, apply_id: "10000001".to_owned() };
    let now = Now { mono: Millis(0), wall: WallTime(1_767_225_600_000) };
    let states = |entries: &[Entry]| -> Vec<BatchState> {
        let run = Run::resume(plan.clone(), entries, [7; 16], now);
        run.report(now).batches.iter().map(|batch| batch.state).collect()
    };
    let cancelled = Entry::Ended(Verdict::Cancelled);
    let [read, BatchState::Cancelled, BatchState::Cancelled] = states(&[accepted.clone(), cancelled.clone()])[..]
    else {
        panic!("what was cancelled would be submitted")
    };
    assert_eq!(states(&[accepted])[0], read);
    assert_eq!(states(&[cancelled]), [BatchState::Cancelled; 3]);
}

#[test]
fn a_cancel_while_the_register_call_is_on_its_way_waits_for_its_answer() {
    for at in 0..200 {
        let ending = Setting { clicks: vec![(at, Click::Cancel)], ..Setting::default() }.run();
        assert_eq!(ending.report.verdict, Some(Verdict::Cancelled), "cancelled at {at} ms");
        let made = u32::try_from(ending.existing.len()).unwrap();
        assert_eq!(ending.report.accepted, made, "cancelled at {at} ms: what exists is told");
        assert!(!ending.notices.iter().any(|notice| matches!(notice, NoticeKind::BatchUnclear { .. })));
    }
}
