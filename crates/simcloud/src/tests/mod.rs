//! Tests of the whole library, and the client that they call it with: it signs with the signer that `sign` pins to the
//! vendor's documented examples.

mod batches;
mod devices;
mod faults;
mod formats;
mod gateway;
mod named;
mod queries;
mod v3;

use serde_json::Value;

use crate::form::Params;
use crate::sign::{canonical_query, signature, string_to_sign};
use crate::{Answer, Cloud, Config, Request, calendar};

/// 1 January 2026, 00:00:00 UTC.
const START_MS: u64 = 1_767_225_600_000;

/// A client with a clock of its own. Each call takes a new nonce and no time.
struct Client {
    cloud: Cloud,
    now_ms: u64,
    key: (&'static str, &'static str),
    method: &'static str,
    nonces: u64,
}

/// An answer, read.
#[derive(Debug)]
struct Read {
    status: u16,
    body: Value,
}

impl Read {
    fn code(&self) -> &str {
        self.body["Code"].as_str().unwrap_or("no Code")
    }

    fn apply_id(&self) -> String {
        self.body["Data"]["ApplyId"].to_string()
    }

    fn names(&self) -> Vec<&str> {
        let rows = self.body["ApplyDeviceList"]["ApplyDeviceInfo"].as_array().expect("rows");
        rows.iter().map(|row| row["DeviceName"].as_str().expect("a name")).collect()
    }
}

impl Client {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        change(&mut config);
        Self { cloud: Cloud::new(config), now_ms: START_MS, key: ("testid", "testsecret"), method: "POST", nonces: 0 }
    }

    fn wait(&mut self, ms: u64) {
        self.now_ms += ms;
    }

    /// All parameters of a call, unsigned.
    fn unsigned(&mut self, action: &str, own: &[(&str, &str)]) -> Vec<(String, String)> {
        self.nonces += 1;
        let (nonce, stamp) = (format!("nonce-{}", self.nonces), calendar::utc_text(self.now_ms as i64 / 1000 * 1000));
        let common = [
            ("Action", action),
            ("Version", "2018-01-20"),
            ("Format", "JSON"),
            ("AccessKeyId", self.key.0),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("SignatureNonce", &nonce),
            ("Timestamp", &stamp.replace(".000Z", "Z")),
        ];
        common.iter().chain(own).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// Sends parameters as they stand, signed with this secret.
    fn send(&mut self, params: &[(String, String)], secret: &str) -> Answer {
        let body = encoded(params);
        let text = string_to_sign(self.method, &Params::read("", body.as_bytes()));
        let body = format!("{body}&{}", encoded(&[("Signature".to_owned(), signature(secret, &text))]));
        self.send_raw(&body)
    }

    /// Sends a body as it stands.
    fn send_raw(&mut self, body: &str) -> Answer {
        let (query, body) = if self.method == "GET" { (body, "") } else { ("", body) };
        let request = Request { method: self.method, query, headers: &[], body: body.as_bytes() };
        self.cloud.handle(&request, self.now_ms)
    }

    fn answer(&mut self, action: &str, own: &[(&str, &str)]) -> Answer {
        let params = self.unsigned(action, own);
        self.send(&params, self.key.1)
    }

    fn call(&mut self, action: &str, own: &[(&str, &str)]) -> Read {
        read(&self.answer(action, own))
    }

    fn register(&mut self, count: &str) -> Read {
        self.call("BatchRegisterDevice", &[("ProductKey", "a1SimCloud1"), ("Count", count)])
    }

    fn status(&mut self, apply_id: &str) -> Value {
        let own = [("ProductKey", "a1SimCloud1"), ("ApplyId", apply_id)];
        self.call("QueryBatchRegisterDeviceStatus", &own).body["Data"].take()
    }

    fn page(&mut self, apply_id: &str, current: &str, size: &str) -> Read {
        self.call("QueryPageByApplyId", &[("ApplyId", apply_id), ("CurrentPage", current), ("PageSize", size)])
    }
}

fn encoded(params: &[(String, String)]) -> String {
    canonical_query(params.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn read(answer: &Answer) -> Read {
    assert!(!answer.lost, "the answer was lost");
    Read { status: answer.status, body: serde_json::from_slice(&answer.body).expect("JSON") }
}
