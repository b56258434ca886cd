//! The list of names in the form. In: what is typed, pasted or read from a file. Out: its text, and what is wrong.
//!
//! A field that holds megabytes is slow by itself. A longer list is kept beside it, and the field shows its beginning.

use leptos::prelude::*;
use provisioner_core::plan::{Fault, Field, FieldError, NamingChoice, RowFault};
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::{Draft, id_of};
use crate::page::element;

/// The longest list that stands in the field, in UTF-16 units: about 80,000 short names.
const IN_FIELD_UNITS_MAX: u32 = 1_000_000;

/// The longest list that is checked at every key, in UTF-16 units: fewer than 2,000 names, since the shortest takes 5.
const CHECKED_WHILE_TYPING_UNITS_MAX: u32 = 10_000;

/// The largest file that is read, in megabytes: a million names with nicknames take less.
pub(in crate::page) const FILE_MB_MAX: u32 = 100;

/// Characters of a kept list that the field shows.
const SHOWN_CHARS_MAX: usize = 500;

/// A list that is kept beside its field.
pub(in crate::page) struct Kept {
    /// Name of its file; empty for a list that was pasted.
    pub name: String,
    /// Lines in it.
    pub lines: u32,
}

impl Draft {
    /// The whole text of the list.
    pub(super) fn list(self) -> String {
        if self.is_kept() { self.kept_list.get_untracked() } else { field().map(|it| it.value()).unwrap_or_default() }
    }

    /// Whether the list is chosen, and short enough to be checked at every key.
    pub(super) fn has_short_list(self) -> bool {
        let is_chosen = untrack(|| self.read(|sheet| sheet.naming == NamingChoice::List));
        is_chosen && !self.is_kept() && units_in_field() <= CHECKED_WHILE_TYPING_UNITS_MAX
    }

    /// Takes a list that has become too long out of the field.
    pub fn relieve_field(self) {
        if !self.is_kept() && units_in_field() > IN_FIELD_UNITS_MAX {
            self.take_list(String::new(), self.list());
        }
    }

    /// Puts a list into the field, or keeps a long one beside it; an empty one empties both.
    pub fn take_list(self, name: String, text: String) {
        let is_long = text.len() > IN_FIELD_UNITS_MAX as usize;
        let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
        if let Some(field) = field() {
            let shown: String = text.chars().take(SHOWN_CHARS_MAX).collect();
            field.set_value(if is_long { &shown } else { &text });
        }
        self.kept_list.set(if is_long { text } else { String::new() });
        self.sheet.update(|sheet| sheet.kept = is_long.then_some(Kept { name, lines }));
    }

    /// Notes that a file cannot be the list, which stays what it was.
    pub fn refuse_file(self, fault: Fault) {
        self.typed(Field::Names);
        self.sheet.update(|sheet| {
            sheet.plan = None;
            sheet.errors.push(FieldError { field: Field::Names, fault });
        });
    }

    /// Reads the faulty rows of the list.
    pub fn faulty_rows<T>(self, read: impl FnOnce(&[RowFault]) -> T) -> T {
        self.read(|sheet| match sheet.list_error() {
            Some(FieldError { fault: Fault::Rows { faults, .. }, .. }) => read(faults),
            _ => read(&[]),
        })
    }

    fn is_kept(self) -> bool {
        untrack(|| self.read(|sheet| sheet.kept.is_some()))
    }
}

fn field() -> Option<HtmlTextAreaElement> {
    element(id_of(Field::Names)).and_then(|element| element.dyn_into().ok())
}

fn units_in_field() -> u32 {
    field().map_or(0, |field| field.text_length())
}
