//! The sentences of a list of names, as every language has to provide them.

use provisioner_core::plan::NameRule;
use provisioner_core::plan::list::{ListReport, RowFault};

/// The list of names.
pub(in crate::page) struct NamesTexts {
    /// Label of the file.
    pub file: &'static str,
    /// What the file may be.
    pub file_hint: &'static str,
    /// Link to a file with a header and two rows.
    pub template: &'static str,
    /// Name of the template's file.
    pub template_name: &'static str,
    /// The template as an address: a CSV file with a header and two rows, whose byte order mark makes Excel read it as
    /// UTF-8.
    pub template_content: &'static str,
    /// The engine is at the list.
    pub checking: &'static str,
    /// A list that the field shows only the beginning of, and its rows once they are known; without a name it was pasted.
    pub kept: fn(name: &str, rows: Option<u32>) -> String,
    /// Button that removes it.
    pub remove: &'static str,
    /// Name of the choice of columns.
    pub columns: &'static str,
    /// Label of the column of DeviceNames.
    pub column_name: &'static str,
    /// Label of the column of nicknames.
    pub column_nickname: &'static str,
    /// No column.
    pub column_none: &'static str,
    /// A column: its number, and its title or first value.
    pub column: fn(number: u32, title: &str) -> String,
    /// Label of the box that says that the first row is no device.
    pub header: &'static str,
    /// Name of the list of faulty rows.
    pub rows_name: &'static str,
    /// How many rows have faults and warnings, and how many of them are on show.
    pub found: fn(&ListReport) -> String,
    /// Button that takes all suggestions.
    pub fix_all: &'static str,
    /// Button that leaves all rows on the list out.
    pub drop_all: &'static str,
    /// Button that saves them.
    pub save: &'static str,
    /// Line of a faulty row.
    pub row_line: fn(line: u32) -> String,
    /// The rule that it breaks, with `#` for its number and `%` for its character.
    pub rule: fn(&NameRule) -> &'static str,
    /// Name of the field with its correction.
    pub corrected: fn(&RowFault) -> String,
    /// Button that takes the correction.
    pub apply: &'static str,
    /// Button that leaves the row out.
    pub drop: &'static str,
    /// Title of the column that says why, in a file of faulty rows.
    pub reason: &'static str,
}
