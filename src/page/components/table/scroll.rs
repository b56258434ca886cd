//! What is in sight follows the box as it scrolls, and the engine is asked for it. In: scroll events, sizes, answers.
//! Out: the sight, and one question to the engine at a time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::Reflect;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

use super::head::HEAD;
use super::window::{Sight, Slice};
use super::{BOX, focus, in_view};
use crate::page::texts::texts;
use crate::page::{self, Page, element};
use crate::protocol::{Command, Look, Window};

/// After this long without a scroll event the box is at rest, in a browser that does not tell.
const REST: Duration = Duration::from_millis(200);

/// Rows that are asked for above those in sight, and below them: what a wheel turned fast passes in a tenth of a second.
const AHEAD: u32 = 80;

/// Measures, and asks, whenever there is a reason to.
pub(super) fn attend(page: Page, sight: RwSignal<Sight>) {
    measure(page, sight);
    ask(page, sight);
}

/// Follows the box as it scrolls.
pub(super) fn follow(sight: RwSignal<Sight>) -> impl Fn(web_sys::Event) {
    let paused = RefCell::new(debounce(REST, move |()| settle(sight)));
    move |_| {
        if let Some(element) = element(BOX) {
            let mut now = sight.get_untracked();
            now.scroll_to(f64::from(element.scroll_top()));
            focus::keep_in(now.slice());
            sight.set(now);
            // Where the browser tells, a pause is no rest: on a busy machine it would cut an animated scroll short.
            if !Reflect::has(&element, &"onscrollend".into()).unwrap_or_default() {
                (paused.borrow_mut())(());
            }
        }
    }
}

/// Puts the box right, now that it rests.
pub(super) fn settle(sight: RwSignal<Sight>) {
    if let Some(element) = element(BOX) {
        let mut top_px = 0.0;
        sight.update(|sight| top_px = sight.settle());
        // To be put where it is would end a scroll that a key has just begun.
        if element.scroll_top() != top_px as i32 {
            element.set_scroll_top(top_px as i32);
        }
    }
}

/// Follows the number of rows, how they are looked at, and the size of things. Sizes are read when the browser has just
/// worked them out: at any other time it would have to do so at once, for the whole page.
fn measure(page: Page, sight: RwSignal<Sight>) {
    let resizes = RwSignal::new(false);
    let sizes = Rc::new(Cell::new((0.0, 0.0)));
    let resized = Closure::<dyn Fn()>::new({
        let sizes = sizes.clone();
        move || {
            if let (Some(scroll_box), Some(head)) = (element(BOX), element(HEAD)) {
                let row_px = head.get_bounding_client_rect().height();
                sizes.set((row_px, f64::from(scroll_box.client_height()) - row_px));
                resizes.update(|odd| *odd = !*odd);
            }
        }
    });
    let observer =
        ResizeObserver::new(resized.as_ref().unchecked_ref()).expect("every browser with WebAssembly has it");
    let kept = StoredValue::new_local((observer, resized));
    on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
    let looked = RefCell::new(Look::default());
    let is_observed = Cell::new(false);
    page::follow(move || {
        let rows = in_view(page);
        let look = page.state.of_rows(|seen| seen.answer.look.clone());
        resizes.track();
        let (Some(scroll_box), Some(head)) = (element(BOX), element(HEAD)) else { return };
        if !is_observed.replace(true) {
            kept.with_value(|(observer, _)| [&scroll_box, &head].map(|element| observer.observe(element)));
        }
        let (row_px, view_px) = sizes.get();
        let before = sight.get_untracked();
        let mut now = before;
        now.resize(rows, row_px, view_px);
        if looked.replace(look.clone()) != look {
            now.scroll_to(0.0);
            let (count, of) = page.state.of_rows(|seen| (seen.answer.count, seen.answer.of));
            page.say.set((texts().table.looked)(&look, count, of));
        }
        if now != before {
            sight.set(now);
            if now.top_px != before.top_px {
                // The space below the rows has to be there first.
                request_animation_frame(move || scroll_box.set_scroll_top(now.top_px as i32));
            }
        }
    });
}

/// Asks the engine for the rows in sight and some around them, whenever those it sent do not reach as far, or what it
/// sent has changed. Only one question is on its way at a time: while the engine sorts, those that are out of date by
/// then are never asked.
fn ask(page: Page, sight: RwSignal<Sight>) {
    let sent = Cell::new(page.state.of_rows(|seen| seen.answers));
    let asked = RefCell::new((Window::default(), 0, false, 0));
    page::follow(move || {
        let Slice { first, end, .. } = sight.with(Sight::slice);
        let start = first.saturating_sub(AHEAD);
        let look = page.choice.with(|choice| choice.look.clone());
        let window = Window { look, first: start, count: end + AHEAD - start };
        let below = (end + AHEAD / 2).min(in_view(page));
        let (answers, known, reaches) = page.state.of_rows(|seen| {
            let sent = seen.answer.first..seen.answer.first + seen.answer.rows.len() as u32;
            let reaches = sent.start <= first.saturating_sub(AHEAD / 2) && sent.end >= below;
            (seen.answers, seen.answer.of, reaches)
        });
        let now = page.state.of_run(|run| {
            // What came in since is taken in when the engine has the time: it is asked again with each report.
            let at_ms = if known < run.downloaded { run.elapsed_ms } else { 0 };
            (window, run.downloaded, run.verdict.is_some(), at_ms)
        });
        let is_needed = {
            let before = asked.borrow();
            let is_same = before.0.look == now.0.look && (before.1, before.2, before.3) == (now.1, now.2, now.3);
            *before != now && !(is_same && reaches)
        };
        if sent.get() == answers && is_needed {
            sent.set(answers + 1);
            page.send(&Command::Window(now.0.clone()));
            asked.replace(now);
        }
    });
}
