//! A reply becomes an answer or a failure. In: HTTP status and body. Out: never a panic, never a secret in an error.
//!
//! Lenient where the vendor is loose (ids as number or text, unknown and missing fields), strict where it matters.
//! Shapes: api pages of each action; errors: document_detail/48054.html and doc-detail/87387.htm.

use serde_json::Value;

use super::{Outcome, actions};
use crate::model::action::Action;
use crate::model::report::{Failure, Refusal};

/// Characters of a foreign answer that are kept to show the user.
const EXCERPT_CHARS: usize = 120;

/// How the gateway's message introduces the text that it signed itself; what follows may hold an STS token.
const SERVER_STRING: &str = "server string to sign is:";

/// Reads a reply. `string_to_sign` is what the request signed.
///
/// # Errors
/// The failure, in the vendor's words where the vendor spoke.
pub fn read_reply(action: Action, status: u16, body: &[u8], string_to_sign: &str) -> Outcome {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if !text.starts_with('{') {
        return Err(Failure::Foreign { status, excerpt: excerpt(text) });
    }
    let reply: Value = serde_json::from_str(text).map_err(|error| Failure::Broken { detail: where_broken(&error) })?;
    let field = |name: &str| reply[name].as_str().unwrap_or_default();
    let succeeded = match &reply["Success"] {
        Value::Bool(success) => Some(*success),
        Value::String(word) => Some(word.eq_ignore_ascii_case("true")),
        _ => None,
    };
    let code = field("Code");
    if succeeded == Some(true) && status == 200 {
        return actions::read(action, &reply).map_err(|detail| Failure::Broken { detail });
    }
    if succeeded.is_none() && code.is_empty() && field("RequestId").is_empty() {
        // Its values are left out: nobody knows what they hold.
        let names: Vec<&str> = reply.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        return Err(Failure::Foreign { status, excerpt: excerpt(&format!("JSON: {}", names.join(", "))) });
    }
    if succeeded.is_none() && code.is_empty() {
        return Err(Failure::Broken { detail: "Success and Code are missing".to_owned() });
    }
    let message = if field("ErrorMessage").is_empty() { field("Message") } else { field("ErrorMessage") };
    let (message, same_string_to_sign) = match message.split_once(SERVER_STRING) {
        Some((before, theirs)) => (before.trim_end(), Some(theirs.trim() == string_to_sign)),
        None => (message, None),
    };
    Err(Failure::Refused(Refusal {
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: field("RequestId").to_owned(),
        same_string_to_sign,
    }))
}

/// Where JSON stopped being JSON; never what stood there.
fn where_broken(error: &serde_json::Error) -> String {
    let what = if error.is_eof() { "it ends" } else { "it is not JSON" };
    format!("{what} at line {}, column {}", error.line(), error.column())
}

/// The first words of a text, on one line.
fn excerpt(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(EXCERPT_CHARS).collect()
}

#[cfg(test)]
mod tests;
