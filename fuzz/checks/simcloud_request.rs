//! The simulated cloud's request reader, checked. In: any bytes, read as a script of requests. Out: a panic where the
//! cloud panics, where an answer is not well-formed JSON or XML, or where it does not know a signature that the core's
//! signer made.
//!
//! A script is one request after another, with a line `====` between them, a second apart:
//!
//! ```text
//! POST Action=QueryProduct&ProductKey=a1SimCloud1
//! content-type: application/x-www-form-urlencoded
//!
//! Format=JSON
//! ```
//!
//! `CONFIG` and `FAULTS` instead of a method set what the body says. A call without a signature is sent as it stands,
//! then completed and signed: with V3 where it has a header `x-acs-action`, else with V1.

use std::borrow::Cow;
use std::collections::BTreeSet;

use provisioner_core::cloud::encode::encode;
use provisioner_core::cloud::sign::{v1, v3};
use provisioner_core::secret::Secret;
use simcloud::{Answer, Cloud, Config, Effect, Faults, Request};

/// 1 January 2026, 00:00:00 UTC, in unix ms.
const START_MS: u64 = 1_767_225_600_000;
/// The same for the gateway, which allows for 15 minutes: a script is shorter.
const TIMESTAMP: &str = "2026-01-01T00:00:00Z";
/// Requests of a script that are sent; the rest brings nothing new.
const REQUESTS_MAX: usize = 12;
/// The secret of every default AccessKey.
const SECRET: &str = "testsecret";
/// What a V1 call says about itself, where the script does not.
const COMMON: &[(&str, &str)] = &[
    ("Version", "2018-01-20"),
    ("AccessKeyId", "testid"),
    ("SignatureMethod", "HMAC-SHA1"),
    ("SignatureVersion", "1.0"),
    ("Timestamp", TIMESTAMP),
];

/// A cloud, the time, and what is to be expected of its answers.
struct World {
    cloud: Cloud,
    now_ms: u64,
    nonces: u32,
    /// A fault may spoil any answer.
    spoilt: bool,
}

/// Sends the script.
pub fn check(script: &[u8]) {
    let mut world = World { cloud: Cloud::new(Config::default()), now_ms: START_MS, nonces: 0, spoilt: false };
    for text in requests_in(script).take(REQUESTS_MAX) {
        world.step(&Parts::read(text));
        world.now_ms += 1000;
    }
    let state = world.cloud.state(world.now_ms);
    for (product_key, count) in state.devices {
        let shown = world.cloud.devices(&product_key, world.now_ms, count.saturating_sub(3), 10);
        assert_eq!(shown.len() as u64, count.min(3), "the last devices of {product_key}");
    }
}

/// The parts of one request.
struct Parts<'a> {
    method: Cow<'a, str>,
    query: Cow<'a, str>,
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Parts<'a> {
    /// `METHOD query`, headers, an empty line, the body.
    fn read(text: &'a [u8]) -> Self {
        let (mut head, body) = split_at(text, b"\n\n").unwrap_or((text, b""));
        let (first, rest) = split_at(head, b"\n").unwrap_or((head, b""));
        head = rest;
        let (method, query) = split_at(first, b" ").unwrap_or((first, b""));
        let mut headers: Vec<(String, String)> = Vec::new();
        while !head.is_empty() {
            let (line, rest) = split_at(head, b"\n").unwrap_or((head, b""));
            head = rest;
            let Some((name, value)) = split_at(line, b":") else { continue };
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            // What an HTTP server would let through; a name that comes twice is joined by some signers only.
            let token = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if token && headers.iter().all(|(have, _)| *have != name) {
                headers.push((name, String::from_utf8_lossy(value).trim().to_owned()));
            }
        }
        let (method, query) = (String::from_utf8_lossy(method), String::from_utf8_lossy(query));
        Self { method, query, headers, body }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }

    fn is_form(&self) -> bool {
        self.header("content-type").is_none_or(|kind| kind.to_ascii_lowercase().contains("x-www-form-urlencoded"))
    }
}

impl World {
    fn step(&mut self, parts: &Parts<'_>) {
        let text = String::from_utf8_lossy(parts.body);
        match &*parts.method {
            "CONFIG" => {
                if let Ok(mut config) = Config::from_json(&text) {
                    config.credentials = Config::default().credentials;
                    self.spoilt = spoils(&config.faults);
                    self.cloud = Cloud::new(config);
                }
            }
            "FAULTS" => {
                if let Ok(faults) = Faults::from_json(&text) {
                    self.spoilt = spoils(&faults);
                    self.cloud.set_faults(faults);
                }
            }
            _ => {
                self.send(&parts.method, &parts.query, &parts.headers, parts.body);
                if parts.header("authorization").is_some() || !parts.is_form() {
                    return;
                }
                let answer =
                    if parts.header("x-acs-action").is_some() { self.sign_v3(parts) } else { self.sign_v1(parts) };
                let text = String::from_utf8_lossy(&answer.body);
                assert!(self.spoilt || !text.contains("SignatureDoesNotMatch"), "a signature of the core's: {text}");
            }
        }
    }

    /// Completes a call and signs it with V1; what it adds is split between query and body as the call was.
    fn sign_v1(&mut self, parts: &Parts<'_>) -> Answer {
        self.nonces += 1;
        let mut pairs = Pairs::default();
        let mut query = pairs.take(parts.query.as_bytes());
        let mut body = pairs.take(parts.body);
        let nonce = format!("nonce-{}", self.nonces);
        for (name, value) in COMMON.iter().copied().chain([("SignatureNonce", nonce.as_str())]) {
            pairs.add(name, value, if parts.method == "GET" { &mut query } else { &mut body });
        }
        let text = v1::string_to_sign(&parts.method, &v1::canonical_query(&pairs.decoded));
        let signature = v1::signature(&Secret::new(SECRET.to_owned()), &text);
        pairs.add("Signature", &signature, &mut query);
        self.send(&parts.method, &String::from_utf8_lossy(&query), &parts.headers, &body)
    }

    /// Completes a call and signs it with V3, all its headers included.
    fn sign_v3(&mut self, parts: &Parts<'_>) -> Answer {
        self.nonces += 1;
        let mut pairs = Pairs::default();
        let query = pairs.take(parts.query.as_bytes());
        let mut headers = parts.headers.clone();
        let hash = v3::content_sha256(parts.body);
        let nonce = format!("nonce-{}", self.nonces);
        for (name, value) in [
            ("x-acs-version", "2018-01-20"),
            ("x-acs-date", TIMESTAMP),
            ("x-acs-signature-nonce", &nonce),
            ("x-acs-content-sha256", &hash),
        ] {
            if headers.iter().all(|(have, _)| have != name) {
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
        let request = v3::canonical_request(&parts.method, "/", &v3::canonical_query(&pairs.decoded), &headers, &hash);
        let signature = v3::signature(&Secret::new(SECRET.to_owned()), &v3::string_to_sign(&request));
        let authorization = v3::authorization("testid", &v3::signed_headers(&headers), &signature);
        headers.push(("authorization".to_owned(), authorization));
        self.send(&parts.method, &String::from_utf8_lossy(&query), &headers, parts.body)
    }

    fn send(&mut self, method: &str, query: &str, headers: &[(String, String)], body: &[u8]) -> Answer {
        let answer = self.cloud.handle(&Request { method, query, headers, body }, self.now_ms);
        assert!(answer.date.is_ascii(), "the date {}", answer.date);
        if !self.spoilt {
            assert_well_formed(&answer);
        }
        answer
    }
}

/// Whether a fault may make an answer that the vendor's documentation does not know.
fn spoils(faults: &Faults) -> bool {
    let spoils = |effect: &Effect| {
        matches!(
            effect,
            Effect::Html { .. }
                | Effect::CutOff { .. }
                | Effect::WrongContentType
                | Effect::RequestLost { .. }
                | Effect::Refuse { .. }
        )
    };
    faults.faults.iter().any(|fault| spoils(&fault.effect))
}

fn assert_well_formed(answer: &Answer) {
    let text = std::str::from_utf8(&answer.body).expect("answers are UTF-8");
    match answer.content_type {
        "application/json;charset=utf-8" => {
            let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
            assert!(value["RequestId"].is_string(), "{text}");
            assert_eq!(value["Success"].is_boolean(), answer.status == 200, "{text}");
            assert_eq!(value["HostId"].is_string(), answer.status != 200, "{text}");
            let rows = value["ApplyDeviceList"]["ApplyDeviceInfo"].as_array().map_or(0, Vec::len);
            // PageSize is 50 at most; a fault may show one row twice, none a hundred.
            assert!(rows <= 100, "{rows} rows");
        }
        "text/xml;charset=utf-8" => {
            let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error} in {text}"));
            let root = document.root_element().tag_name().name();
            assert_eq!(root == "Error", answer.status != 200, "{text}");
            assert!(root == "Error" || root.ends_with("Response"), "{text}");
        }
        other => panic!("the content type {other}"),
    }
}

/// The parameters of a call, each name once.
#[derive(Default)]
struct Pairs {
    seen: BTreeSet<String>,
    decoded: Vec<(String, String)>,
}

impl Pairs {
    /// Takes the parameters of a form, and gives it back with those left out whose names came before, and `Signature`.
    fn take(&mut self, form: &[u8]) -> Vec<u8> {
        let mut kept = Vec::new();
        for pair in form.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let (name, value) = split_at(pair, b"=").unwrap_or((pair, b""));
            let name = decode(name);
            if name != "Signature" && self.seen.insert(name.clone()) {
                self.decoded.push((name, decode(value)));
                append(&mut kept, pair);
            }
        }
        kept
    }

    /// Adds a parameter, unless it is there.
    fn add(&mut self, name: &str, value: &str, form: &mut Vec<u8>) {
        if self.seen.insert(name.to_owned()) {
            self.decoded.push((name.to_owned(), value.to_owned()));
            append(form, format!("{name}={}", encode(value)).as_bytes());
        }
    }
}

fn append(form: &mut Vec<u8>, pair: &[u8]) {
    if !form.is_empty() {
        form.push(b'&');
    }
    form.extend_from_slice(pair);
}

/// Form decoding, written a third time: neither the cloud's nor the core's.
fn decode(text: &[u8]) -> String {
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let escape = text.get(at + 1..at + 3).and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
            u8::from_str_radix(digits, 16).ok()
        });
        match (text[at], escape) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                at += 2;
            }
            (b'+', _) => bytes.push(b' '),
            (other, _) => bytes.push(other),
        }
        at += 1;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn requests_in(script: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(script);
    std::iter::from_fn(move || {
        let text = rest?;
        match split_at(text, b"\n====\n") {
            Some((request, others)) => {
                rest = Some(others);
                Some(request)
            }
            None => {
                rest = None;
                Some(text)
            }
        }
    })
}

fn split_at<'a>(text: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = text.windows(separator.len()).position(|window| window == separator)?;
    Some((&text[..at], &text[at + separator.len()..]))
}
