//! A call becomes a request. In: call, stamp, key, target. Out: address and form body, signed; a CORS-simple POST.

use crate::plan::{Route, Target, is_loopback};
use crate::secret::AccessKey;

use super::sign::v1;
use super::{Call, Stamp, encode};

/// Version of product `Iot`'s API.
pub const API_VERSION: &str = "2018-01-20";

/// A POST to be sent: no header but the content type, no credential in the address.
#[derive(Clone)]
pub struct HttpRequest {
    /// Absolute address; empty for the demo.
    pub url: String,
    /// Form body (`application/x-www-form-urlencoded`), `Signature` included.
    pub body: String,
    /// What was signed, to be compared with what the server says it signed. Holds the STS token, if there is one.
    pub string_to_sign: String,
}

/// Content type of every request's body: one of the three that need no preflight (Fetch standard, §2.2.2).
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// Stamps, signs and addresses a call. All parameters travel in the body, `Signature` last.
#[must_use]
pub fn build_request(call: &Call, stamp: &Stamp, key: &AccessKey, target: &Target) -> HttpRequest {
    let mut params: Vec<(&str, &str)> = vec![
        ("Format", "JSON"),
        ("Version", API_VERSION),
        ("AccessKeyId", &key.id),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureVersion", "1.0"),
        ("SignatureNonce", &stamp.nonce),
        ("Timestamp", &stamp.timestamp),
        ("RegionId", &target.region_id),
        ("Action", call.action.name()),
    ];
    if let Some(token) = &key.token {
        params.push(("SecurityToken", token.expose()));
    }
    params.extend(call.params.iter().map(|(name, value)| (*name, value.as_str())));
    let canonical = v1::canonical_query(&params);
    let string_to_sign = v1::string_to_sign("POST", &canonical);
    let signature = v1::signature(&key.secret, &string_to_sign);
    let mut body = canonical;
    body.push_str("&Signature=");
    encode::encode_into(&mut body, &signature);
    HttpRequest { url: address(target), body, string_to_sign }
}

/// `{proxy}/{host}/` or `https://{host}/`; plain http only to a port of this computer.
fn address(target: &Target) -> String {
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

    fn target(route: Route, host: &str) -> Target {
        Target { route, host: host.into(), region_id: "cn-shanghai".into() }
    }

    fn request(token: Option<&str>) -> HttpRequest {
        let call = Call { action: Action::QueryPageByApplyId, params: vec![("ApplyId", "12345678".into())] };
        let stamp = Stamp { nonce: "0".repeat(32), timestamp: "2023-03-13T08:34:30Z".into() };
        let key = AccessKey {
            id: "testid".into(),
            secret: Secret::new("testsecret".into()),
            token: token.map(|token| Secret::new(token.into())),
        };
        build_request(&call, &stamp, &key, &target(Route::Direct, "iot.cn-shanghai.aliyuncs.com"))
    }

    #[test]
    fn everything_travels_in_the_body_and_nothing_in_the_address() {
        let request = request(Some("t+/="));
        assert_eq!(request.url, "https://iot.cn-shanghai.aliyuncs.com/");
        for part in ["AccessKeyId=testid", "Format=JSON", "ApplyId=12345678", "SecurityToken=t%2B%2F%3D", "&Signature="]
        {
            assert!(request.body.contains(part), "{part} in {}", request.body);
        }
        assert!(!request.body.contains("testsecret"));
    }

    #[test]
    fn the_same_stamp_gives_the_same_bytes() {
        assert_eq!(request(None).body, request(None).body);
    }

    #[test]
    fn only_a_port_of_this_computer_is_called_without_tls() {
        assert_eq!(address(&target(Route::Direct, "127.0.0.1:8787")), "http://127.0.0.1:8787/");
        assert_eq!(address(&target(Route::Direct, "iot.example:8080")), "https://iot.example:8080/");
        let proxy = Route::Proxy { base: "https://p.example/proxy".into() };
        assert_eq!(address(&target(proxy, "simcloud")), "https://p.example/proxy/simcloud/");
    }
}
