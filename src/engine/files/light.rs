//! Formats that the engine writes by itself: they are at hand when nothing can be loaded. In: rows. Out: pieces.

use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use provisioner_core::export::manifest::{FileDigest, FileRecord};
use provisioner_core::export::{ExportError, FileFault, FileFormat, FileWriter};

use super::{Desk, Picked};
use crate::engine::session::Active;

/// A file on its way. It travels to the rows and back with each piece.
pub(super) struct Light(Option<Box<Writing>>);

struct Writing {
    picked: Picked,
    format: Box<dyn FileFormat>,
    writer: FileWriter,
    digest: FileDigest,
}

impl Light {
    /// Begins a file of these rows.
    pub(super) fn new(format: Box<dyn FileFormat>, picked: Picked) -> Self {
        let writer = FileWriter::new(picked.count());
        Self(Some(Box::new(Writing { picked, format, writer, digest: FileDigest::default() })))
    }

    /// The next piece; none when the file is whole.
    pub(super) async fn next_piece(&mut self, desk: &Desk) -> Result<Option<Uint8Array>, FileFault> {
        // Timers and answers are heard in between.
        TimeoutFuture::new(0).await;
        let Some(mut writing) = self.0.take() else { return Err(FileFault::Cancelled) };
        let answer = desk.ask(move |active| {
            let piece = writing.next_piece(active);
            (writing, piece)
        });
        let (writing, piece) = answer.await?;
        self.0 = Some(writing);
        Ok(piece?)
    }

    /// Rows that have been written.
    pub(super) fn written(&self) -> u32 {
        self.0.as_ref().map_or(0, |writing| writing.writer.written())
    }

    /// What goes into the manifest.
    pub(super) fn record(self, name: String) -> FileRecord {
        let rows = self.written();
        let digest = self.0.map(|writing| writing.digest).unwrap_or_default();
        digest.finish(name, rows, false)
    }
}

impl Writing {
    fn next_piece(&mut self, active: &Active) -> Result<Option<Uint8Array>, ExportError> {
        let (writer, format) = (&mut self.writer, self.format.as_mut());
        self.picked.read(active, |rows| {
            let piece = writer.next_piece(rows, format)?;
            Ok(piece.map(|piece| {
                self.digest.update(piece);
                Uint8Array::from(piece)
            }))
        })
    }
}
