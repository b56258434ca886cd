//! Signature V3, ACS3-HMAC-SHA256 (§9): headers, query and body go in, the claims of the call come out.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::Request;
use crate::claims::{Claims, Proof, V3_ALGORITHM};
use crate::form::Params;
use crate::refusal::Refusal;
use crate::sign::canonical_query;

/// The name that clients behind a proxy sign as their host.
const PROXIED_HOST: &str = "simcloud";

/// Reads the claims from the headers. Those that `SignedHeaders` does not list count as absent, because anybody could
/// have changed them.
pub(crate) fn claims(request: &Request<'_>) -> Result<Claims, Refusal> {
    let authorization = Authorization::read(request.header("authorization").unwrap_or_default())?;
    let header = |header: &str, name: &str| match signed_value(request, &authorization, header) {
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(Refusal::missing(name)),
    };
    let action = header("x-acs-action", "Action")?;
    let version = header("x-acs-version", "Version")?;
    let nonce = header("x-acs-signature-nonce", "SignatureNonce")?;
    let timestamp = header("x-acs-date", "Timestamp")?;
    let security_token = signed_value(request, &authorization, "x-acs-security-token").unwrap_or_default();
    let mut texts: Vec<String> =
        [None, Some(PROXIED_HOST)].map(|host| string_to_sign(request, &authorization.signed_headers, host)).into();
    if request.header("host").is_some_and(is_bare_address) {
        // A client would have signed its port too: a proxy stands between, and the first text is the one to show.
        texts.reverse();
    }
    // Wording: §11.1.
    let mismatch = format!("Specified signature does not match our calculation. server StringToSign is [{}]", texts[0]);
    let proof = Proof { signature: authorization.signature, texts, signer: signature, mismatch };
    let access_key_id = authorization.access_key_id;
    Ok(Claims { action, version, access_key_id, nonce, timestamp, security_token, proof })
}

/// Whether a host is an address of this computer without a port, as proxies put it there.
fn is_bare_address(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok()
}

/// `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`
struct Authorization {
    access_key_id: String,
    signed_headers: Vec<String>,
    signature: String,
}

impl Authorization {
    fn read(value: &str) -> Result<Self, Refusal> {
        let part = |name: &str| {
            let parts = value.trim_start_matches(V3_ALGORITHM).split(',');
            let found = parts.filter_map(|part| part.trim().split_once('=')).find(|(have, _)| *have == name);
            found.map(|(_, value)| value.to_owned()).filter(|value| !value.is_empty())
        };
        let incomplete = || {
            let message = "The request signature does not conform to Aliyun standards.";
            Refusal::gateway(400, "IncompleteSignature", message)
        };
        let mut signed_headers: Vec<String> =
            part("SignedHeaders").ok_or_else(incomplete)?.split(';').map(str::to_ascii_lowercase).collect();
        signed_headers.sort();
        Ok(Self {
            access_key_id: part("Credential").ok_or_else(incomplete)?,
            signed_headers,
            signature: part("Signature").ok_or_else(incomplete)?,
        })
    }
}

fn signed_value(request: &Request<'_>, authorization: &Authorization, name: &str) -> Option<String> {
    let signed = authorization.signed_headers.iter().any(|signed| signed == name);
    let value = request.header(name).filter(|_| signed)?;
    Some(value.trim().to_owned())
}

/// The string to sign; `host` stands in for the Host header.
fn string_to_sign(request: &Request<'_>, signed_headers: &[String], host: Option<&str>) -> String {
    let query = canonical_query(Params::read(request.query, b"").iter());
    let mut canonical = format!("{}\n/\n{query}\n", request.method);
    for name in signed_headers {
        let mut values: Vec<&str> = request
            .headers
            .iter()
            .filter(|(have, _)| have.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
            .collect();
        if let (Some(host), "host") = (host, name.as_str()) {
            values = vec![host];
        }
        canonical.push_str(&format!("{name}:{}\n", values.join(",")));
    }
    canonical.push_str(&format!("\n{}\n{}", signed_headers.join(";"), hex(&Sha256::digest(request.body))));
    format!("{V3_ALGORITHM}\n{}", hex(&Sha256::digest(canonical.as_bytes())))
}

fn signature(access_key_secret: &str, string_to_sign: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(access_key_secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(string_to_sign.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Requests that the vendor's SDKs signed; each has its string to sign and its signature as literals.
    fn claims_of(query: &str, headers: &[(&str, &str)], body: &str, authorization: &str) -> Claims {
        let mut headers: Vec<(String, String)> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        headers.push(("Authorization".to_owned(), authorization.to_owned()));
        let request = Request { method: "POST", query, headers: &headers, body: body.as_bytes() };
        claims(&request).unwrap_or_else(|refusal| panic!("{}", refusal.code()))
    }

    const EMPTY_HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn the_documented_example_gives_the_documented_string_and_signature() {
        let claims = claims_of(
            "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
            &[
                ("host", "ecs.cn-shanghai.aliyuncs.com"),
                ("x-acs-action", "RunInstances"),
                ("x-acs-version", "2014-05-26"),
                ("x-acs-date", "2023-10-26T10:22:32Z"),
                ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
                ("x-acs-content-sha256", EMPTY_HASH),
            ],
            "",
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;\
             x-acs-signature-nonce;x-acs-version,\
             Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
        );
        assert_eq!(
            claims.proof.texts[0],
            "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259"
        );
        assert!(claims.proof.check("YourAccessKeySecret").is_ok());
        assert_eq!((claims.action.as_str(), claims.access_key_id.as_str()), ("RunInstances", "YourAccessKeyId"));
    }

    #[test]
    fn a_form_body_a_token_and_odd_characters_are_signed_as_the_sdks_do() {
        let iot = |action: &'static str, nonce: &'static str, date: &'static str, hash: &'static str| {
            vec![
                ("Host", "iot.cn-shanghai.aliyuncs.com"),
                ("x-acs-action", action),
                ("x-acs-version", "2018-01-20"),
                ("x-acs-date", date),
                ("x-acs-signature-nonce", nonce),
                ("x-acs-content-sha256", hash),
            ]
        };
        let mut headers = iot(
            "QueryBatchRegisterDeviceStatus",
            "481e6e4140465e5950f2748b211c4520",
            "2024-02-29T00:00:00Z",
            EMPTY_HASH,
        );
        headers.push(("x-acs-security-token", "CAISgQJ1q6Ft5B2yfSjIr5fD/tu+Zp1Jn3qAj+UG=="));
        let claims = claims_of(
            "ApplyId=1295006&ProductKey=a1BwAGV5Kx2",
            &headers,
            "",
            "ACS3-HMAC-SHA256 Credential=STS.NUgYrLnoC37mZZCNnAbez,SignedHeaders=host;x-acs-action;x-acs-content-sha256;\
             x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,\
             Signature=d1fcb1067be396c4d1c2ec458b29b0b8c1fa2f3661d8dcf6c4ef5302d6339327",
        );
        assert!(claims.proof.check("testsecret").is_ok());
        assert_eq!(claims.security_token, "CAISgQJ1q6Ft5B2yfSjIr5fD/tu+Zp1Jn3qAj+UG==");

        let body_hash = "95713e3489cb948b6665242a79a4884e9adff9b9f850448b9ce31e363bb2d144";
        let mut headers =
            iot("BatchCheckDeviceNames", "ceef9782a23ad1277918a8c97a084c48", "2024-02-29T00:00:00Z", body_hash);
        headers.push(("Content-Type", "application/x-www-form-urlencoded"));
        let body: Vec<String> = (1..=12).map(|index| format!("DeviceName.{index}=sensor_{index}")).collect();
        let claims = claims_of(
            "ProductKey=a1BwAGV5Kx2",
            &headers,
            &body.join("&"),
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;\
             x-acs-date;x-acs-signature-nonce;x-acs-version,\
             Signature=77cc6c24cc3a5d6d82ab34e8fab24ca1ec13fe1d61112419ae01371710d1de43",
        );
        assert!(claims.proof.check("testsecret").is_ok());

        let claims = claims_of(
            "ProductKey=a1BwAGV5Kx2&Nickname=a+b%2Bc*d~e%257E&DeviceName=dev0001",
            &iot("RegisterDevice", "c0859e45a422c3e23737d6c2df6716b1", "2025-12-31T23:59:59Z", EMPTY_HASH),
            "",
            "ACS3-HMAC-SHA256 Credential=testid, SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;\
             x-acs-signature-nonce;x-acs-version, \
             Signature=ca0e7ee9af84be43b087b66b857d67c8a2c853662a048d15b3cae5291b9d8b23",
        );
        assert!(claims.proof.check("testsecret").is_ok());
    }
}
