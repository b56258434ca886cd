//! The table as files. In: rows in an order, a format. Out: bytes, piece by piece; names and columns as the
//! contract fixes them.
//!
//! A [`FileFormat`] says what stands before, for and behind the rows; [`FileWriter`] asks it row by row and hands out
//! pieces, so that whoever drives it can save each, show progress, or stop. What needs large libraries stands in
//! `heavy`, behind the cargo feature `exporter`, and is made in a program of its own: an [`Order`] says what is wanted,
//! rows cross in chunks ([`crossing`]), and what the run was is told in [`facts`].

pub mod audit;
mod audit_page;
pub mod crossing;
mod csv;
pub mod excel;
pub mod facts;
mod failed;
mod fault;
#[cfg(feature = "exporter")]
pub mod heavy;
mod json;
pub mod manifest;
pub mod nvs;
mod order;
pub mod template;
mod writer;

#[cfg(test)]
mod fixture;

pub use csv::{Csv, Delimiter};
pub use failed::{failed_csv, list_to_try};
pub use fault::{CheckFault, FileFault, LabelFault, LockFault};
pub use json::{Json, Ndjson};
pub use order::{DEVICE_FILES_MAX, Format, LABELS_MAX, Lock, NvsSettings, Order, Paper, XLSX_ROWS_MAX};
pub use writer::{ExportError, FileFormat, FileWriter};

use crate::table::{Row, Table};
use crate::time::WallTime;

/// The columns, in order.
pub const COLUMNS: [&str; 7] = ["ProductKey", "DeviceName", "DeviceSecret", "IotId", "DeviceId", "Nickname", "ApplyId"];

/// What stands beside the rows: the product, and the ApplyId of each batch (empty where there is none).
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// ProductKey.
    pub product_key: &'c str,
    /// ApplyId by index of the batch.
    pub apply_ids: &'c [String],
}

/// The rows that a file is made of, in its order.
#[derive(Clone, Copy)]
pub struct Rows<'r> {
    table: &'r Table,
    picked: Option<&'r [u32]>,
    context: Context<'r>,
}

impl<'r> Rows<'r> {
    /// All rows, as they came.
    #[must_use]
    pub fn all(table: &'r Table, context: Context<'r>) -> Self {
        Self { table, picked: None, context }
    }

    /// The rows with these indices in the table, in this order.
    #[must_use]
    pub fn picked(table: &'r Table, indices: &'r [u32], context: Context<'r>) -> Self {
        Self { table, picked: Some(indices), context }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.picked.map_or_else(
            || self.table.len(),
            |indices| u32::try_from(indices.len()).expect("no more than there are rows"),
        )
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at a position below [`Rows::len`].
    #[must_use]
    pub fn record(&self, position: u32) -> Record<'r> {
        let row = self.table.row(self.picked.map_or(position, |indices| indices[position as usize]));
        let apply_id = self.context.apply_ids.get(row.batch as usize).map_or("", String::as_str);
        Record { number: position + 1, product_key: self.context.product_key, row, apply_id }
    }

    /// All rows, in order.
    pub fn records(&self) -> impl Iterator<Item = Record<'r>> + use<'r> {
        let rows = *self;
        (0..rows.len()).map(move |position| rows.record(position))
    }
}

/// A row with what stands beside it.
#[derive(Clone, Copy)]
pub struct Record<'r> {
    /// Its place in the file, from 1.
    pub number: u32,
    /// ProductKey.
    pub product_key: &'r str,
    /// The device's own values.
    pub row: Row<'r>,
    /// ApplyId of its batch, may be empty.
    pub apply_id: &'r str,
}

impl<'r> Record<'r> {
    /// The values in the order of [`COLUMNS`].
    #[must_use]
    pub fn values(&self) -> [&'r str; COLUMNS.len()] {
        let row = self.row;
        [self.product_key, row.device_name, row.device_secret, row.iot_id, row.device_id, row.nickname, self.apply_id]
    }
}

/// `iot-devices_{ProductKey}_{count}_{YYYYMMDDTHHMMSSZ}.{extension}`.
#[must_use]
pub fn file_name(product_key: &str, rows: u32, at: WallTime, extension: &str) -> String {
    format!("iot-devices_{product_key}_{rows}_{}.{extension}", at.compact())
}

/// `NAME_failed.csv`, for the run whose rows stand in `NAME.EXT`.
#[must_use]
pub fn failed_name(product_key: &str, rows: u32, at: WallTime) -> String {
    file_name(product_key, rows, at, "csv").replace(".csv", "_failed.csv")
}

#[cfg(test)]
mod tests {
    use super::fixture::{context, table};
    use super::*;

    #[test]
    fn a_file_is_named_by_product_count_and_time() {
        let at = WallTime(1_456_231_584_000);
        assert_eq!(file_name("a1SimCloud1", 100, at, "csv"), "iot-devices_a1SimCloud1_100_20160223T124624Z.csv");
        assert_eq!(failed_name("a1SimCloud1", 7, at), "iot-devices_a1SimCloud1_7_20160223T124624Z_failed.csv");
    }

    #[test]
    fn rows_that_are_picked_stand_in_their_order_and_are_numbered_in_it() {
        let table = table();
        let rows = Rows::picked(&table, &[2, 0], context());
        let named: Vec<_> = rows.records().map(|record| (record.number, record.row.device_name)).collect();
        assert_eq!(named, [(1, "\""), (2, "plain")]);
        assert_eq!(Rows::all(&table, context()).len(), 3);
    }
}
