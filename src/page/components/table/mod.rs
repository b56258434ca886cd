//! The credential table: only the rows in sight are in the document. In: rows of the engine. Out: a view.

mod row;
mod window;

use std::time::Duration;

use leptos::html;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::page::Page;
use crate::page::texts::texts;
use crate::protocol::Command;
use window::{Sight, Slice};

/// After this long without a scroll event the box is at rest.
const REST: Duration = Duration::from_millis(200);

/// The table.
pub(super) fn table(page: Page) -> AnyView {
    let words = &texts().table;
    let total = Memo::new(move |_| page.state.of_run(|run| run.downloaded));
    let scroll_box = NodeRef::<html::Div>::new();
    let head = NodeRef::<html::Tr>::new();
    let sight = RwSignal::new(Sight::default());
    let slice = Memo::new(move |_| sight.with(Sight::slice));
    measure(sight, total, scroll_box, head);
    ask(page, total, slice);
    let mut settle = debounce(REST, move |()| {
        if let Some(element) = scroll_box.get_untracked() {
            let mut top_px = 0.0;
            sight.update_untracked(|sight| top_px = sight.settle());
            element.set_scroll_top(top_px as i32);
            sight.notify();
        }
    });
    let on_scroll = move |event: leptos::ev::Event| {
        // The box itself: nothing inside it scrolls.
        let element: HtmlElement = event_target(&event);
        sight.update(|sight| {
            sight.view_px = f64::from(element.client_height());
            sight.scroll_to(f64::from(element.scroll_top()));
        });
        settle(());
    };
    let px = |value: f64| [value.to_string(), "px".to_owned()].concat();
    let columns = [words.row, words.device_name, words.device_secret, words.actions, words.iot_id, words.batch];
    view! {
        <section class="panel credentials" aria-labelledby="credentials-heading">
            <h2 id="credentials-heading">{move || (words.heading)(total.get())}</h2>
            <p class="hint">{words.hint}</p>
            <div
                class="scroll rows"
                tabindex="0"
                role="region"
                aria-label=words.name
                node_ref=scroll_box
                on:scroll=on_scroll
            >
                <table data-testid="credential-table" aria-rowcount=move || total.get() + 1>
                    <thead>
                        <tr aria-rowindex="1" node_ref=head>
                            {columns.map(|name| view! { <th scope="col">{name}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        <tr class="space" aria-hidden="true" style:height=move || px(slice.get().above_px)></tr>
                        <For
                            each=move || slice.get().first..slice.get().end
                            key=|index| *index
                            children=move |index| row::row(page, index)
                        />
                        <tr class="space" aria-hidden="true" style:height=move || px(slice.get().below_px)></tr>
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Follows the number of rows and the size of things.
fn measure(sight: RwSignal<Sight>, total: Memo<u32>, scroll_box: NodeRef<html::Div>, head: NodeRef<html::Tr>) {
    let (resized, resize) = signal(());
    let listener = window_event_listener(leptos::ev::resize, move |_| resize.set(()));
    on_cleanup(move || listener.remove());
    Effect::new(move || {
        let rows = total.get();
        resized.track();
        let (Some(scroll_box), Some(head)) = (scroll_box.get(), head.get()) else { return };
        // The header is as high as a row. The box may still grow with its rows: its limit counts, if there is one.
        let row_px = head.get_bounding_client_rect().height();
        let window_px = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let view_px = f64::from(scroll_box.client_height()).max(window_px * 0.6);
        sight.update(|sight| *sight = Sight { rows, row_px, view_px, ..*sight });
    });
}

/// Asks the engine for the rows in sight, whenever those or the number of rows change.
fn ask(page: Page, total: Memo<u32>, slice: Memo<Slice>) {
    let wanted = Memo::new(move |_| {
        let slice = slice.get();
        (slice.first, slice.end - slice.first)
    });
    Effect::new(move || {
        let (first, count) = wanted.get();
        if total.get() > 0 && count > 0 {
            page.send(&Command::Window { first, count });
        }
    });
}
