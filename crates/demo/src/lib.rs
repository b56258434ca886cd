//! The simulated cloud for the demo, as JavaScript sees it: a program of its own, so that only a demo downloads it.
//!
//! In: requests and the time. Out: answers. wasm32 only; the engine's `effects/demo.rs` is who calls.
#![cfg(target_arch = "wasm32")]

use simcloud::{Cloud, Config, Request};
use wasm_bindgen::prelude::*;

/// What a call to a region on the same continent takes.
const ROUND_TRIP_MS: u64 = 40;

/// A cloud; it lasts as long as the worker that made it.
#[wasm_bindgen]
pub struct Demo(Cloud);

/// What the cloud answers, and when it is to arrive.
#[wasm_bindgen]
pub struct Answer(simcloud::Answer);

#[wasm_bindgen]
impl Demo {
    /// An empty cloud with the documented quotas.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript knows constructors only")]
    pub fn new() -> Self {
        Self(Cloud::new(Config { delay_ms: ROUND_TRIP_MS, ..Config::default() }))
    }

    /// Answers a POST. `headers` is name, value, name, value, …; `now_ms` the Unix time in milliseconds, which never
    /// goes back.
    pub fn handle(&mut self, headers: Vec<String>, body: &str, now_ms: f64) -> Answer {
        let headers: Vec<_> = headers.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        let request = Request { method: "POST", query: "", headers: &headers, body: body.as_bytes() };
        Answer(self.0.handle(&request, now_ms as u64))
    }
}

#[wasm_bindgen]
impl Answer {
    /// The HTTP status.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// How long the answer is on its way, in ms.
    #[wasm_bindgen(getter)]
    pub fn delay_ms(&self) -> u32 {
        u32::try_from(self.0.delay_ms).unwrap_or(u32::MAX)
    }

    /// The body, which the answer no longer holds afterwards.
    pub fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0.body)
    }
}
