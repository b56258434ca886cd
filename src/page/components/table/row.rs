//! One row of the credential table. In: its index. Out: a view; its secret only while it is revealed.

use leptos::prelude::*;

use crate::page::Page;
use crate::page::texts::texts;
use crate::protocol::{Command, MaskedRow, Purpose};

/// What stands for a secret. Always as long, so that it says nothing of it.
const DOTS: &str = "••••••••••••";

/// What stands in a cell whose row has not arrived yet.
const LOADING: &str = "…";

/// A row.
pub(super) fn row(page: Page, index: u32) -> AnyView {
    let words = &texts().table;
    let state = page.state;
    let here = Memo::new(move |_| state.rows.with(|rows| rows.at(index).cloned()));
    let read =
        move |read: fn(&MaskedRow) -> String| here.with(|row| row.as_ref().map_or_else(|| LOADING.to_owned(), read));
    let is_shown =
        Memo::new(move |_| state.revealed.with(|revealed| revealed.as_ref().is_some_and(|(row, _)| *row == index)));
    let secret = move || {
        if is_shown.get() {
            let text = state.revealed.with(|revealed| revealed.as_ref().map(|(_, secret)| secret.clone()));
            view! { <code class="secret">{text}</code> }.into_any()
        } else {
            view! { <span aria-hidden="true">{DOTS}</span><span class="unseen">{words.masked}</span> }.into_any()
        }
    };
    let reveal = move |_| if is_shown.get_untracked() { state.mask() } else { page.reveal(index) };
    let copy = move |_| page.send(&Command::Reveal { row: index, purpose: Purpose::Copy });
    let name_hint = move || view! { <span class="unseen">" "{read(|row| row.device_name.clone())}</span> };
    view! {
        <tr data-testid="row" aria-rowindex=index + 2>
            <td class="number">{(texts().page.number)(index + 1)}</td>
            <td data-testid="cell-device-name"><code>{move || read(|row| row.device_name.clone())}</code></td>
            <td data-testid="cell-device-secret">{secret}</td>
            <td class="row-tools">
                <button type="button" class="button small" data-testid="reveal" aria-pressed=move || is_shown.get().to_string() on:click=reveal>
                    {move || if is_shown.get() { words.mask } else { words.reveal }}
                    {name_hint}
                </button>
                <button type="button" class="button small" data-testid="copy" on:click=copy>
                    {texts().page.copy}
                    {name_hint}
                </button>
            </td>
            <td data-testid="cell-iot-id"><code>{move || read(|row| row.iot_id.clone())}</code></td>
            <td class="number">{move || read(|row| row.batch.to_string())}</td>
        </tr>
    }
    .into_any()
}
