//! CSV: RFC 4180, UTF-8, CRLF. For machines the values are unchanged; for Excel those that it would change are marked.
//!
//! The quoting is ours: the writers of `csv` and `csv-core` try to read each value as a float, for a quote style that
//! nobody asked for, and with it comes a twelfth of the engine's size.

use serde::{Deserialize, Serialize};

use super::{COLUMNS, ExportError, FileFormat, Record, excel};

/// What stands between two values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delimiter {
    /// As RFC 4180 has it.
    #[default]
    Comma,
    /// As Excel expects it where the comma is the decimal sign.
    Semicolon,
    /// A tab.
    Tab,
}

impl Delimiter {
    fn sign(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// A CSV file with the contract's columns.
#[derive(Clone, Copy, Default)]
pub struct Csv {
    delimiter: Delimiter,
    byte_order_mark: bool,
    /// Which values get an apostrophe before them. A function, so that a program that writes for machines alone does
    /// not carry the rules of Excel.
    is_marked: Option<fn(&str) -> bool>,
}

impl Csv {
    /// Values as they are. Some readers take a byte order mark for a part of the first column's name.
    #[must_use]
    pub fn for_machines(delimiter: Delimiter, byte_order_mark: bool) -> Self {
        Self { delimiter, byte_order_mark, is_marked: None }
    }

    /// A value that Excel would turn into a number, a date or a formula gets an apostrophe before it, which stays
    /// visible: to be looked at, not to be read by a program. The byte order mark makes Excel read UTF-8.
    #[must_use]
    pub fn for_excel(delimiter: Delimiter, byte_order_mark: bool) -> Self {
        Self { delimiter, byte_order_mark, is_marked: Some(|value| excel::hazard(value).is_some()) }
    }

    fn line(&self, out: &mut Vec<u8>, values: [&str; COLUMNS.len()]) {
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                out.push(self.delimiter.sign());
            }
            let mark = if self.is_marked.is_some_and(|is_marked| is_marked(value)) { "'" } else { "" };
            field(out, self.delimiter.sign(), mark, value);
        }
        out.extend(b"\r\n");
    }
}

impl FileFormat for Csv {
    fn open(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        if self.byte_order_mark {
            out.extend("\u{feff}".as_bytes());
        }
        self.line(out, COLUMNS);
        Ok(())
    }

    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        self.line(out, record.values());
        Ok(())
    }
}

/// A value that holds a delimiter, a quote or a line break stands in quotes, and its quotes are doubled (RFC 4180 §2.6,
/// §2.7).
pub(super) fn field(out: &mut Vec<u8>, delimiter: u8, mark: &str, value: &str) {
    if !value.bytes().any(|byte| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n')) {
        out.extend(mark.as_bytes());
        out.extend(value.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend(mark.as_bytes());
    for byte in value.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::super::fixture::text_of_all;
    use super::*;

    #[test]
    fn csv_for_machines_is_rfc_4180_with_the_contracts_header() {
        assert_eq!(
            text_of_all(&mut Csv::default()),
            "ProductKey,DeviceName,DeviceSecret,IotId,DeviceId,Nickname,ApplyId\r\n\
             a1SimCloud1,plain,s1,i1,d1,,9007199254740993\r\n\
             a1SimCloud1,\"a,\"\"b\"\"\nc\",s1,i1,d1,灯;1,\r\n\
             a1SimCloud1,\"\"\"\",s1,i1,d1,,\r\n"
        );
    }

    #[test]
    fn csv_for_excel_marks_what_excel_would_change_and_nothing_else() {
        let whole = text_of_all(&mut Csv::for_excel(Delimiter::Semicolon, true));
        assert_eq!(
            whole.lines().next(),
            Some("\u{feff}ProductKey;DeviceName;DeviceSecret;IotId;DeviceId;Nickname;ApplyId")
        );
        assert_eq!(whole.lines().nth(1), Some("a1SimCloud1;plain;s1;i1;d1;;'9007199254740993"));
        assert!(whole.contains("c\";s1;i1;d1;\"灯;1\";\r\n"), "{whole}");
    }

    #[test]
    fn every_delimiter_comes_back_through_another_reader() {
        for (delimiter, sign) in [(Delimiter::Comma, b','), (Delimiter::Semicolon, b';'), (Delimiter::Tab, b'\t')] {
            let whole = text_of_all(&mut Csv::for_machines(delimiter, false));
            let mut reader =
                ::csv::ReaderBuilder::new().delimiter(sign).has_headers(false).from_reader(whole.as_bytes());
            let lines: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().unwrap();
            assert_eq!(lines[0], COLUMNS);
            assert_eq!(lines[2][1], "a,\"b\"\nc");
            assert_eq!((lines.len(), lines[2][5].as_str(), lines[3][1].as_str()), (4, "灯;1", "\""));
        }
    }
}
