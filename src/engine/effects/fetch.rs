//! Calls over the network. In: a signed request. Out: status and body, or why there is neither.
//!
//! A POST without cookie, referrer and cache; no redirect is followed (one would carry the signed call to a host that
//! nobody chose). With Signature V1 it is CORS-simple, with V3 its headers make the browser ask first.

use gloo_net::http::Request;
use gloo_timers::callback::Timeout;
use provisioner_core::cloud::HttpRequest;
use provisioner_core::model::report::Failure;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect};

/// Sends a request and waits for the whole answer, `within_ms` at most.
pub(in crate::engine) async fn send(request: &HttpRequest, within_ms: u64) -> Result<(u16, Vec<u8>), Failure> {
    let controller = AbortController::new().expect("every browser with modules in workers has AbortController");
    let signal = controller.signal();
    let timer = {
        let controller = controller.clone();
        Timeout::new(u32::try_from(within_ms).unwrap_or(u32::MAX), move || controller.abort())
    };
    let lost =
        |otherwise: Failure| if signal.aborted() { Failure::TimedOut { after_ms: within_ms } } else { otherwise };
    let built = request
        .headers
        .iter()
        .fold(Request::post(&request.url), |builder, (name, value)| builder.header(name, value))
        .mode(RequestMode::Cors)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&signal))
        .body(request.body.as_str())
        // The browser cannot make an address of it.
        .map_err(|_| Failure::Unreachable)?;
    let response = built.send().await.map_err(|_| lost(Failure::Unreachable))?;
    let cut_off = || Failure::Broken { detail: "the connection ended within the answer".to_owned() };
    let body = response.binary().await.map_err(|_| lost(cut_off()))?;
    timer.cancel();
    Ok((response.status(), body))
}
