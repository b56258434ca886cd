//! The page's own address. In: its query string and its base. Out: what the form is filled in with, absolute
//! addresses, and a warning if a credential stood in it.

use leptos::prelude::{document, location, window};
use provisioner_core::model::region::{self, SIMCLOUD};
use provisioner_core::plan::{Connection, NamingChoice, Signature};
use wasm_bindgen::JsValue;
use web_sys::{Url, UrlSearchParams};

use super::texts::Language;

/// The connections, as the query string and the select name them.
pub(super) const CONNECTIONS: [(&str, Connection); 3] =
    [("demo", Connection::Demo), ("proxy", Connection::Proxy), ("direct", Connection::Direct)];

/// The signatures, as the select names them.
pub(super) const SIGNATURES: [(&str, Signature); 2] = [("v1", Signature::V1), ("v3", Signature::V3)];

/// The ways to name devices, as the query string names them.
pub(super) const NAMINGS: [(&str, NamingChoice); 4] = [
    ("random", NamingChoice::Random),
    ("pattern", NamingChoice::Pattern),
    ("list", NamingChoice::List),
    ("existing", NamingChoice::Existing),
];

/// What the query string asks for; a key that is absent or not understood is `None`.
pub(super) struct Prefill {
    /// `connection`.
    pub connection: Option<Connection>,
    /// `proxy`.
    pub proxy_url: Option<String>,
    /// `region`.
    pub region: Option<String>,
    /// `endpoint`.
    pub endpoint_host: Option<String>,
    /// `product`.
    pub product_key: Option<String>,
    /// `instance`.
    pub instance_id: Option<String>,
    /// `naming`.
    pub naming: Option<NamingChoice>,
    /// `count`.
    pub count: Option<String>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `share`.
    pub quota_share: Option<String>,
    /// `lang`.
    pub language: Option<Language>,
    /// `theme`: `light` or `dark`.
    pub theme: Option<String>,
}

/// Reads the query string.
pub(super) fn prefill() -> Prefill {
    let query = location().search().unwrap_or_default();
    let params = UrlSearchParams::new_with_str(&query).ok();
    let value = |key: &str| params.as_ref().and_then(|params| params.get(key));
    Prefill {
        connection: value("connection").and_then(|value| named(&CONNECTIONS, &value)),
        proxy_url: value("proxy"),
        region: value("region").filter(|id| id == SIMCLOUD || region::by_id(id).is_some()),
        endpoint_host: value("endpoint"),
        product_key: value("product"),
        instance_id: value("instance"),
        naming: value("naming").and_then(|value| named(&NAMINGS, &value)),
        count: value("count"),
        pattern: value("pattern"),
        quota_share: value("share"),
        language: value("lang").and_then(|tag| Language::of(&tag)),
        theme: value("theme").filter(|theme| theme == "light" || theme == "dark"),
    }
}

/// What stands under a name in one of the lists above; none for a name that is not there.
pub(super) fn named<T: Copy>(names: &[(&'static str, T)], name: &str) -> Option<T> {
    names.iter().find(|(other, _)| *other == name).map(|(_, found)| *found)
}

/// The name that something has in one of the lists above; empty where it is not there.
pub(super) fn name_of<T: PartialEq>(names: &[(&'static str, T)], what: T) -> &'static str {
    names.iter().find(|(_, other)| *other == what).map_or("", |(name, _)| name)
}

/// Takes credentials out of the address bar. `true` if there were any.
pub(super) fn remove_credentials() -> bool {
    let location = location();
    let (query, hash) = (location.search().unwrap_or_default(), location.hash().unwrap_or_default());
    let (kept_query, kept_hash) = (without_credentials(&query, '?'), without_credentials(&hash, '#'));
    if kept_query == query && kept_hash == hash {
        return false;
    }
    let address = [location.pathname().unwrap_or_default(), kept_query, kept_hash].concat();
    if let Ok(history) = window().history() {
        // Refused only for another origin's address; the path is our own.
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address)).unwrap_or_default();
    }
    true
}

fn without_credentials(part: &str, mark: char) -> String {
    let kept: Vec<&str> = part
        .trim_start_matches(mark)
        .split('&')
        .filter(|pair| !is_credential(pair.split('=').next().unwrap_or_default()))
        .collect();
    match kept.join("&") {
        empty if empty.is_empty() && !part.is_empty() => String::new(),
        kept if part.starts_with(mark) => [mark.to_string(), kept].concat(),
        kept => kept,
    }
}

/// Whether a key of the query string names a credential, however it is written.
fn is_credential(key: &str) -> bool {
    let key: String =
        key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    ["accesskey", "secret", "token", "signature", "password"].iter().any(|part| key.contains(part))
        || matches!(key.as_str(), "ak" | "sk" | "key" | "aksk")
}

/// Makes a proxy address that was typed relative to the page absolute. Whatever looks like a host without its
/// `https://` is left as it is, so that it is named as a fault instead of becoming a path.
pub(super) fn absolute(typed: &str) -> String {
    let value = typed.trim();
    let first = value.split('/').next().unwrap_or_default();
    let looks_like_a_host = first.contains([':', '.']) && !matches!(first, "." | "..");
    if value.is_empty() || looks_like_a_host {
        return typed.to_owned();
    }
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    Url::new_with_base(value, &base).map_or_else(|_| typed.to_owned(), |url| url.href())
}

/// The host of an address, with its port where it has one.
pub(super) fn host_of(address: &str) -> String {
    Url::new(address).map_or_else(|_| address.to_owned(), |url| url.host())
}
