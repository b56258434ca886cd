//! The list of names in the form. In: what is typed, pasted or chosen as a file, and what the engine says of it. Out: where
//! the engine reads it from, and what is wrong.
//!
//! The engine holds the list and checks it. A field that holds megabytes is slow by itself: a longer list, and every file,
//! is kept beside it, and the field shows its beginning.

use leptos::prelude::*;
use provisioner_core::plan::list::{ListFault, ListReport};
use provisioner_core::plan::{Fault, Field, Listed, NamingChoice};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, JsString};
use web_sys::{Blob, HtmlTextAreaElement};

use super::{Draft, id_of};
use crate::page::element;

/// The longest list that stands in the field, in UTF-16 units: some 8,000 names. Browsers lay a field out anew at every
/// key.
const IN_FIELD_UNITS_MAX: u32 = 100_000;

/// The longest list that is checked at every key, in UTF-16 units: fewer than 2,000 names, since the shortest takes 5.
const CHECKED_WHILE_TYPING_UNITS_MAX: u32 = 10_000;

/// The largest file that is read, in megabytes: a million names with nicknames take less.
pub(in crate::page) const FILE_MB_MAX: u32 = 100;

/// Characters of a kept list that the field shows until the engine has read it.
const SHOWN_CHARS_MAX: usize = 500;

/// The same in UTF-16 units, where the text is the browser's.
const SHOWN_UNITS: u32 = 500;

/// What is known of the list.
#[derive(Default)]
pub(in crate::page) struct Listing {
    /// Whether it is kept beside its field.
    pub is_kept: bool,
    /// Name of its file; empty for one that was typed or pasted.
    pub name: String,
    /// What the engine said of it last; none before it was asked.
    pub report: Option<Result<ListReport, ListFault>>,
    /// Why a file was not even handed to the engine.
    pub refused: Option<Fault>,
    /// Whether the engine is at it.
    pub is_asked: bool,
    /// Whether the report is about the list as it is now.
    is_current: bool,
    /// How often it was read, which finds its columns anew.
    pub times_read: u32,
    is_read: bool,
    /// The last question.
    number: u32,
}

impl Listing {
    /// What is wrong with it, as far as that is known.
    pub fn fault(&self) -> Option<Fault> {
        let told = self
            .report
            .as_ref()
            .and_then(|report| report.as_ref().map_or_else(|&it| Some(Fault::List(it)), ListReport::fault));
        self.refused.clone().or(told)
    }

    /// Whether what is wrong with it is shown before a review: it is not being typed.
    pub(super) fn is_told(&self) -> bool {
        self.is_kept || self.refused.is_some()
    }

    /// The report, if there is a list.
    pub fn report(&self) -> Option<&ListReport> {
        self.report.as_ref().and_then(|report| report.as_ref().ok())
    }

    /// What a plan needs to know of it, if it is good.
    pub(super) fn listed(&self) -> Option<Listed> {
        let report = self.report().filter(|_| self.is_current && self.fault().is_none())?;
        Some(Listed { devices: report.rows, first: report.first.clone(), last: report.last.clone() })
    }

    /// What was known does not hold any more.
    pub(super) fn forget(&mut self) {
        self.overtake();
        self.report = None;
    }

    /// What is on its way is about a list that has changed.
    fn overtake(&mut self) {
        self.number += 1;
        self.is_asked = false;
        self.is_current = false;
        self.refused = None;
    }
}

impl Draft {
    /// Whether the list is chosen, and what is known of it is not enough for a plan.
    pub fn lacks_report(self) -> bool {
        untrack(|| self.read(|sheet| sheet.naming == NamingChoice::List && !sheet.listing.is_current))
    }

    /// Whether the list is to be checked as it is typed.
    pub fn is_checked_while_typing(self) -> bool {
        let is_reviewed = untrack(|| self.read(|sheet| sheet.reviews > 0 && !sheet.listing.is_kept));
        is_reviewed && units_in_field() <= CHECKED_WHILE_TYPING_UNITS_MAX
    }

    /// Whether the engine is at the list.
    pub fn is_asked(self) -> bool {
        untrack(|| self.read(|sheet| sheet.listing.is_asked))
    }

    /// A question to the engine: its number, which only its answer has.
    pub fn ask(self, is_read: bool) -> u32 {
        let mut number = 0;
        self.sheet.update(|sheet| {
            sheet.listing.overtake();
            sheet.lookup.overtake_names();
            if is_read {
                sheet.lookup.forget_names();
            }
            sheet.listing.is_asked = true;
            sheet.listing.is_read = is_read;
            sheet.plan = None;
            number = sheet.listing.number;
        });
        number
    }

    /// Where the engine reads the list from.
    pub fn source(self) -> Option<Blob> {
        let kept = self.source.with_value(Clone::clone);
        kept.or_else(|| blob(&field().map(|field| field.value()).unwrap_or_default().into()))
    }

    /// Whether the list is kept beside its field.
    pub fn is_kept(self) -> bool {
        untrack(|| self.read(|sheet| sheet.listing.is_kept))
    }

    /// Takes a list that has become too long out of the field; whether it did.
    pub fn relieve_field(self) -> bool {
        let is_long = !self.is_kept() && units_in_field() > IN_FIELD_UNITS_MAX;
        if let Some(field) = field().filter(|_| is_long) {
            self.take_list(&field.value());
        }
        is_long
    }

    /// Takes what is being pasted into the field, if the list becomes too long by it; whether it did.
    pub fn take_paste(self, pasted: &JsString) -> bool {
        let Some(field) = field().filter(|_| !self.is_kept()) else { return false };
        let units = field.text_length();
        if pasted.length() + units <= IN_FIELD_UNITS_MAX {
            return false;
        }
        // It stays the browser's own text: millions of characters are not copied from one program to the other.
        let text = JsString::from(field.value());
        let at = |position: Result<Option<u32>, _>| position.ok().flatten().unwrap_or(units);
        let before = text.slice(0, at(field.selection_start()));
        let text = before.concat(pasted).concat(&text.slice(at(field.selection_end()), units));
        field.set_value(&String::from(text.slice(0, SHOWN_UNITS)));
        self.keep(String::new(), blob(&text));
        true
    }

    /// Puts a list into the field, or keeps a long one beside it; an empty one empties both.
    pub fn take_list(self, text: &str) {
        let is_long = text.len() > IN_FIELD_UNITS_MAX as usize;
        let shown: String = text.chars().take(SHOWN_CHARS_MAX).collect();
        show(if is_long { &shown } else { text });
        self.keep(String::new(), blob(&text.into()).filter(|_| is_long));
    }

    /// Takes a file as the list.
    pub fn take_file(self, name: String, file: Blob) {
        show("");
        self.keep(name, Some(file));
    }

    fn keep(self, name: String, source: Option<Blob>) {
        let is_kept = source.is_some();
        self.source.set_value(source);
        self.sheet.update(|sheet| {
            sheet.is_awaited = false;
            sheet.listing.forget();
            sheet.lookup.forget_names();
            sheet.listing.is_kept = is_kept;
            sheet.listing.name = name;
        });
    }

    /// Notes that a file cannot be the list, which stays what it was.
    pub fn refuse_file(self, fault: Fault) {
        self.sheet.update(|sheet| sheet.listing.refused = Some(fault));
    }

    /// Takes over what the engine says. Gives whether a review waited for it; nothing of an answer that was overtaken.
    pub fn take_report(
        self,
        number: u32,
        report: Result<ListReport, ListFault>,
        shown: Option<String>,
    ) -> Option<bool> {
        let mut was_awaited = None;
        self.sheet.update(|sheet| {
            if sheet.listing.number == number {
                if let Some(text) = shown {
                    show(&text);
                }
                sheet.listing.report = Some(report);
                sheet.listing.is_asked = false;
                sheet.listing.is_current = true;
                sheet.listing.times_read += u32::from(sheet.listing.is_read);
                was_awaited = Some(std::mem::take(&mut sheet.is_awaited));
            }
        });
        was_awaited
    }
}

fn blob(text: &JsValue) -> Option<Blob> {
    // Only a browser without memory makes none of a text.
    Blob::new_with_str_sequence(&Array::of1(text)).ok()
}

fn show(text: &str) {
    if let Some(field) = field() {
        field.set_value(text);
    }
}

fn field() -> Option<HtmlTextAreaElement> {
    element(id_of(Field::Names)).and_then(|element| element.dyn_into().ok())
}

fn units_in_field() -> u32 {
    field().map_or(0, |field| field.text_length())
}
