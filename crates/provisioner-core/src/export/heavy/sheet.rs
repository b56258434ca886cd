//! A workbook read: its first sheet that holds something. In: the bytes of an XLSX file. Out: its cells as CSV, each row on
//! the line of its own number.
//!
//! A number of more than 15 digits has lost some (Excel keeps 15: support.microsoft.com, "Excel specifications and
//! limits"), so it is written as Excel shows it, `8.6E+14`, which no DeviceName can be; and what Excel took for a date is
//! written as one, with slashes.

use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx, XlsxError};

/// The least whole number that has more digits than Excel keeps.
const NUMBER_LIMIT: f64 = 1e15;

/// The cells.
///
/// # Errors
/// What the reader says: it is no workbook, damaged, or protected by a password.
pub fn csv(bytes: &[u8]) -> Result<String, XlsxError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name)?;
        if !range.is_empty() {
            return Ok(lines(&range));
        }
    }
    Ok(String::new())
}

fn lines(range: &Range<Data>) -> String {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut text = "\r\n".repeat(first_row as usize);
    for row in range.rows() {
        text += &",".repeat(first_column as usize);
        for cell in row {
            // A comma behind each, the last one too, so that the text cannot be taken for one with another delimiter.
            text.extend(["\"", &shown(cell).replace('"', "\"\"").replace(['\r', '\n'], " "), "\","]);
        }
        text += "\r\n";
    }
    text
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(number) => of_number(*number),
        // Larger ones came as floats.
        Data::Int(number) => number.to_string(),
        Data::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year}/{month}/{day}")
        }
        other => other.to_string(),
    }
}

fn of_number(number: f64) -> String {
    if number.abs() < NUMBER_LIMIT { number.to_string() } else { format!("{number:E}").replace('E', "E+") }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;
    use crate::plan::NameRule;
    use crate::plan::list::{Encoding, List};

    fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        fill(workbook.add_worksheet());
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn cells_keep_their_row_and_column_and_numbers_their_digits_as_far_as_excel_does() {
        let bytes = workbook(|sheet| {
            sheet.write_string(1, 1, "设备名称").unwrap().write_string(1, 2, "Nick\nname").unwrap();
            sheet.write_string(3, 1, "a,\"b\";c").unwrap();
            sheet.write_number(4, 1, 860_000_000_000_000.0).unwrap();
            sheet.write_number(5, 1, 8.600_000_000_000_001e15).unwrap();
            let date = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_number_with_format(6, 1, 45_000.0, &date).unwrap();
        });
        let expected = "\r\n,\"设备名称\",\"Nick name\",\r\n,\"\",\"\",\r\n,\"a,\"\"b\"\";c\",\"\",\r\n\
                        ,\"860000000000000\",\"\",\r\n,\"8.600000000000001E+15\",\"\",\r\n,\"2023/3/15\",\"\",\r\n";
        assert_eq!(csv(&bytes).unwrap(), expected);
        assert!(csv(b"PK\x03\x04 no workbook").is_err());
    }

    #[test]
    fn a_number_that_excel_has_shortened_is_a_fault_in_the_row_where_it_stands() {
        let bytes = workbook(|sheet| {
            sheet.write_string(0, 0, "DeviceName").unwrap();
            sheet.write_number(1, 0, 123_456_789_012_345.0).unwrap();
            sheet.write_number(2, 0, 12_345_678_901_234_567_000.0).unwrap();
        });
        let report = List::read(&csv(&bytes).unwrap(), Encoding::default()).report();
        let fault = &report.faults[0];
        assert_eq!((report.rows, report.faulty, fault.line, &fault.rule), (2, 1, 3, &NameRule::Shortened));
        assert_eq!(report.first, "123456789012345");
    }
}
