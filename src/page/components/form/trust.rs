//! Where calls go, who can read the answers, and whether it works. In: the draft, and what was learnt of the connection.
//! Out: an element; to try the connection out and to choose the direct way are its actions.

use leptos::prelude::*;
use provisioner_core::model::region::{self, SIMCLOUD};
use provisioner_core::plan::{Connection, Field, is_loopback};

use crate::page::Page;
use crate::page::address::{absolute, host_of};
use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::icon::{ATTENTION, GOOD, marked};
use crate::page::components::notices;
use crate::page::texts::{spoken, texts};
use crate::protocol::{Subject, Tried};

/// The stations of a call, what to beware of, and the test.
pub(super) fn trust(page: Page) -> El {
    let words = &texts().trust;
    let connection = move || page.draft.read(|sheet| sheet.connection);
    let is_proxied = move || connection() == Connection::Proxy;
    let stations = el("ol", "stations")
        .child(station(|| texts().trust.tab.to_owned(), words.tab_role))
        .child(station(move || proxy_host(page), words.proxy_role).flag_of("hidden", move || !is_proxied()))
        .child(station(move || cloud_host(page), words.cloud_role));
    let foreign = move || {
        marked("attention", ATTENTION, move || (texts().trust.foreign)(&proxy_host(page))).testid("foreign-proxy")
    };
    let is_foreign = move || is_proxied() && is_foreign(&proxy_host(page));
    let is_plain = move || is_proxied() && proxy_address(page).starts_with("http:") && is_loopback(&proxy_host(page));
    let asking = move || page.draft.read(|sheet| sheet.lookup.asking);
    let test = button("button", "connection-test", words.test, move || page.ask(Subject::Connection))
        .attr("aria-describedby", "connection-test-hint")
        .attr_of("aria-disabled", move || asking().map(|_| "true"));
    let testing = move || match asking() {
        Some(Subject::Connection) => words.testing.to_owned(),
        _ => String::new(),
    };
    let test_hint = move || (words.test_hint)(connection()).to_owned();
    let changes = move || page.draft.read(|sheet| sheet.lookup.changes);
    let tried = move |_| page.draft.read(|sheet| sheet.lookup.tried.as_ref().map(|tried| told(page, tried)));
    el("div", "trust wide")
        .testid("trust")
        .flag_of("hidden", move || page.draft.is_demo())
        .child(el("h3", "").text(words.heading))
        .child(stations)
        .child_if(is_foreign, foreign)
        .child_if(is_plain, move || el("p", "hint").text(words.loopback))
        .child(el("div", "actions").child(test).child(el("span", "hint").text_of(testing)))
        .child(el("p", "hint").attr("id", "connection-test-hint").text_of(test_hint))
        .swap(changes, tried)
}

fn station(name: impl Fn() -> String + Send + 'static, role: &'static str) -> El {
    el("li", "").child(el("strong", "").text_of(name)).child(el("span", "").text(role))
}

fn told(page: Page, tried: &Tried) -> El {
    let told = el("div", "lookup").testid("connection-tried");
    if !tried.works {
        return told.child(notices::told(page, &tried.told));
    }
    let words = spoken(&tried.told.words);
    let what = words.what.clone();
    let hint = |text: &str| el("p", "hint").text_string(text.to_owned());
    let told = told.child(marked("done", GOOD, move || what.clone())).child(hint(&words.todo));
    let told = match &tried.trouble {
        Some(trouble) => told.child(notices::told(page, trouble)),
        None => told,
    };
    let told = told.child(hint(&words.already));
    let switch =
        || button("button", "use-direct", texts().trust.use_direct, move || page.switch_to(Connection::Direct));
    if tried.is_direct_open { told.child(switch()) } else { told }
}

/// Whether a proxy is on somebody else's host, as far as a page can tell: not on its own, and not on this computer.
fn is_foreign(host: &str) -> bool {
    !host.is_empty() && host != location().host().unwrap_or_default() && !is_loopback(host)
}

/// The proxy's address, absolute if it is one.
fn proxy_address(page: Page) -> String {
    absolute(&page.draft.value(Field::ProxyUrl).map(|typed| typed.get()).unwrap_or_default())
}

fn proxy_host(page: Page) -> String {
    host_of(&proxy_address(page))
}

/// The endpoint's host: the one that was typed in, or the region's.
fn cloud_host(page: Page) -> String {
    let value = |field| page.draft.value(field).map(|value| value.get()).unwrap_or_default();
    let typed = value(Field::EndpointHost);
    if !typed.trim().is_empty() {
        return typed;
    }
    region::by_id(&value(Field::Region)).map_or(SIMCLOUD, |region| region.host).to_owned()
}
