//! The page without a network, and its next version. In: the service worker's news. Out: whether a version waits.
//!
//! A published site names its service worker; a page that is being developed has none. It is registered late, so
//! that a first visit is not slowed down. Source: w3.org/TR/service-workers.

use std::time::Duration;

use leptos::prelude::{document, location, set_timeout, window};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use super::state::{NextVersion, State};

/// Where index.html names the service worker.
const META: &str = "meta[name=offline]";

/// A first visit has loaded by then, and a run that begins at once has begun.
const REGISTERED_AFTER: Duration = Duration::from_secs(3);

/// Keeps the page for times without a network, and watches for its next version.
pub(super) fn attend(state: State) {
    let Some(script) = document().query_selector(META).ok().flatten().and_then(|meta| meta.get_attribute("content"))
    else {
        return;
    };
    set_timeout(move || register(&script, state), REGISTERED_AFTER);
}

/// The browser's service workers; none on plain http, and in private windows of some browsers.
fn container() -> Option<ServiceWorkerContainer> {
    let container = window().navigator().service_worker();
    let is_there = !AsRef::<JsValue>::as_ref(&container).is_undefined();
    is_there.then_some(container)
}

fn register(script: &str, state: State) {
    let Some(container) = container() else { return };
    // A version that takes over does so because this page asked it to.
    let reload = Closure::<dyn Fn()>::new(|| location().reload().unwrap_or_default());
    let on_others = Closure::<dyn Fn(MessageEvent)>::new(move |_| state.next_version(NextVersion::Blocked));
    // Of a first version too one hears that it takes over: but it never does, it waits for the next visit.
    container.set_oncontrollerchange(Some(reload.as_ref().unchecked_ref()));
    container.set_onmessage(Some(on_others.as_ref().unchecked_ref()));
    let registered = Closure::once(move |registration: JsValue| watch(registration.unchecked_into(), state));
    // Private windows, and browsers that were told to keep nothing: the page works all the same.
    let refused = Closure::once(|_: JsValue| {});
    drop(container.register(script).then2(&registered, &refused));
    reload.forget();
    on_others.forget();
    registered.forget();
    refused.forget();
}

fn watch(registration: ServiceWorkerRegistration, state: State) {
    if registration.waiting().is_some() && registration.active().is_some() {
        state.next_version(NextVersion::Waiting);
    }
    let found = registration.clone();
    let on_found = Closure::<dyn Fn()>::new(move || {
        // The very first version replaces none.
        if let (Some(coming), Some(_)) = (found.installing(), found.active()) {
            announce(&coming, state);
        }
    });
    registration.set_onupdatefound(Some(on_found.as_ref().unchecked_ref()));
    on_found.forget();
}

fn announce(coming: &ServiceWorker, state: State) {
    let watched = coming.clone();
    let on_change = Closure::<dyn Fn()>::new(move || {
        if watched.state() == ServiceWorkerState::Installed {
            state.next_version(NextVersion::Waiting);
        }
    });
    coming.set_onstatechange(Some(on_change.as_ref().unchecked_ref()));
    on_change.forget();
}

/// Asks the version that waits to take over. It does so only if no other page of this site is open.
pub(super) fn use_next() {
    let Some(container) = container() else { return };
    let ask = Closure::once(|registration: JsValue| {
        let registration: Option<ServiceWorkerRegistration> = registration.dyn_into().ok();
        if let Some(waiting) = registration.and_then(|registration| registration.waiting()) {
            // Refused only for what cannot be copied; a text can.
            waiting.post_message(&"use".into()).unwrap_or_default();
        }
    });
    drop(container.get_registration().then(&ask));
    ask.forget();
}
