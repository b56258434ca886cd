//! Writes a file piece by piece. In: rows, a format. Out: pieces of about a megabyte, or why there is no file.
//!
//! The writer borrows nothing between two pieces: the driver may answer clicks, write to a slow disk, or give up.

use serde::{Deserialize, Serialize};
use zeroize::Zeroize as _;

use super::{Record, Rows};

/// Bytes that a piece holds before it is handed out.
pub(super) const PIECE_BYTES: usize = 1 << 20;
/// Spare room in a piece, so that its last row does not move it.
const ROW_BYTES: usize = 1 << 14;

/// Why a file could not be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportError {
    /// The format holds fewer rows. Nothing was written; the rows have to be split by a filter.
    TooManyRows {
        /// Rows that were to be written.
        rows: u32,
        /// Rows that the format holds.
        rows_max: u32,
    },
    /// A value cannot stand in this format. What was written up to here is to be thrown away.
    Unfit {
        /// The row's place in the file, from 1.
        number: u32,
        /// What the format's library said.
        reason: String,
    },
    /// The format's library failed. What was written up to here is to be thrown away.
    Failed(String),
}

/// How rows become a file. All methods append to `out`; what they append may come later than the row it stands for.
pub trait FileFormat {
    /// What stands before the rows.
    fn open(&mut self, _out: &mut Vec<u8>) -> Result<(), ExportError> {
        Ok(())
    }

    /// One row.
    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError>;

    /// What stands behind the rows.
    fn close(&mut self, _out: &mut Vec<u8>) -> Result<(), ExportError> {
        Ok(())
    }
}

/// A file on its way.
pub struct FileWriter {
    rows: u32,
    written: u32,
    stage: Stage,
    piece: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Begins,
    Goes,
    Whole,
}

impl FileWriter {
    /// Begins a file of so many rows.
    #[must_use]
    pub fn new(rows: u32) -> Self {
        let piece = Vec::with_capacity(PIECE_BYTES + ROW_BYTES);
        Self { rows, written: 0, stage: Stage::Begins, piece }
    }

    /// The next piece, `None` when the file is whole. Rows and format are the same each time.
    pub fn next_piece(&mut self, rows: &Rows<'_>, format: &mut dyn FileFormat) -> Result<Option<&[u8]>, ExportError> {
        self.piece.clear();
        if self.stage == Stage::Whole {
            return Ok(None);
        }
        if self.stage == Stage::Begins {
            format.open(&mut self.piece)?;
            self.stage = Stage::Goes;
        }
        while self.written < self.rows && self.piece.len() < PIECE_BYTES {
            format.record(&rows.record(self.written), &mut self.piece)?;
            self.written += 1;
        }
        if self.written == self.rows && self.piece.len() < PIECE_BYTES {
            format.close(&mut self.piece)?;
            self.stage = Stage::Whole;
        }
        Ok(Some(&self.piece))
    }

    /// Rows that have been written, to show progress by.
    #[must_use]
    pub fn written(&self) -> u32 {
        self.written
    }
}

/// The piece held secrets.
impl Drop for FileWriter {
    fn drop(&mut self) {
        self.piece.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{context, table, text};
    use super::*;

    /// Names, each as long as half a piece, with a border around them.
    struct Long;

    impl FileFormat for Long {
        fn open(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
            out.push(b'[');
            Ok(())
        }

        fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
            out.extend(record.row.device_name.bytes().cycle().take(PIECE_BYTES / 2));
            Ok(())
        }

        fn close(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
            out.push(b']');
            Ok(())
        }
    }

    #[test]
    fn pieces_are_about_a_megabyte_and_make_the_whole_file() {
        let table = table();
        let rows = Rows::all(&table, context());
        let mut format = Long;
        let mut writer = FileWriter::new(3);
        let mut lengths = Vec::new();
        let mut rows_written = Vec::new();
        while let Some(piece) = writer.next_piece(&rows, &mut format).unwrap() {
            lengths.push(piece.len());
            rows_written.push(writer.written());
        }
        assert_eq!(lengths, [PIECE_BYTES + 1, PIECE_BYTES / 2 + 1]);
        assert_eq!(rows_written, [2, 3]);
        assert!(writer.next_piece(&rows, &mut format).unwrap().is_none());
        let whole = text(&rows, &mut format);
        assert!(whole.starts_with("[plain") && whole.ends_with(']') && whole.len() == PIECE_BYTES * 3 / 2 + 2);
    }
}
