//! Elements that are text and nothing else.

use super::el::{El, el};

/// A piece of text.
pub(in crate::page) fn span(text: &'static str) -> El {
    el("span", "").text(text)
}

/// A piece of text that is read out, not shown.
pub(in crate::page) fn unseen(text: &'static str) -> El {
    el("span", "unseen").text(" ").text(text)
}

/// A sentence of lesser weight.
pub(in crate::page) fn hint(text: &'static str) -> El {
    el("p", "hint").text(text)
}
