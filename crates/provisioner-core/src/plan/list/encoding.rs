//! What the bytes of a file are. In: bytes. Out: their text, or who else can read them; and a text as bytes again.
//!
//! UTF-8 and UTF-16 are read here. Anything else that is text is GB18030 (and with it GBK and GB2312): the browser knows
//! its tables.

use serde::{Deserialize, Serialize};

/// Bytes that are looked at to tell UTF-16 without a byte order mark.
const SAMPLE_BYTES: usize = 1_000;

/// How a file's text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Marked,
    /// UTF-16, the low byte first, with a byte order mark, as Excel's "Unicode text".
    Utf16Le,
    /// UTF-16, the high byte first, with a byte order mark.
    Utf16Be,
    /// GB18030.
    Gb18030,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text.
    Text(String, Encoding),
    /// Text in GB18030, if it is text.
    Gb18030,
    /// A workbook of today's Excel (XLSX).
    Workbook,
    /// A workbook of Excel 97 to 2003 (XLS), or another OLE file.
    OldWorkbook,
    /// It claims an encoding that it does not keep to.
    Broken,
}

/// Tells what a file is by its bytes; its name plays no part.
#[must_use]
pub fn recognise(bytes: &[u8]) -> Content {
    let utf16 =
        |bytes: &[u8], encoding| utf16(bytes, encoding).map_or(Content::Broken, |text| Content::Text(text, encoding));
    match bytes {
        [b'P', b'K', 3, 4, ..] => Content::Workbook,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Content::OldWorkbook,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, Encoding::Utf16Be),
        [0xEF, 0xBB, 0xBF, rest @ ..] => match core::str::from_utf8(rest) {
            Ok(text) => Content::Text(text.to_owned(), Encoding::Utf8Marked),
            Err(_) => Content::Broken,
        },
        _ => match (unmarked_utf16(bytes), core::str::from_utf8(bytes)) {
            (Some(encoding), _) => utf16(bytes, encoding),
            (None, Ok(text)) => Content::Text(text.to_owned(), Encoding::Utf8),
            (None, Err(_)) => Content::Gb18030,
        },
    }
}

/// Text as bytes; none for GB18030, which only the browser can be asked about.
#[must_use]
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let marked = || core::iter::once(0xFEFF).chain(text.encode_utf16());
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf8Marked => Some(["\u{FEFF}", text].concat().into_bytes()),
        Encoding::Utf16Le => Some(marked().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Some(marked().flat_map(u16::to_be_bytes).collect()),
        Encoding::Gb18030 => None,
    }
}

/// Of names, commas and line ends in UTF-16 every other byte is nought; text never holds one otherwise.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let noughts = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    match (noughts(0), noughts(1)) {
        (0, 0) => None,
        (even, odd) if even > odd => Some(Encoding::Utf16Be),
        _ => Some(Encoding::Utf16Le),
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(pair),
        _ => u16::from_le_bytes(pair),
    });
    char::decode_utf16(units).collect::<Result<String, _>>().ok().filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_is_recognised_with_and_without_its_mark() {
        let text = "SN-1,客厅灯\r\n";
        for encoding in [Encoding::Utf8, Encoding::Utf8Marked, Encoding::Utf16Le, Encoding::Utf16Be] {
            let bytes = encode(text, encoding).unwrap();
            assert_eq!(recognise(&bytes), Content::Text(text.to_owned(), encoding));
            if matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be) {
                assert_eq!(recognise(&bytes[2..]), Content::Text(text.to_owned(), encoding), "without its mark");
            }
        }
        // "客厅灯" in GB2312.
        assert_eq!(recognise(&[b'S', b',', 0xBF, 0xCD, 0xCC, 0xFC, 0xB5, 0xC6]), Content::Gb18030);
    }

    #[test]
    fn what_is_no_text_is_called_what_it_is() {
        assert_eq!(recognise(b"PK\x03\x04rest"), Content::Workbook);
        assert_eq!(recognise(b"\xD0\xCF\x11\xE0rest"), Content::OldWorkbook);
        assert_eq!(recognise(b"\xEF\xBB\xBFSN\xFF"), Content::Broken);
        assert_eq!(recognise(b"\xFF\xFES\0N"), Content::Broken);
        assert_eq!(recognise(b""), Content::Text(String::new(), Encoding::Utf8));
    }
}
