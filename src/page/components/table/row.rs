//! One row of the credential table, made once and filled again and again. In: what it is to show. Out: an element; its
//! secret only while it is revealed.
//!
//! A view that follows signals has a dozen effects a row, and a wheel brings forty rows a frame: that took longer than
//! a frame lasts. Here a row is told what it shows, and touches only what is different.

use web_sys::Element;

use super::class;
use super::words::{Words, child, made, set};
use crate::page::choice::Column;
use crate::page::texts::texts;
use crate::protocol::{Copied, MaskedRow};

/// What stands for a secret. Always as long, so that it says nothing of it.
const DOTS: &str = "••••••••••••";

/// What stands in a cell whose row has not arrived yet.
const LOADING: &str = "…";

/// What a row is to show.
#[derive(Clone, Copy)]
pub(super) struct Shown<'r> {
    /// Its position, from 0.
    pub position: u32,
    /// Its row, once it has arrived.
    pub row: Option<&'r MaskedRow>,
    /// Its secret, while that is on show.
    pub secret: Option<&'r str>,
    /// Whether a file holds it.
    pub is_saved: bool,
    /// Whether Tab reaches its buttons.
    pub is_stop: bool,
    /// What its second button copies.
    pub copied: Copied,
}

/// A row in the document.
pub(super) struct Line {
    /// Its element.
    pub element: Element,
    number: Words,
    name: Words,
    secret: Element,
    masked: Element,
    uncovered: Element,
    /// Index of the row whose secret is on show.
    revealed: Option<u32>,
    reveal: Element,
    reveal_does: Words,
    reveal_of: Words,
    copy: Element,
    copy_of: Words,
    iot_id: Words,
    nickname: Words,
    device_id: Words,
    batch: Words,
    status: Words,
    position: Option<u32>,
    is_stop: Option<bool>,
}

impl Line {
    /// A row that shows nothing yet.
    pub fn new() -> Self {
        let words = &texts().table;
        let element = made("tr", "");
        set(&element, "data-testid", "row");
        let cell = |column| child(&element, "td", class(column));
        let code = |column| child(&cell(column), "code", "");
        let number = Words::within(&child(&element, "td", "number"));
        let name_cell = cell(Column::DeviceName);
        set(&name_cell, "data-testid", "cell-device-name");
        let secret = cell(Column::DeviceSecret);
        set(&secret, "data-testid", "cell-device-secret");
        let masked = child(&secret, "span", "");
        let dots = child(&masked, "span", "");
        set(&dots, "aria-hidden", "true");
        dots.set_text_content(Some(DOTS));
        child(&masked, "span", "unseen").set_text_content(Some(&[" ", words.masked].concat()));
        let tools = child(&element, "td", "row-tools");
        let button = |testid| {
            let button = child(&tools, "button", "button small");
            set(&button, "type", "button");
            set(&button, "data-testid", testid);
            button
        };
        let reveal = button("reveal");
        let reveal_does = Words::within(&reveal);
        let reveal_of = Words::within(&child(&reveal, "span", "unseen"));
        let copy = button("copy");
        Words::within(&copy).put(texts().page.copy);
        let copy_of = Words::within(&child(&copy, "span", "unseen"));
        let iot_id = code(Column::IotId);
        if let Some(cell) = iot_id.parent_element() {
            set(&cell, "data-testid", "cell-iot-id");
        }
        Self {
            number,
            name: Words::within(&child(&name_cell, "code", "")),
            secret,
            masked,
            uncovered: made("code", "uncovered"),
            revealed: None,
            reveal,
            reveal_does,
            reveal_of,
            copy,
            copy_of,
            iot_id: Words::within(&iot_id),
            nickname: Words::within(&cell(Column::Nickname)),
            device_id: Words::within(&code(Column::DeviceId)),
            batch: Words::within(&cell(Column::Batch)),
            status: Words::within(&cell(Column::Status)),
            position: None,
            is_stop: None,
            element,
        }
    }

    /// Shows this.
    pub fn show(&mut self, shown: Shown<'_>) {
        let words = &texts().table;
        let Shown { position, row, secret, is_saved, is_stop, copied } = shown;
        if self.position.replace(position) != Some(position) {
            set(&self.element, "aria-rowindex", &(position + 2).to_string());
        }
        if self.is_stop.replace(is_stop) != Some(is_stop) {
            for button in [&self.reveal, &self.copy] {
                set(button, "tabindex", if is_stop { "0" } else { "-1" });
            }
        }
        let name = row.map_or(LOADING, |row| &row.device_name);
        self.name.put(name);
        self.reveal_of.put(&[" ", name].concat());
        self.copy_of.put(&[" ", &(words.of_device)(copied, name)].concat());
        let number = |number: Option<u32>| number.map_or_else(|| LOADING.to_owned(), texts().page.number);
        self.number.put(&number(row.map(|row| row.index + 1)));
        self.iot_id.put(row.map_or(LOADING, |row| &row.iot_id));
        self.nickname.put(row.map_or(LOADING, |row| &row.nickname));
        self.device_id.put(row.map_or(LOADING, |row| &row.device_id));
        self.batch.put(&number(row.map(|row| row.batch)));
        match row.map(|row| &row.missing) {
            None => self.status.put(LOADING),
            Some(Some((code, reason))) => self.status.put(&[code, ": ", &(texts().run.reason)(reason)].concat()),
            Some(None) => self.status.put(if is_saved { words.saved } else { words.unsaved }),
        }
        self.reveal_does.put(if secret.is_some() { words.mask } else { words.reveal });
        self.uncover(row.map(|row| row.index).zip(secret));
    }

    /// Shows the secret of the row at an index, or dots.
    fn uncover(&mut self, revealed: Option<(u32, &str)>) {
        let index = revealed.map(|(index, _)| index);
        if self.revealed == index && self.reveal.has_attribute("aria-pressed") {
            return;
        }
        let (now, before) =
            if index.is_some() { (&self.uncovered, &self.masked) } else { (&self.masked, &self.uncovered) };
        self.uncovered.set_text_content(revealed.map(|(_, secret)| secret));
        if before.parent_element().is_some() {
            // One stands in the cell, the other does not.
            self.secret.replace_child(now, before).map(drop).unwrap_or_default();
        }
        set(&self.reveal, "aria-pressed", if index.is_some() { "true" } else { "false" });
        self.revealed = index;
    }
}
