//! The page in the language that is chosen. In: the language. Out: the page, shown anew with all that stood in its
//! elements alone: secrets and lists that are kept out of signals, and the options of a file.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use zeroize::Zeroize;

use super::{Page, components, document, element, focus, follow, texts};

/// What can hold something that no signal knows.
const HOLDERS: &str = "input[id], select[id], textarea[id]";

/// Shows the page, and shows it anew in another language when one is chosen.
pub(super) fn attend(page: Page) {
    let mounted = StoredValue::new_local(None);
    follow(move || {
        let language = page.language.get();
        let held = if mounted.with_value(Option::is_some) { take() } else { Vec::new() };
        let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
        mounted.set_value(None);
        texts::speak(language);
        if let Some(root) = document().document_element() {
            // Cannot fail: the name is a valid attribute name.
            root.set_attribute("lang", language.tag()).unwrap_or_default();
        }
        if let Some(body) = document().body() {
            mounted.set_value(Some(untrack(|| mount_to(body, move || components::page(page)))));
        }
        if !held.is_empty() {
            focus(&focused);
            write(held);
        }
    });
}

/// What an element held.
struct Held {
    id: String,
    content: Content,
}

/// What can be in an element. Wiped when dropped, since it may be a secret.
#[derive(PartialEq, Eq)]
enum Content {
    /// A text, or the value that is chosen.
    Value(String),
    /// Ticked or not.
    Tick(bool),
}

impl Drop for Content {
    fn drop(&mut self) {
        if let Self::Value(value) = self {
            value.zeroize();
        }
    }
}

/// Takes what the elements hold.
fn take() -> Vec<Held> {
    let Ok(found) = document().query_selector_all(HOLDERS) else { return Vec::new() };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter_map(|element| {
            let held = Held { id: element.id(), content: content(&element)? };
            // The browser may keep the old element, to undo what was typed.
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_value("");
            }
            Some(held)
        })
        .collect()
}

/// Puts it back; once more in the next frame, since one option may bring others.
fn write(held: Vec<Held>) {
    held.iter().for_each(put);
    request_animation_frame(move || held.iter().for_each(put));
}

fn content(element: &HtmlElement) -> Option<Content> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "file" => None,
            "checkbox" | "radio" => Some(Content::Tick(input.checked())),
            _ => Some(Content::Value(input.value())),
        }
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        Some(Content::Value(select.value()))
    } else {
        element.dyn_ref::<HtmlTextAreaElement>().map(|area| Content::Value(area.value()))
    }
}

fn put(held: &Held) {
    let Some(element) = element(&held.id).filter(|element| content(element).is_some_and(|found| found != held.content))
    else {
        return;
    };
    let is_select = match (&held.content, element.dyn_ref::<HtmlInputElement>()) {
        (Content::Tick(is_ticked), Some(input)) => {
            input.set_checked(*is_ticked);
            true
        }
        (Content::Value(value), Some(input)) => {
            input.set_value(value);
            false
        }
        (Content::Value(value), None) => {
            if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
                select.set_value(value);
                true
            } else {
                if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                    area.set_value(value);
                }
                false
            }
        }
        (Content::Tick(_), None) => return,
    };
    // The form's signals were never gone, and hearing of a change it would close its plan.
    let is_of_form = element.closest(".form").is_ok_and(|form| form.is_some());
    if !is_of_form && let Ok(event) = Event::new(if is_select { "change" } else { "input" }) {
        // The answer is whether somebody prevented what the browser does, which is nothing.
        element.dispatch_event(&event).unwrap_or_default();
    }
}
