//! The page's own address. In: its query string and its base. Out: what the form is filled in with, absolute
//! addresses, and a warning if a credential stood in it.

use leptos::prelude::{document, location, window};
use provisioner_core::model::region::{self, SIMCLOUD};
use provisioner_core::plan::{Connection, NamingChoice};
use wasm_bindgen::JsValue;
use web_sys::{Url, UrlSearchParams};

use super::texts::Language;

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
        connection: value("connection").and_then(|value| connection(&value)),
        proxy_url: value("proxy"),
        region: value("region").filter(|id| id == SIMCLOUD || region::by_id(id).is_some()),
        endpoint_host: value("endpoint"),
        product_key: value("product"),
        instance_id: value("instance"),
        naming: value("naming").and_then(|value| naming(&value)),
        count: value("count"),
        pattern: value("pattern"),
        quota_share: value("share"),
        language: value("lang").and_then(|tag| Language::of(&tag)),
        theme: value("theme").filter(|theme| theme == "light" || theme == "dark"),
    }
}

/// The connection with this name, as the query string and the select write it.
pub(super) fn connection(name: &str) -> Option<Connection> {
    match name {
        "demo" => Some(Connection::Demo),
        "proxy" => Some(Connection::Proxy),
        "direct" => Some(Connection::Direct),
        _ => None,
    }
}

/// The way to name devices with this name, as the query string writes it.
fn naming(name: &str) -> Option<NamingChoice> {
    match name {
        "random" => Some(NamingChoice::Random),
        "pattern" => Some(NamingChoice::Pattern),
        "list" => Some(NamingChoice::List),
        "existing" => Some(NamingChoice::Existing),
        _ => None,
    }
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
