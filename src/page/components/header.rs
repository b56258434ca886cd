//! The header: product name, the demo's badge, the theme. In: form and run. Out: an element.

use leptos::prelude::*;

use super::common::el::{El, el, option, value_of};
use super::common::text::span;
use crate::page::Page;
use crate::page::texts::texts;

/// The header.
pub(super) fn header(page: Page) -> El {
    let words = &texts().page;
    let is_demo = move || {
        page.draft.is_demo() || page.state.read(|mirror| mirror.started.as_ref().is_some_and(|started| started.demo))
    };
    let themes = [("system", words.theme_system), ("light", words.theme_light), ("dark", words.theme_dark)];
    let options = themes.map(|(value, name)| {
        let is_chosen = page.theme.with_untracked(|theme| theme == value);
        option(value, name.to_owned(), is_chosen)
    });
    let select = el("select", "input")
        .testid("theme")
        .on("change", move |event| page.theme.set(value_of(&event)))
        .children(options.into());
    let name = el("div", "header-name").child(el("h1", "").text(words.name)).child(el("p", "").text(words.purpose));
    el("header", "header")
        .child(name)
        .child(el("strong", "badge").flag_of("hidden", move || !is_demo()).text(words.demo_badge))
        .child(el("label", "header-tool").child(span(words.theme)).child(select))
}
