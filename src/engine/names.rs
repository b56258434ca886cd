//! The list of names. In: its file or its text, columns, corrections. Out: reports, the names, a file of faulty rows.
//!
//! Reading waits for the browser, and for a workbook for another program, so it is a task of its own; checking is one call.

use js_sys::{Array, Uint8Array};
use provisioner_core::plan::Names;
use provisioner_core::plan::list::{Content, Encoding, List, ListFault, Words, encode, recognise};
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use super::driver::{Inbox, Message};
use super::effects::exporter::Exporter;
use super::effects::sink::blob;
use super::effects::{port, text};
use crate::protocol::{Event, FaultyWords, NamesChange};

/// What a file or a field holds.
pub(super) type Reading = Result<(String, Encoding), ListFault>;

/// The list that the page asks about.
#[derive(Default)]
pub(super) struct Listing {
    list: Option<List>,
    is_kept: bool,
    /// The question that was asked last; what comes of an earlier one is dropped.
    number: u32,
}

impl Listing {
    /// Does what the page asks; reading ends with a message.
    pub(super) fn change(&mut self, number: u32, change: NamesChange, source: Option<Blob>, inbox: &Inbox) {
        self.number = number;
        match (change, &mut self.list) {
            (NamesChange::Read { is_kept }, _) => {
                (self.list, self.is_kept) = (None, is_kept);
                let (Some(source), inbox) = (source, inbox.clone()) else { return };
                spawn_local(async move {
                    let reading = read(&source).await;
                    // Only a worker that is being ended has no loop.
                    let _ = inbox.unbounded_send(Message::NamesRead { number, reading });
                });
                return;
            }
            (NamesChange::Map(columns), Some(list)) => list.map(columns),
            (NamesChange::Correct(correction), Some(list)) => {
                list.correct(correction);
                if !self.is_kept {
                    // The field shows it as it is now, and its lines are counted anew.
                    list.read_again();
                }
            }
            (NamesChange::Unmark, Some(_)) => return self.mark(Vec::new()),
            (_, None) => return,
        }
        self.tell(!self.is_kept);
    }

    /// Takes over what was read.
    pub(super) fn take(&mut self, number: u32, reading: Reading) {
        if number != self.number {
            return;
        }
        match reading {
            Ok((text, encoding)) => {
                self.list = Some(List::read(&text, encoding));
                self.tell(false);
            }
            Err(fault) => port::post(&Event::Names { number, report: Err(fault), field: None }),
        }
    }

    /// The names, if nothing is wrong with them.
    pub(super) fn names(&self) -> Option<Names> {
        self.list.as_ref().and_then(|list| list.names().ok().cloned())
    }

    /// From now on these names count as names that the product has.
    pub(super) fn mark(&mut self, existing: Vec<String>) {
        if let Some(list) = &mut self.list {
            list.mark(existing);
        }
        self.tell(false);
    }

    /// The good list as plain text, for the form.
    pub(super) fn text(&self) -> String {
        self.list.as_ref().map(|list| list.text().trim_end().to_owned()).unwrap_or_default()
    }

    /// Makes a file of the faulty rows, written as the one that they come from.
    pub(super) fn save_faulty(&self, words: &FaultyWords) {
        let Some(list) = &self.list else { return };
        let text = list.faulty_text(&Words { reason: &words.reason, rules: &words.rules });
        let bytes = encode(&text, list.encoding()).or_else(|| text::encode_gb18030(&text));
        // A sign that GB18030 has and the browser's table of pairs has not.
        let bytes = bytes.unwrap_or_else(|| ["\u{FEFF}", &text].concat().into_bytes());
        let file = blob(&Array::of1(&Uint8Array::from(bytes.as_slice())), "text/csv");
        port::post(&Event::FaultyRows { name: ["faulty-rows.", list.extension()].concat(), file: Some(file) });
    }

    fn tell(&self, is_rewritten: bool) {
        let Some(list) = &self.list else { return };
        let field = if is_rewritten { Some(list.text()) } else { self.is_kept.then(|| list.head()) };
        port::post(&Event::Names { number: self.number, report: Ok(list.report()), field });
    }
}

async fn read(source: &Blob) -> Reading {
    let bytes = text::bytes_of(source).await.ok_or(ListFault::Unreadable)?;
    match recognise(&bytes) {
        Content::Text(text, encoding) => Ok((text, encoding)),
        Content::Gb18030 => {
            text::decode_gb18030(&bytes).map(|text| (text, Encoding::Gb18030)).ok_or(ListFault::NotText)
        }
        Content::Broken => Err(ListFault::NotText),
        Content::OldWorkbook => Err(ListFault::OldWorkbook),
        Content::Workbook => {
            let bytes = Uint8Array::from(bytes.as_slice());
            let cells = Exporter::open().bytes("sheet", &bytes).await.map_err(|_| ListFault::Workbook)?;
            let text = String::from_utf8(cells.to_vec()).map_err(|_| ListFault::Workbook)?;
            // Written as CSV, the byte order mark makes Excel read it.
            Ok((text, Encoding::Utf8Marked))
        }
    }
}
