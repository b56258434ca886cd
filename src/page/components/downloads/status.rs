//! What becomes of a file: how far it is, where it went, what stands beside it, why there is none. In: the state. Out: an
//! element; giving up is its action.

use std::cell::Cell;

use leptos::prelude::untrack;

use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::icon::{ATTENTION, BAD, GOOD, icon, marked};
use crate::page::saving::{Outcome, Saving, Stage};
use crate::page::texts::{spoken, texts};
use crate::page::{Page, element, follow};
use crate::protocol::Command;

/// Id of the link to the file.
const LINK: &str = "download-link";

/// The whole of it. What was made is handed to the browser from here.
pub(in crate::page::components) fn status(page: Page) -> El {
    let words = &texts().file;
    let state = page.state;
    let told = move || state.read(|mirror| mirror.saving.told);
    let is_busy = move || state.read(|mirror| mirror.saving.stage != Stage::Idle);
    let held = move || state.read(|mirror| mirror.saving.held);
    let exported = move || (words.exported)(held(), state.of_run(|run| run.downloaded));
    let unsaved = move || (words.unsaved)(state.unsaved());
    let to_hand_over = move || state.read(|mirror| mirror.saving.to_hand_over);
    let before = Cell::new(untrack(to_hand_over));
    follow(move || {
        if before.replace(to_hand_over()) != to_hand_over() {
            // The link stays for those whose browser did nothing.
            if let Some(link) = element(LINK) {
                link.click();
            }
        }
    });
    el("div", "stack")
        .child_if(is_busy, move || progress(page))
        .swap(told, move |_| state.read(|mirror| outcome(&mirror.saving)))
        .child(el("p", "hint").testid("exported").flag_of("hidden", move || held() == 0).text_of(exported))
        .child(
            marked("attention", ATTENTION, unsaved)
                .testid("unsaved")
                .flag_of("hidden", move || state.is_running() || state.unsaved() == 0),
        )
}

fn progress(page: Page) -> El {
    let words = &texts().file;
    let stage = move || page.state.read(|mirror| mirror.saving.stage);
    let text = move || match stage() {
        Stage::Rows(written, rows) => (words.making)(written, rows),
        Stage::Finishing | Stage::Idle => words.finishing.to_owned(),
    };
    let share = move || match stage() {
        Stage::Rows(written, rows) if rows > 0 => format!("{}%", u64::from(written) * 100 / u64::from(rows)),
        _ => "100%".to_owned(),
    };
    let fill = el("div", "bar-fill").prop_of("style", move || ["width:", &share()].concat());
    let give_up = move || {
        page.state.saving(Saving::give_up);
        page.send(&Command::CancelSave);
    };
    el("div", "with-button")
        .testid("download-progress")
        .child(el("div", "grow").child(el("p", "hint").text_of(text)).child(el("div", "bar").child(fill)))
        .child(button("button", "download-cancel", words.cancel, give_up))
}

fn outcome(saving: &Saving) -> Option<El> {
    let words = &texts().file;
    Some(match saving.outcome.as_ref()? {
        Outcome::Saved { name, rows, content, is_encrypted } => {
            let mut text =
                el("span", "").text_string((words.saved)(name, *rows, *content, saving.url.is_none())).text(". ");
            if *is_encrypted {
                text = text.text(words.proven).text(" ");
            }
            if let Some(url) = &saving.url {
                text = text.child(link(LINK, url, name).text(words.save_again));
            }
            let mut beside = el("p", "actions");
            for (name, url) in &saving.beside {
                beside = beside.child(link("", url, name).testid("download-beside").text_string((words.beside)(name)));
            }
            if let Some(fault) = &saving.no_manifest {
                beside = beside.child(el("span", "hint").text_string((words.no_manifest)(&spoken(fault).join(" "))));
            }
            let done = el("p", "done").attr("role", "status").testid("download-saved").child(icon(GOOD)).child(text);
            el("div", "stack").child(done).child(beside)
        }
        Outcome::GivenUp => failed(ATTENTION, el("span", "").text(words.cancelled)),
        Outcome::Failed(fault) => {
            let [what, todo] = spoken(fault).clone();
            let text = el("span", "stack")
                .child(el("strong", "").text_string(what))
                .child(el("span", "").text(words.nothing_left))
                .child(el("span", "").text_string(todo));
            failed(BAD, text)
        }
    })
}

fn failed(sign: &'static str, text: El) -> El {
    el("p", "failed").attr("role", "alert").testid("download-error").child(icon(sign)).child(text)
}

fn link(id: &'static str, url: &str, name: &str) -> El {
    let link = el("a", "").attr_string("href", url.to_owned()).attr_string("download", name.to_owned());
    if id.is_empty() { link } else { link.attr("id", id).testid(id) }
}
