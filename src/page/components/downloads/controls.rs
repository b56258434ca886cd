//! Selects, boxes and fields whose values are read when a file is asked for. In: ids and words. Out: elements, and values.

use web_sys::Event;

use crate::page::components::common::el::{El, el, option};
use crate::page::components::common::text::span;
use crate::page::element;

/// A select; its first option is chosen.
pub(super) fn select(
    id: &'static str,
    options: impl Iterator<Item = (&'static str, &'static str)>,
    change: impl Fn(Event) + 'static,
) -> El {
    let select = el("select", "input").attr("id", id).testid(id).on("change", change);
    options
        .enumerate()
        .fold(select, |select, (index, (value, name))| select.child(option(value, name.to_owned(), index == 0)))
}

/// A label before its control.
pub(super) fn labelled(name: &'static str, id: &'static str, control: El) -> El {
    el("div", "field").child(el("label", "").attr("for", id).text(name)).child(control)
}

/// A one-line field.
pub(super) fn field(name: &'static str, id: &'static str, kind: &'static str, value: &'static str) -> El {
    labelled(name, id, input(id, kind).attr("value", value))
}

/// An input that no browser fills in or remembers.
pub(super) fn input(id: &'static str, kind: &'static str) -> El {
    // Browsers ignore `off` for passwords, and take `new-password` for one to be left alone.
    let autocomplete = if kind == "password" { "new-password" } else { "off" };
    el("input", "input")
        .attr("id", id)
        .testid(id)
        .attr("type", kind)
        .attr("autocomplete", autocomplete)
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
}

/// A field of many lines.
pub(super) fn area(name: &'static str, id: &'static str, value: &'static str) -> El {
    let area = el("textarea", "input").attr("id", id).testid(id).attr("rows", "3").attr("spellcheck", "false");
    // A line break right behind the tag is dropped; none of our texts begins with one.
    labelled(name, id, area.text(value))
}

/// A box to be ticked.
pub(super) fn checkbox(name: &'static str, id: &'static str, is_ticked: bool) -> (El, El) {
    let input = el("input", "").attr("id", id).testid(id).attr("type", "checkbox");
    (if is_ticked { input.attr("checked", "") } else { input }, span(name))
}

/// A box with its words.
pub(super) fn choice((input, name): (El, El)) -> El {
    el("label", "choice").child(input).child(name)
}

/// What stands in a field, a select or an area; empty where there is none.
pub(super) fn value(id: &str) -> String {
    property(id, "value").as_string().unwrap_or_default()
}

/// Whether a box is ticked.
pub(super) fn is_ticked(id: &str) -> bool {
    property(id, "checked").is_truthy()
}

/// Empties a field, where there is one.
pub(super) fn empty(id: &str) {
    if let Some(element) = element(id) {
        // A field takes any text.
        js_sys::Reflect::set(&element, &"value".into(), &"".into()).unwrap_or_default();
    }
}

fn property(id: &str, name: &str) -> wasm_bindgen::JsValue {
    element(id).and_then(|element| js_sys::Reflect::get(&element, &name.into()).ok()).unwrap_or_default()
}
