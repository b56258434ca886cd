//! The lock: its button, its choice of minutes, its question and what it says afterwards. In: the state. Out: elements.

use leptos::prelude::*;

use super::common::button::button;
use super::common::el::{El, el, option, value_of};
use super::common::icon::{ATTENTION, GOOD, icon};
use crate::page::Page;
use crate::page::lock::MINUTES;
use crate::page::state::Lock;
use crate::page::texts::texts;

/// The button; nothing while there is nothing to lock, or something at work.
pub(super) fn lock_button(page: Page) -> El {
    button("button small", "lock", texts().lock.lock, move || page.ask_lock())
        .flag_of("hidden", move || !page.state.can_lock())
}

/// The choice of minutes.
pub(super) fn minutes(page: Page) -> El {
    let words = &texts().lock;
    let chosen = page.lock_after.get_untracked();
    let options = MINUTES.map(|minutes| option(value(minutes), (words.minutes)(minutes), minutes == chosen));
    let select = el("select", "input")
        .attr("id", "lock-after")
        .testid("lock-after")
        .attr("aria-describedby", "lock-after-hint")
        .on("change", move |event| {
            if let Ok(minutes) = value_of(&event).parse() {
                page.lock_after(minutes);
            }
        })
        .children(options.into());
    el("div", "field")
        .child(el("label", "").attr("for", "lock-after").text(words.after))
        .child(select)
        .child(el("p", "hint").attr("id", "lock-after-hint").text(words.after_hint))
}

fn value(minutes: u32) -> &'static str {
    match minutes {
        5 => "5",
        15 => "15",
        60 => "60",
        _ => "0",
    }
}

/// The question about rows that no file holds, or what the lock has done.
pub(super) fn lock(page: Page) -> El {
    let lock = move || page.state.read(|mirror| mirror.lock);
    let number = move || match lock() {
        Lock::Asked if page.state.can_lock() => 1,
        Lock::ByUser => 2,
        Lock::ByIdleness(_) => 3,
        Lock::Open | Lock::Asked => 0,
    };
    el("div", "notices").swap(number, move |number| match number {
        0 => None,
        1 => Some(question(page)),
        _ => Some(locked(lock())),
    })
}

fn question(page: Page) -> El {
    let words = &texts().lock;
    let rows = untrack(|| page.state.unsaved());
    let text = (words.question)(rows, untrack(|| page.state.is_demo()));
    let yes = button("button danger", "lock-confirm", words.confirm, move || page.lock(Lock::ByUser));
    let no = button("button", "lock-cancel", words.cancel, move || page.state.ask_lock(false));
    el("section", "notice warning")
        .attr("role", "alert")
        .testid("lock-question")
        .child(el("p", "notice-what").child(icon(ATTENTION)).child(el("span", "").text_string(text)))
        .child(el("div", "actions").child(yes).child(no))
}

fn locked(lock: Lock) -> El {
    let words = &texts().lock;
    let minutes = if let Lock::ByIdleness(minutes) = lock { minutes } else { 0 };
    el("section", "notice")
        .attr("role", "status")
        .testid("locked")
        .child(el("p", "notice-what").child(icon(GOOD)).child(el("span", "").text_string((words.locked)(minutes))))
        .child(el("p", "").text(words.locked_hint))
}
