//! The reader of replies, checked. In: any bytes, read as action, HTTP status and body. Out: a panic where the reader
//! panics, where an error holds a secret of the body's, where rows come from nowhere, or where a reply that was cut off
//! passes for whole.
//!
//! The first line is `Action status`, the rest is the body. A secret begins with `hide-`, so that nothing else looks
//! like it.

use std::collections::BTreeMap;

use provisioner_core::cloud::{Answer, Outcome, read_reply};
use provisioner_core::model::action::Action;
use provisioner_core::model::device::DeviceRow;
use provisioner_core::model::report::Failure;
use serde_json::Value;

/// What the request signed; the token must never be told.
const STRING_TO_SIGN: &str = "POST&%2F&Action%3DQueryDevice%26SecurityToken%3Dhide-token-0001%26Version%3D2018-01-20";
const TOKEN: &str = "hide-token-0001";
/// What stands before a secret of a reply's.
const SECRET_FIELDS: &[&str] =
    &["DeviceSecret\":\"", "ProductSecret\":\"", "CertUrl\":\"", "<DeviceSecret>", "<ProductSecret>", "<CertUrl>"];
/// How the message of an error introduces the text that holds the token.
const TOLD: &[&str] =
    &["\"Message\":\"No match. server string to sign is:", "<Message>No match. server string to sign is:"];
/// Characters of a foreign answer that may be shown.
const EXCERPT_CHARS: usize = 120;

/// A body that may be JSON.
pub fn check_json(input: &[u8]) {
    check(input, |body| serde_json::from_str(body).ok().map(|value| longest_list(&value)));
}

/// A body that may be XML.
pub fn check_xml(input: &[u8]) {
    check(input, |body| {
        let document = roxmltree::Document::parse(body).ok()?;
        document.descendants().map(most_of_a_name).max()
    });
}

/// `read_items` is another reader: it gives the length of the longest list of a body that is whole.
fn check(input: &[u8], read_items: impl Fn(&str) -> Option<usize>) {
    let head = input.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let body = input.get(head.len() + 1..).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let (name, status) = head.split_once(' ').unwrap_or((&head, ""));
    let action = Action::ALL.into_iter().find(|action| action.name() == name).unwrap_or(Action::QueryPageByApplyId);
    let read = |body: &str| read_reply(action, status.parse().unwrap_or(200), body.as_bytes(), STRING_TO_SIGN);
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{FEFF}').trim();

    let outcome = read_reply(action, status.parse().unwrap_or(200), body, STRING_TO_SIGN);
    assert_keeps_secrets(&outcome, text);
    if let Ok(answer) = &outcome {
        let items = read_items(text);
        assert_rows(answer, items.unwrap_or(text.len()));
        // A reader of another kind calls it whole: then nothing follows its last character, and less of it is broken.
        if let (Some(_), Some((last, _))) = (items, text.char_indices().next_back()) {
            let cut = read(&text[..last]);
            assert!(cut.is_err(), "cut off and taken for whole: {}", &text[..last]);
            assert_keeps_secrets(&cut, text);
        }
    }
    let half = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    assert_keeps_secrets(&read(&text[..half]), text);
}

fn assert_keeps_secrets(outcome: &Outcome, body: &str) {
    let Err(failure) = outcome else { return };
    match failure {
        Failure::Foreign { excerpt, .. } => {
            assert!(excerpt.chars().count() <= EXCERPT_CHARS && !excerpt.contains(['\n', '\r']), "{excerpt}");
        }
        Failure::Refused(refusal) => {
            let address = refusal.recommend.as_deref().unwrap_or("https://");
            assert!(address.starts_with("https://") && address.is_ascii(), "{address}");
        }
        _ => {}
    }
    let shown = format!("{failure:?}");
    // In a section of character data a field's name is no field.
    if !body.contains("CDATA") {
        for secret in secrets_in(body) {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
    let token_is_told = TOLD.iter().any(|before| {
        let told = body.split_once(before).and_then(|(_, told)| told.split(['"', '<', '\\']).next());
        told.is_some_and(|told| told.split("%26").any(|pair| pair.strip_prefix("SecurityToken%3D") == Some(TOKEN)))
    });
    if !body.contains(TOKEN) || (token_is_told && body.matches(TOKEN).count() == 1) {
        assert!(!shown.contains(TOKEN), "the token in {shown}");
    }
}

/// The texts of secret fields that stand nowhere else in the body.
fn secrets_in(body: &str) -> impl Iterator<Item = &str> {
    SECRET_FIELDS
        .iter()
        .flat_map(|field| body.split(field).skip(1))
        .map(|rest| {
            let end = rest.find(|next: char| !next.is_ascii_alphanumeric() && next != '-').unwrap_or(rest.len());
            &rest[..end]
        })
        .filter(|text| text.starts_with("hide-") && text.len() > "hide-".len())
        .filter(|text| body.matches(text).count() == 1)
}

fn assert_rows(answer: &Answer, items: usize) {
    let (rows, unusable): (Vec<&DeviceRow>, usize) = match answer {
        Answer::Page(page) => (page.rows.iter().collect(), page.unusable.len()),
        Answer::Devices(page) => (page.devices.iter().map(|device| &device.row).collect(), page.unusable.len()),
        Answer::Existing(names) => return assert!(names.len() <= items.max(1)),
        Answer::Products(page) => return assert!(page.products.len() <= items.max(1)),
        Answer::Accepted { apply_id } => return assert!(!apply_id.trim().is_empty()),
        Answer::Status(_) | Answer::Certificates { .. } => return,
    };
    assert!(rows.len() + unusable <= items.max(1), "{} rows and {unusable} more of {items}", rows.len());
    for row in rows {
        assert!(!row.device_name.is_empty() && !row.device_secret.is_empty() && !row.iot_id.is_empty(), "{row:?}");
    }
}

fn longest_list(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(longest_list).max().unwrap_or(0).max(items.len()),
        Value::Object(fields) => fields.values().map(longest_list).max().unwrap_or(0),
        _ => 0,
    }
}

/// How many children of one name an element has.
fn most_of_a_name(element: roxmltree::Node<'_, '_>) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for child in element.children().filter(roxmltree::Node::is_element) {
        *counts.entry(child.tag_name().name()).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}
