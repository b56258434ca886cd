//! JSON and NDJSON: an object a row, keys as the CSV's columns, every value a text. JSON is an array, one line each.

use super::{COLUMNS, ExportError, FileFormat, Record};

/// An array of objects.
#[derive(Clone, Copy, Default)]
pub struct Json;

impl FileFormat for Json {
    fn open(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.push(b'[');
        Ok(())
    }

    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.extend(if record.number == 1 { "\n".as_bytes() } else { b",\n" });
        object(record, out);
        Ok(())
    }

    fn close(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.extend(b"\n]\n");
        Ok(())
    }
}

/// An object a line.
#[derive(Clone, Copy, Default)]
pub struct Ndjson;

impl FileFormat for Ndjson {
    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        object(record, out);
        out.push(b'\n');
        Ok(())
    }
}

/// One row as an object, without a line break.
pub(super) fn object(record: &Record<'_>, out: &mut Vec<u8>) {
    for (index, (name, value)) in COLUMNS.into_iter().zip(record.values()).enumerate() {
        out.extend(if index == 0 { "{\"".as_bytes() } else { b",\"" });
        out.extend(name.as_bytes());
        out.extend(b"\":");
        text(value, out);
    }
    out.push(b'}');
}

/// A value in quotes. One without anything to escape is not copied on its way: it may be a secret.
fn text(value: &str, out: &mut Vec<u8>) {
    if value.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        out.extend(serde_json::to_string(value).expect("a text can be written as JSON").as_bytes());
    } else {
        out.push(b'"');
        out.extend(value.as_bytes());
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::text_of_all;
    use super::*;

    #[test]
    fn json_is_an_array_of_objects_whose_apply_id_is_text() {
        let parsed: serde_json::Value = serde_json::from_str(&text_of_all(&mut Json)).unwrap();
        assert_eq!(parsed.as_array().unwrap().len(), 3);
        assert_eq!(parsed[0]["ApplyId"], "9007199254740993");
        assert_eq!(parsed[1]["DeviceName"], "a,\"b\"\nc");
        let keys: std::collections::BTreeSet<&str> =
            parsed[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, COLUMNS.into_iter().collect());
    }

    #[test]
    fn ndjson_has_the_same_objects_one_a_line() {
        let whole = text_of_all(&mut Ndjson);
        let lines: Vec<serde_json::Value> = whole.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let array: Vec<serde_json::Value> = serde_json::from_str(&text_of_all(&mut Json)).unwrap();
        assert_eq!(lines, array);
        assert!(whole.ends_with("}\n"));
    }

    #[test]
    fn control_characters_and_backslashes_come_back() {
        for value in ["\u{0}\u{1f}", "\\", "C:\\n", "\u{2028}\u{7f}", ""] {
            let mut out = Vec::new();
            text(value, &mut out);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), value);
        }
    }
}
