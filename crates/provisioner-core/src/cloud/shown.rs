//! A request as it may be looked at: all that leaves the browser, but for what is secret. In: a signed request. Out: a text.
//!
//! What the signature and a token are is left out, and of the AccessKey ID the middle. The AccessKey secret is in no
//! request at all.

use percent_encoding::percent_decode_str;

use super::HttpRequest;
use crate::secret::MaskedId;

/// Parameters that are shown at most: a check of names has ten thousand.
const PARAMETERS_MAX: usize = 40;

/// What stands in place of a secret.
const HIDDEN: &str = "***";

/// The request line, the headers and the parameters, each on a line of its own.
#[must_use]
pub fn shown(request: &HttpRequest) -> String {
    let mut text = ["POST ", &request.url, "\n"].concat();
    for (name, value) in &request.headers {
        text.push_str(&[name, ": ", &header(name, value), "\n"].concat());
    }
    text.push('\n');
    let mut parameters = request.body.split('&');
    for parameter in parameters.by_ref().take(PARAMETERS_MAX) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let decoded = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let name = decoded(name);
        let value = match name.as_str() {
            // Not even decoded: the memory of what is freed may be read.
            "Signature" | "SecurityToken" => HIDDEN.to_owned(),
            "AccessKeyId" => MaskedId::new(&decoded(value)).shown().to_owned(),
            _ => decoded(value),
        };
        text.push_str(&[&name, "=", &value, "\n"].concat());
    }
    // The last one may be the signature.
    let rest = parameters.filter(|parameter| !parameter.starts_with("Signature=")).count();
    if rest > 0 {
        text.push_str(&format!("… +{rest}\n"));
    }
    text
}

fn header(name: &str, value: &str) -> String {
    match name {
        "x-acs-security-token" => HIDDEN.to_owned(),
        "authorization" => {
            let part = |part: &str| match part.split_once('=') {
                Some((name, _)) if name == "Signature" => [name, "=", HIDDEN].concat(),
                Some((name, id)) if name.ends_with("Credential") => [name, "=", MaskedId::new(id).shown()].concat(),
                _ => part.to_owned(),
            };
            value.split(',').map(part).collect::<Vec<_>>().join(",")
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Call, Stamp, build_request};
    use crate::model::action::Action;
    use crate::plan::{Route, Signature, Target};
    use crate::secret::{AccessKey, Secret};

    fn text(signature: Signature, params: Vec<(&'static str, String)>) -> String {
        let call = Call {
            action: Action::BatchCheckDeviceNames,
            params: params.into_iter().map(|(name, value)| (name.into(), value)).collect(),
        };
        let stamp = Stamp { nonce: "0".repeat(32), timestamp: "2023-03-13T08:34:30Z".into() };
        let key = AccessKey {
            id: "STS.NTABCDEFGHIJKLMN1234".into(),
            secret: Secret::new("s3cret".into()),
            token: Some(Secret::new("t0ken+/=".into())),
        };
        let host = "iot.cn-shanghai.aliyuncs.com".to_owned();
        let route = Route::Proxy { base: "https://p.example/proxy".into() };
        shown(&build_request(&call, &stamp, &key, &Target { route, host, region_id: "cn-shanghai".into(), signature }))
    }

    #[test]
    fn everything_is_shown_but_the_signature_the_token_and_the_middle_of_the_key_id() {
        let expected = "POST https://p.example/proxy/iot.cn-shanghai.aliyuncs.com/\n\
                        content-type: application/x-www-form-urlencoded\n\n\
                        AccessKeyId=STS.****1234\nAction=BatchCheckDeviceNames\nDeviceName.1=a b\nFormat=JSON\n\
                        ProductKey=a1SimCloud1\nRegionId=cn-shanghai\nSecurityToken=***\nSignatureMethod=HMAC-SHA1\n\
                        SignatureNonce=00000000000000000000000000000000\nSignatureVersion=1.0\n\
                        Timestamp=2023-03-13T08:34:30Z\nVersion=2018-01-20\nSignature=***\n";
        let params = || vec![("ProductKey", "a1SimCloud1".to_owned()), ("DeviceName.1", "a b".to_owned())];
        assert_eq!(text(Signature::V1, params()), expected);
        let v3 = text(Signature::V3, params());
        assert!(v3.contains("x-acs-security-token: ***\n"), "{v3}");
        let authorization = v3.lines().find(|line| line.starts_with("authorization: ")).unwrap();
        assert!(
            authorization.starts_with("authorization: ACS3-HMAC-SHA256 Credential=STS.****1234,SignedHeaders=host;")
                || authorization.contains("Credential=STS.****1234,SignedHeaders="),
            "{authorization}"
        );
        assert!(authorization.ends_with(",Signature=***"), "{authorization}");
        assert!(!v3.contains("t0ken") && !v3.contains("ABCDEF"), "{v3}");
    }

    #[test]
    fn of_ten_thousand_names_the_first_are_shown_and_the_rest_is_counted() {
        let names: Vec<String> = (0..10_000).map(|number| format!("DeviceName.{number}")).collect();
        let params = names.iter().map(|name| (&*name.clone().leak(), "SN".to_owned())).collect();
        let text = text(Signature::V1, params);
        assert_eq!(text.lines().count(), 3 + PARAMETERS_MAX + 1);
        // Ten parameters of everybody's: with the names, and less those on show and the signature.
        assert!(text.ends_with("… +9970\n"), "{}", text.lines().last().unwrap());
    }
}
