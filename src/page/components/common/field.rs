//! A field of the form: label, error, control, hint. In: which field. Out: an element that follows the draft.

use leptos::prelude::*;
use provisioner_core::plan::{Fault, Field};

use super::button::button;
use super::el::{El, el, value_of};
use super::text::{hint, unseen};
use crate::page::Page;
use crate::page::draft::id_of;
use crate::page::texts::texts;

/// A one-line text field.
pub(in crate::page::components) fn text_field(page: Page, field: Field) -> El {
    let input = typed(page, field, "input").attr("type", "text");
    framed(
        page,
        field,
        if matches!(field, Field::Count | Field::QuotaShare) { input.attr("inputmode", "numeric") } else { input },
    )
}

/// A text field of a few lines.
pub(in crate::page::components) fn text_area(page: Page, field: Field) -> El {
    framed(page, field, typed(page, field, "textarea").attr("rows", "5"))
}

/// An input or text area whose text stands in a signal.
fn typed(page: Page, field: Field, tag: &'static str) -> El {
    let value = page.draft.value(field);
    control(page, field, tag).prop_of("value", move || value.map(|value| value.get()).unwrap_or_default()).on(
        "input",
        move |event| {
            if let Some(value) = value {
                value.set(value_of(&event));
            }
            page.changed(field);
        },
    )
}

/// A field for a secret: what is typed stays in the element, and no signal ever holds it.
pub(in crate::page::components) fn secret_field(page: Page, field: Field) -> El {
    let words = &texts().form;
    let is_shown = RwSignal::new(false);
    let input = control(page, field, "input")
        .attr_of("type", move || Some(if is_shown.get() { "text" } else { "password" }))
        .on("input", move |_| page.changed(field));
    let toggle = el("button", "button")
        .attr("type", "button")
        .attr("aria-controls", id_of(field))
        .on("click", move |_| is_shown.update(|shown| *shown = !*shown))
        .text_of(move || (if is_shown.get() { words.hide } else { words.show }).to_owned())
        .child(unseen((words.label)(field)));
    framed(page, field, el("div", "with-button").child(input).child(toggle))
}

/// An input or select with what every field has.
pub(in crate::page::components) fn control(page: Page, field: Field, tag: &'static str) -> El {
    let id = id_of(field);
    el(tag, "input")
        .attr("id", id)
        .testid(id)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr_of("aria-invalid", move || page.draft.fault(field).map(|_| "true"))
        .attr_string_of("aria-describedby", move || {
            let error = if page.draft.fault(field).is_some() { [id, "-error "].concat() } else { String::new() };
            [&error, id, "-hint"].concat()
        })
}

/// Label, error and hint around a control whose id is the field's.
pub(in crate::page::components) fn framed(page: Page, field: Field, control: El) -> El {
    let words = &texts().form;
    let id = id_of(field);
    let is_optional = matches!(field, Field::EndpointHost | Field::SecurityToken | Field::InstanceId);
    let clean = move || {
        page.draft.clean(field);
        page.changed(field);
    };
    let is_cleanable = move || matches!(page.draft.fault(field), Some(Fault::Invisible { .. }));
    let text = move || page.draft.fault(field).map(|fault| (words.fault)(field, &fault)).unwrap_or_default();
    let error = move || {
        el("p", "field-error")
            .attr_string("id", [id, "-error"].concat())
            .child(el("span", "").text_of(text))
            .child(button("button small", "", words.clean, clean).flag_of("hidden", move || !is_cleanable()))
    };
    let label = el("label", "").attr("for", id).text((words.label)(field));
    let label = if is_optional { label.child(el("span", "optional").text(words.optional)) } else { label };
    el("div", "")
        .attr_of("class", move || Some(if page.draft.fault(field).is_some() { "field faulty" } else { "field" }))
        .child(label)
        .child_if(move || page.draft.fault(field).is_some(), error)
        .child(control)
        .child(hint((words.hint)(field)).attr_string("id", [id, "-hint"].concat()))
}
