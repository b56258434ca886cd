//! Files that need large libraries, as JavaScript sees their making: one instance a file, in a worker that ends with it.
//!
//! In: an order, rows in chunks, the file as it was saved. Out: pieces of the file. What the numbers and bytes mean says
//! `provisioner_core::export::heavy::making`. wasm32 only; `exporter-worker.js` beside this is who calls.
#![cfg(target_arch = "wasm32")]

use std::io;

use js_sys::Uint8Array;
use provisioner_core::export::facts::Facts;
use provisioner_core::export::heavy::making::Making;
use provisioner_core::export::heavy::sheet;
use provisioner_core::export::manifest::{FileRecord, Manifest};
use provisioner_core::export::{FileFault, Order};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, FileReaderSync};
use zeroize::Zeroize as _;

/// A fault, as postcard's bytes.
type Fault = Uint8Array;

/// The one file that this instance makes.
#[wasm_bindgen]
pub struct Exporter(Option<Making>);

#[wasm_bindgen]
impl Exporter {
    /// Nothing begun.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript knows constructors only")]
    pub fn new() -> Self {
        Self(None)
    }

    /// The first sheet of a workbook, as CSV. Needs nothing begun.
    pub fn sheet(&self, workbook: Vec<u8>) -> Result<Uint8Array, Fault> {
        let text = sheet::csv(&workbook).map_err(|fault| told(&FileFault::Broke(fault.to_string())))?;
        Ok(Uint8Array::from(text.as_bytes()))
    }

    /// Begins a file; what stands before its rows. Takes the order and the run's facts, as postcard's bytes.
    pub fn begin(&mut self, mut beginning: Vec<u8>) -> Result<Uint8Array, Fault> {
        let read = postcard::from_bytes::<(Order, Facts)>(&beginning);
        // It may hold a passphrase.
        beginning.zeroize();
        let mut out = Vec::new();
        let making = read.map_err(|_| foreign()).and_then(|(order, facts)| Making::begin(&order, &facts, &mut out));
        self.0 = Some(making.map_err(|fault| told(&fault))?);
        Ok(handed_over(out))
    }

    /// Takes the next rows; what comes of them.
    pub fn rows(&mut self, mut chunk: Vec<u8>) -> Result<Uint8Array, Fault> {
        let mut out = Vec::new();
        let taken = self.making().and_then(|making| making.rows(&chunk, &mut out));
        chunk.zeroize();
        let piece = handed_over(out);
        taken.map(|()| piece).map_err(|fault| told(&fault))
    }

    /// What stands behind the rows.
    pub fn close(&mut self) -> Result<Uint8Array, Fault> {
        let mut out = Vec::new();
        self.making().and_then(|making| making.close(&mut out)).map_err(|fault| told(&fault))?;
        Ok(handed_over(out))
    }

    /// Opens the file as it was saved, where it is encrypted, and compares.
    pub fn check(&mut self, file: Blob) -> Result<(), Fault> {
        let reader = FileReaderSync::new().map_err(|_| told(&foreign()))?;
        let saved = Saved { file, reader, at: 0.0 };
        self.making().and_then(|making| making.check(saved)).map_err(|fault| told(&fault))
    }

    /// What goes into the manifest, under the name that the file got.
    pub fn record(&mut self, name: String) -> Result<Uint8Array, Fault> {
        self.making().map(|making| bytes(&making.record(name))).map_err(|fault| told(&fault))
    }

    /// The text of the config file beside it, where there is one.
    pub fn config(&mut self) -> Option<String> {
        self.0.as_ref()?.config().map(str::to_owned)
    }

    /// The manifest's text. Takes the run's facts, and the record of the file, as postcard's bytes.
    pub fn manifest(&mut self, about: Vec<u8>) -> Result<String, Fault> {
        let (facts, file): (Facts, FileRecord) = postcard::from_bytes(&about).map_err(|_| told(&foreign()))?;
        Ok(Manifest::new(&facts, vec![file]).to_json())
    }

    fn making(&mut self) -> Result<&mut Making, FileFault> {
        self.0.as_mut().ok_or_else(foreign)
    }
}

/// What arrived is not what the engine sends: the two are of different versions.
fn foreign() -> FileFault {
    FileFault::Broke("the engine is of another version".to_owned())
}

fn told(fault: &FileFault) -> Uint8Array {
    bytes(fault)
}

fn bytes(value: &impl serde::Serialize) -> Uint8Array {
    let bytes = postcard::to_allocvec(value).expect("plain data can be written as bytes");
    Uint8Array::from(bytes.as_slice())
}

/// Hands a piece over, and wipes it here.
fn handed_over(mut piece: Vec<u8>) -> Uint8Array {
    let handed_over = Uint8Array::from(piece.as_slice());
    piece.zeroize();
    handed_over
}

/// A file as it was saved, read as a worker may: a part at a time, without waiting.
struct Saved {
    file: Blob,
    reader: FileReaderSync,
    at: f64,
}

impl io::Read for Saved {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.file.size().min(self.at + buffer.len() as f64);
        let part = self.file.slice_with_f64_and_f64(self.at, end);
        let read = part.and_then(|part| self.reader.read_as_array_buffer(&part));
        let part = read.map_err(|_| io::Error::other("the browser cannot read the file again"))?;
        let part = Uint8Array::new(&part.into());
        let length = part.length() as usize;
        part.copy_to(&mut buffer[..length]);
        self.at = end;
        Ok(length)
    }
}
