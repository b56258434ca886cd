//! Every shape of an error, the vendor's and those of what stands in between.

use super::read_reply;
use crate::model::action::Action;
use crate::model::report::{Failure, Refusal, RejectedName, Rejection, SignedPart, SignedText};

fn failed(status: u16, body: &str, string_to_sign: &str) -> Failure {
    match read_reply(Action::QueryDevice, status, body.as_bytes(), string_to_sign) {
        Err(failure) => failure,
        Ok(answer) => panic!("{answer:?}"),
    }
}

fn refused(status: u16, body: &str) -> Refusal {
    match failed(status, body, "") {
        Failure::Refused(refusal) => *refusal,
        other => panic!("{other:?}"),
    }
}

/// Reads both forms of an error; both give the same refusal.
fn both(status: u16, json: &str, xml: &str) -> Refusal {
    let refusal = refused(status, json);
    assert_eq!(refusal, refused(status, xml));
    refusal
}

#[test]
fn the_gateways_error() {
    let refusal = both(
        400,
        r#"{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"iot.cn-shanghai.aliyuncs.com","Code":"Throttling.User","Message":"Request was denied due to user flow control.","Recommend":"https://error-center.aliyun.com/status/search?Keyword=Throttling.User&source=PopGw"}"#,
        "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>4C467B38-3910-447D-87BC-AC049166F216</RequestId><HostId>iot.cn-shanghai.aliyuncs.com</HostId><Code>Throttling.User</Code><Message>Request was denied due to user flow control.</Message><Recommend><![CDATA[https://error-center.aliyun.com/status/search?Keyword=Throttling.User&source=PopGw]]></Recommend></Error>",
    );
    let expected = Refusal {
        status: 400,
        code: "Throttling.User".into(),
        message: "Request was denied due to user flow control.".into(),
        request_id: "4C467B38-3910-447D-87BC-AC049166F216".into(),
        recommend: Some("https://error-center.aliyun.com/status/search?Keyword=Throttling.User&source=PopGw".into()),
        ..Refusal::default()
    };
    assert_eq!(refusal, expected);
}

#[test]
fn the_gateways_error_of_2017_and_the_iot_pages_of_2019_say_less() {
    let refusal = both(
        404,
        r#"{"RequestId":"R","HostId":"h","Code":"InvalidAccessKeyId.NotFound","Message":"Specified access key is not found."}"#,
        "<Error><RequestId>R</RequestId><HostId>h</HostId><Code>InvalidAccessKeyId.NotFound</Code><Message>Specified access key is not found.</Message></Error>",
    );
    assert_eq!((refusal.code.as_str(), refusal.recommend), ("InvalidAccessKeyId.NotFound", None));
    let refusal = both(
        400,
        r#"{"RequestId":"R","Code":"MissingProductKey","Message":"ProductKey is mandatory for this action."}"#,
        "<Error><RequestId>R</RequestId><Code>MissingProductKey</Code><Message>ProductKey is mandatory for this action.</Message></Error>",
    );
    assert_eq!(refusal.message, "ProductKey is mandatory for this action.");
}

#[test]
fn a_denial_names_the_right_that_is_missing() {
    let refusal = both(
        403,
        r#"{"RequestId":"R","Code":"NoPermission","Description":"You are not authorized.","AccessDeniedDetail":{"AuthAction":"iot:QueryDevice","AuthPrincipalType":"SubUser","PolicyType":"AccountLevelIdentityBasedPolicy","NoPermissionType":"ImplicitDeny","EncodedDiagnosticMessage":"x"}}"#,
        "<Error><RequestId>R</RequestId><Code>NoPermission</Code><Description>You are not authorized.</Description><AccessDeniedDetail><AuthAction>iot:QueryDevice</AuthAction><AuthPrincipalType>SubUser</AuthPrincipalType></AccessDeniedDetail></Error>",
    );
    assert_eq!(refusal.message, "You are not authorized.");
    assert_eq!(refusal.denied.as_deref(), Some("iot:QueryDevice"));
}

#[test]
fn a_business_error_comes_with_status_200_and_its_own_text_field() {
    let refusal = both(
        200,
        r#"{"RequestId":"R","Success":false,"Code":"iot.prod.NotExistedProduct","ErrorMessage":"产品不存在"}"#,
        "<QueryDeviceResponse><RequestId>R</RequestId><Success>false</Success><Code>iot.prod.NotExistedProduct</Code><ErrorMessage>产品不存在</ErrorMessage></QueryDeviceResponse>",
    );
    let named = (refusal.status, refusal.code.as_str(), refusal.message.as_str());
    assert_eq!(named, (200, "iot.prod.NotExistedProduct", "产品不存在"));
}

#[test]
fn a_refused_name_check_lists_every_name_with_its_reason() {
    let refusal = both(
        200,
        r#"{"RequestId":"R","Success":false,"Code":"iot.device.InvalidFormattedDeviceName","ErrorMessage":"m","Data":{
            "InvalidDeviceNameList":{"InvalidDeviceName":["APT$","aw"]},
            "InvalidDeviceNicknameList":{"InvalidDeviceNickname":["!"]},
            "RepeatedDeviceNameList":{"RepeatDevieNameList":["twice"]},
            "InvalidDetailList":{"InvalidDetailList":[{"DeviceName":"aw","NickName":"","ErrorMsg":"too short"}]}}}"#,
        "<BatchCheckDeviceNamesResponse><RequestId>R</RequestId><Success>false</Success><Code>iot.device.InvalidFormattedDeviceName</Code><ErrorMessage>m</ErrorMessage><Data>
            <InvalidDeviceNameList><InvalidDeviceName>APT$</InvalidDeviceName><InvalidDeviceName>aw</InvalidDeviceName></InvalidDeviceNameList>
            <InvalidDeviceNicknameList><InvalidDeviceNickname>!</InvalidDeviceNickname></InvalidDeviceNicknameList>
            <RepeatedDeviceNameList><RepeatDevieNameList>twice</RepeatDevieNameList></RepeatedDeviceNameList>
            <InvalidDetailList><InvalidDetailList><DeviceName>aw</DeviceName><NickName></NickName><ErrorMsg>too short</ErrorMsg></InvalidDetailList></InvalidDetailList></Data></BatchCheckDeviceNamesResponse>",
    );
    let named = |name: &str, reason| RejectedName { name: name.into(), reason };
    let expected = [
        named("APT$", Rejection::Name),
        named("aw", Rejection::Said("too short".into())),
        named("!", Rejection::Nickname),
        named("twice", Rejection::Repeated),
    ];
    assert_eq!(refusal.rejected, expected);
}

#[test]
fn a_refused_signature_is_compared_in_both_wordings() {
    let v1 = r#"{"RequestId":"R","Code":"SignatureDoesNotMatch","Message":"Specified signature is not matched with our calculation. server string to sign is:POST&%2F&Count%3D2%26SecurityToken%3Dtt"}"#;
    let v3 = "<Error><RequestId>R</RequestId><Code>SignatureDoesNotMatch</Code><Message>Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\nabc]</Message></Error>";
    let signed = |body: &str, ours: &str| match failed(400, body, ours) {
        Failure::Refused(refusal) => (refusal.message, refusal.signed),
        other => panic!("{other:?}"),
    };
    let (message, same) = signed(v1, "POST&%2F&Count%3D2%26SecurityToken%3Dtt");
    assert_eq!(message, "Specified signature is not matched with our calculation.");
    assert_eq!(same, Some(SignedText::Same));
    let (_, changed) = signed(v1, "POST&%2F&Count%3D1%26SecurityToken%3Dtt");
    let part = SignedPart::Parameter("Count".into());
    assert_eq!(changed, Some(SignedText::Differs { part, ours: "1".into(), theirs: "2".into() }));
    let (message, same) = signed(v3, "ACS3-HMAC-SHA256\nabc");
    assert_eq!(message, "Specified signature does not match our calculation.");
    assert_eq!(same, Some(SignedText::Same));
    let (_, changed) = signed(v3, "ACS3-HMAC-SHA256\nabd");
    assert!(matches!(changed, Some(SignedText::Differs { part: SignedPart::Request, .. })), "{changed:?}");
}

#[test]
fn an_unknown_code_keeps_code_message_and_request_id() {
    let refusal = refused(418, r#"{"RequestId":"R","Code":"Brand.New","Message":"m"}"#);
    assert_eq!((refusal.code.as_str(), refusal.message.as_str(), refusal.request_id.as_str()), ("Brand.New", "m", "R"));
}

#[test]
fn only_the_vendors_own_pages_are_offered_as_links() {
    let link = |address: &str| refused(400, &format!(r#"{{"Code":"C","Recommend":"{address}"}}"#)).recommend;
    for address in ["https://error-center.aliyun.com/x", "https://api.alibabacloud.com/troubleshoot?q=C"] {
        assert_eq!(link(address).as_deref(), Some(address));
    }
    for address in [
        "http://error-center.aliyun.com/",
        "https://aliyun.com.evil.example/",
        "https://evil.example/?.aliyun.com",
        "https://evil.example\\\\.aliyun.com/",
        "https://user@evil.example#.aliyun.com",
        "https://a@b.aliyun.com/",
        "javascript:alert(1)",
        "",
    ] {
        assert_eq!(link(address), None, "{address}");
    }
}

#[test]
fn html_empty_and_foreign_bodies_are_not_the_vendors() {
    for (body, excerpt) in [
        ("<html>\n<h1>502 Bad Gateway</h1>", "<html> <h1>502 Bad Gateway</h1>"),
        ("<!DOCTYPE html>\n<title>Login</title>", "<!DOCTYPE html> <title>Login</title>"),
        ("", ""),
        ("  \n", ""),
        ("upstream connect error", "upstream connect error"),
        ("[1, 2]", "[1, 2]"),
        (r#"{"error":"secret stays unseen","path":"/"}"#, "fields: error, path"),
        ("<Error><Key>secret stays unseen</Key></Error>", "fields: Key"),
    ] {
        assert_eq!(failed(502, body, ""), Failure::Foreign { status: 502, excerpt: excerpt.into() });
    }
}

#[test]
fn a_foreign_body_that_may_hold_a_secret_is_not_shown() {
    for body in [
        r#"[{"DeviceSecret":"seen by nobody"}]"#,
        "<Envelope><DeviceSecret>seen by nobody</DeviceSecret></Envelope>",
        "<html>Bad request: Action=QueryDevice&SecurityToken=seen-by-nobody</html>",
    ] {
        assert_eq!(failed(200, body, ""), Failure::Foreign { status: 200, excerpt: String::new() }, "{body}");
    }
}

#[test]
fn success_under_another_http_status_is_broken() {
    let Failure::Broken { detail } = failed(502, r#"{"Success":true,"Total":1}"#, "") else { panic!() };
    assert_eq!(detail, "Success is true, but the HTTP status is 502");
}
