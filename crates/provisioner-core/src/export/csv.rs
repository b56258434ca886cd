//! CSV for machines: RFC 4180, UTF-8 without a byte order mark, CRLF, values unchanged.
//!
//! The quoting is ours: the writers of `csv` and `csv-core` try to read each value as a float, for a quote style that
//! nobody asked for, and with it comes a twelfth of the engine's size.

use super::{COLUMNS, Context, PIECE_BYTES};
use crate::table::Table;

/// Hands the whole file to `piece`, about a megabyte at a time.
pub fn csv(table: &Table, context: &Context<'_>, piece: &mut dyn FnMut(&[u8])) {
    let mut text = String::new();
    record(&mut text, COLUMNS);
    for row in table.rows() {
        record(&mut text, context.values(&row));
        if text.len() >= PIECE_BYTES {
            piece(text.as_bytes());
            text.clear();
        }
    }
    piece(text.as_bytes());
}

fn record(text: &mut String, values: [&str; COLUMNS.len()]) {
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        field(text, value);
    }
    text.push_str("\r\n");
}

/// A value that holds a comma, a quote or a line break stands in quotes, and its quotes are doubled (RFC 4180 §2.6,
/// §2.7).
fn field(text: &mut String, value: &str) {
    if !value.contains([',', '"', '\r', '\n']) {
        text.push_str(value);
        return;
    }
    text.push('"');
    for (index, part) in value.split('"').enumerate() {
        text.push_str(if index > 0 { "\"\"" } else { "" });
        text.push_str(part);
    }
    text.push('"');
}
