//! The credential table: only the rows in sight are in the document. In: rows of the engine. Out: an element.

mod row;
mod window;

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::common::each::each;
use super::common::el::{El, el};
use super::common::text::hint;
use super::section;
use crate::page::texts::texts;
use crate::page::{Page, element, follow};
use crate::protocol::Command;
use window::{Sight, Slice};

/// After this long without a scroll event the box is at rest.
const REST: Duration = Duration::from_millis(200);

/// Id of the box that scrolls.
const BOX: &str = "rows";

/// Id of the header row, which is as high as every row.
const HEAD: &str = "rows-head";

/// The table.
pub(super) fn table(page: Page) -> El {
    let words = &texts().table;
    let total = move || page.state.of_run(|run| run.downloaded);
    let sight = RwSignal::new(Sight::default());
    let slice = move || sight.with(Sight::slice);
    measure(page, sight);
    ask(page, sight);
    let columns = [words.row, words.device_name, words.device_secret, words.actions, words.iot_id, words.batch];
    let head = el("tr", "")
        .attr("id", HEAD)
        .attr("aria-rowindex", "1")
        .children(columns.map(|name| el("th", "").attr("scope", "col").text(name)).into());
    let rows = each(move || slice().first..slice().end, false, move |index| row::row(page, index));
    let table = el("table", "")
        .testid("credential-table")
        .attr_string_of("aria-rowcount", move || (total() + 1).to_string())
        .child(el("thead", "").child(head))
        .child(
            el("tbody", "")
                .child(space(sight, |slice| slice.above_px))
                .view(rows)
                .child(space(sight, |slice| slice.below_px)),
        );
    let scroll_box = el("div", "scroll rows")
        .attr("id", BOX)
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", words.name)
        .on("scroll", follow_scroll(sight))
        .child(table);
    section("panel credentials", "credentials-heading", move || (words.heading)(total()))
        .child(hint(words.hint))
        .child(scroll_box)
}

/// What stands for the rows out of sight.
fn space(sight: RwSignal<Sight>, read: fn(&Slice) -> u32) -> El {
    el("tr", "space")
        .attr("aria-hidden", "true")
        .prop_of("style", move || ["height:", &read(&sight.with(Sight::slice)).to_string(), "px"].concat())
}

/// Follows the box as it scrolls, and puts it right when it rests.
fn follow_scroll(sight: RwSignal<Sight>) -> impl Fn(web_sys::Event) {
    let settle = debounce(REST, move |()| {
        if let Some(element) = element(BOX) {
            let mut top_px = 0.0;
            sight.update(|sight| top_px = sight.settle());
            element.set_scroll_top(top_px as i32);
        }
    });
    let settle = RefCell::new(settle);
    move |_| {
        if let Some(element) = element(BOX) {
            sight.update(|sight| {
                // The header stands above the rows and is as high as one.
                sight.view_px = f64::from(element.client_height()) - sight.row_px;
                sight.scroll_to(f64::from(element.scroll_top()));
            });
        }
        (settle.borrow_mut())(());
    }
}

/// Follows the number of rows and the size of things.
fn measure(page: Page, sight: RwSignal<Sight>) {
    let resizes = RwSignal::new(false);
    let listener = window_event_listener(leptos::ev::resize, move |_| resizes.update(|odd| *odd = !*odd));
    on_cleanup(move || listener.remove());
    follow(move || {
        let rows = page.state.of_run(|run| run.downloaded);
        resizes.track();
        let (Some(scroll_box), Some(head)) = (element(BOX), element(HEAD)) else { return };
        // The box still grows with its rows; the window bounds it.
        let window_px = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let view_px = f64::from(scroll_box.client_height()).max(window_px * 0.6);
        let row_px = head.get_bounding_client_rect().height();
        let before = sight.get_untracked();
        let now = Sight { rows, row_px, view_px, ..before };
        if now != before {
            sight.set(now);
        }
    });
}

/// Asks the engine for the rows in sight, whenever those or the number of rows change.
fn ask(page: Page, sight: RwSignal<Sight>) {
    let asked = Cell::new((0, 0, 0));
    follow(move || {
        let Slice { first, end, .. } = sight.with(Sight::slice);
        let now = (first, end - first, page.state.of_run(|run| run.downloaded));
        if asked.replace(now) != now && end > first {
            page.send(&Command::Window { first, count: end - first });
        }
    });
}
