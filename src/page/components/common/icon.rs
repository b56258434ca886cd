//! Icons: one character each, never alone, hidden from screen readers. In: a character. Out: an element.

use super::el::{El, el};

/// All is well.
pub(in crate::page::components) const GOOD: &str = "✓";
/// Look at this.
pub(in crate::page::components) const ATTENTION: &str = "!";
/// It went wrong.
pub(in crate::page::components) const BAD: &str = "✕";
/// Neither good nor bad.
pub(in crate::page::components) const NEUTRAL: &str = "■";

/// An icon.
pub(in crate::page::components) fn icon(character: &'static str) -> El {
    el("span", "icon").attr("aria-hidden", "true").text(character)
}

/// A sentence with its icon.
pub(in crate::page::components) fn marked(
    class: &'static str,
    character: &'static str,
    text: impl Fn() -> String + Send + 'static,
) -> El {
    el("p", class).child(icon(character)).child(el("span", "").text_of(text))
}
