//! Replies and errors as XML, the default of the API.

use super::Client;

/// Calls with this `Format`, or without one; content type and body.
fn answered(client: &mut Client, format: Option<&str>, action: &str, own: &[(&str, &str)]) -> (String, String) {
    let mut params = client.unsigned(action, own);
    params.retain(|(name, _)| name != "Format");
    params.extend(format.map(|format| ("Format".to_owned(), format.to_owned())));
    let answer = client.send(&params, "testsecret");
    (answer.content_type.to_owned(), String::from_utf8(answer.body).unwrap())
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0
}

#[test]
fn xml_is_the_default_and_format_is_read_without_regard_to_case() {
    let mut client = Client::new();
    let own = [("ProductKey", "a1SimCloud1"), ("Count", "1")];
    for (format, kind) in
        [(None, "text/xml"), (Some("xml"), "text/xml"), (Some("XML"), "text/xml"), (Some("json"), "application/json")]
    {
        let (content_type, _) = answered(&mut client, format, "BatchRegisterDevice", &own);
        assert_eq!(content_type, format!("{kind};charset=utf-8"), "{format:?}");
    }
}

#[test]
fn a_reply_has_the_documented_root_and_elements() {
    let mut client = Client::new();
    let own = [("ProductKey", "a1SimCloud1"), ("Count", "2")];
    let (_, body) = answered(&mut client, None, "BatchRegisterDevice", &own);
    let start = "<BatchRegisterDeviceResponse><Data><ApplyId>10000001</ApplyId></Data><RequestId>";
    assert!(body.starts_with(start), "{body}");
    assert!(body.ends_with("</RequestId><Success>true</Success></BatchRegisterDeviceResponse>"), "{body}");

    client.wait(1000);
    let (_, body) = answered(&mut client, None, "QueryPageByApplyId", &[("ApplyId", "10000001")]);
    let rows =
        between(&body, "<QueryPageByApplyIdResponse><PageCount>1</PageCount><ApplyDeviceList>", "</ApplyDeviceList>");
    assert_eq!(rows.matches("<ApplyDeviceInfo><DeviceId>").count(), 2);
    assert!(body.contains("<Page>1</Page><PageSize>10</PageSize><Total>2</Total>"), "{body}");

    let own = [("ApplyId", "10000001"), ("ProductKey", "a1SimCloud1")];
    let (_, body) = answered(&mut client, None, "QueryBatchRegisterDeviceStatus", &own);
    assert!(
        body.contains("<Status>CREATE_SUCCESS</Status><ValidList></ValidList><InvalidList></InvalidList>"),
        "{body}"
    );
}

#[test]
fn errors_of_the_platform_are_replies_and_errors_of_the_gateway_are_not() {
    let mut client = Client::new();
    let (_, body) = answered(&mut client, None, "QueryDevice", &[("ProductKey", "")]);
    assert!(body.starts_with("<QueryDeviceResponse>"), "{body}");
    assert!(body.contains("<Success>false</Success><Code>iot.prod.NullProductKey</Code>"), "{body}");

    let (_, body) = answered(&mut client, None, "QueryDevice", &[]);
    let start = "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>";
    assert!(body.starts_with(start), "{body}");
    assert_eq!(between(&body, "<Code>", "</Code>"), "MissingProductKey");
    assert!(body.ends_with("source=PopGw]]></Recommend></Error>"), "{body}");

    let (_, body) = answered(&mut client, Some("YAML"), "QueryDevice", &[]);
    assert_eq!(between(&body, "<Code>", "</Code>"), "InvalidParameter.Format");
}

#[test]
fn the_string_to_sign_survives_the_markup() {
    let mut client = Client::new();
    let params = client.unsigned("QueryDevice", &[("ProductKey", "<a&b>")]);
    let params: Vec<_> = params.into_iter().filter(|(name, _)| name != "Format").collect();
    let answer = String::from_utf8(client.send(&params, "wrong").body).unwrap();
    let text = between(&answer, "server string to sign is:", "</Message>");
    assert!(text.starts_with("POST&amp;%2F&amp;AccessKeyId%3Dtestid%26"), "{text}");
    assert!(text.contains("%26ProductKey%3D%253Ca%2526b%253E%26"), "{text}");
}
