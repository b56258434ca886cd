//! XLSX, every cell a text, so that Excel changes nothing. In: rows. Out: the file, which its library holds in memory
//! until the end: one piece. Measured: 1.6 kB of memory a row while it is made, 103 bytes a row in the file.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::super::{COLUMNS, ExportError, FileFormat, Record};
use crate::time::WallTime;

/// Characters that a column is wide, in the order of [`COLUMNS`].
const WIDTHS: [f64; COLUMNS.len()] = [14.0, 24.0, 36.0, 34.0, 24.0, 20.0, 20.0];

/// A workbook of one sheet.
pub struct Xlsx {
    workbook: Workbook,
    sheet: Worksheet,
    text: Format,
}

impl Xlsx {
    /// An empty sheet, `Devices`, with the contract's columns. The time becomes the workbook's creation time.
    pub fn new(created_at: WallTime) -> Result<Self, ExportError> {
        let seconds = i64::try_from(created_at.0 / 1_000).unwrap_or(i64::MAX);
        let created = ExcelDateTime::from_timestamp(seconds).map_err(failed)?;
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let mut sheet = Worksheet::new();
        // The number format `Text`: a cell stays a text also when somebody edits it.
        let text = Format::new().set_num_format("@");
        header(&mut sheet, &text).map_err(failed)?;
        Ok(Self { workbook, sheet, text })
    }
}

fn header(sheet: &mut Worksheet, text: &Format) -> Result<(), XlsxError> {
    sheet.set_name("Devices")?.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for ((column, name), width) in (0..).zip(COLUMNS).zip(WIDTHS) {
        sheet.set_column_width(column, width)?.set_column_format(column, text)?;
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    Ok(())
}

fn failed(error: XlsxError) -> ExportError {
    ExportError::Failed(error.to_string())
}

impl FileFormat for Xlsx {
    fn record(&mut self, record: &Record<'_>, _: &mut Vec<u8>) -> Result<(), ExportError> {
        for (column, value) in (0..).zip(record.values()) {
            // An empty text would be written as a cell of its own.
            if !value.is_empty() {
                let written = self.sheet.write_string_with_format(record.number, column, value, &self.text);
                written.map_err(|error| ExportError::Unfit { number: record.number, reason: error.to_string() })?;
            }
        }
        Ok(())
    }

    fn close(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        self.workbook.push_worksheet(core::mem::take(&mut self.sheet));
        out.append(&mut self.workbook.save_to_buffer().map_err(failed)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx as Reader};

    use super::super::super::fixture::bytes_of_all;
    use super::*;

    #[test]
    fn another_reader_finds_a_header_and_nothing_but_texts() {
        let bytes = bytes_of_all(&mut Xlsx::new(WallTime(1_456_231_584_000)).unwrap());
        let mut workbook: Reader<_> = Reader::new(Cursor::new(bytes)).unwrap();
        let sheet = workbook.worksheet_range("Devices").unwrap();
        let row = |number: usize| sheet.rows().nth(number).unwrap().to_vec();
        let text = |text: &str| Data::String(text.to_owned());
        assert_eq!(row(0), COLUMNS.map(text));
        assert_eq!(row(1)[..5], ["a1SimCloud1", "plain", "s1", "i1", "d1"].map(text));
        assert_eq!((row(1)[5].clone(), row(1)[6].clone()), (Data::Empty, text("9007199254740993")));
        assert_eq!((row(2)[1].clone(), row(2)[5].clone()), (text("a,\"b\"\nc"), text("灯;1")));
        assert_eq!(sheet.rows().count(), 4);
    }
}
