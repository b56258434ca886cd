//! The tab around the page. In: the state. Out: its title and icon, what is read out, the theme, the question before
//! leaving, and masked secrets once nobody looks.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;
use provisioner_core::model::report::{Phase, RunReport, Verdict};
use wasm_bindgen::prelude::*;

use super::texts::texts;
use super::{Page, follow};

/// Progress is read out in steps of this many per cent.
const SAID_EVERY_PERCENT: u32 = 10;

/// Attends to the tab for as long as the page lives.
pub(super) fn attend(page: Page) {
    title(page);
    icon(page);
    announcements(page);
    theme(page);
    leaving(page);
    hiding(page);
}

/// Rows in the table in per cent of those asked for, rounded down, so that 100 means all; 0 until it is known how many
/// these are.
pub(super) fn percent(run: &RunReport) -> u32 {
    match run.requested_known() {
        None | Some(0) => 0,
        Some(all) => u32::try_from(u64::from(run.downloaded) * 100 / u64::from(all)).unwrap_or(100).min(100),
    }
}

fn title(page: Page) {
    follow(move || {
        page.language.track();
        let words = texts();
        let title = page.state.read(|mirror| match (&mirror.run, &mirror.started) {
            (Some(run), Some(started)) => match run.verdict {
                Some(verdict) => (words.run.title_done)(verdict, &started.product_key),
                None => (words.run.title)(percent(run), &started.product_key),
            },
            _ => words.page.name.to_owned(),
        });
        let has_errors = page.draft.read(|sheet| !sheet.errors.is_empty());
        document().set_title(&if has_errors { (words.page.title_error)(words.page.name) } else { title });
    });
}

/// Shows in the tab's icon where the run stands.
fn icon(page: Page) {
    let state = Memo::new(move |_| {
        page.state.of_run(|run| match (run.phase, run.verdict) {
            (Phase::Paused, None) | (_, Some(Verdict::Incomplete | Verdict::Failed)) => Icon::Attention,
            (_, Some(Verdict::Complete)) => Icon::Complete,
            (_, Some(Verdict::Cancelled)) => Icon::Idle,
            (_, None) => Icon::Running,
        })
    });
    follow(move || {
        let link = document().query_selector("link[rel=icon]").ok().flatten();
        if let (Some(link), address) = (link, state.get().address()) {
            // Cannot fail: it is a valid attribute name.
            link.set_attribute("href", &address).unwrap_or_default();
        }
    });
}

/// An icon of the tab.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Icon {
    /// There is no run. Also the product's mark.
    #[default]
    Idle,
    /// A run goes on.
    Running,
    /// It ended complete.
    Complete,
    /// Somebody has to look.
    Attention,
}

impl Icon {
    /// Its file, as the document names it.
    pub fn address(self) -> String {
        let meta = match self {
            Self::Idle => "meta[name=tab-idle]",
            Self::Running => "meta[name=tab-running]",
            Self::Complete => "meta[name=tab-complete]",
            Self::Attention => "meta[name=tab-attention]",
        };
        let meta = document().query_selector(meta).ok().flatten();
        meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
    }
}

/// Says each change of phase and every tenth of the way, no more.
fn announcements(page: Page) {
    let said = Cell::new(None);
    follow(move || {
        let words = texts();
        let now = page.state.of_run(|run| Some((run.phase, percent(run) / SAID_EVERY_PERCENT, run.verdict)));
        let before = said.replace(now);
        if let Some((phase, step, verdict)) = now
            && before != now
        {
            page.say.set(match verdict {
                Some(verdict) => (words.run.verdict)(verdict).to_owned(),
                None if before.map(|(phase, ..)| phase) != Some(phase) => (words.run.phase)(phase).to_owned(),
                None => (words.run.said_progress)(step * SAID_EVERY_PERCENT),
            });
        }
    });
}

fn theme(page: Page) {
    follow(move || {
        let Some(root) = document().document_element() else { return };
        // Neither can fail: the name is a valid attribute name.
        match page.theme.get().as_str() {
            "system" => root.remove_attribute("data-theme").unwrap_or_default(),
            theme => root.set_attribute("data-theme", theme).unwrap_or_default(),
        }
    });
}

/// Asks before a tab is closed that still runs, or whose rows were not saved.
fn leaving(page: Page) {
    window_event_listener(ev::beforeunload, move |event| {
        if untrack(|| page.state.is_running() || page.state.unsaved() > 0) {
            event.prevent_default();
            // Older browsers ask only if there is a text; none of them shows it.
            event.set_return_value("?");
        }
    });
}

fn hiding(page: Page) {
    let hide = Closure::<dyn Fn()>::new(move || {
        if document().hidden() {
            page.state.mask();
        }
    });
    if document().add_event_listener_with_callback("visibilitychange", hide.as_ref().unchecked_ref()).is_ok() {
        hide.forget();
    }
}
