//! Errors and warnings: what happened, what is already true, what to do. In: notices. Out: elements.

use leptos::prelude::*;
use provisioner_core::model::action::Action;
use provisioner_core::model::report::{Failure, Notice, NoticeKind, Refusal};

use super::common::button::{button, copy};
use super::common::each::each;
use super::common::el::{El, el};
use super::common::icon::{ATTENTION, BAD, icon};
use super::run::controls;
use crate::page::Page;
use crate::page::state::{Engine, EngineFault, Mirror, refusal_in, refusal_of};
use crate::page::texts::{Words, texts};

/// Notices that are on show at once; earlier ones appear on demand.
const SHOWN_MAX: u32 = 5;

/// One notice, ready to be shown.
struct Shown {
    is_error: bool,
    code: Option<String>,
    request_id: Option<String>,
    recommend: Option<String>,
    words: Words,
}

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
    notice(page, plain(fault != EngineFault::Silent, (texts().notice.engine)(fault, detail)))
}

/// A credential in the address.
pub(super) fn of_address(page: Page) -> El {
    notice(page, plain(false, (texts().notice.address)()))
}

/// A question outside of a run that the cloud did not answer.
pub(super) fn of_failure(page: Page, failure: &Failure, action: Action, place: &str) -> El {
    notice(page, of_refusal(true, refusal_in(failure), (texts().lookup.failed)(failure, action, place)))
}

/// One that the engine might tell.
#[cfg(debug_assertions)]
pub(super) fn example(page: Page, told: &Notice, place: &str) -> El {
    notice(page, shown(told, place))
}

/// The run's, newest first.
pub(super) fn of_run(page: Page) -> El {
    let shows_all = RwSignal::new(false);
    let count = move || u32::try_from(page.state.read(|mirror| mirror.notices.len())).unwrap_or(u32::MAX);
    let earlier = move || if shows_all.get() { 0 } else { count().saturating_sub(SHOWN_MAX) };
    let one = move |number: u32| {
        let index = number as usize;
        let asks = move || page.state.asking() == Some(index);
        match untrack(|| {
            page.state.read(|mirror| mirror.notices.get(index).map(|notice| shown(notice, place_of(mirror))))
        }) {
            Some(shown) => notice(page, shown).child_if(asks, move || controls::controls(page)),
            None => el("div", ""),
        }
    };
    let more = move || {
        button("button small", "", "", move || shows_all.set(true)).text_of(move || (texts().notice.more)(earlier()))
    };
    el("div", "notices").view(each(move || earlier()..count(), true, one)).child_if(move || earlier() > 0, more)
}

fn plain(is_error: bool, words: Words) -> Shown {
    of_refusal(is_error, None, words)
}

fn of_refusal(is_error: bool, refusal: Option<&Refusal>, words: Words) -> Shown {
    Shown {
        is_error,
        code: refusal.map(|refusal| refusal.code.clone()),
        recommend: refusal.and_then(|refusal| refusal.recommend.clone()),
        request_id: refusal.map(|refusal| refusal.request_id.clone()).filter(|id| !id.is_empty()),
        words,
    }
}

fn notice(page: Page, shown: Shown) -> El {
    let Shown { is_error, code, request_id, recommend, words: said } = shown;
    let words = &texts().notice;
    let (class, role, sign, severity) = if is_error {
        ("notice error", "alert", BAD, words.error)
    } else {
        ("notice warning", "status", ATTENTION, words.warning)
    };
    let what = el("p", "notice-what")
        .child(icon(sign))
        .child(el("span", "").child(el("span", "unseen").text(severity).text(": ")).text_string(said.what));
    let mut notice = el("section", class).attr("role", role).testid("notice").child(what);
    if !said.quote.is_empty() {
        notice = notice.child(el("blockquote", "").text_string(said.quote));
    }
    if !said.items.is_empty() {
        notice = notice
            .child(el("ul", "").children(said.items.into_iter().map(|item| el("li", "").text_string(item)).collect()));
    }
    let part = |name: &'static str, text: String| {
        el("div", "").child(el("dt", "").text(name)).child(el("dd", "").text_string(text))
    };
    notice = notice.child(el("dl", "").child(part(words.already, said.already)).child(part(words.todo, said.todo)));
    if let Some(address) = recommend {
        let link = el("a", "")
            .attr_string("href", address)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .text(words.recommend);
        notice = notice.child(el("p", "").child(link));
    }
    let mut reference = String::new();
    if let Some(code) = code {
        reference = [words.code, " ", &code].concat();
        notice = notice.attr_string("data-code", code);
    }
    if let Some(id) = request_id {
        reference = [&reference, " · ", words.request_id, " ", &id].concat();
        notice = notice.attr_string("data-request-id", id);
    }
    if reference.is_empty() {
        return notice;
    }
    let line = el("p", "reference").child(el("code", "").text_string(reference.clone()));
    notice.child(line.child(copy(page, reference, words.reference.to_owned())))
}

fn place_of(mirror: &Mirror) -> &str {
    mirror.started.as_ref().map_or("", |started| &started.place)
}

fn shown(notice: &Notice, place: &str) -> Shown {
    let refusal = refusal_of(&notice.kind);
    let is_error = match &notice.kind {
        NoticeKind::CheckFailed(_)
        | NoticeKind::BatchRefused { .. }
        | NoticeKind::BatchUnknown(_)
        | NoticeKind::BatchEmpty(_)
        | NoticeKind::BatchUnclear { .. }
        | NoticeKind::Stopped { .. }
        | NoticeKind::ArchiveUnknown(_)
        | NoticeKind::BatchNotFound { .. }
        | NoticeKind::ProductTooLarge(_)
        | NoticeKind::ProductFull(..)
        | NoticeKind::ProductSurplus(_)
        | NoticeKind::JournalFailed(_)
        | NoticeKind::BatchFailed { .. }
        | NoticeKind::BatchStuck { .. } => true,
        NoticeKind::BatchRebuilt(_)
        | NoticeKind::Offline
        | NoticeKind::NamesAbsent { .. }
        | NoticeKind::NoSecrets(_)
        | NoticeKind::CountDiffers { .. }
        | NoticeKind::RowsUnusable { .. }
        | NoticeKind::RowsMissing { .. }
        | NoticeKind::RowsConflict { .. }
        | NoticeKind::RowsBeyondTotal { .. } => false,
    };
    of_refusal(is_error, refusal, (texts().notice.notice)(notice, place))
}
