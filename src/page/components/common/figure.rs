//! A figure: a name, a number, a hint. In: where the number comes from. Out: an element.

use super::el::{El, el};

/// The figure; its whole number also stands in `data-value`.
pub(in crate::page::components) fn figure(
    testid: &'static str,
    name: &'static str,
    hint: &'static str,
    value: impl Fn() -> u32 + Copy + Send + 'static,
    shown: fn(u32) -> String,
) -> El {
    let number = el("dd", "")
        .testid(testid)
        .attr_string_of("data-value", move || value().to_string())
        .text_of(move || shown(value()));
    el("div", "").child(el("dt", "").text(name)).child(number).child(el("dd", "").attr("class", "hint").text(hint))
}
