//! Runs of batches that exist already: their credentials are read again, and nothing is ever registered.

use provisioner_core::model::report::{BatchState, Failure, NoticeKind, Verdict};
use simcloud::{Effect, UnfinishedRows};

use crate::ending::Ending;
use crate::setting::{Click, NO_BATCH, Setting};
use crate::worlds;

fn batches(existing: Vec<u32>) -> Setting {
    Setting { existing, answers: vec![Click::Resume, Click::Resume, Click::Cancel], ..Setting::default() }
}

fn with(effect: Effect) -> Setting {
    Setting { faults: vec![("QueryBatchRegisterDeviceStatus", 2, 1, effect)], ..batches(vec![70, 120, 30]) }
}

/// Only the strangers' own calls have registered anything.
fn assert_reads_only(ending: &Ending, strangers: u64) {
    let calls = |action: &str| ending.state.calls.get(action).copied().unwrap_or_default();
    assert_eq!((calls("BatchRegisterDevice"), ending.registers_sent), (strangers, 0));
    assert_eq!((calls("BatchCheckDeviceNames"), calls("BatchRegisterDeviceWithApplyId")), (0, 0));
    assert_eq!(ending.state.batches, strangers);
}

fn assert_whole(ending: &Ending, devices: u32) {
    assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{:?}", ending.notices);
    assert_eq!((ending.report.requested, ending.report.created, ending.report.downloaded), (devices, devices, devices));
    assert_eq!(ending.table, ending.existing);
    assert_eq!(ending.table.len(), devices as usize);
}

#[test]
fn batches_are_read_to_the_last_row_also_while_the_cloud_is_still_making_them() {
    for unfinished_rows in [UnfinishedRows::Hidden, UnfinishedRows::Growing, UnfinishedRows::Refused] {
        let mut setting = batches(vec![1, 10_000, 51]);
        setting.choices.unfinished_rows = unfinished_rows;
        let ending = setting.run();
        assert_whole(&ending, 10_052);
        assert_eq!(ending.notices, []);
        assert_reads_only(&ending, 3);
        assert_eq!(ending.report.batches.iter().map(|batch| batch.devices).collect::<Vec<_>>(), [1, 10_000, 51]);
        assert_eq!((ending.report.to_try, ending.unmade), (0, 0));
    }
}

#[test]
fn how_many_there_are_is_told_once_the_cloud_has_told_of_every_batch() {
    let run = Setting { clicks: vec![(400, Click::Cancel)], ..batches(vec![70, 120]) }.run();
    let report = run.report;
    assert_eq!((report.is_existing, report.verdict), (true, Some(Verdict::Cancelled)));
    assert_eq!((report.requested_known(), report.batches[0].devices_known()), (None, None));
    let report = batches(vec![70, 120]).run().report;
    assert_eq!((report.requested_known(), report.batches[1].devices_known()), (Some(190), Some(120)));
}

#[test]
fn a_batch_that_the_cloud_does_not_know_is_named_and_the_others_are_read() {
    let ending = batches(vec![70, NO_BATCH, 30]).run();
    assert_reads_only(&ending, 2);
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    let [NoticeKind::BatchUnknown(Failure::Refused(refusal))] = &ending.notices[..] else {
        panic!("{:?}", ending.notices)
    };
    assert_eq!(refusal.code, "iot.device.DeviceApplyIsNotFound");
    let states: Vec<BatchState> = ending.report.batches.iter().map(|batch| batch.state).collect();
    assert_eq!(states, [BatchState::Complete, BatchState::Incomplete, BatchState::Complete]);
    assert_eq!((ending.table.len(), ending.report.requested_known()), (100, None));
    assert_eq!(batches(vec![NO_BATCH]).run().report.verdict, Some(Verdict::Failed));
}

#[test]
fn what_was_made_of_a_batch_that_failed_in_part_is_all_there_is_to_read() {
    let ending = with(Effect::Status { value: "CREATE_FAILED".into() }).run();
    assert_whole(&ending, 220);
    assert!(matches!(&ending.notices[..], [NoticeKind::BatchFailed(status, _)] if status == "CREATE_FAILED"));
}

#[test]
fn names_that_were_checked_and_not_registered_stay_unregistered() {
    let ending = with(Effect::Status { value: "CHECK_SUCCESS".into() }).run();
    assert_reads_only(&ending, 3);
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_eq!(ending.notices, [NoticeKind::BatchEmpty("CHECK_SUCCESS".into())]);
    assert!(ending.table.len() < 220);
}

#[test]
fn what_was_not_read_whole_is_read_again_after_the_end() {
    let faults = vec![("QueryPageByApplyId", 1, 6, Effect::MissingRow { row: 3 })];
    let ending = Setting { faults, reads_again: true, ..batches(vec![70]) }.run();
    assert_whole(&ending, 70);
    assert_reads_only(&ending, 1);
    assert!(matches!(&ending.notices[..], [NoticeKind::RowsMissing(_)]), "{:?}", ending.notices);
}

#[test]
fn devices_without_secrets_are_read_once_and_told_of() {
    let mut setting = Setting { product_key: "a1SimCloud3", ..batches(vec![120]) };
    setting.choices.x509_secrets = false;
    let ending = setting.run();
    assert_eq!((ending.report.verdict, ending.table.len()), (Some(Verdict::Incomplete), 0));
    assert_eq!(ending.notices, [NoticeKind::NoSecrets(120)]);
    assert_eq!((ending.report.requested_known(), ending.report.created), (Some(120), 120));
    assert_eq!(ending.state.calls["QueryPageByApplyId"], 3);
}

#[test]
fn a_check_that_fails_ends_the_run_before_any_batch_is_asked_for() {
    let faults = vec![("QueryDevice", 1, 9, Effect::Html { status: 502, executed: false })];
    let ending = Setting { faults, ..batches(vec![70]) }.run();
    assert_eq!(ending.report.verdict, Some(Verdict::Failed));
    assert!(matches!(&ending.notices[..], [NoticeKind::CheckFailed(_)]), "{:?}", ending.notices);
    assert_eq!(ending.state.calls.get("QueryBatchRegisterDeviceStatus"), None);
}

#[test]
fn a_run_goes_on_after_a_crash_at_any_moment() {
    for at in (0..3_000).step_by(50) {
        let ending = Setting { crashes: vec![at], ..batches(vec![70, 120, 30]) }.run();
        assert_whole(&ending, 220);
        assert_reads_only(&ending, 3);
    }
}

#[test]
fn whatever_happens_nothing_is_registered_and_no_verdict_is_better_than_the_truth() {
    let mut complete = 0;
    for seed in 1..=300 {
        let world = worlds::setting(seed);
        let existing = world.batches.clone();
        let strangers = existing.len() as u64 + u64::from(world.devices_before > 0);
        let ending = Setting { existing, batches: vec![], is_named: false, ..world }.run();
        assert_reads_only(&ending, strangers);
        assert!(ending.table.iter().all(|row| ending.existing.binary_search(row).is_ok()), "world {seed}");
        assert_eq!((ending.report.to_try, ending.unmade), (0, 0), "world {seed}");
        if ending.report.verdict == Some(Verdict::Complete) {
            assert_eq!(ending.table, ending.existing, "world {seed}");
            complete += 1;
        }
        if ending.report.verdict == Some(Verdict::Failed) {
            assert!(ending.table.is_empty(), "world {seed}");
        }
    }
    // Worlds in which nothing ever comes whole would prove little.
    assert!(complete > 150, "{complete} complete");
}
