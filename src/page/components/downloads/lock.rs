//! What a file is encrypted with. In: what the user ticks and types. Out: an element, and the lock.

use leptos::prelude::*;
use provisioner_core::export::Lock;
use zeroize::Zeroize as _;

use super::Choice;
use super::controls::{area, checkbox, choice as boxed, empty as empty_field, input, labelled, select, value};
use crate::page::components::common::el::{El, el, value_of};
use crate::page::components::common::text::hint;
use crate::page::focus;
use crate::page::texts::texts;

const ENCRYPT: &str = "download-encrypt";
const PASSPHRASE: &str = "passphrase";
const AGAIN: &str = "passphrase-again";
const RECIPIENTS: &str = "recipients";

/// The user has something to correct, and has been told.
pub(super) struct Missing;

/// The box, and below it, once it is ticked, what it needs.
pub(super) fn lock(choice: Choice) -> El {
    let words = &texts().file;
    let (tick, name) = checkbox(words.encrypt, ENCRYPT, false);
    let tick = tick.on("change", move |_| {
        empty_passphrases();
        choice.is_locked.set(super::controls::is_ticked(ENCRYPT));
        choice.lock_error.set(String::new());
    });
    el("div", "lock")
        .child(boxed((tick, name)))
        .child(hint(words.encrypt_hint))
        .child_if(move || choice.is_locked.get(), move || with_what(choice))
}

fn with_what(choice: Choice) -> El {
    let words = &texts().file;
    let values = ["passphrase", "keys"].into_iter().zip(words.locks);
    let select = select("encrypt-with", values, move |event| {
        empty_passphrases();
        choice.for_keys.set(value_of(&event) == "keys");
        choice.lock_error.set(String::new());
    });
    choice.for_keys.set(false);
    let keys = || area(words.recipients, RECIPIENTS, "").child(hint(words.recipients_hint));
    el("div", "stack")
        .child(labelled(words.lock, "encrypt-with", select))
        .child_if(move || choice.for_keys.get(), keys)
        .child_if(move || !choice.for_keys.get(), move || passphrases(choice))
        .child(
            el("p", "field-error").attr("role", "alert").testid("lock-error").text_of(move || choice.lock_error.get()),
        )
}

fn passphrases(choice: Choice) -> El {
    let words = &texts().file;
    let strength = choice.strength;
    strength.set((words.strength)(0).to_owned());
    let typed = move |_| {
        let mut passphrase = value(PASSPHRASE);
        strength.set((words.strength)(passphrase.chars().count()).to_owned());
        passphrase.zeroize();
        choice.lock_error.set(String::new());
    };
    let field = |id, name| labelled(name, id, input(id, "password").on("input", typed));
    el("div", "stack")
        .child(field(PASSPHRASE, words.passphrase))
        .child(el("p", "hint").attr("aria-live", "polite").text_of(move || strength.get()))
        .child(field(AGAIN, words.passphrase_again))
}

/// The lock that is chosen; none for a plain file.
pub(super) fn chosen(choice: Choice) -> Result<Option<Lock>, Missing> {
    if !choice.is_locked.get_untracked() {
        return Ok(None);
    }
    if choice.for_keys.get_untracked() {
        return Ok(Some(Lock::Recipients(value(RECIPIENTS))));
    }
    let (passphrase, mut again) = (value(PASSPHRASE), value(AGAIN));
    let (is_same, is_empty) = (passphrase == again, again.is_empty());
    again.zeroize();
    let lock = Lock::Passphrase(passphrase);
    if is_same && !is_empty {
        return Ok(Some(lock));
    }
    let words = &texts().file;
    choice.lock_error.set(if is_same { words.no_passphrase } else { words.passphrases_differ }.to_owned());
    empty(choice);
    focus(PASSPHRASE);
    Err(Missing)
}

/// Takes passphrases out of the page: they were handed over, or are of no use.
pub(super) fn empty(choice: Choice) {
    choice.strength.set((texts().file.strength)(0).to_owned());
    empty_secrets();
}

/// Empties all fields of secrets. An element may outlive its document: a browser keeps it, to undo what was typed.
pub(in crate::page) fn empty_secrets() {
    empty_passphrases();
    empty_field(super::options::PRODUCT_SECRET);
}

fn empty_passphrases() {
    empty_field(PASSPHRASE);
    empty_field(AGAIN);
}
