//! Icons: one character each, never alone, hidden from screen readers. In: a character. Out: a view.

use leptos::prelude::*;

/// All is well.
pub(in crate::page::components) const GOOD: &str = "✓";
/// Look at this.
pub(in crate::page::components) const ATTENTION: &str = "!";
/// It went wrong.
pub(in crate::page::components) const BAD: &str = "✕";
/// Neither good nor bad.
pub(in crate::page::components) const NEUTRAL: &str = "■";

/// An icon.
pub(in crate::page::components) fn icon(character: &'static str) -> AnyView {
    view! { <span class="icon" aria-hidden="true">{character}</span> }.into_any()
}
