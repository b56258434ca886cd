//! Files of each device's own, in one ZIP archive. In: rows, which kinds of file are wanted. Out: the archive, made
//! while the rows come.
//!
//! Kinds: `json/NAME.json`, an object with the contract's keys; `h/NAME.h`, a C header with the names that the vendor's
//! C SDK uses; `nvs/NAME.csv`, for Espressif's partition generator. The archive's list of files stays in memory until
//! the end (measured: under 300 bytes a file), so an archive has a limit.

use std::collections::HashSet;
use std::io::Write as _;

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::super::json::object;
use super::super::nvs::Nvs;
use super::super::{ExportError, FileFormat, Record};
use super::sink::Sink;

/// Which files a device gets. With none of them there is an empty archive.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    /// `json/NAME.json`.
    pub json: bool,
    /// `h/NAME.h`.
    pub c_header: bool,
    /// `nvs/NAME.csv`.
    pub nvs: Option<Nvs>,
}

/// The archive.
pub struct DeviceFiles {
    kinds: Kinds,
    zip: ZipWriter<StreamWriter<Sink>>,
    sink: Sink,
    names: HashSet<String>,
    text: Vec<u8>,
}

impl DeviceFiles {
    /// An archive of these kinds of file.
    #[must_use]
    pub fn new(kinds: Kinds) -> Self {
        let sink = Sink::default();
        Self { kinds, zip: ZipWriter::new_stream(sink.clone()), sink, names: HashSet::new(), text: Vec::new() }
    }

    /// Writes what stands in `text` as one file, and forgets it.
    fn file(&mut self, folder: &str, name: &str, extension: &str) -> Result<(), ExportError> {
        // Only the owner may read what is unpacked.
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).unix_permissions(0o600);
        let path = format!("{folder}/{name}.{extension}");
        let written = self
            .zip
            .start_file(path, options)
            .map_err(|error| error.to_string())
            .and_then(|()| self.zip.write_all(&self.text).map_err(|error| error.to_string()));
        self.text.clear();
        written.map_err(ExportError::Failed)
    }

    /// A name for the device's files that no other device has, also where capitals do not count.
    fn name(&mut self, device_name: &str) -> String {
        let name = file_safe(device_name);
        let mut candidate = name.clone();
        let mut number = 2;
        while !self.names.insert(candidate.to_lowercase()) {
            candidate = format!("{name}~{number}");
            number += 1;
        }
        candidate
    }
}

impl FileFormat for DeviceFiles {
    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let name = self.name(record.row.device_name);
        if self.kinds.json {
            object(record, &mut self.text);
            self.text.push(b'\n');
            self.file("json", &name, "json")?;
        }
        if self.kinds.c_header {
            c_header(record, &mut self.text);
            self.file("h", &name, "h")?;
        }
        if let Some(nvs) = &self.kinds.nvs {
            nvs.device(record, &mut self.text);
            self.file("nvs", &name, "csv")?;
        }
        self.sink.drain_into(out);
        Ok(())
    }

    fn close(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let empty = ZipWriter::new_stream(Sink::default());
        core::mem::replace(&mut self.zip, empty).finish().map_err(|error| ExportError::Failed(error.to_string()))?;
        self.sink.drain_into(out);
        Ok(())
    }
}

/// The name without what some file system does not take: a byte becomes `%` and two hexadecimal digits unless it is a
/// letter, a digit, `-`, `_`, or a `.` between others; and so does the first of a name that Windows keeps for a device
/// ("Naming Files, Paths, and Namespaces", learn.microsoft.com).
fn file_safe(device_name: &str) -> String {
    let last = device_name.len().saturating_sub(1);
    let is_reserved = is_reserved(device_name);
    let mut name = String::new();
    for (at, byte) in device_name.bytes().enumerate() {
        let is_inside = at > 0 && at < last;
        let is_safe = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || byte == b'.' && is_inside;
        if is_safe && !(is_reserved && at == 0) {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02X}"));
        }
    }
    name
}

fn is_reserved(device_name: &str) -> bool {
    let stem = device_name.split('.').next().unwrap_or(device_name).to_ascii_uppercase();
    let is_port =
        |port: &str| stem.strip_prefix(port).is_some_and(|end| end.len() == 1 && end.as_bytes()[0].is_ascii_digit());
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || is_port("COM") || is_port("LPT")
}

/// Names as in the examples of the vendor's C SDK (github.com/aliyun/iotkit-embedded).
fn c_header(record: &Record<'_>, out: &mut Vec<u8>) {
    out.extend(b"#ifndef IOT_DEVICE_H\n#define IOT_DEVICE_H\n\n");
    for (name, value) in [
        ("PRODUCT_KEY", record.product_key),
        ("DEVICE_NAME", record.row.device_name),
        ("DEVICE_SECRET", record.row.device_secret),
        ("IOT_ID", record.row.iot_id),
    ] {
        out.extend(format!("#define {name} \"").as_bytes());
        for byte in value.bytes() {
            // Three octal digits end an escape for certain; a question mark might begin a trigraph.
            match byte {
                b' '..=b'~' if !b"\"\\?".contains(&byte) => out.push(byte),
                _ => out.extend(format!("\\{byte:03o}").as_bytes()),
            }
        }
        out.extend(b"\"\n");
    }
    out.extend(b"\n#endif\n");
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::super::super::Rows;
    use super::super::super::fixture::{bytes_of_all, context, table};
    use super::super::super::nvs::NAMESPACE;
    use super::*;

    #[test]
    fn every_device_has_its_files_and_they_hold_its_values() {
        let kinds = Kinds { json: true, c_header: true, nvs: Some(Nvs::new(NAMESPACE, None).unwrap()) };
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes_of_all(&mut DeviceFiles::new(kinds)))).unwrap();
        let mut read = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let json: serde_json::Value = serde_json::from_str(&read("json/plain.json")).unwrap();
        assert_eq!(json["DeviceSecret"], "s1");
        assert!(read("nvs/plain.csv").contains("DeviceName,data,string,plain\n"));
        assert!(read("h/a%2C%22b%22%0Ac.h").contains("#define DEVICE_NAME \"a,\\042b\\042\\012c\"\n"));
        assert_eq!(archive.len(), 9);
    }

    #[test]
    fn names_that_differ_in_capitals_alone_get_files_of_their_own() {
        let mut files = DeviceFiles::new(Kinds::default());
        assert_eq!(["Dev", "dev", "DEV", "dev~2"].map(|name| files.name(name)), ["Dev", "dev~2", "DEV~3", "dev%7E2"]);
    }

    #[test]
    fn a_files_name_cannot_leave_its_folder_or_be_refused_by_windows() {
        assert_eq!(["../x", "a:b@c", "a.b.", "...."].map(file_safe), ["%2E.%2Fx", "a%3Ab%40c", "a.b%2E", "%2E..%2E"]);
        assert_eq!(["COM1", "nul.x", "COMX", "LPT10"].map(file_safe), ["%43OM1", "%6Eul.x", "COMX", "LPT10"]);
    }

    #[test]
    fn a_header_escapes_what_c_would_misread() {
        let table = table();
        let mut record = Rows::all(&table, context()).record(0);
        record.product_key = "??/\"灯1";
        let mut out = Vec::new();
        c_header(&record, &mut out);
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("#define PRODUCT_KEY \"\\077\\077/\\042\\347\\201\\2571\"\n"), "{text}");
    }
}
