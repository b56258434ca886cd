//! Replies that are looser than the vendor's pages say, or cut off.

use super::*;
use crate::cloud::{Answer, BatchStage, BatchStatus, Page};

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
fn failed_names_carry_their_reasons_under_either_inner_name() {
    for inner in ["invalidDetailList", "InvalidDetailList"] {
        let read = status(&format!(
            r#"{{"Success":true,"Data":{{"Status":"CREATE_FAILED","InvalidList":{{"Name":["a","b"]}},
                "InvalidDetailList":{{"{inner}":[{{"DeviceName":"b","ErrorMsg":"The nick name is illegal."}}]}}}}}}"#
        ));
        assert_eq!(read.stage, BatchStage::CreateFailed);
        assert_eq!(read.failed, [("a".into(), String::new()), ("b".into(), "The nick name is illegal.".into())]);
    }
}

#[test]
fn an_undocumented_status_is_kept_and_asked_again() {
    let read = status(r#"{"Success":true,"Data":{"Status":"CREATE_PARTLY"}}"#);
    assert_eq!((read.status.as_str(), read.stage), ("CREATE_PARTLY", BatchStage::Working));
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
fn a_reply_that_was_cut_off_is_broken_at_every_byte_and_never_repeats_what_it_held() {
    let json = r#"{"Success":true,"Total":1,"ApplyDeviceList":{"ApplyDeviceInfo":[{"DeviceName":"n","DeviceSecret":"hidden","IotId":"i"}]}}"#;
    let root = "<QueryPageByApplyIdResponse>";
    let xml = "<QueryPageByApplyIdResponse><Success>true</Success><Total>1</Total><ApplyDeviceList><ApplyDeviceInfo><DeviceName>n</DeviceName><DeviceSecret>hidden</DeviceSecret><IotId>i</IotId></ApplyDeviceInfo></ApplyDeviceList></QueryPageByApplyIdResponse>";
    for (body, from) in [(json, 1), (xml, root.len())] {
        for end in from..body.len() {
            match read(Action::QueryPageByApplyId, &body[..end]) {
                Err(Failure::Broken { detail }) => assert!(!detail.contains("hidden"), "{detail}"),
                other => panic!("cut at {end}: {other:?}"),
            }
        }
    }
    // Before its root is whole, XML could be anybody's.
    for end in 0..root.len() {
        assert!(matches!(read(Action::QueryPageByApplyId, &xml[..end]), Err(Failure::Foreign { .. })), "cut at {end}");
    }
}

#[test]
fn a_reply_tells_its_request_id_in_either_format() {
    for body in [
        "{\"RequestId\":\"R-1\",\"Success\":true}",
        "\u{feff}<?xml version=\"1.0\"?><QueryDeviceResponse><RequestId>R-1</RequestId></QueryDeviceResponse>",
    ] {
        assert_eq!(super::request_id(body.as_bytes()), "R-1", "{body}");
    }
    for body in ["", "<html>", "{\"Success\":true}", "{"] {
        assert_eq!(super::request_id(body.as_bytes()), "", "{body}");
    }
}
