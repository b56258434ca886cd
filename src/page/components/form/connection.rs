//! The first group of the form: how calls reach which cloud. In: the draft. Out: an element.

use leptos::prelude::*;
use provisioner_core::model::region::{REGIONS, SIMCLOUD};
use provisioner_core::plan::{Connection, Field};

use super::{group, profiles, trust};
use crate::page::Page;
use crate::page::address::{self, CONNECTIONS, SIGNATURES};
use crate::page::components::common::el::{El, el, option, value_of};
use crate::page::components::common::field::{control, framed, text_field};
use crate::page::texts::texts;

/// The group.
pub(super) fn connection(page: Page) -> El {
    let words = &texts().form;
    let chosen = move || page.draft.read(|sheet| sheet.connection);
    let first = untrack(chosen);
    let options = CONNECTIONS
        .map(|(value, connection)| option(value, (words.connection_name)(connection).to_owned(), connection == first));
    let select = el("select", "input")
        .attr("id", "connection")
        .testid("connection")
        .attr("aria-describedby", "connection-hint")
        .on("change", move |event| {
            if let Some(connection) = address::named(&CONNECTIONS, &value_of(&event)) {
                page.connect(connection);
            }
        })
        .children(options.into());
    let hint =
        el("p", "hint").attr("id", "connection-hint").text_of(move || (words.connection_hint)(chosen()).to_owned());
    let field = el("div", "field wide")
        .child(el("label", "unseen").attr("for", "connection").text(words.connection))
        .child(select)
        .child(hint);
    let proxy = el("div", "wide")
        .flag_of("hidden", move || chosen() != Connection::Proxy)
        .child(text_field(page, Field::ProxyUrl));
    let cloud = el("div", "pair wide")
        .flag_of("hidden", move || page.draft.is_demo())
        .child(region(page))
        .child(text_field(page, Field::EndpointHost))
        .child(signature(page))
        .child(text_field(page, Field::QuotaShare));
    group(words.connection_group)
        .child(profiles::profiles(page))
        .child(field)
        .child(proxy)
        .child(cloud)
        .child(trust::trust(page))
}

fn region(page: Page) -> El {
    let first = page.draft.value(Field::Region).map(|region| region.get_untracked()).unwrap_or_default();
    let regions = REGIONS.map(|region| {
        option(region.id, [(texts().form.region_place)(&region), " · ", region.id].concat(), region.id == first)
    });
    let simcloud = option(SIMCLOUD, texts().form.region_simcloud.to_owned(), first == SIMCLOUD);
    let select = control(page, Field::Region, "select")
        .on("change", move |event| {
            if let Some(region) = page.draft.value(Field::Region) {
                region.set(value_of(&event));
            }
            page.changed(Field::Region);
        })
        .children(regions.into())
        .child(simcloud);
    framed(page, Field::Region, select)
}

fn signature(page: Page) -> El {
    let words = &texts().form;
    let chosen = move || page.draft.read(|sheet| sheet.signature);
    let options = SIGNATURES.map(|(value, signature)| {
        option(value, (words.signature_name)(signature).to_owned(), signature == untrack(chosen))
    });
    let select = el("select", "input")
        .attr("id", "signature")
        .testid("signature")
        .attr("aria-describedby", "signature-hint")
        .on("change", move |event| {
            if let Some(signature) = address::named(&SIGNATURES, &value_of(&event)) {
                page.sign_with(signature);
            }
        })
        .children(options.into());
    let hint =
        el("p", "hint").attr("id", "signature-hint").text_of(move || (words.signature_hint)(chosen()).to_owned());
    el("div", "field").child(el("label", "").attr("for", "signature").text(words.signature)).child(select).child(hint)
}
