//! Formats that another program writes, and encryption. In: rows, which cross to its heap. Out: the pieces that it makes.

use std::cell::Cell;

use js_sys::Uint8Array;
use provisioner_core::export::facts::Facts;
use provisioner_core::export::manifest::FileRecord;
use provisioner_core::export::{FileFault, Order, crossing};
use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::Blob;
use zeroize::Zeroize as _;

use super::{Desk, Picked};
use crate::engine::effects::exporter::{Ending, Exporter};

/// A file on its way, in the program that makes it.
pub(super) struct Heavy {
    exporter: Exporter,
    written: u32,
}

impl Heavy {
    /// Starts the program, and leaves the way to end it.
    pub(super) fn open(ending: &Cell<Option<Ending>>) -> Self {
        let exporter = Exporter::open();
        ending.set(Some(exporter.ending()));
        Self { exporter, written: 0 }
    }

    /// Begins the file: the first piece.
    pub(super) async fn begin(&mut self, order: &Order, facts: Facts) -> Result<Uint8Array, FileFault> {
        self.exporter.bytes("begin", &crossing_bytes(&(order, &facts))).await
    }

    /// Hands over the next rows: the next piece, which may be empty.
    pub(super) async fn next_piece(&mut self, desk: &Desk, picked: &Picked) -> Result<Uint8Array, FileFault> {
        let (from, rows, picked) = (self.written, picked.count(), picked.clone());
        let chunk =
            desk.ask(move |active| handed_over(&mut picked.read(active, |all| crossing::write(all, from, rows))));
        let chunk = chunk.await?;
        let piece = self.exporter.bytes("rows", &chunk).await?;
        self.written = rows.min(from + crossing::ROWS_AT_A_TIME);
        Ok(piece)
    }

    /// Rows that have been handed over.
    pub(super) fn written(&self) -> u32 {
        self.written
    }

    /// The last piece.
    pub(super) async fn close(&mut self) -> Result<Uint8Array, FileFault> {
        self.exporter.bytes("close", &JsValue::UNDEFINED).await
    }

    /// Opens what was saved, where it is encrypted, and compares.
    pub(super) async fn check(&mut self, file: &Blob) -> Result<(), FileFault> {
        self.exporter.ask("check", file).await.map(|_| ())
    }

    /// What goes into the manifest.
    pub(super) async fn record(&mut self, name: String) -> Result<FileRecord, FileFault> {
        let bytes = self.exporter.bytes("record", &name.into()).await?;
        postcard::from_bytes(&bytes.to_vec()).map_err(|_| FileFault::Broke(String::new()))
    }

    /// The text of the config file beside it.
    pub(super) async fn config(&mut self) -> Result<Option<String>, FileFault> {
        Ok(self.exporter.ask("config", &JsValue::UNDEFINED).await?.as_string())
    }

    /// The manifest's text.
    pub(super) async fn manifest(&mut self, facts: &Facts, file: &FileRecord) -> Result<String, FileFault> {
        let text = self.exporter.ask("manifest", &crossing_bytes(&(facts, file))).await?;
        text.as_string().ok_or(FileFault::Broke(String::new()))
    }
}

fn crossing_bytes(value: &impl Serialize) -> JsValue {
    let mut bytes = postcard::to_allocvec(value).expect("plain data can be written as bytes");
    handed_over(&mut bytes)
}

/// Hands bytes over to the browser, and wipes them here.
fn handed_over(bytes: &mut Vec<u8>) -> JsValue {
    let handed_over = Uint8Array::from(bytes.as_slice());
    bytes.zeroize();
    handed_over.into()
}
