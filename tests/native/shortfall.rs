//! What is missing after a run: each device with its reason, what a new run would register, and what reading again finds.

use provisioner_core::model::report::{BatchState, Failure, NoticeKind, Verdict};
use simcloud::{Choices, Effect, RowOrder};

use crate::ending::Ending;
use crate::setting::{Click, Setting};

fn named(action: &'static str, nth: u64, effect: Effect) -> Setting {
    Setting { batches: vec![70, 20], is_named: true, faults: vec![(action, nth, 1, effect)], ..Setting::default() }
}

/// How many devices the run misses with this code, and whether a new run may ask for them.
fn with_code(ending: &Ending, code: &str) -> (usize, Option<bool>) {
    let all: Vec<bool> = ending.failed.iter().filter(|(_, other, _)| other == code).map(|(_, _, may)| *may).collect();
    assert!(all.windows(2).all(|two| two[0] == two[1]), "{code}: {all:?}");
    (all.len(), all.first().copied())
}

fn assert_counted(ending: &Ending) {
    assert_eq!(ending.report.failed as usize, ending.failed.len());
    let to_try = ending.failed.iter().filter(|(_, _, may_be_tried)| *may_be_tried).count();
    assert!(ending.report.to_try as usize == to_try || ending.report.to_try == ending.unmade);
    for (name, code, may_be_tried) in &ending.failed {
        let exists = ending.existing.iter().any(|row| row[0] == *name);
        assert!(!exists || !may_be_tried, "{name} exists and would be tried again: {code}");
        assert!(!ending.table.iter().any(|row| row[0] == *name), "{name} is in the table: {code}");
    }
}

#[test]
fn names_that_failed_their_check_are_told_apart_from_those_that_only_shared_their_batch() {
    let ending = named("BatchCheckDeviceNames", 1, Effect::FailDevices { count: 3 }).run();
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_counted(&ending);
    assert_eq!(with_code(&ending, "CHECK_FAILED"), (3, Some(false)));
    assert_eq!(with_code(&ending, "NotRegistered"), (67, Some(true)));
    assert_eq!((ending.report.failed, ending.report.to_try), (70, 67));
}

#[test]
fn names_that_could_not_be_made_may_be_tried_again() {
    let ending = named("BatchRegisterDeviceWithApplyId", 1, Effect::FailDevices { count: 3 }).run();
    assert_counted(&ending);
    assert_eq!(with_code(&ending, "CREATE_FAILED"), (3, Some(true)));
    assert_eq!((ending.report.failed, ending.report.to_try, ending.table.len()), (3, 3, 87));
}

#[test]
fn names_without_an_end_are_never_said_not_to_exist() {
    let stuck = named("BatchRegisterDeviceWithApplyId", 1, Effect::Stuck).run();
    assert_eq!(with_code(&stuck, "NotRead"), (70, Some(false)));
    let setting =
        Setting { clicks: vec![(1_800, Click::Cancel)], batches: vec![70, 20], is_named: true, ..Setting::default() };
    let cancelled = setting.run();
    assert_eq!(cancelled.report.verdict, Some(Verdict::Cancelled));
    assert!(with_code(&cancelled, "NotRead").0 > 0, "{:?}", cancelled.failed);
    assert_counted(&cancelled);
}

#[test]
fn a_missing_row_is_not_said_not_to_exist_and_reading_again_finds_it() {
    for is_named in [false, true] {
        let setting = || Setting {
            is_named,
            // As often as one reading asks for this page.
            faults: vec![("QueryPageByApplyId", 1, 6, Effect::MissingRow { row: 5 })],
            ..Setting::default()
        };
        let ending = setting().run();
        assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
        assert_eq!(ending.notices[0], NoticeKind::RowsMissing(2));
        assert_eq!((ending.report.to_try, with_code(&ending, "NotRead").0), (0, if is_named { 2 } else { 0 }));
        let again = Setting { reads_again: true, ..setting() }.run();
        assert_eq!(again.report.verdict, Some(Verdict::Complete), "{:?}", again.notices);
        assert_eq!(again.table, again.existing);
        assert_eq!((again.report.failed, again.report.to_try), (0, 0));
        assert_eq!(again.registers_sent, u32::from(!is_named));
    }
}

#[test]
fn a_batch_that_ends_late_is_read_when_the_user_looks_again() {
    let setting = |times| {
        let status = Effect::Status { value: "CREATE_SOON".into() };
        let faults = vec![("QueryBatchRegisterDeviceStatus", 1, times, status)];
        Setting { batches: vec![70], faults, ..Setting::default() }
    };
    let polls_of_an_hour = setting(u64::MAX).run().state.calls["QueryBatchRegisterDeviceStatus"];
    let ending = Setting { reads_again: true, ..setting(polls_of_an_hour + 2) }.run();
    assert!(matches!(ending.notices[..], [NoticeKind::BatchStuck(..)]), "{:?}", ending.notices);
    assert_eq!(ending.report.verdict, Some(Verdict::Complete));
}

#[test]
fn random_devices_that_were_not_made_are_counted_for_a_new_run() {
    let random = |action, nth, effect| Setting { is_named: false, ..named(action, nth, effect) }.run();
    let in_part = random("BatchRegisterDevice", 1, Effect::FailDevices { count: 7 });
    assert_counted(&in_part);
    assert_eq!((with_code(&in_part, "CREATE_FAILED").0, in_part.report.to_try), (7, 7));
    let refused = random("BatchRegisterDevice", 1, Effect::Fail { code: "iot.device.DeviceCountExceeded".into() });
    assert_eq!((refused.report.verdict, refused.report.to_try), (Some(Verdict::Failed), 90));
    // A lost batch may exist.
    let lost = Setting {
        faults: vec![("BatchRegisterDevice", 1, 1, Effect::Fail { code: "iot.system.SystemException".into() })],
        batches: vec![70, 20],
        ..Setting::default()
    };
    assert_eq!(lost.run().report.to_try, 20);
}

#[test]
fn nicknames_come_into_the_table_in_whatever_order_the_rows_come() {
    for row_order in [RowOrder::Creation, RowOrder::Reversed, RowOrder::Shuffled] {
        let choices = Choices { row_order, ..Choices::default() };
        let setting =
            Setting { batches: vec![130, 20], is_named: true, has_nicknames: true, choices, ..Setting::default() };
        let ending = setting.run();
        assert_eq!(ending.report.verdict, Some(Verdict::Complete));
        let [existing, table] = ending.nicknames;
        assert_eq!((existing.len(), table), (100, existing));
    }
}

#[test]
fn a_product_whose_devices_have_no_secret_is_read_once_and_says_so() {
    for is_named in [false, true] {
        let choices = Choices { x509_secrets: false, ..Choices::default() };
        let product_key = "a1SimCloud3";
        let ending = Setting { batches: vec![70, 20], product_key, choices, is_named, ..Setting::default() }.run();
        assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
        assert_eq!(ending.notices, [NoticeKind::NoSecrets(70), NoticeKind::NoSecrets(20)]);
        assert_eq!(ending.state.calls["QueryPageByApplyId"], 3);
        assert_eq!((ending.report.created, ending.report.downloaded), (90, 0));
        assert_eq!(with_code(&ending, "NoDeviceSecret"), (90, Some(false)));
        assert_eq!(ending.failed.len(), 90);
    }
}

#[test]
fn names_that_an_x509_product_drops_without_a_word_are_found_missing() {
    let setting = Setting { devices: 1_200, product_key: "a1SimCloud3", is_named: true, ..Setting::default() };
    let ending = setting.run();
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_eq!(ending.table.len(), 1_000);
    assert_eq!(with_code(&ending, "Absent"), (200, Some(true)));
    assert_counted(&ending);
}

#[test]
fn names_of_a_refused_check_are_told_with_the_vendors_reason() {
    let ending = Setting { batches: vec![70], is_named: true, repeated_names: 4, ..Setting::default() }.run();
    assert_eq!(ending.report.batches[0].state, BatchState::Refused);
    assert_eq!(with_code(&ending, "iot.device.AlreadyExistedDeviceName"), (4, Some(false)));
    assert_eq!((with_code(&ending, "NotRegistered"), ending.report.to_try), ((62, Some(true)), 62));
    let [NoticeKind::BatchRefused(Failure::Refused(refusal))] = &ending.notices[..] else {
        panic!("{:?}", ending.notices)
    };
    assert_eq!(refusal.rejected.len(), 4);
}
