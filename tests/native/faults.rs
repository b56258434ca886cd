//! Disturbed runs: each fault is named, nothing is made twice, and no verdict is better than the truth.

use provisioner_core::journal::Entry;
use provisioner_core::model::report::{BatchState, Failure, NoticeKind, SignedText, Verdict};
use provisioner_core::plan::Signature;
use simcloud::{Choices, Effect};

use crate::ending::Ending;
use crate::setting::{Click, Setting};

fn with(action: &'static str, nth: u64, times: u64, effect: Effect) -> Setting {
    Setting { faults: vec![(action, nth, times, effect)], ..Setting::default() }
}

fn refused_check(setting: Setting) -> String {
    let ending = setting.run();
    assert_eq!(ending.report.verdict, Some(Verdict::Failed));
    assert_eq!(ending.existing.len(), 0);
    assert_eq!(ending.state.calls.get("BatchRegisterDevice"), None, "nothing was sent that could register a device");
    match &ending.notices[..] {
        [NoticeKind::CheckFailed(Failure::Refused(refusal))] => refusal.code.clone(),
        other => panic!("{other:?}"),
    }
}

fn failed_check(effect: Effect) -> Failure {
    let ending = with("QueryDevice", 1, 9, effect).run();
    assert_eq!((ending.report.verdict, ending.existing.len()), (Some(Verdict::Failed), 0));
    match &ending.notices[..] {
        [NoticeKind::CheckFailed(failure)] => failure.clone(),
        other => panic!("{other:?}"),
    }
}

fn assert_complete(ending: &Ending) {
    assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{:?}", ending.notices);
    assert_eq!(ending.table, ending.existing);
    assert_eq!(ending.table.len(), 100);
}

#[test]
fn faults_of_key_product_instance_and_clock_are_met_before_anything_is_registered() {
    let key = |access_key| Setting { access_key, ..Setting::default() };
    assert_eq!(refused_check(key(("testid", "wrong", None))), "SignatureDoesNotMatch");
    assert_eq!(refused_check(key(("nobody", "testsecret", None))), "InvalidAccessKeyId.NotFound");
    assert_eq!(refused_check(key(("STS.testid", "testsecret", None))), "MissingSecurityToken");
    assert_eq!(refused_check(key(("deniedid", "testsecret", None))), "Forbidden.RAM");
    let product = |product_key, instance_id| Setting { product_key, instance_id, ..Setting::default() };
    assert_eq!(refused_check(product("a1Unknown01", "")), "iot.prod.NotExistedProduct");
    let missing = refused_check(product("a1SimCloud2", ""));
    assert!(missing.starts_with("iot."), "{missing}");
    assert_eq!(refused_check(Setting { clock_skew_ms: 3_600_000, ..Setting::default() }), "InvalidTimeStamp.Expired");
}

#[test]
fn a_wrong_secret_is_told_apart_from_a_wrong_text() {
    for signature in [Signature::V1, Signature::V3] {
        let ending = Setting { access_key: ("testid", "wrong", None), signature, ..Setting::default() }.run();
        let [NoticeKind::CheckFailed(Failure::Refused(refusal))] = &ending.notices[..] else { panic!() };
        assert_eq!(refusal.signed, Some(SignedText::Same), "{signature:?}");
    }
}

#[test]
fn what_stands_in_between_is_told_apart_from_the_cloud() {
    assert_eq!(failed_check(Effect::RequestLost { close: true }), Failure::Unreachable);
    assert_eq!(failed_check(Effect::RequestLost { close: false }), Failure::TimedOut { after_ms: 30_000 });
    for status in [200, 502, 503] {
        let failure = failed_check(Effect::Html { status, executed: false });
        assert!(matches!(failure, Failure::Foreign { status: seen, .. } if seen == status), "{failure:?}");
    }
    assert!(matches!(failed_check(Effect::CutOff { bytes: 40 }), Failure::Broken { .. }));
}

#[test]
fn one_lost_check_is_asked_again() {
    assert_complete(&with("QueryDevice", 1, 1, Effect::RequestLost { close: true }).run());
}

/// Three batches of which the second meets the effect, once.
fn second_of_three(effect: Effect) -> Setting {
    Setting { batches: vec![100, 150, 60], devices_before: 70, ..with("BatchRegisterDevice", 2, 1, effect) }
}

fn assert_three_complete(ending: &Ending, devices: usize) {
    assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{:?}", ending.notices);
    assert_eq!(ending.table, ending.existing);
    assert_eq!(ending.table.len(), devices);
    let counted = (ending.report.requested, ending.report.created, ending.report.downloaded);
    assert_eq!(counted, (310, 310, 310));
}

#[test]
fn a_register_call_that_never_arrived_is_sent_once_more() {
    for effect in [
        Effect::RequestLost { close: true },
        Effect::RequestLost { close: false },
        Effect::Html { status: 502, executed: false },
    ] {
        let ending = second_of_three(effect.clone()).run();
        assert_three_complete(&ending, 310);
        assert_eq!(ending.notices, [], "{effect:?}");
        // One batch was there before.
        assert_eq!((ending.registers_sent, ending.state.batches), (4, 1 + 3), "{effect:?}");
    }
}

#[test]
fn a_register_call_whose_answer_was_lost_is_found_in_the_product_and_never_made_twice() {
    for effect in [
        Effect::AnswerLost { close: true },
        Effect::AnswerLost { close: false },
        Effect::Html { status: 502, executed: true },
        Effect::CutOff { bytes: 30 },
    ] {
        let ending = second_of_three(effect.clone()).run();
        assert_three_complete(&ending, 310);
        assert_eq!((ending.registers_sent, ending.state.batches), (4, 1 + 3), "{effect:?}");
        assert_eq!(ending.state.refused["SignatureNonceUsed"], 1, "{effect:?}");
        assert!(
            matches!(&ending.notices[..], [NoticeKind::BatchUnclear(_), NoticeKind::BatchRebuilt(150)]),
            "{:?}",
            ending.notices
        );
        assert_eq!(ending.report.batches[1].apply_id, None);
    }
}

#[test]
fn what_the_cloud_answered_is_not_sent_again_and_what_is_not_found_is_the_users_to_decide() {
    for effect in [
        Effect::Refuse { status: 500, code: "InternalError".into() },
        Effect::Refuse { status: 400, code: "SignatureNonceUsed".into() },
        Effect::Fail { code: "iot.system.SystemException".into() },
        Effect::Fail { code: "iot.device.ApplyManyDevicesFailed".into() },
    ] {
        // The user looks once more, and then gives up.
        let answers = vec![Click::Resume, Click::Cancel];
        let ending = Setting { answers, ..second_of_three(effect.clone()) }.run();
        assert_eq!(ending.report.verdict, Some(Verdict::Cancelled), "{effect:?}");
        assert_eq!(ending.registers_sent, 2, "{effect:?}");
        let states: Vec<BatchState> = ending.report.batches.iter().map(|batch| batch.state).collect();
        assert_eq!(states, [BatchState::Complete, BatchState::Unclear, BatchState::Cancelled], "{effect:?}");
        let asked = ending.notices.iter().filter(|kind| **kind == NoticeKind::BatchNotFound(150, 0)).count();
        assert_eq!(asked, 2, "{:?}", ending.notices);
        assert_eq!(ending.table, ending.existing);
    }
}

#[test]
fn devices_that_somebody_else_registers_meanwhile_are_never_taken_for_ours_unasked() {
    let answers = vec![Click::Take];
    let lost = second_of_three(Effect::AnswerLost { close: true });
    // The first batch takes its time: what the stranger registered is there when the second is looked for.
    let batches = vec![3_000, 150, 60];
    let ending = Setting { answers, batches, strangers: vec![(300, 7)], ..lost }.run();
    assert!(ending.notices.contains(&NoticeKind::BatchNotFound(150, 157)), "{:?}", ending.notices);
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_eq!(ending.state.batches, 1 + 3 + 1);
}

#[test]
fn a_cloud_that_forgets_nonces_and_makes_a_batch_twice_is_found_out() {
    let setting = |crashes| {
        let choices = Choices { nonce_memory_ms: 0, ..Choices::default() };
        Setting { choices, crashes, ..second_of_three(Effect::AnswerLost { close: true }) }
    };
    let ending = setting(vec![]).run();
    assert_eq!(ending.existing.len(), 460);
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_eq!(ending.notices, [NoticeKind::ProductSurplus(150)]);
    // Nor does a crash between the second answer and the count make it forget.
    let is_second_answer = |entry: &Entry| matches!(entry, Entry::Accepted { batch: 1, .. });
    let answered = ending.journal.iter().position(is_second_answer).unwrap();
    let resumed = setting(vec![ending.kept_at[answered] + 1]).run();
    assert_eq!(resumed.report.verdict, Some(Verdict::Incomplete));
    assert_eq!(resumed.notices, [NoticeKind::ProductSurplus(150)]);
}

#[test]
fn a_token_that_expires_pauses_the_run_which_then_goes_on() {
    for action in ["BatchRegisterDevice", "QueryBatchRegisterDeviceStatus", "QueryPageByApplyId"] {
        let effect = Effect::Refuse { status: 400, code: "InvalidSecurityToken.Expired".into() };
        let answers = vec![Click::Resume];
        let ending = Setting { answers, batches: vec![100, 150, 60], ..with(action, 2, 1, effect) }.run();
        assert_three_complete(&ending, 310);
        assert!(matches!(&ending.notices[..], [NoticeKind::Stopped(..)]), "{action}: {:?}", ending.notices);
    }
}

#[test]
fn a_register_call_that_was_refused_makes_nothing_and_ends_the_submitting() {
    let mut setting = with("BatchRegisterDevice", 2, 1, Effect::Fail { code: "iot.device.DeviceCountExceeded".into() });
    setting.devices = 30_000;
    let ending = setting.run();
    let states: Vec<BatchState> = ending.report.batches.iter().map(|batch| batch.state).collect();
    assert_eq!(states, [BatchState::Complete, BatchState::Refused, BatchState::NotSent]);
    assert_eq!((ending.existing.len(), ending.report.downloaded), (10_000, 10_000));
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
}

#[test]
fn throttled_calls_wait_and_go_on_register_calls_included() {
    for action in ["QueryDevice", "BatchRegisterDevice", "QueryBatchRegisterDeviceStatus", "QueryPageByApplyId"] {
        let ending = with(action, 1, 3, Effect::Throttle).run();
        assert_complete(&ending);
        assert!(ending.report.throttled >= 3, "{action}");
    }
}

#[test]
fn reads_survive_every_passing_fault() {
    for action in ["QueryBatchRegisterDeviceStatus", "QueryPageByApplyId"] {
        for effect in [
            Effect::AnswerLost { close: true },
            Effect::AnswerLost { close: false },
            Effect::RequestLost { close: true },
            Effect::Html { status: 503, executed: false },
            Effect::CutOff { bytes: 25 },
            Effect::Refuse { status: 500, code: "InternalError".into() },
            Effect::Fail { code: "iot.device.QueryDeviceApplyActionError".into() },
            Effect::Delay { ms: 5_000 },
        ] {
            let ending = with(action, 1, 2, effect.clone()).run();
            assert_complete(&ending);
            assert_eq!(ending.notices, [], "{action}: {effect:?}");
        }
    }
}

#[test]
fn a_row_without_its_secret_is_shown_and_never_green() {
    let ending = with("QueryPageByApplyId", 1, 99, Effect::EmptySecret { row: 3 }).run();
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_eq!(ending.report.downloaded, 98);
    assert!(matches!(&ending.notices[..], [NoticeKind::RowsUnusable(2, first)] if !first.is_empty()));
}

#[test]
fn a_secret_that_comes_with_the_second_reading_makes_the_set_whole() {
    assert_complete(&with("QueryPageByApplyId", 1, 1, Effect::EmptySecret { row: 3 }).run());
}

#[test]
fn a_row_that_never_comes_is_counted_and_never_green() {
    let ending = with("QueryPageByApplyId", 1, 99, Effect::MissingRow { row: 5 }).run();
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_eq!((ending.report.created, ending.report.downloaded), (100, 98));
    assert_eq!(ending.notices, [NoticeKind::RowsMissing(2)]);
}

#[test]
fn a_row_under_a_name_that_nobody_asked_for_is_named_and_never_green() {
    let faults = vec![("QueryPageByApplyId", 1, 99, Effect::RenamedRow { row: 5 })];
    let ending = Setting { batches: vec![30], is_named: true, faults, ..Setting::default() }.run();
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_eq!((ending.report.created, ending.report.downloaded), (30, 30));
    let [NoticeKind::NamesAbsent(1, name)] = &ending.notices[..] else { panic!("{:?}", ending.notices) };
    assert!(ending.existing.iter().any(|device| device[0] == *name), "{name}");
}

#[test]
fn a_row_that_comes_twice_counts_once_and_the_missing_one_is_looked_for() {
    assert_complete(&with("QueryPageByApplyId", 1, 1, Effect::DuplicateRow { row: 4 }).run());
}

#[test]
fn a_batch_that_failed_in_part_keeps_what_was_made_and_names_what_was_not() {
    let ending = with("BatchRegisterDevice", 1, 1, Effect::FailDevices { count: 7 }).run();
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert_eq!((ending.report.created, ending.report.downloaded), (93, 93));
    assert_eq!(ending.table, ending.existing);
    assert!(
        matches!(&ending.notices[..], [
            NoticeKind::BatchFailed(_, failed),
            NoticeKind::CountDiffers(100, 93),
        ] if failed.len() == 7),
        "{:?}",
        ending.notices
    );
}

#[test]
fn an_unknown_status_is_waited_out_and_a_batch_that_never_ends_is_given_up() {
    assert_complete(
        &with("QueryBatchRegisterDeviceStatus", 1, 3, Effect::Status { value: "CREATE_SOON".into() }).run(),
    );
    let ending = with("BatchRegisterDevice", 1, 1, Effect::Stuck).run();
    assert_eq!(ending.report.verdict, Some(Verdict::Incomplete));
    assert!(matches!(&ending.notices[..], [NoticeKind::BatchStuck(_, 60)]));
}

#[test]
fn an_entry_that_cannot_be_kept_pauses_the_run_and_nothing_leaves_before_it() {
    for is_named in [false, true] {
        let setting = |unkept| Setting {
            batches: vec![70, 120, 30],
            is_named,
            unkept,
            answers: vec![Click::Resume],
            ..Setting::default()
        };
        let appends = setting(vec![]).run().kept_at.len();
        for number in 0..appends {
            let ending = setting(vec![number, number + 1]).run();
            let told = ending.notices.iter().filter(|kind| matches!(kind, NoticeKind::JournalFailed(_))).count();
            // The last entry tells of the end, after which nothing pauses.
            assert!(told == 2 || number + 1 >= appends, "entry {number}: {:?}", ending.notices);
            assert_eq!(ending.report.verdict, Some(Verdict::Complete), "entry {number}");
            assert_eq!((ending.table.len(), &ending.table), (220, &ending.existing), "entry {number}");
        }
    }
}
