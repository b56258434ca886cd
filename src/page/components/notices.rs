//! Errors and warnings: what happened, what is already true, what to do. In: notices. Out: a view.

use leptos::prelude::*;
use provisioner_core::model::report::{Notice, NoticeKind};

use super::common::copy::copy;
use super::common::icon::{ATTENTION, BAD, icon};
use super::run::controls;
use crate::page::Page;
use crate::page::state::{Engine, EngineFault, refusal_of};
use crate::page::texts::{Words, texts};

/// Notices that are on show at once; earlier ones appear on demand.
const SHOWN_MAX: usize = 5;

/// One notice, ready to be shown.
struct Shown {
    is_error: bool,
    code: Option<String>,
    request_id: Option<String>,
    words: Words,
}

/// The page's own: trouble with the engine, a credential in the address.
pub(super) fn of_page(page: Page) -> AnyView {
    let words = &texts().notice;
    let plain = |is_error, words| Shown { is_error, code: None, request_id: None, words };
    let leaked = page.leaked.then(|| notice(page, plain(false, (words.address)()), ().into_any()));
    let engine = move || match page.state.engine.get() {
        Engine::Faulty(fault, detail) => {
            let is_error = fault != EngineFault::Silent;
            Some(notice(page, plain(is_error, (words.engine)(fault, &detail)), ().into_any()))
        }
        Engine::Starting | Engine::Ready => None,
    };
    view! {
        {leaked}
        {engine}
    }
    .into_any()
}

/// The run's, newest first.
pub(super) fn of_run(page: Page) -> AnyView {
    let (shows_all, show_all) = signal(false);
    let count = move || page.state.notices.with(Vec::len);
    let hidden = move || if shows_all.get() { 0 } else { count().saturating_sub(SHOWN_MAX) };
    let one = move |index: usize| {
        let said = page.state.notices.with_untracked(|notices| notices.get(index).map(shown))?;
        let asks = Memo::new(move |_| page.state.asking() == Some(index));
        let buttons = move || asks.get().then(|| controls::controls(page));
        Some(notice(page, said, buttons.into_any()))
    };
    view! {
        <div class="notices">
            <For each=move || (hidden()..count()).rev() key=|index| *index children=one />
            {move || {
                let earlier = hidden();
                (earlier > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="button small" on:click=move |_| show_all.set(true)>
                                {(texts().notice.more)(earlier)}
                            </button>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn notice(page: Page, shown: Shown, buttons: AnyView) -> AnyView {
    let Shown { is_error, code, request_id, words: said } = shown;
    let words = &texts().notice;
    let (class, role, sign, severity) = if is_error {
        ("notice error", "alert", BAD, words.error)
    } else {
        ("notice warning", "status", ATTENTION, words.warning)
    };
    let reference = [(words.code, code.clone()), (words.request_id, request_id.clone())]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| [name, " ", &value].concat()))
        .collect::<Vec<_>>()
        .join(" · ");
    let has_reference = !reference.is_empty();
    view! {
        <section class=class role=role data-testid="notice" data-code=code data-request-id=request_id>
            {icon(sign)}
            <div class="notice-body">
                <p class="notice-what">
                    <span class="unseen">{severity}": "</span>
                    {said.what}
                </p>
                {(!said.quote.is_empty()).then(|| view! { <blockquote>{said.quote}</blockquote> })}
                {(!said.items.is_empty())
                    .then(|| {
                        view! { <ul>{said.items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul> }
                    })}
                <dl>
                    <div><dt>{words.already}</dt><dd>{said.already}</dd></div>
                    <div><dt>{words.todo}</dt><dd>{said.todo}</dd></div>
                </dl>
                {has_reference
                    .then(|| {
                        view! {
                            <p class="reference">
                                <code>{reference.clone()}</code>
                                {copy(page, reference, words.reference.to_owned())}
                            </p>
                        }
                    })}
                {buttons}
            </div>
        </section>
    }
    .into_any()
}

fn shown(notice: &Notice) -> Shown {
    let refusal = refusal_of(&notice.kind);
    let is_error = match &notice.kind {
        NoticeKind::CheckFailed(_)
        | NoticeKind::BatchRefused { .. }
        | NoticeKind::BatchUnclear { .. }
        | NoticeKind::ReadStopped { .. }
        | NoticeKind::BatchFailed { .. }
        | NoticeKind::BatchStuck { .. } => true,
        NoticeKind::CountDiffers { .. }
        | NoticeKind::RowsUnusable { .. }
        | NoticeKind::RowsMissing { .. }
        | NoticeKind::RowsConflict { .. }
        | NoticeKind::RowsBeyondTotal { .. } => false,
    };
    Shown {
        is_error,
        code: refusal.map(|refusal| refusal.code.clone()),
        request_id: refusal.map(|refusal| refusal.request_id.clone()).filter(|id| !id.is_empty()),
        words: (texts().notice.notice)(notice),
    }
}
