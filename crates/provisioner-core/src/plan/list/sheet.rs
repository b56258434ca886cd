//! The cells of a list. In: its text. Out: rows of cells, each with its line; blank rows are left out.

use core::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::super::DEVICES_PER_RUN_MAX;
use super::super::parse::is_invisible;

/// Lines that are looked at to find out what stands between two cells.
const SAMPLE_LINES: usize = 100;

/// Rows that are read: one more than a run takes, and a header.
const ROWS_MAX: usize = DEVICES_PER_RUN_MAX as usize + 2;

/// Rows of cells.
#[derive(Debug)]
pub(super) struct Sheet {
    /// What stands between two cells.
    pub delimiter: char,
    /// All cells, one after the other.
    text: String,
    /// Where each of them ends in `text`.
    ends: Vec<u32>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    line: u32,
    /// Its first cell's place in `ends`; the next row's is where it ends.
    first: u32,
}

impl Sheet {
    /// Reads a text as CSV (RFC 4180) with a comma, a semicolon or a tab, whichever most lines hold.
    pub(super) fn read(text: &str) -> Self {
        let delimiter = delimiter(text);
        let mut reader = ReaderBuilder::new().delimiter(delimiter as u8).build();
        let bytes = text.strip_prefix('\u{FEFF}').unwrap_or(text).as_bytes();
        // Cells are never longer than what they are read from; one byte more, since a full buffer ends the reading.
        let mut cells = vec![0; bytes.len() + 1];
        let mut sheet = Self { delimiter, text: String::new(), ends: Vec::new(), rows: Vec::new() };
        let (mut at, mut written, mut line) = (0, 0, 1);
        while sheet.rows.len() < ROWS_MAX {
            while let Some(b'\r' | b'\n') = bytes.get(at) {
                line += u32::from(bytes[at] == b'\n');
                at += 1;
            }
            if at == bytes.len() {
                break;
            }
            reader.reset();
            let (row, row_starts_at) = (Row { line, first: count(sheet.ends.len()) }, written);
            loop {
                let (result, read, wrote) = reader.read_field(&bytes[at..], &mut cells[written..]);
                line += count(bytes[at..at + read].iter().filter(|&&byte| byte == b'\n').count());
                (at, written) = (at + read, written + wrote);
                match result {
                    // The next call is told that nothing more comes.
                    ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                    ReadFieldResult::Field { record_end } => {
                        sheet.ends.push(count(written));
                        if record_end {
                            break;
                        }
                    }
                    ReadFieldResult::End => break,
                }
            }
            if core::str::from_utf8(&cells[row_starts_at..written]).is_ok_and(is_blank) {
                sheet.ends.truncate(row.first as usize);
                written = row_starts_at;
            } else {
                sheet.rows.push(row);
            }
        }
        cells.truncate(written);
        sheet.text = String::from_utf8(cells).expect("cells of a text, cut at ASCII characters, are text");
        sheet
    }

    /// Number of rows.
    pub(super) fn len(&self) -> u32 {
        count(self.rows.len())
    }

    /// A row's line, counted from 1.
    pub(super) fn line(&self, row: u32) -> u32 {
        self.rows[row as usize].line
    }

    /// The row at this line.
    pub(super) fn row_at(&self, line: u32) -> Option<u32> {
        self.rows.binary_search_by_key(&line, |row| row.line).ok().map(count)
    }

    /// Cells of a row, as they stand there.
    pub(super) fn cells(&self, row: u32) -> impl Iterator<Item = &str> {
        self.places(row).map(|place| self.at(place))
    }

    /// A cell without what cannot be seen around it and without quotes; empty where the row has none.
    pub(super) fn cell(&self, row: u32, column: u32) -> &str {
        let mut places = self.places(row);
        places.nth(column as usize).map_or("", |place| bare(self.at(place)))
    }

    /// Cells of a row up to the last one that is not blank.
    pub(super) fn width(&self, row: u32) -> u32 {
        let places = self.places(row);
        let start = places.start;
        places.rev().find(|&place| !is_blank(self.at(place))).map_or(0, |last| count(last + 1 - start))
    }

    fn places(&self, row: u32) -> Range<usize> {
        let next = self.rows.get(row as usize + 1).map_or(self.ends.len(), |next| next.first as usize);
        self.rows[row as usize].first as usize..next
    }

    fn at(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[place] as usize]
    }
}

/// A file has at most 100 MB, and text that crosses from the page less than 4 GB.
pub(super) fn count(value: usize) -> u32 {
    u32::try_from(value).expect("a list is shorter than 4 GB")
}

fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// What stands in a cell, without what cannot be seen around it. Quotes behind a blank are none to a CSV reader.
pub(super) fn bare(cell: &str) -> &str {
    let cell = cell.trim_matches(is_invisible);
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or(cell, |inner| inner.trim_matches(is_invisible))
}

fn delimiter(text: &str) -> char {
    let sample = || text.lines().filter(|line| !is_blank(line)).take(SAMPLE_LINES);
    let lines_with = |delimiter: char| sample().filter(|line| line.contains(delimiter)).count();
    // Of equals the last one is taken.
    [';', '\t', ','].into_iter().max_by_key(|&delimiter| lines_with(delimiter)).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let sheet = Sheet::read(text);
        let row = |row| (sheet.line(row), (0..sheet.width(row)).map(|column| sheet.cell(row, column).into()).collect());
        (0..sheet.len()).map(row).collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|&cell| cell.to_owned()).collect())
    }

    #[test]
    fn a_comma_a_semicolon_or_a_tab_is_told_by_what_most_lines_hold() {
        for delimiter in [",", ";", "\t"] {
            let text = ["DeviceName", "Nickname\r\nSN-1", "a,b;c\r\nSN-2"].join(delimiter);
            let read = Sheet::read(&text);
            assert_eq!(read.delimiter.to_string(), delimiter);
        }
        assert_eq!(rows("SN-1\nSN-2"), [row(1, &["SN-1"]), row(2, &["SN-2"])]);
    }

    #[test]
    fn quotes_are_taken_off_and_lines_are_counted_through_them_and_through_blank_rows() {
        let text = "\u{FEFF}a,\"x,\"\"y\"\"\nz\",\r\n\r\n,,\r\n \"b\" ,\u{200B}c\u{A0}\n\"d\"";
        assert_eq!(rows(text), [row(1, &["a", "x,\"y\"\nz"]), row(5, &["b", "c"]), row(6, &["d"])]);
        assert_eq!(rows("a\n\"b\nc\nd"), [row(1, &["a"]), row(2, &["b\nc\nd"])]);
        assert_eq!(rows(" \n,,\t\n"), []);
    }

    #[test]
    fn a_row_is_found_by_its_line() {
        let sheet = Sheet::read("a\n\nb\n");
        assert_eq!([1, 2, 3, 4].map(|line| sheet.row_at(line)), [Some(0), None, Some(1), None]);
    }
}
