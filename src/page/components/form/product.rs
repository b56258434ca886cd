//! The last groups of the form: which product, how many devices, which names. In: the draft. Out: views.

use leptos::prelude::*;
use provisioner_core::plan::{Connection, Field};

use crate::page::Page;
use crate::page::components::common::field::text_field;
use crate::page::texts::texts;

/// Which product.
pub(super) fn product(page: Page) -> AnyView {
    let words = &texts().form;
    view! {
        <fieldset>
            <legend>{words.product_group}</legend>
            <div class="pair wide">
                {text_field(page, Field::ProductKey)}
                {text_field(page, Field::InstanceId)}
            </div>
            <p class="hint wide" hidden=move || page.draft.connection.get() != Connection::Demo>{words.product_demo}</p>
        </fieldset>
    }
    .into_any()
}

/// How many devices, and how they are named.
pub(super) fn devices(page: Page) -> AnyView {
    let words = &texts().form;
    view! {
        <fieldset>
            <legend>{words.devices_group}</legend>
            <div class="pair wide">
                {text_field(page, Field::Count)}
                <div class="field" role="radiogroup" aria-labelledby="naming">
                    <span class="label" id="naming">{words.naming}</span>
                    <label class="choice">
                        <input type="radio" name="naming" value="random" checked data-testid="naming-random" />
                        <span>{words.naming_random}</span>
                    </label>
                    <p class="hint">{words.naming_random_hint}</p>
                </div>
            </div>
        </fieldset>
    }
    .into_any()
}
