//! Faults, seen from outside: each does to a call what its name says, and nothing else.

use serde_json::json;

use super::{Client, read};
use crate::{Answer, Effect, Fault, Faults};

const COUNT_ONE: [(&str, &str); 2] = [("ProductKey", "a1SimCloud1"), ("Count", "1")];

fn next(action: &str, effect: Effect) -> Faults {
    let fault = Fault { action: action.to_owned(), nth: 1, times: 1, per_mille: 1000, effect };
    Faults { faults: vec![fault], ..Faults::default() }
}

/// Registers one device under a fault; how it was answered, and how many batches there are afterwards.
fn registered_under(effect: Effect) -> (Answer, u64) {
    let mut client = Client::new();
    client.cloud.set_faults(next("BatchRegisterDevice", effect));
    let answer = client.answer("BatchRegisterDevice", &COUNT_ONE);
    let batches = client.cloud.state(client.now_ms).batches;
    assert_eq!(client.register("1").code(), "no Code", "only one call is hit");
    (answer, batches)
}

#[test]
fn a_lost_answer_hides_a_batch_that_exists() {
    let (answer, batches) = registered_under(Effect::AnswerLost { close: false });
    assert_eq!((answer.lost, answer.closed, batches), (true, false, 1));
}

#[test]
fn a_lost_request_leaves_no_batch_and_its_nonce_free() {
    let mut client = Client::new();
    client.cloud.set_faults(next("", Effect::RequestLost { close: true }));
    let params = client.unsigned("BatchRegisterDevice", &COUNT_ONE);
    let answer = client.send(&params, "testsecret");
    assert_eq!((answer.lost, answer.closed, client.cloud.state(client.now_ms).batches), (true, true, 0));
    assert_eq!(read(&client.send(&params, "testsecret")).code(), "no Code");
}

#[test]
fn a_lost_answer_is_told_apart_from_a_lost_request_by_the_nonce() {
    let mut client = Client::new();
    client.cloud.set_faults(next("", Effect::AnswerLost { close: true }));
    let params = client.unsigned("BatchRegisterDevice", &COUNT_ONE);
    assert!(client.send(&params, "testsecret").lost);
    assert_eq!(read(&client.send(&params, "testsecret")).code(), "SignatureNonceUsed");
}

#[test]
fn a_throttled_or_refused_call_does_nothing() {
    let (answer, batches) = registered_under(Effect::Throttle);
    assert_eq!((read(&answer).code(), answer.status, batches), ("Throttling.User", 400, 0));
    let (answer, batches) = registered_under(Effect::Refuse { status: 503, code: "ServiceUnavailable".to_owned() });
    assert_eq!((read(&answer).code(), answer.status, batches), ("ServiceUnavailable", 503, 0));
    let (answer, batches) = registered_under(Effect::Fail { code: "iot.system.SystemException".to_owned() });
    assert_eq!((read(&answer).code(), answer.status, batches), ("iot.system.SystemException", 200, 0));
}

#[test]
fn a_fault_speaks_in_the_words_of_its_code() {
    let text = |effect: Effect, field: &str| read(&registered_under(effect).0).body[field].as_str().unwrap().to_owned();
    let fail = |code: &str| text(Effect::Fail { code: code.to_owned() }, "ErrorMessage");
    assert_eq!(fail("Iot.system.BillIsOverDue"), "账号已欠费。");
    assert_eq!(fail("iot.device.Unheard"), "请求失败。");
    let refuse = |code: &str| text(Effect::Refuse { status: 400, code: code.to_owned() }, "Message");
    assert_eq!(refuse("Throttling.Api"), "Request was denied due to api flow control.");
    assert_eq!(refuse("Unheard"), "The request was refused.");
}

#[test]
fn a_web_page_can_hide_a_call_that_was_done_or_not() {
    for (status, executed) in [(502, false), (503, true), (200, false)] {
        let (answer, batches) = registered_under(Effect::Html { status, executed });
        assert_eq!((answer.status, batches), (status, u64::from(executed)));
        assert_eq!(answer.content_type, "text/html;charset=utf-8");
        assert!(answer.body.starts_with(b"<html>"));
    }
}

#[test]
fn bodies_are_cut_delayed_and_mislabelled() {
    let (answer, batches) = registered_under(Effect::CutOff { bytes: 20 });
    assert_eq!((answer.body.len(), batches), (20, 1));
    assert_eq!(registered_under(Effect::Delay { ms: 1234 }).0.delay_ms, 1234);
    let (answer, _) = registered_under(Effect::WrongContentType);
    assert_eq!((answer.content_type, read(&answer).code()), ("text/plain;charset=utf-8", "no Code"));
}

#[test]
fn an_answer_can_break_off_and_its_delay_can_differ_from_call_to_call() {
    let (answer, batches) = registered_under(Effect::BrokenOff { bytes: 20 });
    assert_eq!((answer.body.len(), answer.broken_off, batches), (20, true, 1));
    let mut client = Client::new();
    let mut faults = next("", Effect::Jitter { ms_max: 1000 });
    faults.faults[0].times = 5;
    client.cloud.set_faults(faults);
    let delays: std::collections::BTreeSet<u64> =
        (0..5).map(|_| client.answer("BatchRegisterDevice", &COUNT_ONE).delay_ms).collect();
    assert!(delays.len() > 1 && delays.iter().all(|ms| *ms <= 1000), "{delays:?}");
}

#[test]
fn a_forgotten_nonce_lets_a_call_be_done_twice() {
    let mut client = Client::new();
    let params = client.unsigned("BatchRegisterDevice", &COUNT_ONE);
    client.send(&params, "testsecret");
    client.cloud.set_faults(next("", Effect::NonceForgotten));
    assert_eq!(read(&client.send(&params, "testsecret")).code(), "no Code");
    assert_eq!(read(&client.send(&params, "testsecret")).code(), "SignatureNonceUsed");
    assert_eq!(client.cloud.state(client.now_ms).batches, 2);
}

#[test]
fn rows_that_moved_between_two_pages_come_twice_or_never() {
    let mut client = Client::new();
    let id = client.register("120").apply_id();
    client.wait(1000);
    let all = [client.page(&id, "1", "50"), client.page(&id, "2", "50"), client.page(&id, "3", "50")];
    let all: Vec<&str> = all.iter().flat_map(super::Read::names).collect();
    for (by, shown) in [(1, 49..99), (-1, 51..101)] {
        client.cloud.set_faults(next("QueryPageByApplyId", Effect::ShiftedRows { by }));
        assert_eq!(client.page(&id, "2", "50").names(), all[shown]);
        assert_eq!(client.page(&id, "2", "50").names(), all[50..100]);
    }
}

#[test]
fn the_order_of_rows_can_change_from_call_to_call() {
    let mut client = Client::new();
    let id = client.register("40").apply_id();
    client.wait(1000);
    let mut faults = next("QueryPageByApplyId", Effect::Reordered { seed: 0 });
    faults.faults[0].times = 3;
    client.cloud.set_faults(faults);
    let pages: Vec<Vec<String>> =
        (0..4).map(|_| client.page(&id, "1", "50").names().into_iter().map(str::to_owned).collect()).collect();
    let sorted = |page: &Vec<String>| std::collections::BTreeSet::from_iter(page.clone());
    assert!(pages.iter().all(|page| page.len() == 40 && sorted(page) == sorted(&pages[3])));
    assert!(pages[0] != pages[1] && pages[1] != pages[2] && pages[2] != pages[3], "{pages:?}");
}

#[test]
fn failed_devices_are_listed_with_reasons_and_the_others_can_be_fetched() {
    let mut client = Client::new();
    client.cloud.set_faults(next("BatchRegisterDevice", Effect::FailDevices { count: 2 }));
    let id = client.register("5").apply_id();
    client.wait(1000);
    let data = client.status(&id);
    assert_eq!(data["Status"], "CREATE_FAILED");
    let (valid, invalid) =
        (data["ValidList"]["Name"].as_array().unwrap(), data["InvalidList"]["Name"].as_array().unwrap());
    assert_eq!((valid.len(), invalid.len()), (3, 2));
    let details = data["InvalidDetailList"]["invalidDetailList"].as_array().unwrap();
    assert_eq!((&details[0]["DeviceName"], &details[1]["DeviceName"]), (&invalid[0], &invalid[1]));
    let page = client.page(&id, "1", "50");
    assert_eq!((&page.body["Total"], json!(page.names())), (&json!(3), json!(valid)));
    assert_eq!(client.cloud.state(client.now_ms).devices["a1SimCloud1"], 3);
}

#[test]
fn a_stuck_batch_never_ends_and_a_status_can_be_any_word() {
    let mut client = Client::new();
    client.cloud.set_faults(next("BatchRegisterDevice", Effect::Stuck));
    let id = client.register("5").apply_id();
    client.wait(3_600_000);
    assert_eq!(client.status(&id)["Status"], "CREATE");
    client.cloud.set_faults(next("QueryBatchRegisterDeviceStatus", Effect::Status { value: "PAUSED".to_owned() }));
    assert_eq!(client.status(&id)["Status"], "PAUSED");
    assert_eq!(client.status(&id)["Status"], "CREATE");
}

#[test]
fn rows_are_spoilt_on_the_page_that_is_hit_and_whole_again_on_the_next_call() {
    let mut client = Client::new();
    let id = client.register("120").apply_id();
    client.wait(1000);
    let whole = client.page(&id, "2", "50").body;
    let mut fault = next("QueryPageByApplyId", Effect::MissingRow { row: 7 });
    fault.faults[0].nth = 2;
    client.cloud.set_faults(fault);
    assert_eq!(client.page(&id, "1", "50").names().len(), 50);
    let spoilt = client.page(&id, "2", "50").body;
    assert_eq!(spoilt["ApplyDeviceList"]["ApplyDeviceInfo"].as_array().unwrap().len(), 49);
    assert_eq!(spoilt["Total"], json!(120));
    assert_eq!(client.page(&id, "2", "50").body["ApplyDeviceList"], whole["ApplyDeviceList"]);
}

#[test]
fn a_clock_that_is_wrong_shows_in_time_stamps_and_in_the_date() {
    let mut client = Client::new();
    client.cloud.set_faults(Faults { clock_skew_ms: 16 * 60_000, ..Faults::default() });
    let answer = client.answer("BatchRegisterDevice", &COUNT_ONE);
    assert_eq!(answer.date, "Thu, 01 Jan 2026 00:16:00 GMT");
    assert_eq!(read(&answer).code(), "InvalidTimeStamp.Expired");
}
