//! Calls over the network. In: a signed request. Out: status and body, or why there is neither.
//!
//! A POST without cookie, referrer and cache; no redirect is followed (one would carry the signed call to a host that
//! nobody chose). With Signature V1 it is CORS-simple, with V3 its headers make the browser ask first. Written on web-sys,
//! since a library between would add a kilobyte to the first visit.

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use provisioner_core::cloud::HttpRequest;
use provisioner_core::model::report::Failure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Response,
};

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
    // The browser cannot make a header or an address of it.
    let cannot = |_: JsValue| Failure::Unreachable;
    let headers = Headers::new().map_err(cannot)?;
    for (name, value) in &request.headers {
        headers.set(name, value).map_err(cannot)?;
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&request.body.as_str().into());
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&signal));
    let fetched = JsFuture::from(super::worker().fetch_with_str_and_init(&request.url, &init)).await;
    let response: Response = fetched.and_then(JsCast::dyn_into).map_err(|_| lost(Failure::Unreachable))?;
    let cut_off = |_: JsValue| lost(Failure::Broken { detail: "the connection ended within the answer".to_owned() });
    let body = JsFuture::from(response.array_buffer().map_err(cut_off)?).await.map_err(cut_off)?;
    timer.cancel();
    Ok((response.status(), Uint8Array::new(&body).to_vec()))
}
