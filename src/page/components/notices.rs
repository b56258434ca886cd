//! Errors and warnings: what happened, what is already true, what to do. In: notices. Out: elements.

use leptos::prelude::*;

use super::common::button::{button, copy};
use super::common::each::each;
use super::common::el::{El, el};
use super::common::icon::{ATTENTION, BAD, icon};
use super::run::controls;
use crate::page::Page;
use crate::page::state::{Engine, EngineFault};
use crate::page::texts::{spoken, texts};
use crate::words::{Reference, Told, Words};

/// Notices that are on show at once; earlier ones appear on demand.
const SHOWN_MAX: u32 = 5;

/// The page's own: trouble with the engine, a credential in the address.
pub(super) fn of_page(page: Page) -> El {
    let fault_number = move || {
        page.state.read(|mirror| match &mirror.engine {
            Engine::Faulty(fault, _) => 1 + *fault as u32,
            Engine::Starting | Engine::Ready => 0,
        })
    };
    let engine = move |_| {
        page.state.read(|mirror| match &mirror.engine {
            Engine::Faulty(fault, detail) => Some(of_engine(page, *fault, detail)),
            Engine::Starting | Engine::Ready => None,
        })
    };
    let notices = el("div", "notices");
    let notices = if page.leaked { notices.child(of_address(page)) } else { notices };
    notices.swap(fault_number, engine)
}

/// Trouble with the engine, with the browser's own words.
pub(super) fn of_engine(page: Page, fault: EngineFault, detail: &str) -> El {
    let words = (texts().notice.engine)(fault, detail);
    notice(page, fault != EngineFault::Silent, &words, None)
}

/// A credential in the address.
pub(super) fn of_address(page: Page) -> El {
    notice(page, false, &(texts().notice.address)(), None)
}

/// What the engine has told.
pub(super) fn told(page: Page, told: &Told) -> El {
    notice(page, told.is_error, spoken(&told.words), told.reference.as_ref())
}

/// The run's, newest first.
pub(super) fn of_run(page: Page) -> El {
    let shows_all = RwSignal::new(false);
    let count = move || u32::try_from(page.state.read(|mirror| mirror.notices.len())).unwrap_or(u32::MAX);
    let earlier = move || if shows_all.get() { 0 } else { count().saturating_sub(SHOWN_MAX) };
    let one = move |number: u32| {
        let index = number as usize;
        let asks = move || page.state.asking() == Some(index);
        match untrack(|| page.state.read(|mirror| mirror.notices.get(index).map(|one| told(page, one)))) {
            Some(notice) => notice.child_if(asks, move || controls::controls(page)),
            None => el("div", ""),
        }
    };
    let more = move || {
        button("button small", "", "", move || shows_all.set(true)).text_of(move || (texts().notice.more)(earlier()))
    };
    el("div", "notices").view(each(move || earlier()..count(), true, one)).child_if(move || earlier() > 0, more)
}

fn notice(page: Page, is_error: bool, said: &Words, reference: Option<&Reference>) -> El {
    let words = &texts().notice;
    let (class, role, sign, severity) = if is_error {
        ("notice error", "alert", BAD, words.error)
    } else {
        ("notice warning", "status", ATTENTION, words.warning)
    };
    let what = el("p", "notice-what")
        .child(icon(sign))
        .child(el("span", "").child(el("span", "unseen").text(severity).text(": ")).text_string(said.what.clone()));
    let mut notice = el("section", class).attr("role", role).testid("notice").child(what);
    if !said.quote.is_empty() {
        notice = notice.child(el("blockquote", "").text_string(said.quote.clone()));
    }
    if !said.items.is_empty() {
        notice = notice.child(
            el("ul", "").children(said.items.iter().map(|item| el("li", "").text_string(item.clone())).collect()),
        );
    }
    let part = |name: &'static str, text: String| {
        el("div", "").child(el("dt", "").text(name)).child(el("dd", "").text_string(text))
    };
    notice = notice.child(
        el("dl", "").child(part(words.already, said.already.clone())).child(part(words.todo, said.todo.clone())),
    );
    let Some(reference) = reference else { return notice };
    if let Some(address) = &reference.recommend {
        let link = el("a", "")
            .attr_string("href", address.clone())
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .text(words.recommend);
        notice = notice.child(el("p", "").child(link));
    }
    notice = notice.attr_string("data-code", reference.code.clone());
    let mut text = [words.code, " ", &reference.code].concat();
    if !reference.request_id.is_empty() {
        text = [&text, " · ", words.request_id, " ", &reference.request_id].concat();
        notice = notice.attr_string("data-request-id", reference.request_id.clone());
    }
    let line = el("p", "reference").child(el("code", "").text_string(text.clone()));
    notice.child(line.child(copy(page, text, words.reference.to_owned())))
}
