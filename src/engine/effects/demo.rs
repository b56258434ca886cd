//! The demo connection: the simulated cloud beside the engine, in a program that is loaded when a demo begins. The same
//! requests as over the network, no network.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use provisioner_core::cloud::HttpRequest;
use provisioner_core::model::region::SIMCLOUD;
use provisioner_core::model::report::Failure;
use provisioner_core::secret::{AccessKey, Secret};
use wasm_bindgen::prelude::*;

use super::clock;

#[wasm_bindgen]
extern "C" {
    /// The cloud's program; `worker.js` loads it.
    #[wasm_bindgen(catch, js_name = loadDemo)]
    async fn load() -> Result<JsValue, JsValue>;

    /// `crates/demo`, which says what these take and give.
    type Cloud;
    #[wasm_bindgen(method)]
    fn handle(this: &Cloud, headers: Vec<String>, body: &str, now_ms: f64) -> Answer;

    type Answer;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Answer) -> u16;
    #[wasm_bindgen(method, getter)]
    fn delay_ms(this: &Answer) -> u32;
    #[wasm_bindgen(method)]
    fn take_body(this: &Answer) -> Vec<u8>;
}

/// The simulated cloud; its devices stay as long as the page.
#[derive(Clone)]
pub(in crate::engine) struct Demo {
    cloud: Rc<RefCell<Option<Cloud>>>,
    /// What the calendar said when the browser's clock that never goes back began: the cloud's time never goes back.
    epoch_ms: u64,
}

impl Default for Demo {
    fn default() -> Self {
        let now = clock::now();
        Self { cloud: Rc::default(), epoch_ms: now.wall.0.saturating_sub(now.mono.0) }
    }
}

impl Demo {
    /// The simulated account; its secret is printed in the documentation and opens nothing.
    pub(in crate::engine) fn key() -> AccessKey {
        AccessKey { id: "testid".to_owned(), secret: Secret::new("testsecret".to_owned()), token: None }
    }

    /// Answers a request after the time that a network would take.
    ///
    /// # Errors
    /// [`Failure::Unreachable`] if the cloud's program could not be loaded; the next call tries again.
    pub(in crate::engine) async fn send(&self, request: &HttpRequest) -> Result<(u16, Vec<u8>), Failure> {
        if self.cloud.borrow().is_none() {
            let loaded = load().await.map_err(|_: JsValue| Failure::Unreachable)?;
            // Another call may have been first.
            self.cloud.borrow_mut().get_or_insert_with(|| loaded.unchecked_into());
        }
        let mut headers = vec!["host".to_owned(), SIMCLOUD.to_owned()];
        headers.extend(request.headers.iter().flat_map(|(name, value)| [(*name).to_owned(), value.clone()]));
        let now_ms = self.epoch_ms + clock::now().mono.0;
        let answer = match self.cloud.borrow().as_ref() {
            Some(cloud) => cloud.handle(headers, &request.body, now_ms as f64),
            None => return Err(Failure::Unreachable),
        };
        TimeoutFuture::new(answer.delay_ms()).await;
        Ok((answer.status(), answer.take_body()))
    }
}
