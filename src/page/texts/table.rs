//! The sentences of the credential table, as every language has to provide them.

use crate::page::choice::Column;
use crate::protocol::{Copied, Look};

/// The credential table.
pub(in crate::page) struct TableTexts {
    /// Heading.
    pub heading: fn(rows: u32) -> String,
    /// Name of the scrolling box.
    pub name: &'static str,
    /// Header of the row numbers.
    pub row: &'static str,
    /// Header of a column.
    pub column: fn(Column) -> &'static str,
    /// Header of the buttons.
    pub actions: &'static str,
    /// Button: show the secret.
    pub reveal: &'static str,
    /// Button: hide it again.
    pub mask: &'static str,
    /// What stands for a masked secret when it is read out.
    pub masked: &'static str,
    /// Status of a row that a file holds.
    pub saved: &'static str,
    /// Status of a row that none holds.
    pub unsaved: &'static str,
    /// Label of the filter.
    pub filter: &'static str,
    /// Label of the filter while devices that failed are on show.
    pub filter_failed: &'static str,
    /// Button that empties it.
    pub filter_clear: &'static str,
    /// Rows that are on show, of all.
    pub count: fn(rows: u32, of: u32) -> String,
    /// Devices that failed that are on show, of all.
    pub count_failed: fn(devices: u32, of: u32) -> String,
    /// Button: those that failed, instead of those that are there.
    pub show_failed: fn(u32) -> String,
    /// While the engine sorts.
    pub sorting: &'static str,
    /// While the engine searches.
    pub searching: &'static str,
    /// Said when the table is sorted or filtered otherwise.
    pub looked: fn(&Look, rows: u32, of: u32) -> String,
    /// In place of rows that the filter lets through.
    pub none: &'static str,
    /// Which columns, and how high a row.
    pub columns: &'static str,
    /// Choice: low rows.
    pub compact: &'static str,
    /// Label of what is copied of a row.
    pub copied: &'static str,
    /// What is copied.
    pub copied_name: fn(Copied) -> &'static str,
    /// That of one device.
    pub of_device: fn(Copied, device: &str) -> String,
    /// That of so many rows.
    pub of_rows: fn(Copied, rows: u32) -> String,
    /// Button that copies it of all rows on show.
    pub copy_rows: fn(rows: u32) -> String,
    /// In its place where there are more than may be copied at once.
    pub copy_too_many: fn(most: u32) -> String,
    /// Asked before secrets are copied.
    pub copy_ask: fn(rows: u32) -> String,
    /// Button that copies after that question.
    pub copy_sure: &'static str,
    /// Button that does not.
    pub copy_not: &'static str,
    /// Below the table: what the buttons and keys do.
    pub hint: &'static str,
}
