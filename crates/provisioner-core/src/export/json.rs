//! JSON: an array of objects, one line each, keys as the CSV's columns, every value a text.

use super::{COLUMNS, Context, PIECE_BYTES};
use crate::table::Table;

/// Hands the whole file to `piece`, about a megabyte at a time.
pub fn json(table: &Table, context: &Context<'_>, piece: &mut dyn FnMut(&[u8])) {
    let mut bytes = String::from("[");
    for (index, row) in table.rows().enumerate() {
        bytes.push_str(if index == 0 { "\n{" } else { ",\n{" });
        for (position, (name, value)) in COLUMNS.into_iter().zip(context.values(&row)).enumerate() {
            if position > 0 {
                bytes.push(',');
            }
            bytes.push('"');
            bytes.push_str(name);
            bytes.push_str("\":");
            bytes.push_str(&serde_json::to_string(value).expect("a text can be written as JSON"));
        }
        bytes.push('}');
        if bytes.len() >= PIECE_BYTES {
            piece(bytes.as_bytes());
            bytes.clear();
        }
    }
    bytes.push_str("\n]\n");
    piece(bytes.as_bytes());
}
