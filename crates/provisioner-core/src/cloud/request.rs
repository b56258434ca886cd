//! A call becomes a request. In: call, stamp, key, target. Out: a POST, signed in the way that the target says.
//!
//! Both signatures carry all parameters in the form body: the vendor takes them from query and body alike, a proxy
//! need not pass a query on, and ten thousand names fit no address. V1 is a CORS-simple request, its signature one of
//! the parameters. V3 signs headers, the endpoint's host among them, so that a proxy may stand in between.

use crate::model::action::Action;
use crate::plan::{Route, Signature, Target, is_loopback};
use crate::secret::AccessKey;

use super::sign::{v1, v3};
use super::{Call, Stamp, encode};

/// Version of product `Iot`'s API.
pub const API_VERSION: &str = "2018-01-20";

/// Content type of every request's body: one of the three that need no preflight (Fetch standard, §2.2.2).
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// A POST to be sent: no credential in the address.
#[derive(Clone)]
pub struct HttpRequest {
    /// Absolute address; empty for the demo.
    pub url: String,
    /// Headers to set, names in lower case; the sender adds `host` and nothing else of its own.
    pub headers: Vec<(&'static str, String)>,
    /// Form body.
    pub body: String,
    /// What was signed, to be compared with what the server says it signed. With V1 it holds the STS token, if there is one.
    pub string_to_sign: String,
}

/// Stamps, signs and addresses a call. The same call, stamp, key and target give the same bytes.
#[must_use]
pub fn build_request(call: &Call, stamp: &Stamp, key: &AccessKey, target: &Target) -> HttpRequest {
    let mut params: Vec<(&str, &str)> = vec![("Format", "JSON"), ("RegionId", &target.region_id)];
    params.extend(call.params.iter().map(|(name, value)| (name.as_ref(), value.as_str())));
    let (headers, body, string_to_sign) = match target.signature {
        Signature::V1 => signed_v1(params, call.action, stamp, key),
        Signature::V3 => signed_v3(&params, call.action, stamp, key, &target.host),
    };
    HttpRequest { url: address(target), headers, body, string_to_sign }
}

/// Headers, body and string to sign.
type Signed = (Vec<(&'static str, String)>, String, String);

fn signed_v1<'r>(mut params: Vec<(&'r str, &'r str)>, action: Action, stamp: &'r Stamp, key: &'r AccessKey) -> Signed {
    params.extend([
        ("Version", API_VERSION),
        ("AccessKeyId", key.id.as_str()),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureVersion", "1.0"),
        ("SignatureNonce", &stamp.nonce),
        ("Timestamp", &stamp.timestamp),
        ("Action", action.name()),
    ]);
    params.extend(key.token.as_ref().map(|token| ("SecurityToken", token.expose())));
    let canonical = v1::canonical_query(&params);
    let string_to_sign = v1::string_to_sign("POST", &canonical);
    let signature = v1::signature(&key.secret, &string_to_sign);
    let mut body = canonical;
    body.push_str("&Signature=");
    encode::encode_into(&mut body, &signature);
    (vec![("content-type", CONTENT_TYPE.to_owned())], body, string_to_sign)
}

fn signed_v3(params: &[(&str, &str)], action: Action, stamp: &Stamp, key: &AccessKey, host: &str) -> Signed {
    let body = v3::canonical_query(params);
    let content_sha256 = v3::content_sha256(body.as_bytes());
    let mut headers = vec![
        ("content-type", CONTENT_TYPE.to_owned()),
        ("x-acs-action", action.name().to_owned()),
        ("x-acs-content-sha256", content_sha256.clone()),
        ("x-acs-date", stamp.timestamp.clone()),
        ("x-acs-signature-nonce", stamp.nonce.clone()),
        ("x-acs-version", API_VERSION.to_owned()),
    ];
    headers.extend(key.token.as_ref().map(|token| ("x-acs-security-token", token.expose().to_owned())));
    let mut signed: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    signed.push(("host", host));
    let request = v3::canonical_request("POST", "/", "", &signed, &content_sha256);
    let string_to_sign = v3::string_to_sign(&request);
    let signature = v3::signature(&key.secret, &string_to_sign);
    let authorization = v3::authorization(&key.id, &v3::signed_headers(&signed), &signature);
    headers.extend([("accept", "application/json".to_owned()), ("authorization", authorization)]);
    (headers, body, string_to_sign)
}

/// Where calls to a cloud go: `{proxy}/{host}/` or `https://{host}/`; plain http only to a port of this computer. Empty for
/// the demo.
#[must_use]
pub fn address(target: &Target) -> String {
    let host = &target.host;
    match &target.route {
        Route::Demo => String::new(),
        Route::Proxy { base } => format!("{base}/{host}/"),
        Route::Direct if is_loopback(host) && host.contains(':') => format!("http://{host}/"),
        Route::Direct => format!("https://{host}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::action::Action;
    use crate::secret::Secret;

    fn target(route: Route, host: &str, signature: Signature) -> Target {
        Target { route, host: host.into(), region_id: "cn-shanghai".into(), signature }
    }

    fn request(signature: Signature, token: Option<&str>) -> HttpRequest {
        let call = Call { action: Action::QueryPageByApplyId, params: vec![("ApplyId".into(), "12345678".into())] };
        let stamp = Stamp { nonce: "0".repeat(32), timestamp: "2023-03-13T08:34:30Z".into() };
        let key = AccessKey {
            id: "testid".into(),
            secret: Secret::new("testsecret".into()),
            token: token.map(|token| Secret::new(token.into())),
        };
        build_request(&call, &stamp, &key, &target(Route::Direct, "iot.cn-shanghai.aliyuncs.com", signature))
    }

    #[test]
    fn v1_carries_everything_in_the_body_and_nothing_in_the_address_or_a_header_of_its_own() {
        let request = request(Signature::V1, Some("t+/="));
        assert_eq!(request.url, "https://iot.cn-shanghai.aliyuncs.com/");
        assert_eq!(request.headers, [("content-type", CONTENT_TYPE.to_owned())]);
        for part in ["AccessKeyId=testid", "Format=JSON", "ApplyId=12345678", "SecurityToken=t%2B%2F%3D", "&Signature="]
        {
            assert!(request.body.contains(part), "{part} in {}", request.body);
        }
        assert!(!request.body.contains("testsecret"));
    }

    #[test]
    fn v3_signs_every_header_that_it_sets_but_two_and_the_host_that_it_does_not_set() {
        let request = request(Signature::V3, Some("t"));
        assert_eq!(request.body, "ApplyId=12345678&Format=JSON&RegionId=cn-shanghai");
        let value =
            |name: &str| request.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        assert_eq!(value("host"), None);
        assert_eq!(value("x-acs-security-token"), Some("t"));
        assert!(value("authorization").unwrap().starts_with(
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;\
             x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,Signature="
        ));
        assert!(request.headers.iter().all(|(_, value)| !value.contains("testsecret")));
    }

    #[test]
    fn the_same_stamp_gives_the_same_bytes() {
        for signature in [Signature::V1, Signature::V3] {
            let (one, other) = (request(signature, None), request(signature, None));
            assert_eq!((one.body, one.headers), (other.body, other.headers));
        }
    }

    #[test]
    fn only_a_port_of_this_computer_is_called_without_tls() {
        let address = |route, host| address(&target(route, host, Signature::V1));
        assert_eq!(address(Route::Direct, "127.0.0.1:8787"), "http://127.0.0.1:8787/");
        assert_eq!(address(Route::Direct, "iot.example:8080"), "https://iot.example:8080/");
        let proxy = Route::Proxy { base: "https://p.example/proxy".into() };
        assert_eq!(address(proxy, "simcloud"), "https://p.example/proxy/simcloud/");
    }
}
