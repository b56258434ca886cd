//! A field of the form: label, hint, error, control. In: which field. Out: a view that follows the draft.

use leptos::prelude::*;
use provisioner_core::plan::{Fault, Field};

use crate::page::Page;
use crate::page::texts::texts;

/// The element's id, which is also its `data-testid`.
pub(in crate::page::components) fn id_of(field: Field) -> &'static str {
    match field {
        Field::ProxyUrl => "proxy-url",
        Field::Region => "region",
        Field::EndpointHost => "endpoint-host",
        Field::AccessKeyId => "access-key-id",
        Field::AccessKeySecret => "access-key-secret",
        Field::SecurityToken => "security-token",
        Field::ProductKey => "product-key",
        Field::InstanceId => "instance-id",
        Field::Count => "count",
    }
}

/// A one-line text field.
pub(in crate::page::components) fn text_field(page: Page, field: Field) -> AnyView {
    let id = id_of(field);
    let value = page.draft.value(field).unwrap_or_default();
    let input = view! {
        <input
            id=id
            data-testid=id
            class="input"
            type="text"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            inputmode=(field == Field::Count).then_some("numeric")
            aria-describedby=move || described_by(page, field)
            aria-invalid=move || is_faulty(page, field)
            prop:value=move || value.get()
            on:input=move |event| {
                value.set(event_target_value(&event));
                page.changed(field);
            }
        />
    };
    framed(page, field, input.into_any())
}

/// Label, hint and error around a control whose id is the field's.
pub(in crate::page::components) fn framed(page: Page, field: Field, control: AnyView) -> AnyView {
    let words = &texts().form;
    let id = id_of(field);
    let is_optional = matches!(field, Field::EndpointHost | Field::SecurityToken | Field::InstanceId);
    let error = move || {
        let fault = fault_of(page, field)?;
        let is_cleanable = matches!(fault, Fault::Invisible { .. });
        let clean = is_cleanable.then(|| {
            let clean = move |_| {
                page.draft.clean(field);
                page.changed(field);
            };
            view! { <button type="button" class="button small" on:click=clean>{words.clean}</button> }
        });
        Some(view! {
            <p class="field-error" id=[id, "-error"].concat()>
                <span>{(words.fault)(field, &fault)}</span>
                {clean}
            </p>
        })
    };
    view! {
        <div class="field" class:faulty=move || fault_of(page, field).is_some()>
            <label for=id>
                {(words.label)(field)}
                {is_optional.then(|| view! { <span class="optional">{words.optional}</span> })}
            </label>
            {error}
            {control}
            <p class="hint" id=[id, "-hint"].concat()>{(words.hint)(field)}</p>
        </div>
    }
    .into_any()
}

/// Value of `aria-describedby`: the error, if there is one, and the hint.
pub(in crate::page::components) fn described_by(page: Page, field: Field) -> String {
    let id = id_of(field);
    match fault_of(page, field) {
        Some(_) => [id, "-error ", id, "-hint"].concat(),
        None => [id, "-hint"].concat(),
    }
}

/// Value of `aria-invalid`.
pub(in crate::page::components) fn is_faulty(page: Page, field: Field) -> Option<&'static str> {
    fault_of(page, field).map(|_| "true")
}

fn fault_of(page: Page, field: Field) -> Option<Fault> {
    page.draft.errors.with(|errors| errors.iter().find(|error| error.field == field).map(|error| error.fault.clone()))
}
