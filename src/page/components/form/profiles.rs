//! Profiles: settings under a name. In: what is kept. Out: an element; choosing, saving and deleting one are its actions.

use leptos::prelude::*;

use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el, value_of};
use crate::page::components::common::text::{hint, unseen};
use crate::page::kept::Item;
use crate::page::texts::texts;
use crate::page::{Page, draft, focus, focus_soon, input};

/// Id of the select.
const PROFILE: &str = "profile";

/// Id of the field for a new one's name.
const NAME: &str = "profile-name";

/// Id of the form that the field belongs to: Enter in it saves the profile, and reviews nothing.
const FORM: &str = "profile-form";

/// Characters of a name.
const NAME_CHARS_MAX: &str = "60";

/// The profiles that there are, and the field for a new one; the demo needs none.
pub(super) fn profiles(page: Page) -> El {
    let words = &texts().history;
    let changes = move || page.state.read(|mirror| mirror.kept.changes);
    let name = el("input", "input")
        .attr("id", NAME)
        .testid(NAME)
        .attr("form", FORM)
        .attr("maxlength", NAME_CHARS_MAX)
        .attr("autocomplete", "off")
        .attr("aria-describedby", "profile-hint");
    let save = el("button", "button").attr("type", "submit").attr("form", FORM).testid("profile-save");
    let new = el("details", "fold")
        .child(el("summary", "").text(words.profile_new))
        .child(
            el("div", "field")
                .child(el("label", "").attr("for", NAME).text(words.profile_name))
                .child(el("div", "with-button").child(name).child(save.text(words.profile_save)))
                .child(hint(words.profile_hint).attr("id", "profile-hint")),
        )
        .flag_of("hidden", move || page.draft.is_demo());
    el("div", "wide").swap(changes, move |_| existing(page)).child(new)
}

/// The form that the name of a new profile belongs to; forms cannot stand in one another.
pub(super) fn saving(page: Page) -> El {
    el("form", "").attr("id", FORM).attr("novalidate", "").on("submit", move |event| {
        event.prevent_default();
        save(page);
    })
}

fn save(page: Page) {
    let Some(field) = input(NAME) else { return };
    let name = field.value().trim().to_owned();
    if name.is_empty() {
        focus(NAME);
        return;
    }
    field.set_value("");
    let form = page.draft.input();
    page.state.keep(|kept| kept.add_profile(&name, &form));
    focus_soon(PROFILE);
}

/// The select; nothing where there are no profiles.
fn existing(page: Page) -> Option<El> {
    let words = &texts().history;
    let names: Vec<String> =
        page.state.read(|mirror| mirror.kept.profiles.iter().map(|profile| profile.name().to_owned()).collect());
    if names.is_empty() {
        return None;
    }
    let option = |name: String| el("option", "").attr_string("value", name.clone()).text_string(name);
    let choose = move |event| {
        let name = value_of(&event);
        let is_it = |profile: &&Item| profile.name() == name;
        let form = untrack(|| page.state.read(|mirror| mirror.kept.profiles.iter().find(is_it).map(Item::form)));
        if let Some(form) = form {
            page.use_settings(&form);
        }
    };
    let select = el("select", "input")
        .attr("id", PROFILE)
        .testid(PROFILE)
        .on("change", choose)
        .child(el("option", "").attr("value", "").text(words.profile_none))
        .children(names.into_iter().map(option).collect());
    let delete = button("button", "profile-delete", words.profile_delete, move || {
        let name = draft::chosen(PROFILE);
        if name.is_empty() {
            focus(PROFILE);
        } else {
            page.state.keep(|kept| kept.forget_profile(&name));
            focus_soon("connection");
        }
    });
    let label = el("label", "").attr("for", PROFILE).text(words.profile);
    let delete = delete.child(unseen(words.profile));
    Some(el("div", "field").child(label).child(el("div", "with-button").child(select).child(delete)))
}
