//! Signature `ACS3-HMAC-SHA256`: HMAC-SHA256 over a canonical request; travels in headers.
//!
//! Source: help.aliyun.com/document_detail/2593177.html and the English page `v3-request-structure-and-signature`.

use std::collections::BinaryHeap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::hex;
use crate::secret::Secret;

pub use super::v1::canonical_query;

/// The algorithm's name, as it stands in the string to sign and in `Authorization`.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// SHA-256 of the body's bytes as they are sent, in hexadecimal digits; goes into `x-acs-content-sha256` too.
#[must_use]
pub fn content_sha256(body: &[u8]) -> String {
    hex(&Sha256::digest(body))
}

/// The names of the signed headers, in lower case, sorted, joined by `;`.
#[must_use]
pub fn signed_headers<N: AsRef<str>, V: AsRef<str>>(headers: &[(N, V)]) -> String {
    let names: Vec<String> = sorted(headers).into_iter().map(|(name, _)| name).collect();
    names.join(";")
}

/// The canonical request: method, path, query, headers with trimmed values, their names, and the body's hash.
#[must_use]
pub fn canonical_request<N: AsRef<str>, V: AsRef<str>>(
    method: &str,
    path: &str,
    canonical_query: &str,
    headers: &[(N, V)],
    content_sha256: &str,
) -> String {
    let mut lines = String::new();
    for (name, value) in sorted(headers) {
        lines.push_str(&name);
        lines.push(':');
        lines.push_str(value);
        lines.push('\n');
    }
    let path = if path.is_empty() { "/" } else { path };
    [method, path, canonical_query, &lines, &signed_headers(headers), content_sha256].join("\n")
}

/// The text that is signed.
#[must_use]
pub fn string_to_sign(canonical_request: &str) -> String {
    [ALGORITHM, "\n", &hex(&Sha256::digest(canonical_request))].concat()
}

/// The signature in hexadecimal digits. The key is the AccessKey secret itself.
#[must_use]
pub fn signature(secret: &Secret, string_to_sign: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).expect("HMAC takes a key of any length");
    mac.update(string_to_sign.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// The value of the header `Authorization`: no blank after its commas.
#[must_use]
pub fn authorization(access_key_id: &str, signed_headers: &str, signature: &str) -> String {
    [ALGORITHM, " Credential=", access_key_id, ",SignedHeaders=", signed_headers, ",Signature=", signature].concat()
}

fn sorted<N: AsRef<str>, V: AsRef<str>>(headers: &[(N, V)]) -> Vec<(String, &str)> {
    let sorted: BinaryHeap<(String, &str)> =
        headers.iter().map(|(name, value)| (name.as_ref().to_ascii_lowercase(), value.as_ref().trim())).collect();
    sorted.into_sorted_vec()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Made by the vendor's own SDKs; the file says which.
    const VECTORS: &str = include_str!("../../../testdata/signing-vectors.json");

    fn pairs(map: &Value) -> Vec<(String, String)> {
        let map = map.as_object().unwrap();
        map.iter().map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
    }

    fn each_vector(check: impl Fn(&str, &Value, &dyn Fn(&str) -> String)) {
        let file: Value = serde_json::from_str(VECTORS).unwrap();
        let mut checked = 0;
        for vector in file["vectors"].as_array().unwrap() {
            if vector["scheme"] == "v3-acs3-hmac-sha256" {
                let text = |field: &str| vector[field].as_str().unwrap().to_owned();
                check(&text("id"), vector, &text);
                checked += 1;
            }
        }
        assert_eq!(checked, 6);
    }

    #[test]
    fn body_hashes_are_the_vendors() {
        each_vector(|id, _, text| assert_eq!(content_sha256(text("body").as_bytes()), text("content_sha256"), "{id}"));
    }

    #[test]
    fn canonical_requests_are_the_vendors() {
        each_vector(|id, vector, text| {
            let query = canonical_query(&pairs(&vector["query"]));
            let headers = pairs(&vector["headers"]);
            let request = canonical_request(&text("method"), &text("path"), &query, &headers, &text("content_sha256"));
            assert_eq!(request, text("canonical_request"), "{id}");
        });
    }

    #[test]
    fn strings_to_sign_are_the_vendors() {
        each_vector(|id, _, text| {
            assert_eq!(string_to_sign(&text("canonical_request")), text("string_to_sign"), "{id}")
        });
    }

    #[test]
    fn signatures_and_authorizations_are_the_vendors() {
        each_vector(|id, vector, text| {
            let signature = signature(&Secret::new(text("access_key_secret")), &text("string_to_sign"));
            assert_eq!(signature, text("signature"), "{id}");
            let names = signed_headers(&pairs(&vector["headers"]));
            assert_eq!(authorization(&text("access_key_id"), &names, &signature), text("authorization"), "{id}");
        });
    }

    #[test]
    fn header_values_are_trimmed_and_names_lowered() {
        let headers = [("X-Acs-Date", "  now "), ("Host", "h")];
        assert_eq!(
            canonical_request("POST", "", "", &headers, "x"),
            "POST\n/\n\nhost:h\nx-acs-date:now\n\nhost;x-acs-date\nx"
        );
    }
}
