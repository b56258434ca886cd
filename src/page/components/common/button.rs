//! Buttons. In: words and what to do. Out: an element.

use super::el::{El, el};
use crate::page::texts::texts;
use crate::page::{Page, clipboard};

/// A button that submits nothing.
pub(in crate::page::components) fn button(
    class: &'static str,
    testid: &'static str,
    name: &'static str,
    act: impl Fn() + 'static,
) -> El {
    let button = el("button", class).attr("type", "button").on("click", move |_| act()).text(name);
    if testid.is_empty() { button } else { button.testid(testid) }
}

/// The button that submits its form.
pub(in crate::page::components) fn submit(testid: &'static str) -> El {
    el("button", "button primary").attr("type", "submit").testid(testid)
}

/// A button that copies a text that is on show. `what` names the text to those who hear the page.
pub(in crate::page::components) fn copy(page: Page, text: String, what: String) -> El {
    let words = &texts().page;
    let name = (words.copy_named)(&what);
    button("button small", "", words.copy, move || clipboard::copy(&text, what.clone(), page.say))
        .attr_string("aria-label", name)
}
