//! The simulated cloud: a request and the time go in, the vendor's answer comes out.
//!
//! Pure: no clock, no randomness of its own, no I/O; the same configuration and the same calls at the same times give
//! the same answers, byte for byte. It is written from the vendor's documentation alone ("§" in comments stands for the
//! sections of the project's collection of facts about that API) and shares no line with the client that it checks.
//!
//! Where to start: [`Cloud::handle`], then `gateway` (the checks in their order), then `actions` (one file each).

#![forbid(unsafe_code)]

mod actions;
mod batch;
mod calendar;
mod choices;
mod chosen_names;
mod claims;
mod config;
mod envelope;
mod fault;
mod form;
mod gateway;
mod identity;
mod names;
mod nonce;
mod paging;
mod quota;
mod refusal;
mod registry;
mod reply;
#[cfg(not(target_arch = "wasm32"))]
mod settings;
mod sign;
mod sign_v3;
mod state;
#[cfg(test)]
mod tests;
mod xml;

pub use batch::Device;
pub use choices::{Choices, Language, RamDenial, Reported, RowOrder, Strictness, UnfinishedRows};
pub use config::{Config, Credential, Product};
pub use fault::{Effect, Fault, Faults};
#[cfg(not(target_arch = "wasm32"))]
pub use settings::SettingsError;
pub use state::State;

use envelope::Format;
use fault::FaultBook;
use form::Params;
use gateway::{Arrival, Gateway};
use refusal::{Outcome, Refusal};
use registry::{Call, Registry, devices_in};
use state::Tally;

/// One HTTP request to `/`.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// HTTP method, in upper case.
    pub method: &'a str,
    /// The raw query, without its question mark.
    pub query: &'a str,
    /// Header names and values; names in any case.
    pub headers: &'a [(String, String)],
    /// The body's bytes.
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    /// A header's value; of several the first.
    fn header(&self, name: &str) -> Option<&'a str> {
        let found = self.headers.iter().find(|(have, _)| have.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What comes back, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// The `Date` header: what the cloud believes the time to be.
    pub date: String,
    /// Delay to add before the answer leaves, in ms.
    pub delay_ms: u64,
    /// The answer must never arrive; whether the call was done is for the caller to find out.
    pub lost: bool,
    /// With `lost`: the connection is closed at once instead of being held open.
    pub closed: bool,
    /// The connection breaks after the body's last byte, with more promised.
    pub broken_off: bool,
}

/// The cloud.
pub struct Cloud {
    registry: Registry,
    gateway: Gateway,
    choices_at_start: Choices,
    faults: FaultBook,
    calls: Tally,
    accepted: Tally,
    refused: Tally,
    requests: u64,
}

impl Cloud {
    /// An empty cloud.
    pub fn new(config: Config) -> Self {
        Self {
            faults: FaultBook::new(config.faults.clone()),
            choices_at_start: config.choices.clone(),
            registry: Registry::new(config),
            gateway: Gateway::default(),
            calls: Tally::default(),
            accepted: Tally::default(),
            refused: Tally::default(),
            requests: 0,
        }
    }

    /// Answers a request that arrives at this time, unix time in ms; times must not go backwards.
    pub fn handle(&mut self, request: &Request<'_>, now_ms: u64) -> Answer {
        let params = Params::read(request.query, form_body(request));
        let action = claims::action_name(request, &params);
        let hits = self.faults.hits(action);
        let format = Format::of(request, &params, &hits);
        let cloud_ms = (now_ms as i64).saturating_add(self.faults.clock_skew_ms());
        let mut answer = Answer {
            status: 200,
            content_type: format.content_type(),
            body: Vec::new(),
            date: calendar::gmt_text(cloud_ms, ' '),
            delay_ms: self.registry.config.delay_ms,
            lost: false,
            closed: false,
            broken_off: false,
        };
        let on_the_way =
            hits.iter().any(|hit| matches!(hit, Effect::RequestLost { .. } | Effect::Html { executed: false, .. }));
        if !on_the_way {
            let outcome = self.execute(request, &params, &hits, Arrival { now_ms, cloud_ms });
            self.requests += 1;
            let config = &self.registry.config;
            let request_id = identity::request_id(config.seed, self.requests);
            let (status, body) = envelope::write(outcome, action, request_id, config, format);
            answer.status = status;
            answer.body = body.into_bytes();
        }
        for hit in &hits {
            spoil(hit, &mut answer);
        }
        answer
    }

    fn execute(&mut self, request: &Request<'_>, params: &Params, hits: &[Effect], at: Arrival) -> Outcome {
        if let Some(action) = actions::find(claims::action_name(request, params)) {
            self.calls.count(action.name);
        }
        let admitted = self.gateway.admit(&self.registry.config, request, params, hits, at);
        let outcome =
            admitted.map(|(action, credential)| (action, credential.account.clone())).and_then(|(action, account)| {
                self.accepted.count(action.name);
                if let Some(Effect::Fail { code }) = hits.iter().find(|hit| matches!(hit, Effect::Fail { .. })) {
                    return Err(Refusal::business(code.clone()));
                }
                let call = Call { params, account: &account, now_ms: at.now_ms, hits };
                (action.run)(&mut self.registry, &call)
            });
        if let Err(refusal) = &outcome {
            self.refused.count(refusal.code());
        }
        outcome
    }

    /// Empties the cloud: devices, batches, nonces, counters; faults and choices are those of the configuration again.
    pub fn reset(&mut self) {
        let choices = self.choices_at_start.clone();
        *self = Self::new(Config { choices, ..self.registry.config.clone() });
    }

    /// Replaces the choices: calls from now on are answered by them.
    pub fn set_choices(&mut self, choices: Choices) {
        self.registry.config.choices = choices;
    }

    /// Replaces the faults; their calls are counted from now on.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = FaultBook::new(faults);
    }

    /// The configuration it was made with, with the choices in force.
    pub fn config(&self) -> &Config {
        &self.registry.config
    }

    /// The counters as they stand at this time, unix time in ms.
    pub fn state(&self, now_ms: u64) -> State {
        let products = self.registry.config.products.iter().enumerate();
        State {
            devices: products
                .map(|(index, product)| {
                    (product.product_key.clone(), devices_in(&self.registry.completed(index, now_ms)))
                })
                .collect(),
            batches: self.registry.batches.len() as u64,
            calls: self.calls.counts(),
            accepted: self.accepted.counts(),
            refused: self.refused.counts(),
            peak_qps: self.gateway.quotas.peaks().iter().map(|(action, peak)| ((*action).to_owned(), *peak)).collect(),
        }
    }

    /// Some of a product's devices as they really are, oldest first: so many, from this place on. Empty past the end.
    pub fn devices(&self, product_key: &str, now_ms: u64, first: u64, count: u64) -> Vec<Device> {
        let products = &self.registry.config.products;
        let Some(product) = products.iter().position(|product| product.product_key == product_key) else {
            return Vec::new();
        };
        let mut devices = Vec::new();
        let mut before = 0;
        for (_, batch) in self.registry.completed(product, now_ms) {
            let made = u64::from(batch.created_in_the_end());
            let (from, to) = (first.max(before), first.saturating_add(count).min(before + made));
            devices.extend((from..to).map(|place| self.registry.device(batch, (place - before) as u32)));
            before += made;
        }
        devices
    }
}

/// The body as form text, unless its type says that it is something else.
fn form_body<'a>(request: &Request<'a>) -> &'a [u8] {
    match request.header("content-type") {
        Some(kind) if !kind.to_ascii_lowercase().contains("x-www-form-urlencoded") => b"",
        _ => request.body,
    }
}

/// What a fault does to an answer that is complete.
fn spoil(hit: &Effect, answer: &mut Answer) {
    match *hit {
        Effect::RequestLost { close } | Effect::AnswerLost { close } => {
            answer.lost = true;
            answer.closed = close;
        }
        Effect::Delay { ms } => answer.delay_ms = answer.delay_ms.saturating_add(ms),
        Effect::Html { status, .. } => {
            answer.status = status;
            answer.content_type = "text/html;charset=utf-8";
            answer.body =
                format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>").into();
        }
        Effect::CutOff { bytes } => answer.body.truncate(bytes),
        Effect::BrokenOff { bytes } => {
            answer.body.truncate(bytes);
            answer.broken_off = true;
        }
        Effect::WrongContentType => answer.content_type = "text/plain;charset=utf-8",
        _ => {}
    }
}
