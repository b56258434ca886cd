//! CSV for machines: RFC 4180, UTF-8 without a byte order mark, CRLF, values unchanged.

use csv_core::{Terminator, Writer, WriterBuilder};

use super::{COLUMNS, Context, PIECE_BYTES};
use crate::table::Table;

/// Hands the whole file to `piece`, about a megabyte at a time.
pub fn csv(table: &Table, context: &Context<'_>, piece: &mut dyn FnMut(&[u8])) {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).build();
    let mut bytes = Vec::new();
    record(&mut writer, &mut bytes, COLUMNS);
    for row in table.rows() {
        record(&mut writer, &mut bytes, context.values(&row));
        if bytes.len() >= PIECE_BYTES {
            piece(&bytes);
            bytes.clear();
        }
    }
    piece(&bytes);
}

fn record(writer: &mut Writer, bytes: &mut Vec<u8>, values: [&str; COLUMNS.len()]) {
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            // A closing quote and the comma.
            append(bytes, 2, |room| writer.delimiter(room).1);
        }
        // An opening quote, and every byte may be a quote that is doubled.
        append(bytes, value.len() * 2 + 1, |room| writer.field(value.as_bytes(), room).2);
    }
    // A closing quote, CR and LF.
    append(bytes, 3, |room| writer.terminator(room).1);
}

/// Appends what `write` puts into `room_max` bytes; it says how many it used.
fn append(bytes: &mut Vec<u8>, room_max: usize, write: impl FnOnce(&mut [u8]) -> usize) {
    let start = bytes.len();
    bytes.resize(start + room_max, 0);
    let used = write(&mut bytes[start..]);
    bytes.truncate(start + used);
}
