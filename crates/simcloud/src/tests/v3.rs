//! Calls signed with V3, as they arrive at the gateway. Signed by one of the vendor's SDKs, byte for byte.

use super::{Client, Read, read};
use crate::Request;

/// 29 February 2024, 00:00:00 UTC, when the call below was signed.
const SIGNED_MS: u64 = 1_709_164_800_000;
const QUERY: &str = "ProductKey=a1BwAGV5Kx2&Count=100";
const AUTHORIZATION: &str = "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;\
    x-acs-date;x-acs-signature-nonce;x-acs-version,\
    Signature=c09cd0b06dc3a0b40db7a1167b94cf9b6a735073cfa682c874523e7557dcb083";

fn client() -> Client {
    let mut client = Client::with(|config| config.products[0].product_key = "a1BwAGV5Kx2".to_owned());
    client.now_ms = SIGNED_MS;
    client
}

fn headers() -> Vec<(String, String)> {
    [
        ("host", "iot.cn-shanghai.aliyuncs.com"),
        ("x-acs-action", "BatchRegisterDevice"),
        ("x-acs-version", "2018-01-20"),
        ("x-acs-date", "2024-02-29T00:00:00Z"),
        ("x-acs-signature-nonce", "b3b02708a94b0d2a4342d75d7f63eee1"),
        ("x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("Authorization", AUTHORIZATION),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

fn call(client: &mut Client, headers: &[(String, String)], body: &str) -> Read {
    let request = Request { method: "POST", query: QUERY, headers, body: body.as_bytes() };
    read(&client.cloud.handle(&request, client.now_ms))
}

/// The call with one header changed, or taken away.
fn code_with(name: &str, value: Option<&str>) -> String {
    let mut headers = headers();
    headers.retain(|(have, _)| have != name);
    headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    call(&mut client(), &headers, "").code().to_owned()
}

#[test]
fn a_call_signed_by_the_vendors_sdk_is_done_and_answered_in_json() {
    let mut client = client();
    let answer = call(&mut client, &headers(), "");
    assert_eq!((answer.status, answer.apply_id().as_str()), (200, "10000001"));
    assert_eq!(client.cloud.state(client.now_ms).calls["BatchRegisterDevice"], 1);
    assert_eq!(call(&mut client, &headers(), "").code(), "SignatureNonceUsed");
}

#[test]
fn headers_that_were_not_signed_change_nothing() {
    let mut headers = headers();
    headers.push(("user-agent".to_owned(), "anything".to_owned()));
    headers.push(("x-acs-security-token".to_owned(), "ignored".to_owned()));
    assert_eq!(call(&mut client(), &headers, "").code(), "no Code");
}

#[test]
fn a_signed_header_or_a_body_that_changed_on_the_way_breaks_the_signature() {
    assert_eq!(code_with("x-acs-action", Some("QueryDevice")), "SignatureDoesNotMatch");
    assert_eq!(code_with("x-acs-signature-nonce", Some("another")), "SignatureDoesNotMatch");
    assert_eq!(code_with("host", Some("elsewhere")), "SignatureDoesNotMatch");
    assert_eq!(call(&mut client(), &headers(), "Count=100").code(), "SignatureDoesNotMatch");
}

#[test]
fn the_servers_string_to_sign_is_told() {
    let mut headers = headers();
    headers[6].1 = AUTHORIZATION.replace("Signature=c0", "Signature=00");
    let answer = call(&mut client(), &headers, "");
    assert_eq!(
        answer.body["Message"],
        "Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n\
         c1813388982ead73063b023ca2bda25f95d2643aed4ec9671894162b2a386f10]"
    );
}

/// Signed for the host name `simcloud` by hand, outside this project; a proxy has put its own Host header in.
#[test]
fn behind_a_proxy_the_name_simcloud_may_have_been_signed() {
    let mut headers = headers();
    headers[0].1 = "127.0.0.1:8787".to_owned();
    headers[6].1 = AUTHORIZATION.replace(
        "c09cd0b06dc3a0b40db7a1167b94cf9b6a735073cfa682c874523e7557dcb083",
        "4077a4bad823517832521ffd51d07af4f49dff20c3429f3eaadded534b6ac30e",
    );
    assert_eq!(call(&mut client(), &headers, "").code(), "no Code");
}

#[test]
fn behind_a_proxy_the_string_to_sign_is_told_for_the_name_that_was_signed() {
    let told = |host: &str| {
        let mut headers = headers();
        headers[0].1 = host.to_owned();
        headers[6].1 = AUTHORIZATION.replace("Signature=c0", "Signature=00");
        call(&mut client(), &headers, "").body["Message"].clone()
    };
    assert_eq!(told("127.0.0.1"), told("simcloud"));
    assert_ne!(told("127.0.0.1:8787"), told("simcloud"));
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(code_with("x-acs-action", None), "MissingAction");
    assert_eq!(code_with("x-acs-version", None), "MissingVersion");
    assert_eq!(code_with("x-acs-date", None), "MissingTimestamp");
    assert_eq!(code_with("x-acs-signature-nonce", None), "MissingSignatureNonce");
    assert_eq!(code_with("Authorization", Some("ACS3-HMAC-SHA256 Credential=testid")), "IncompleteSignature");
    let unsigned_action = AUTHORIZATION.replace("x-acs-action;", "");
    assert_eq!(code_with("Authorization", Some(&unsigned_action)), "MissingAction");
}
