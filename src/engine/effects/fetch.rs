//! Calls over the network. In: a signed request, or an address. Out: status and body, or why there is neither; whether
//! anything answers at an address.
//!
//! A POST without cookie, referrer and cache; no redirect is followed (one would carry the signed call to a host that
//! nobody chose). With Signature V1 it is CORS-simple, with V3 its headers make the browser ask first. Written on web-sys,
//! since a library between would add a kilobyte to the first visit.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use provisioner_core::cloud::HttpRequest;
use provisioner_core::model::report::Failure;
use provisioner_core::probe::Knocked;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Response, ResponseType,
};

/// How long an address may take to answer at all, in milliseconds.
const KNOCK_WITHIN_MS: u32 = 10_000;

/// A browser tells of what its policy forbade by an event, in a task of its own.
const VIOLATION_WITHIN_MS: u32 = 100;

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

/// Whether anything answers at an address: a GET that holds nothing, whose answer nobody reads, so that CORS does not
/// forbid it. Where the answer could be read all the same, a redirect shows.
pub(in crate::engine) async fn knock(address: &str) -> Knocked {
    let worker = super::worker();
    let is_forbidden = Rc::new(Cell::new(false));
    let seen = is_forbidden.clone();
    let see = Closure::<dyn Fn()>::new(move || seen.set(true));
    let (violation, listener) = ("securitypolicyviolation", see.as_ref().unchecked_ref());
    // Only a name that is no text makes these fail.
    drop(worker.add_event_listener_with_callback(violation, listener));
    let is_ours = address.strip_prefix(origin().as_str()).is_some_and(|rest| rest.starts_with('/'));
    let init = RequestInit::new();
    let (mode, redirect) = if is_ours {
        (RequestMode::SameOrigin, RequestRedirect::Manual)
    } else {
        (RequestMode::NoCors, RequestRedirect::Follow)
    };
    init.set_mode(mode);
    init.set_redirect(redirect);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let controller = AbortController::new().expect("every browser with modules in workers has AbortController");
    init.set_signal(Some(&controller.signal()));
    let timer = Timeout::new(KNOCK_WITHIN_MS, move || controller.abort());
    let fetched = JsFuture::from(worker.fetch_with_str_and_init(address, &init)).await;
    timer.cancel();
    if fetched.is_err() {
        TimeoutFuture::new(VIOLATION_WITHIN_MS).await;
    }
    drop(worker.remove_event_listener_with_callback(violation, listener));
    match fetched.and_then(JsCast::dyn_into::<Response>) {
        _ if is_forbidden.get() => Knocked::Forbidden,
        Ok(response) if response.type_() == ResponseType::Opaqueredirect => Knocked::Redirected,
        Ok(_) => Knocked::Answered,
        Err(_) => Knocked::Nothing,
    }
}

/// Where this site is from, as proxies' lists have it.
pub(in crate::engine) fn origin() -> String {
    super::worker().location().origin()
}
