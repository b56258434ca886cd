//! How long a temporary key lives. In: when it expires, if that is known. Out: an element, empty where it is not.

use super::common::el::{El, el};
use super::common::icon::{ATTENTION, marked};
use crate::page::Page;
use crate::page::texts::texts;

/// The time that is left; it asks for attention when that is little.
pub(super) fn expiry(page: Page) -> El {
    let state = move || match page.expiry.left_ms() {
        None => 0,
        Some(_) if page.expiry.is_soon() => 2,
        Some(_) => 1,
    };
    let text = move || page.expiry.left_ms().map(texts().form.expires).unwrap_or_default();
    el("div", "wide").testid("key-expiry").flag_of("hidden", move || state() == 0).swap(state, move |state| match state
    {
        0 => None,
        1 => Some(el("p", "hint").text_of(text)),
        _ => Some(marked("attention", ATTENTION, text)),
    })
}
