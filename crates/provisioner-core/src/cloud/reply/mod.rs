//! A reply becomes an answer or a failure. In: HTTP status and body. Out: never a panic, never a secret in an error.
//!
//! Lenient where the vendor is loose (JSON or XML whatever was asked for, ids as number or text, unknown and missing
//! fields), strict where it matters. Shapes: the page of each action; errors: document_detail/48054.html and
//! doc-detail/87387.htm.

mod signed;
mod xml;

use serde_json::Value;

use super::Outcome;
use super::actions::{self, text};
use crate::model::action::Action;
use crate::model::report::{Failure, Refusal};
use xml::Xml;

/// Characters of a foreign answer that are kept to show the user.
const EXCERPT_CHARS: usize = 120;

/// Words that stand beside a secret: in a reply of the vendor's that something wrapped, or in an echo of the request.
const SECRET_FIELDS: [&str; 4] = ["DeviceSecret", "ProductSecret", "CertUrl", "SecurityToken"];

/// Hosts of the vendor's whose pages may be offered to the user as a link.
const VENDOR_DOMAINS: [&str; 2] = [".aliyun.com", ".alibabacloud.com"];

/// Reads a reply. `string_to_sign` is what the request signed.
///
/// # Errors
/// The failure, in the vendor's words where the vendor spoke.
pub fn read_reply(action: Action, status: u16, body: &[u8], string_to_sign: &str) -> Outcome {
    let body = String::from_utf8_lossy(body);
    let body = trimmed(&body);
    let foreign = |text: &str| Err(Failure::Foreign { status, excerpt: excerpt(text) });
    let reply = match body.bytes().next() {
        Some(b'{') => serde_json::from_str(body).map_err(|error| Failure::Broken { detail: where_broken(&error) })?,
        Some(b'<') => match xml::read(body) {
            Xml::Reply(reply) => reply,
            Xml::Foreign => return foreign(body),
            Xml::Broken(detail) => return Err(Failure::Broken { detail }),
        },
        _ => return foreign(body),
    };
    let succeeded = match &reply["Success"] {
        Value::Bool(success) => Some(*success),
        Value::String(word) => Some(word.eq_ignore_ascii_case("true")),
        _ => None,
    };
    if succeeded == Some(true) {
        return match status {
            200 => actions::read(action, &reply).map_err(|detail| Failure::Broken { detail }),
            _ => Err(Failure::Broken { detail: format!("Success is true, but the HTTP status is {status}") }),
        };
    }
    if succeeded.is_none() && text(&reply, "Code").is_empty() {
        if text(&reply, "RequestId").is_empty() {
            // Its values are left out: nobody knows what they hold.
            let names: Vec<&str> = reply.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
            return foreign(&["fields: ", &names.join(", ")].concat());
        }
        return Err(Failure::Broken { detail: "Success and Code are missing".to_owned() });
    }
    Err(Failure::Refused(Box::new(refusal(status, &reply, string_to_sign))))
}

/// The RequestId of a reply that [`read_reply`] could read; empty where it has none.
#[must_use]
pub fn request_id(body: &[u8]) -> String {
    let body = String::from_utf8_lossy(body);
    let body = trimmed(&body);
    let reply = match xml::read(body) {
        Xml::Reply(reply) => reply,
        Xml::Foreign | Xml::Broken(_) => serde_json::from_str(body).unwrap_or_default(),
    };
    text(&reply, "RequestId").to_owned()
}

fn trimmed(body: &str) -> &str {
    body.trim_start_matches('\u{FEFF}').trim()
}

/// Everything that an error says, in each of its documented shapes: the gateway's `Message` or `Description`, the
/// platform's `ErrorMessage`, RAM's `AccessDeniedDetail`, the name check's lists.
fn refusal(status: u16, reply: &Value, string_to_sign: &str) -> Refusal {
    let sentences = ["ErrorMessage", "Message", "Description"].map(|name| text(reply, name));
    let message = sentences.into_iter().find(|sentence| !sentence.is_empty()).unwrap_or_default();
    let (message, signed) = match signed::split(message) {
        Some((sentence, theirs)) => (sentence, Some(signed::compare(string_to_sign, theirs))),
        None => (message, None),
    };
    let recommend = text(reply, "Recommend");
    let denied = text(&reply["AccessDeniedDetail"], "AuthAction");
    Refusal {
        status,
        code: text(reply, "Code").to_owned(),
        message: message.to_owned(),
        request_id: text(reply, "RequestId").to_owned(),
        recommend: is_vendors(recommend).then(|| recommend.to_owned()),
        denied: (!denied.is_empty()).then(|| denied.to_owned()),
        signed,
        rejected: actions::batch_check_device_names::rejected(&reply["Data"]),
    }
}

/// Whether an address is the vendor's: what stands in between could have put any other link there.
fn is_vendors(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain =
        host.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    is_plain
        && VENDOR_DOMAINS.iter().any(|domain| host.ends_with(domain))
        && address.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Where JSON stopped being JSON; never what stood there.
fn where_broken(error: &serde_json::Error) -> String {
    let what = if error.is_eof() { "it ends" } else { "it is not JSON" };
    format!("{what} at line {}, column {}", error.line(), error.column())
}

/// The first words of a text, on one line; none of a text that may hold a secret.
fn excerpt(text: &str) -> String {
    if SECRET_FIELDS.iter().any(|field| text.contains(field)) {
        return String::new();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(EXCERPT_CHARS).collect()
}

#[cfg(test)]
mod errors;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
