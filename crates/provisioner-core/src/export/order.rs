//! The file that is wanted: plain data from the page, through the engine, to whoever makes it. What a format is called
//! and how many rows it bears stands here alone.

use serde::{Deserialize, Serialize};
use zeroize::Zeroize as _;

use super::manifest::beside;
use super::{Csv, Delimiter, ExportError, FileFormat, Json, Ndjson, file_name};
use crate::time::WallTime;

/// Rows in an XLSX file: while one is made each row takes 1.6 kB of memory (measured), and a tab bears some hundred
/// megabytes. Excel itself ends at 1,048,576 ("Excel specifications and limits", support.microsoft.com).
pub const XLSX_ROWS_MAX: u32 = 200_000;
/// Devices in an archive of files of their own. Ten times as many files are more than most programs that unpack them
/// bear.
pub const DEVICE_FILES_MAX: u32 = 100_000;
/// Labels in a document: each is a picture of some kilobytes that a browser has to lay out.
pub const LABELS_MAX: u32 = 10_000;

/// A file that is wanted.
#[derive(Serialize, Deserialize)]
pub struct Order {
    /// What rows become.
    pub format: Format,
    /// What the file is encrypted with; plain without.
    pub lock: Option<Lock>,
    /// Only the rows that the table shows, in its order; else all, as they came.
    pub only_shown: bool,
}

/// What rows become. Without `Debug`, since settings may hold a secret.
#[derive(Serialize, Deserialize)]
pub enum Format {
    /// RFC 4180 with the contract's columns.
    Csv {
        /// What stands between two values.
        delimiter: Delimiter,
        /// Begins with U+FEFF, by which Excel knows UTF-8.
        byte_order_mark: bool,
        /// Values that Excel would change get an apostrophe before them.
        for_excel: bool,
    },
    /// An array of objects.
    Json,
    /// An object a line.
    Ndjson,
    /// A workbook of text cells.
    Xlsx,
    /// The values file of Espressif's mass manufacturing utility; its config file stands beside it.
    NvsCsv(NvsSettings),
    /// A text of the user's own for each row.
    Template(String),
    /// Files of each device's own, in a ZIP archive.
    DeviceFiles {
        /// With `json/NAME.json`.
        json: bool,
        /// With `h/NAME.h`.
        c_header: bool,
        /// With `nvs/NAME.csv`.
        nvs: Option<NvsSettings>,
    },
    /// Labels with QR codes, as a document to be printed.
    Labels {
        /// What they are printed on.
        paper: Paper,
        /// Whether the DeviceSecret is in the codes.
        with_secret: bool,
    },
    /// The run's record, without rows and secrets, as JSON.
    AuditJson,
    /// The same as a document to be printed.
    AuditPage,
}

/// What Espressif's tools are told beside the rows. Wiped when dropped.
#[derive(Serialize, Deserialize)]
pub struct NvsSettings {
    /// The namespace of the keys.
    pub namespace: String,
    /// ProductSecret; empty for none.
    pub product_secret: String,
}

impl Drop for NvsSettings {
    fn drop(&mut self) {
        self.product_secret.zeroize();
    }
}

/// What a file is encrypted with. Wiped when dropped.
#[derive(Serialize, Deserialize)]
pub enum Lock {
    /// This passphrase.
    Passphrase(String),
    /// For these recipients, one `age1…` a line.
    Recipients(String),
}

impl Drop for Lock {
    fn drop(&mut self) {
        let (Self::Passphrase(text) | Self::Recipients(text)) = self;
        text.zeroize();
    }
}

/// What labels are printed on; lengths in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Paper {
    /// Sheets of A4 with a grid of labels.
    A4 {
        /// Labels in a row.
        columns: u32,
        /// Rows of labels.
        rows: u32,
        /// From the page's upper and lower edge to the labels.
        margin_y_mm: f64,
        /// From the page's left and right edge to the labels.
        margin_x_mm: f64,
        /// Between two labels, both ways.
        gap_mm: f64,
    },
    /// A roll of labels, one after the other, as thermal printers have.
    Roll {
        /// A label's width.
        width_mm: f64,
        /// A label's height.
        height_mm: f64,
    },
}

impl Order {
    /// What the file is called: [`file_name`], or `NAME_audit.EXT` beside the file of all rows.
    #[must_use]
    pub fn file_name(&self, product_key: &str, rows: u32, at: WallTime) -> String {
        let extension = [self.format.extension(), if self.lock.is_some() { ".age" } else { "" }].concat();
        let name = file_name(product_key, rows, at, &extension);
        if self.format.is_record() { beside(&name, &["audit.", &extension].concat()) } else { name }
    }

    /// The media type.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        if self.lock.is_some() {
            return "application/octet-stream";
        }
        match self.format {
            Format::Csv { .. } | Format::NvsCsv(_) => "text/csv;charset=utf-8",
            Format::Json | Format::AuditJson => "application/json",
            Format::Ndjson => "application/x-ndjson",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Template(_) => "text/plain;charset=utf-8",
            Format::DeviceFiles { .. } => "application/zip",
            Format::Labels { .. } | Format::AuditPage => "text/html;charset=utf-8",
        }
    }

    /// Refuses more rows than the format bears, before anything is written.
    ///
    /// # Errors
    /// [`ExportError::TooManyRows`].
    pub fn admit(&self, rows: u32) -> Result<(), ExportError> {
        let rows_max = self.format.rows_max();
        if rows > rows_max { Err(ExportError::TooManyRows { rows, rows_max }) } else { Ok(()) }
    }

    /// What writes it, where that needs no large library; those formats are at hand when nothing can be loaded.
    #[must_use]
    pub fn light(&self) -> Option<Box<dyn FileFormat>> {
        match self.format {
            _ if self.lock.is_some() => None,
            Format::Csv { delimiter, byte_order_mark, for_excel: false } => {
                Some(Box::new(Csv::for_machines(delimiter, byte_order_mark)))
            }
            Format::Json => Some(Box::new(Json)),
            Format::Ndjson => Some(Box::new(Ndjson)),
            _ => None,
        }
    }
}

impl Format {
    /// The file name's extension, without the dot before.
    #[must_use]
    pub fn extension(&self) -> &'static str {
        match self {
            Self::Csv { .. } | Self::NvsCsv(_) => "csv",
            Self::Json | Self::AuditJson => "json",
            Self::Ndjson => "ndjson",
            Self::Xlsx => "xlsx",
            Self::Template(_) => "txt",
            Self::DeviceFiles { .. } => "zip",
            Self::Labels { .. } | Self::AuditPage => "html",
        }
    }

    /// Rows that the file bears.
    #[must_use]
    pub fn rows_max(&self) -> u32 {
        match self {
            Self::Xlsx => XLSX_ROWS_MAX,
            Self::DeviceFiles { .. } => DEVICE_FILES_MAX,
            Self::Labels { .. } => LABELS_MAX,
            _ => u32::MAX,
        }
    }

    /// Whether it is about the run and has no rows.
    #[must_use]
    pub fn is_record(&self) -> bool {
        matches!(self, Self::AuditJson | Self::AuditPage)
    }

    /// Whether every row's DeviceSecret is in it, so that the table need not be kept for its sake. Of a template that
    /// is taken for granted where the field's name stands in it.
    #[must_use]
    pub fn holds_secrets(&self) -> bool {
        match self {
            Self::AuditJson | Self::AuditPage => false,
            Self::Labels { with_secret, .. } => *with_secret,
            Self::Template(text) => text.contains("DeviceSecret"),
            Self::DeviceFiles { json, c_header, nvs } => *json || *c_header || nvs.is_some(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(format: Format, lock: Option<Lock>) -> Order {
        Order { format, lock, only_shown: false }
    }

    fn locked(format: Format) -> Order {
        order(format, Some(Lock::Passphrase("p".to_owned())))
    }

    #[test]
    fn a_files_name_tells_what_is_inside() {
        let name = |order: Order| order.file_name("a1", 5, WallTime(1_456_231_584_000));
        assert_eq!(name(order(Format::Ndjson, None)), "iot-devices_a1_5_20160223T124624Z.ndjson");
        assert_eq!(name(locked(Format::Xlsx)), "iot-devices_a1_5_20160223T124624Z.xlsx.age");
        assert_eq!(name(locked(Format::AuditPage)), "iot-devices_a1_5_20160223T124624Z_audit.html.age");
        assert_eq!(locked(Format::Xlsx).media_type(), "application/octet-stream");
    }

    #[test]
    fn plain_texts_for_programs_need_nothing_loaded_and_everything_else_does() {
        let csv = |for_excel| Format::Csv { delimiter: Delimiter::Tab, byte_order_mark: false, for_excel };
        assert!(order(csv(false), None).light().is_some());
        assert!(order(Format::Json, None).light().is_some());
        assert!(order(Format::Ndjson, None).light().is_some());
        for order in [order(csv(true), None), locked(csv(false)), locked(Format::Json), order(Format::Xlsx, None)] {
            assert!(order.light().is_none());
        }
    }

    #[test]
    fn more_rows_than_a_format_bears_are_refused() {
        let (rows, rows_max) = (XLSX_ROWS_MAX + 1, XLSX_ROWS_MAX);
        assert_eq!(locked(Format::Xlsx).admit(rows), Err(ExportError::TooManyRows { rows, rows_max }));
        assert_eq!(locked(Format::Xlsx).admit(rows_max), Ok(()));
        assert_eq!(order(Format::Json, None).admit(u32::MAX), Ok(()));
    }

    #[test]
    fn labels_and_records_without_secrets_do_not_count_as_the_tables_copy() {
        let labels =
            |with_secret| Format::Labels { paper: Paper::Roll { width_mm: 50.0, height_mm: 30.0 }, with_secret };
        assert!(!labels(false).holds_secrets() && labels(true).holds_secrets());
        assert!(!Format::AuditPage.holds_secrets() && Format::AuditPage.is_record());
        assert!(!Format::Template("{{DeviceName}}".to_owned()).holds_secrets());
        assert!(Format::Xlsx.holds_secrets() && !Format::Xlsx.is_record());
    }
}
