//! The focus in a table whose rows come and go. In: keys, scrolling, answers. Out: the focus on the same row's button,
//! or on the box when that row has gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use super::BOX;
use super::window::{Held, Sight, Slice};
use crate::page::{self, Page};

/// A button in a row.
pub(super) struct Place {
    /// The row's position, from 0.
    pub position: u32,
    /// Which button.
    pub testid: String,
}

/// Notes the row that has the focus: Tab comes back to it, and the focus stays with it.
pub(super) fn hold(page: Page, sight: RwSignal<Sight>, event: &Event) {
    if let Some(Place { position, .. }) = event.target().and_then(|target| place_of(target.dyn_ref()?)) {
        let index = untrack(|| page.state.of_row(position, |row| row.index));
        sight.update(|sight| sight.held = Held { position, index });
    }
}

/// The arrow keys go from a row's button to that of the next row, or of the one before; Home and End to the first and
/// the last row, the page keys a view up or down but for one row, at once: the browser's own way there takes half a
/// second, and whatever moves the box on it ends it, or is moved on by the rest of it.
pub(super) fn step(sight: RwSignal<Sight>, event: &Event) {
    let Some(keys) = event.dyn_ref::<KeyboardEvent>() else { return };
    let key = keys.key();
    let is_bare = !(keys.ctrl_key() || keys.alt_key() || keys.meta_key() || keys.shift_key());
    if let ("Home" | "End" | "PageUp" | "PageDown", true, Some(rows)) = (key.as_str(), is_bare, page::element(BOX)) {
        event.prevent_default();
        let page_px = sight.with_untracked(|sight| sight.view_px - sight.row_px) as i32;
        rows.set_scroll_top(match key.as_str() {
            "Home" => 0,
            "End" => rows.scroll_height(),
            "PageUp" => rows.scroll_top() - page_px,
            _ => rows.scroll_top() + page_px,
        });
        return;
    }
    let Some(Place { position, testid }) = focused() else { return };
    let rows = sight.with_untracked(|sight| sight.rows);
    let next = match key.as_str() {
        "ArrowDown" => (position + 1).min(rows.saturating_sub(1)),
        "ArrowUp" => position.saturating_sub(1),
        _ => return,
    };
    event.prevent_default();
    put(&Place { position: next, testid });
}

/// Before rows go out of the document: a focus that would go with them is put on the box, which goes on scrolling.
pub(super) fn keep_in(slice: Slice) {
    if focused().is_some_and(|place| !(slice.first..slice.end).contains(&place.position)) {
        page::focus(BOX);
    }
}

/// When rows move under the focus, it moves along.
pub(super) fn attend(page: Page, sight: RwSignal<Sight>) {
    page::follow(move || {
        page.state.of_rows(|seen| {
            let (Some(place), Held { position, index: Some(index) }) = (focused(), sight.get_untracked().held) else {
                return;
            };
            if place.position != position || seen.at(position).is_none_or(|row| row.index == index) {
                return;
            }
            match seen.answer.rows.iter().position(|row| row.index == index) {
                Some(offset) => put(&Place { position: seen.answer.first + offset as u32, ..place }),
                None => page::focus(BOX),
            }
        });
    });
}

/// Where the focus is, if it is on a row's button.
fn focused() -> Option<Place> {
    place_of(&document().active_element()?)
}

/// Where a button is, if it is in a row.
pub(super) fn place_of(button: &Element) -> Option<Place> {
    let testid = button.get_attribute("data-testid")?;
    // The selector is a valid one.
    let row = button.closest("#rows tbody tr").ok()??;
    let number: u32 = row.get_attribute("aria-rowindex")?.parse().ok()?;
    Some(Place { position: number.checked_sub(2)?, testid })
}

fn put(place: &Place) {
    let number = (place.position + 2).to_string();
    let selector = ["#rows [aria-rowindex='", &number, "'] [data-testid='", &place.testid, "']"].concat();
    // The selector is a valid one; a row that is not there yet takes no focus.
    if let Some(button) = document().query_selector(&selector).ok().flatten()
        && let Ok(button) = button.dyn_into::<HtmlElement>()
    {
        button.focus().unwrap_or_default();
    }
}
