//! A figure: a name, a number, a hint. In: where the number comes from. Out: an element.

use super::el::{El, el};
use crate::page::texts::texts;

/// The figure; its whole number also stands in `data-value`, which is empty while the number is not known.
pub(in crate::page::components) fn figure(
    testid: &'static str,
    name: &'static str,
    hint: &'static str,
    value: impl Fn() -> Option<u32> + Copy + Send + 'static,
    shown: fn(u32) -> String,
) -> El {
    let number = el("dd", "")
        .testid(testid)
        .attr_string_of("data-value", move || value().map(|value| value.to_string()).unwrap_or_default())
        .text_of(move || value().map_or_else(|| texts().page.unknown.to_owned(), shown));
    el("div", "").child(el("dt", "").text(name)).child(number).child(el("dd", "").attr("class", "hint").text(hint))
}
