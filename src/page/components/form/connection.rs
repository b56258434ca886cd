//! The first group of the form: how calls reach which cloud. In: the draft. Out: a view.

use leptos::prelude::*;
use provisioner_core::model::region::{REGIONS, SIMCLOUD};
use provisioner_core::plan::{Connection, Field};

use crate::page::components::common::field::{described_by, framed, id_of, is_faulty, text_field};
use crate::page::texts::texts;
use crate::page::{Page, address};

/// The connections, as the select and the query string name them.
const CONNECTIONS: [(&str, Connection); 3] =
    [("demo", Connection::Demo), ("proxy", Connection::Proxy), ("direct", Connection::Direct)];

/// The group.
pub(super) fn connection(page: Page) -> AnyView {
    let words = &texts().form;
    let chosen = page.draft.connection;
    let choose = move |event| {
        if let Some(connection) = address::connection(&event_target_value(&event)) {
            page.connect(connection);
        }
    };
    let options = CONNECTIONS.map(|(value, connection)| {
        let is_chosen = move || chosen.get() == connection;
        view! { <option value=value prop:selected=is_chosen>{(words.connection_name)(connection)}</option> }
    });
    view! {
        <fieldset>
            <legend>{words.connection_group}</legend>
            <div class="field wide">
                <label for="connection" class="unseen">{words.connection}</label>
                <select id="connection" data-testid="connection" class="input" aria-describedby="connection-hint" on:change=choose>
                    {options.collect_view()}
                </select>
                <p class="hint" id="connection-hint">{move || (words.connection_hint)(chosen.get())}</p>
            </div>
            <div class="wide" hidden=move || chosen.get() != Connection::Proxy>{text_field(page, Field::ProxyUrl)}</div>
            <div class="pair wide" hidden=move || chosen.get() == Connection::Demo>
                {region(page)}
                {text_field(page, Field::EndpointHost)}
                {signature()}
            </div>
        </fieldset>
    }
    .into_any()
}

fn region(page: Page) -> AnyView {
    let words = &texts().form;
    let id = id_of(Field::Region);
    let chosen = page.draft.region;
    let option = move |value: &'static str, name: String| {
        let is_chosen = move || chosen.with(|region| region == value);
        view! { <option value=value prop:selected=is_chosen>{name}</option> }
    };
    let control = view! {
        <select
            id=id
            data-testid=id
            class="input"
            aria-describedby=move || described_by(page, Field::Region)
            aria-invalid=move || is_faulty(page, Field::Region)
            on:change=move |event| {
                chosen.set(event_target_value(&event));
                page.changed(Field::Region);
            }
        >
            {REGIONS.map(|region| option(region.id, [region.place, " · ", region.id].concat())).collect_view()}
            {option(SIMCLOUD, words.region_simcloud.to_owned())}
        </select>
    };
    framed(page, Field::Region, control.into_any())
}

fn signature() -> AnyView {
    let words = &texts().form;
    view! {
        <div class="field">
            <label for="signature">{words.signature}</label>
            <select id="signature" data-testid="signature" class="input">
                <option value="v1" selected>{words.signature_v1}</option>
            </select>
        </div>
    }
    .into_any()
}
