//! Rows for this module's tests. In: nothing. Out: a table with every awkward character, and a file as a text.

use std::sync::LazyLock;

use super::{Context, ExportError, FileFormat, FileWriter, Rows};
use crate::model::device::DeviceRow;
use crate::secret::Secret;
use crate::table::Table;

static APPLY_IDS: LazyLock<[String; 2]> = LazyLock::new(|| ["9007199254740993".to_owned(), String::new()]);

/// The second batch has lost its ApplyId.
pub(super) fn context() -> Context<'static> {
    Context { product_key: "a1SimCloud1", apply_ids: APPLY_IDS.as_slice() }
}

/// Three rows, in batches 0, 1 and 1.
pub(super) fn table() -> Table {
    let mut table = Table::default();
    for (name, nickname, batch) in [("plain", "", 0), ("a,\"b\"\nc", "灯;1", 1), ("\"", "", 1)] {
        let row = DeviceRow {
            device_name: name.into(),
            device_secret: Secret::new("s1".into()),
            iot_id: "i1".into(),
            device_id: "d1".into(),
        };
        table.insert_with_nickname(batch, &row, nickname);
    }
    table
}

/// Writes a whole file at once.
pub(super) fn write(
    rows: &Rows<'_>,
    format: &mut dyn FileFormat,
    piece: &mut dyn FnMut(&[u8]),
) -> Result<(), ExportError> {
    let mut writer = FileWriter::new(rows.len());
    while let Some(bytes) = writer.next_piece(rows, format)? {
        piece(bytes);
    }
    Ok(())
}

/// The whole file.
pub(super) fn text(rows: &Rows<'_>, format: &mut dyn FileFormat) -> String {
    String::from_utf8(bytes(rows, format)).unwrap()
}

/// The whole file, of all rows of [`table`].
pub(super) fn text_of_all(format: &mut dyn FileFormat) -> String {
    text(&Rows::all(&table(), context()), format)
}

fn bytes(rows: &Rows<'_>, format: &mut dyn FileFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(rows, format, &mut |piece| bytes.extend(piece)).unwrap();
    bytes
}

/// The same, of a format that is no text.
#[cfg(feature = "exporter")]
pub(super) fn bytes_of_all(format: &mut dyn FileFormat) -> Vec<u8> {
    bytes(&Rows::all(&table(), context()), format)
}
