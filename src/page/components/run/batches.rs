//! The batches, each with its ApplyId. In: the engine's reports. Out: a view; many batches are folded away.

use leptos::prelude::*;
use provisioner_core::model::report::{BatchReport, BatchState};

use crate::page::Page;
use crate::page::components::common::copy::copy;
use crate::page::texts::texts;

/// Batches that are on show without unfolding.
const UNFOLDED_MAX: usize = 5;

/// The batches.
pub(super) fn batches(page: Page) -> AnyView {
    let words = &texts().run;
    let count = untrack(|| page.state.of_run(|run| run.batches.len()));
    let list = view! {
        <div class="scroll" tabindex="0" role="region" aria-label=(words.batches)(count)>
            <table class="batches">
                <thead>
                    <tr>
                        <th scope="col" class="number">{words.batch}</th>
                        <th scope="col" class="number">{words.batch_devices}</th>
                        <th scope="col">{words.batch_state}</th>
                        <th scope="col" class="number">{words.batch_rows_name}</th>
                        <th scope="col">{words.batch_apply_id}</th>
                    </tr>
                </thead>
                <tbody>{(0..count).map(|index| batch(page, index)).collect_view()}</tbody>
            </table>
        </div>
    };
    if count > UNFOLDED_MAX {
        view! { <details class="fold"><summary>{(words.batches)(count)}</summary>{list}</details> }.into_any()
    } else {
        list.into_any()
    }
}

fn batch(page: Page, index: usize) -> AnyView {
    let words = &texts().run;
    let now = Memo::new(move |_| page.state.of_run(|run| run.batches.get(index).cloned()));
    let read = move |read: fn(&BatchReport) -> String| now.with(|batch| batch.as_ref().map(read));
    let state = Memo::new(move |_| now.with(|batch| batch.as_ref().map(|batch| batch.state)));
    let apply_id = Memo::new(move |_| now.with(|batch| batch.as_ref().and_then(|batch| batch.apply_id.clone())));
    let apply_id_view = move || match apply_id.get() {
        Some(id) => {
            let what = [words.batch_apply_id, " ", &id].concat();
            view! {
                <code>{id.clone()}</code>
                " "
                {copy(page, id, what)}
            }
            .into_any()
        }
        None => view! { <span class="hint">{words.batch_no_apply_id}</span> }.into_any(),
    };
    view! {
        <tr data-testid="batch">
            <td class="number">{index + 1}</td>
            <td class="number">{move || read(|batch| (texts().page.number)(batch.devices))}</td>
            <td>
                <span class=move || {
                    state.get().map_or("state", state_class)
                }>{move || state.get().map(words.batch_state_name)}</span>
            </td>
            <td class="number">{move || read(texts().run.batch_rows)}</td>
            <td>{apply_id_view}</td>
        </tr>
    }
    .into_any()
}

fn state_class(state: BatchState) -> &'static str {
    match state {
        BatchState::Waiting | BatchState::NotSent | BatchState::Cancelled => "state",
        BatchState::Submitting | BatchState::Registering | BatchState::Fetching => "state active",
        BatchState::Complete => "state good",
        BatchState::Incomplete | BatchState::Unclear => "state warning",
        BatchState::Refused => "state bad",
    }
}
