//! The header: mark and name of the product, the demo's badge, lock, language and theme. In: form and run. Out: an element.

use leptos::prelude::*;

use super::common::el::{El, el, option, value_of};
use super::common::text::span;
use super::lock::lock_button;
use crate::page::Page;
use crate::page::tab::Icon;
use crate::page::texts::{Language, texts};

/// The header.
pub(super) fn header(page: Page) -> El {
    let words = &texts().page;
    // Of a run that goes on; of one that has ended its own panel says it.
    let is_demo = move || if page.state.is_running() { page.state.is_demo() } else { page.draft.is_demo() };
    let chosen = page.language.get_untracked();
    let languages =
        Language::ALL.map(|language| option(language.tag(), language.name().to_owned(), language == chosen));
    let language = el("select", "input")
        .attr("id", "language")
        .testid("language")
        .on("change", move |event| {
            if let Some(language) = Language::of(&value_of(&event)) {
                page.speak(language);
            }
        })
        .children(languages.into());
    let chosen = page.theme.get_untracked();
    let themes = [("system", words.theme_system), ("light", words.theme_light), ("dark", words.theme_dark)];
    let themes = themes.map(|(value, name)| option(value, name.to_owned(), chosen == value));
    let theme = el("select", "input")
        .testid("theme")
        .on("change", move |event| page.dress(value_of(&event)))
        .children(themes.into());
    let mark = el("img", "mark")
        .attr_string("src", Icon::Idle.address())
        .attr("alt", "")
        .attr("width", "36")
        .attr("height", "36");
    let name = el("div", "").child(el("h1", "").text(words.name)).child(el("p", "").text(words.purpose));
    let tools = el("div", "header-tools")
        .child(lock_button(page))
        .child(tool(words.language, language))
        .child(tool(words.theme, theme));
    el("header", "header")
        .child(el("div", "header-name").child(mark).child(name))
        .child(el("strong", "badge").flag_of("hidden", move || !is_demo()).text(words.demo_badge))
        .child(tools)
}

fn tool(name: &'static str, select: El) -> El {
    el("label", "header-tool").child(span(name)).child(select)
}
