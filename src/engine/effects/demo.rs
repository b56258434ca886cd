//! The demo connection: the simulated cloud inside the worker. The same requests as over the network, no network.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use provisioner_core::cloud::HttpRequest;
use provisioner_core::model::region::SIMCLOUD;
use provisioner_core::model::report::Failure;
use provisioner_core::secret::{AccessKey, Secret};
use simcloud::{Cloud, Config, Request};

use super::clock;

/// What a call to a region on the same continent takes.
const ROUND_TRIP_MS: u64 = 40;

/// The simulated cloud; its devices stay as long as the page.
#[derive(Clone)]
pub(in crate::engine) struct Demo {
    cloud: Rc<RefCell<Cloud>>,
    /// What the calendar said when the browser's clock that never goes back began: the cloud's time never goes back.
    epoch_ms: u64,
}

impl Default for Demo {
    fn default() -> Self {
        let config = Config { delay_ms: ROUND_TRIP_MS, ..Config::default() };
        let now = clock::now();
        Self { cloud: Rc::new(RefCell::new(Cloud::new(config))), epoch_ms: now.wall.0.saturating_sub(now.mono.0) }
    }
}

impl Demo {
    /// The simulated account; its secret is printed in the documentation and opens nothing.
    pub(in crate::engine) fn key() -> AccessKey {
        AccessKey { id: "testid".to_owned(), secret: Secret::new("testsecret".to_owned()), token: None }
    }

    /// Answers a request after the time that a network would take.
    pub(in crate::engine) async fn send(&self, request: &HttpRequest) -> Result<(u16, Vec<u8>), Failure> {
        let mut headers = vec![("host".to_owned(), SIMCLOUD.to_owned())];
        headers.extend(request.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let request = Request { method: "POST", query: "", headers: &headers, body: request.body.as_bytes() };
        let answer = self.cloud.borrow_mut().handle(&request, self.epoch_ms + clock::now().mono.0);
        TimeoutFuture::new(u32::try_from(answer.delay_ms).unwrap_or(u32::MAX)).await;
        Ok((answer.status, answer.body))
    }
}
