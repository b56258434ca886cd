//! The gateway's checks, one by one: each refuses with the documented status, code and text.

use super::{Client, encoded, read};
use crate::form::Params;
use crate::sign::{signature, string_to_sign};
use crate::{Config, Credential, RamDenial, Request};

/// Changes the parameters of a good call, signs them, and tells how it was answered.
fn refused(change: impl FnOnce(&mut Vec<(String, String)>)) -> (u16, String) {
    let mut client = Client::new();
    let mut params = client.unsigned("BatchRegisterDevice", &[("ProductKey", "a1SimCloud1"), ("Count", "1")]);
    change(&mut params);
    let answer = read(&client.send(&params, "testsecret"));
    (answer.status, answer.code().to_owned())
}

fn without(name: &str) -> (u16, String) {
    refused(|params| params.retain(|(have, _)| have != name))
}

fn with(name: &str, value: &str) -> (u16, String) {
    refused(|params| {
        params.retain(|(have, _)| have != name);
        params.push((name.to_owned(), value.to_owned()));
    })
}

fn answer(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn each_missing_parameter_is_named() {
    for name in [
        "Action",
        "Version",
        "AccessKeyId",
        "SignatureMethod",
        "SignatureVersion",
        "SignatureNonce",
        "Timestamp",
        "ProductKey",
        "Count",
    ] {
        assert_eq!(without(name), answer(400, &format!("Missing{name}")));
    }
}

#[test]
fn a_call_without_a_signature_is_told_so() {
    let mut client = Client::new();
    let params = client.unsigned("BatchRegisterDevice", &[]);
    let answer = read(&client.send_raw(&super::encoded(&params)));
    assert_eq!((answer.status, answer.code()), (400, "MissingSignature"));
    assert_eq!(answer.body["Message"], "Signature is mandatory for this action.");
}

#[test]
fn values_that_cannot_be_are_refused_with_the_documented_codes() {
    assert_eq!(with("Action", "BatchRegisterDevices"), answer(404, "InvalidApi.NotFound"));
    assert_eq!(with("Version", "2017-04-20"), answer(400, "InvalidVersion"));
    assert_eq!(with("SignatureMethod", "HMAC-SHA256"), answer(400, "InvalidSignatureMethod"));
    assert_eq!(with("SignatureVersion", "2.0"), answer(400, "InvalidSignatureVersion"));
    assert_eq!(with("Timestamp", "2026-01-01 00:00:00"), answer(400, "InvalidTimeStamp.Format"));
    assert_eq!(with("AccessKeyId", "nobody"), answer(404, "InvalidAccessKeyId.NotFound"));
    assert_eq!(with("Count", "many"), answer(400, "InvalidCount"));
}

#[test]
fn a_time_stamp_is_good_for_fifteen_minutes_either_way() {
    assert_eq!(with("Timestamp", "2025-12-31T23:45:00Z"), answer(200, "no Code"));
    assert_eq!(with("Timestamp", "2025-12-31T23:44:59Z"), answer(400, "InvalidTimeStamp.Expired"));
    assert_eq!(with("Timestamp", "2026-01-01T00:15:00Z"), answer(200, "no Code"));
    assert_eq!(with("Timestamp", "2026-01-01T00:15:01Z"), answer(400, "InvalidTimeStamp.Expired"));
}

#[test]
fn other_http_methods_are_refused() {
    let mut client = Client::new();
    client.method = "PUT";
    assert_eq!(client.register("1").code(), "UnsupportedHTTPMethod");
}

#[test]
fn a_gateway_error_has_the_documented_shape() {
    let mut client = Client::new();
    let answer = client.answer("Nothing", &[]);
    assert_eq!(answer.content_type, "application/json;charset=utf-8");
    let answer = read(&answer);
    let fields: Vec<&String> = answer.body.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["Code", "HostId", "Message", "Recommend", "RequestId"]);
    assert_eq!(answer.body["HostId"], "iot.cn-shanghai.aliyuncs.com");
    assert_eq!(
        answer.body["Recommend"],
        "https://error-center.aliyun.com/status/search?Keyword=InvalidApi.NotFound&source=PopGw"
    );
}

#[test]
fn a_wrong_signature_is_answered_with_the_servers_string_to_sign() {
    let mut client = Client::new();
    client.method = "GET";
    let query = "AccessKeyId=testid&Action=QueryDevice&Format=JSON&ProductKey=a%20b&SignatureMethod=HMAC-SHA1\
                 &SignatureNonce=1&SignatureVersion=1.0&Timestamp=2026-01-01T00%3A00%3A00Z&Version=2018-01-20";
    let answer = read(&client.send_raw(&format!("{query}&Signature=wrong")));
    assert_eq!((answer.status, answer.code()), (400, "SignatureDoesNotMatch"));
    assert_eq!(
        answer.body["Message"],
        "Specified signature is not matched with our calculation. server string to sign is:\
         GET&%2F&AccessKeyId%3Dtestid%26Action%3DQueryDevice%26Format%3DJSON%26ProductKey%3Da%2520b\
         %26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D1%26SignatureVersion%3D1.0\
         %26Timestamp%3D2026-01-01T00%253A00%253A00Z%26Version%3D2018-01-20"
    );
}

/// A request that the vendor's SDK signed, byte for byte as it went out.
#[test]
fn a_request_signed_by_the_vendors_sdk_is_accepted() {
    let mut client = Client::with(|config: &mut Config| config.first_apply_id = 1_295_006);
    client.now_ms = 1_767_225_599_000;
    let body = "AccessKeyId=testid&Action=QueryPageByApplyId&ApplyId=1295006&CurrentPage=1&Format=JSON&PageSize=50\
                &RegionId=cn-shanghai&SignatureMethod=HMAC-SHA1&SignatureNonce=6f2d1987-ff2b-7854-c601-42f0b9a5cce6\
                &SignatureVersion=1.0&Timestamp=2025-12-31T23%3A59%3A59Z&Version=2018-01-20\
                &Signature=mof4k%2BpEDM4m6xoCCrZ1BCXlQdA%3D";
    let answer = read(&client.send_raw(body));
    assert_eq!((answer.status, answer.code()), (200, "iot.device.DeviceApplyIsNotFound"));
}

#[test]
fn a_nonce_is_used_up_only_by_a_call_with_a_right_signature() {
    let mut client = Client::new();
    let params = client.unsigned("BatchRegisterDevice", &[("ProductKey", "a1SimCloud1"), ("Count", "1")]);
    assert_eq!(read(&client.send(&params, "wrong")).code(), "SignatureDoesNotMatch");
    assert_eq!(read(&client.send(&params, "testsecret")).status, 200);
    let again = read(&client.send(&params, "testsecret"));
    assert_eq!((again.status, again.code()), (400, "SignatureNonceUsed"));
    assert_eq!(client.cloud.state(client.now_ms).batches, 1);
}

#[test]
fn a_throttled_call_has_used_its_nonce() {
    let mut client = Client::with(|config| config.quotas = [("QueryDevice".to_owned(), 0)].into());
    let params = client.unsigned("QueryDevice", &[("ProductKey", "a1SimCloud1")]);
    assert_eq!(read(&client.send(&params, "testsecret")).code(), "Throttling.User");
    assert_eq!(read(&client.send(&params, "testsecret")).code(), "SignatureNonceUsed");
}

#[test]
fn a_temporary_key_needs_its_own_token() {
    let mut client = Client::with(|config| {
        let other = Credential {
            access_key_id: "STS.other".into(),
            security_token: "othertoken".into(),
            ..Credential::default()
        };
        config.credentials.push(other);
    });
    client.key = ("STS.testid", "testsecret");
    let mut code = |token: &[(&str, &str)]| {
        let answer = client.call("QueryDevice", &[&[("ProductKey", "a1SimCloud1")], token].concat());
        (answer.status, answer.code().to_owned())
    };
    assert_eq!(code(&[("SecurityToken", "testtoken")]), answer(200, "no Code"));
    assert_eq!(code(&[]), answer(400, "MissingSecurityToken"));
    assert_eq!(code(&[("SecurityToken", "othertoken")]), answer(400, "InvalidSecurityToken.MismatchWithAccessKey"));
    assert_eq!(code(&[("SecurityToken", "junk")]), answer(400, "InvalidSecurityToken.Malformed"));
}

#[test]
fn a_token_ends_and_a_key_can_be_switched_off() {
    let mut client = Client::with(|config| {
        config.credentials[1].token_expires_at_ms = super::START_MS + 5000;
        config.credentials[0].disabled = true;
    });
    assert_eq!(client.register("1").code(), "InvalidAccessKeyId.Inactive");
    client.key = ("STS.testid", "testsecret");
    let own = [("ProductKey", "a1SimCloud1"), ("SecurityToken", "testtoken")];
    client.wait(4999);
    assert_eq!(client.call("QueryDevice", &own).code(), "no Code");
    client.wait(1);
    assert_eq!(client.call("QueryDevice", &own).code(), "InvalidSecurityToken.Expired");
}

#[test]
fn a_key_without_rights_is_forbidden_every_action() {
    let mut client = Client::new();
    client.key = ("deniedid", "testsecret");
    for action in ["BatchRegisterDevice", "QueryBatchRegisterDeviceStatus", "QueryPageByApplyId", "QueryDevice"] {
        let answer = client.call(action, &[]);
        assert_eq!((answer.status, answer.code()), (403, "Forbidden.RAM"), "{action}");
    }
}

#[test]
fn a_right_can_be_taken_for_one_action_and_refused_by_the_platform() {
    let mut client = Client::with(|config| {
        config.credentials[0].denied_actions = vec!["QueryDevice".to_owned()];
        config.choices.ram_denial = RamDenial::Platform;
    });
    let answer = client.call("QueryDevice", &[("ProductKey", "a1SimCloud1")]);
    assert_eq!((answer.status, answer.code()), (200, "iot.common.RamActionPermissionDeny"));
    assert_eq!(client.register("1").status, 200);
}

#[test]
fn the_documented_quota_is_let_in_each_second_and_no_call_more() {
    let mut client = Client::new();
    for _ in 0..10 {
        assert_eq!(client.register("1").status, 200);
    }
    let answer = client.register("1");
    assert_eq!((answer.status, answer.code()), (400, "Throttling.User"));
    assert_eq!(answer.body["Message"], "Request was denied due to user flow control.");
    client.wait(999);
    assert_eq!(client.register("1").code(), "Throttling.User");
    client.wait(1);
    assert_eq!(client.register("1").status, 200);
    let state = client.cloud.state(client.now_ms);
    assert_eq!((state.batches, state.peak_qps["BatchRegisterDevice"]), (11, 10));
    assert_eq!((state.calls["BatchRegisterDevice"], state.accepted["BatchRegisterDevice"]), (13, 11));
    assert_eq!(state.refused["Throttling.User"], 2);
}

#[test]
fn temporary_keys_share_the_quota_of_their_account() {
    let mut client = Client::new();
    for _ in 0..10 {
        client.register("1");
    }
    client.key = ("STS.testid", "testsecret");
    let own = [("ProductKey", "a1SimCloud1"), ("Count", "1"), ("SecurityToken", "testtoken")];
    assert_eq!(client.call("BatchRegisterDevice", &own).code(), "Throttling.User");
}

#[test]
fn parameters_may_be_split_between_query_and_body_in_any_way_and_empty_ones_count() {
    let mut client = Client::new();
    let own = [("ProductKey", "a1SimCloud1"), ("Count", "1"), ("SignatureType", ""), ("RegionId", "cn-shanghai")];
    let params = client.unsigned("BatchRegisterDevice", &own).len() + 1;
    for split in 0..=params {
        let mut params = client.unsigned("BatchRegisterDevice", &own);
        let text = string_to_sign("POST", &Params::read("", encoded(&params).as_bytes()));
        assert!(text.contains("%26SignatureType%3D%26"), "{text}");
        params.push(("Signature".to_owned(), signature("testsecret", &text)));
        let (query, body) = params.split_at(split);
        let (query, body) = (encoded(query), encoded(body));
        let request = Request { method: "POST", query: &query, headers: &[], body: body.as_bytes() };
        assert_eq!(read(&client.cloud.handle(&request, client.now_ms)).code(), "no Code", "{split}");
        client.wait(1000);
    }
}
