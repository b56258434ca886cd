//! Replies as the vendor's pages show them, and as something in between makes them.

use super::*;
use crate::cloud::actions::status::BatchStage;
use crate::cloud::{Answer, BatchStatus, Page};

fn read(action: Action, body: &str) -> Outcome {
    read_reply(action, 200, body.as_bytes(), "")
}

fn accepted(body: &str) -> String {
    match read(Action::BatchRegisterDevice, body) {
        Ok(Answer::Accepted { apply_id }) => apply_id,
        other => panic!("{other:?}"),
    }
}

fn status(body: &str) -> BatchStatus {
    match read(Action::QueryBatchRegisterDeviceStatus, body) {
        Ok(Answer::Status(status)) => status,
        other => panic!("{other:?}"),
    }
}

fn page(body: &str) -> Page {
    match read(Action::QueryPageByApplyId, body) {
        Ok(Answer::Page(page)) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_documented_register_reply_gives_its_apply_id() {
    let body = r#"{"Data":{"ApplyId":12345678},"RequestId":"92C67DC1-41B5-45F8-9AFD-1FB42448D405","Success":true}"#;
    assert_eq!(accepted(body), "12345678");
}

#[test]
fn an_apply_id_beyond_2_53_keeps_every_digit_as_number_and_as_text() {
    assert_eq!(accepted(r#"{"Data":{"ApplyId":9007199254740993},"Success":true}"#), "9007199254740993");
    assert_eq!(accepted(r#"{"Data":{"ApplyId":"123456789012345678"},"Success":"true"}"#), "123456789012345678");
}

#[test]
fn a_register_reply_without_its_apply_id_is_broken() {
    let Err(Failure::Broken { detail }) = read(Action::BatchRegisterDevice, r#"{"Success":true,"Data":{}}"#) else {
        panic!()
    };
    assert_eq!(detail, "Data.ApplyId is missing");
}

#[test]
fn the_documented_success_status_has_no_failed_names() {
    let read = status(
        r#"{"Data":{"Status":"CREATE_SUCCESS","ValidList":{"Name":[]},"InvalidList":{"Name":[]}},
            "RequestId":"F731C7F3-A86C-4039-9FCA-5F802F3C59A1","Success":true}"#,
    );
    assert_eq!(read, BatchStatus { status: "CREATE_SUCCESS".into(), stage: BatchStage::Created, failed: vec![] });
}

#[test]
fn failed_names_carry_their_reasons_under_either_inner_name() {
    for inner in ["invalidDetailList", "InvalidDetailList"] {
        let read = status(&format!(
            r#"{{"Success":true,"Data":{{"Status":"CREATE_FAILED","InvalidList":{{"Name":["a","b"]}},
                "InvalidDetailList":{{"{inner}":[{{"DeviceName":"b","ErrorMsg":"The nick name is illegal."}}]}}}}}}"#
        ));
        assert_eq!(read.stage, BatchStage::Failed);
        assert_eq!(read.failed, [("a".into(), String::new()), ("b".into(), "The nick name is illegal.".into())]);
    }
}

#[test]
fn an_undocumented_status_is_kept_and_asked_again() {
    let read = status(r#"{"Success":true,"Data":{"Status":"CREATE_PARTLY"}}"#);
    assert_eq!((read.status.as_str(), read.stage), ("CREATE_PARTLY", BatchStage::Working));
}

#[test]
fn the_documented_page_gives_both_rows() {
    let read = page(
        r#"{"PageCount":1,"ApplyDeviceList":{"ApplyDeviceInfo":[
            {"DeviceId":"vWxNur6BUApsqjv9****","DeviceName":"APItest","DeviceSecret":"tXXEtily4XuV7WS1fosJoDkhRIIU****","IotId":"vWxNur6BUApsqjv****4000100"},
            {"DeviceId":"hoiwszKPYmHk074H****","DeviceName":"awfg","DeviceSecret":"BYpg1b2nmuq21BO7fxOogYQQZd9z****","IotId":"hoiwszKPYmHk074HA****000100"}]},
            "Page":1,"PageSize":10,"RequestId":"762F7AAD-8B87-4C65-BBF3-4575B002B384","Success":true,"Total":2}"#,
    );
    assert_eq!((read.total, read.rows.len(), read.unusable.len()), (2, 2, 0));
    assert_eq!(read.rows[1].device_name, "awfg");
    assert_eq!(read.rows[1].device_secret.expose(), "BYpg1b2nmuq21BO7fxOogYQQZd9z****");
    assert_eq!(read.rows[0].iot_id, "vWxNur6BUApsqjv****4000100");
}

#[test]
fn a_row_without_its_secret_is_no_row() {
    let read = page(
        r#"{"Success":true,"Total":"3","ApplyDeviceList":{"ApplyDeviceInfo":[
            {"DeviceName":"a","DeviceSecret":"","IotId":"1"},{"DeviceName":"b","IotId":"2"},
            {"DeviceName":"c","DeviceSecret":"s","IotId":"3"}]}}"#,
    );
    assert_eq!((read.total, read.rows.len()), (3, 1));
    assert_eq!(read.unusable, ["a", "b"]);
}

#[test]
fn a_business_error_comes_with_status_200_and_its_own_text_field() {
    let body = r#"{"RequestId":"R","Success":false,"Code":"iot.prod.NotExistedProduct","ErrorMessage":"产品不存在"}"#;
    let Err(Failure::Refused(refusal)) = read(Action::BatchRegisterDevice, body) else { panic!() };
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str(), refusal.status),
        ("iot.prod.NotExistedProduct", "产品不存在", 200)
    );
}

#[test]
fn a_gateway_error_keeps_code_message_and_request_id() {
    let body = r#"{"RequestId":"4C46","HostId":"iot.cn-shanghai.aliyuncs.com","Code":"Throttling.User","Message":"Request was denied due to user flow control.","Recommend":"https://x"}"#;
    let Err(Failure::Refused(refusal)) = read_reply(Action::QueryDevice, 400, body.as_bytes(), "") else { panic!() };
    assert_eq!((refusal.status, refusal.code.as_str(), refusal.request_id.as_str()), (400, "Throttling.User", "4C46"));
    assert!(refusal.message.starts_with("Request was denied"));
}

#[test]
fn a_refused_signature_tells_whether_both_signed_the_same_text_and_does_not_repeat_it() {
    let body = r#"{"RequestId":"R","Code":"SignatureDoesNotMatch","Message":"Specified signature is not matched with our calculation. server string to sign is:POST&%2F&SecurityToken%3Dtt"}"#;
    for (ours, same) in [("POST&%2F&SecurityToken%3Dtt", true), ("GET&%2F&", false)] {
        let Err(Failure::Refused(refusal)) = read_reply(Action::QueryDevice, 400, body.as_bytes(), ours) else {
            panic!()
        };
        assert_eq!(refusal.same_string_to_sign, Some(same));
        assert_eq!(refusal.message, "Specified signature is not matched with our calculation.");
    }
}

#[test]
fn html_empty_and_foreign_json_are_not_the_vendors() {
    for (body, excerpt) in [
        ("<html>\n<h1>502 Bad Gateway</h1>", "<html> <h1>502 Bad Gateway</h1>"),
        ("", ""),
        (r#"{"error":"secret stays unseen","path":"/"}"#, "JSON: error, path"),
    ] {
        let Err(failure) = read_reply(Action::QueryDevice, 502, body.as_bytes(), "") else { panic!() };
        assert_eq!(failure, Failure::Foreign { status: 502, excerpt: excerpt.into() });
    }
}

#[test]
fn a_reply_that_was_cut_off_is_broken_at_every_byte_and_never_repeats_what_it_held() {
    let body = r#"{"Success":true,"Total":1,"ApplyDeviceList":{"ApplyDeviceInfo":[{"DeviceName":"n","DeviceSecret":"hidden","IotId":"i"}]}}"#;
    for end in 1..body.len() {
        match read(Action::QueryPageByApplyId, &body[..end]) {
            Err(Failure::Broken { detail }) => assert!(!detail.contains("hidden"), "{detail}"),
            other => panic!("cut at {end}: {other:?}"),
        }
    }
}
