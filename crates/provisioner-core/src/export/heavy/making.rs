//! One file in the making, in the program that is loaded for it. In: an order, the run's facts, rows in chunks. Out: pieces of the file,
//! what stands beside it, and whether what was saved can be opened again.

use std::io::Read;

use super::age::{self, Encrypted, Proof};
use super::device_files::{DeviceFiles, Kinds};
use super::labels::Labels;
use super::xlsx::Xlsx;
use crate::export::audit::AuditRecord;
use crate::export::crossing;
use crate::export::facts::Facts;
use crate::export::manifest::{FileDigest, FileRecord};
use crate::export::nvs::Nvs;
use crate::export::template::Template;
use crate::export::{Csv, ExportError, FileFault, FileFormat, Format, Json, Lock, Ndjson, NvsSettings, Order, Record};
use crate::secret::Secret;

/// A file in the making. After a fault it is to be dropped.
pub struct Making {
    format: Kind,
    digest: FileDigest,
    rows: u32,
    config: Option<String>,
}

enum Kind {
    Plain(Box<dyn FileFormat>),
    Encrypted(Encrypted),
    /// Written whole; what to check it by, where it is encrypted.
    Whole(Option<Proof>),
}

impl Making {
    /// Begins a file, and appends what stands before its rows. With a passphrase this takes a second.
    ///
    /// # Errors
    /// What the user has to correct.
    pub fn begin(order: &Order, facts: &Facts, out: &mut Vec<u8>) -> Result<Self, FileFault> {
        let (format, config) = format(&order.format, facts)?;
        let format = match &order.lock {
            None => Kind::Plain(format),
            Some(lock) => Kind::Encrypted(Encrypted::new(format, age_lock(lock)?)?),
        };
        let mut making = Self { format, digest: FileDigest::default(), rows: 0, config };
        making.write(out, |format, out| format.open(out))?;
        Ok(making)
    }

    /// Takes the next rows, as [`crossing::write`] wrote them, and appends what comes of them.
    ///
    /// # Errors
    /// A row does not become this format.
    pub fn rows(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        let rows = self.write(out, |format, out| {
            let mut written = Ok(());
            let mut take = |record: &Record<'_>| {
                if written.is_ok() {
                    written = format.record(record, out);
                }
            };
            let rows = crossing::read(chunk, &mut take).map_err(|_| ExportError::Failed("rows got lost".to_owned()))?;
            written.map(|()| rows)
        })?;
        self.rows += rows;
        Ok(())
    }

    /// Appends what stands behind the rows.
    ///
    /// # Errors
    /// The format's library failed.
    pub fn close(&mut self, out: &mut Vec<u8>) -> Result<(), FileFault> {
        self.write(out, |format, out| format.close(out))?;
        let proof = match core::mem::replace(&mut self.format, Kind::Whole(None)) {
            Kind::Encrypted(encrypted) => Some(encrypted.into_proof()),
            Kind::Plain(_) | Kind::Whole(_) => None,
        };
        self.format = Kind::Whole(proof);
        Ok(())
    }

    /// Opens an encrypted file as it was saved and compares it with what was written; a plain one passes.
    ///
    /// # Errors
    /// It does not count as saved.
    pub fn check(&self, file: impl Read) -> Result<(), FileFault> {
        match &self.format {
            Kind::Whole(Some(proof)) => proof.check(file).map_err(FileFault::Check),
            _ => Ok(()),
        }
    }

    /// What goes into the manifest.
    #[must_use]
    pub fn record(&self, name: String) -> FileRecord {
        self.digest.clone().finish(name, self.rows, matches!(self.format, Kind::Encrypted(_) | Kind::Whole(Some(_))))
    }

    /// The file that Espressif's utility takes beside the values: it holds no values.
    #[must_use]
    pub fn config(&self) -> Option<&str> {
        self.config.as_deref()
    }

    fn write<T>(
        &mut self,
        out: &mut Vec<u8>,
        write: impl FnOnce(&mut dyn FileFormat, &mut Vec<u8>) -> Result<T, ExportError>,
    ) -> Result<T, FileFault> {
        let from = out.len();
        let written = match &mut self.format {
            Kind::Plain(format) => write(format.as_mut(), out),
            Kind::Encrypted(format) => write(format, out),
            Kind::Whole(_) => Err(ExportError::Failed("the file is whole already".to_owned())),
        }?;
        self.digest.update(&out[from..]);
        Ok(written)
    }
}

/// The format, and the config file beside it where there is one.
fn format(format: &Format, facts: &Facts) -> Result<(Box<dyn FileFormat>, Option<String>), FileFault> {
    let format: Box<dyn FileFormat> = match format {
        Format::Csv { delimiter, byte_order_mark, for_excel: true } => {
            Box::new(Csv::for_excel(*delimiter, *byte_order_mark))
        }
        Format::Csv { delimiter, byte_order_mark, for_excel: false } => {
            Box::new(Csv::for_machines(*delimiter, *byte_order_mark))
        }
        Format::Json => Box::new(Json),
        Format::Ndjson => Box::new(Ndjson),
        Format::Xlsx => Box::new(Xlsx::new(facts.told_at)?),
        Format::NvsCsv(settings) => {
            let nvs = nvs(settings)?;
            let config = nvs.config();
            return Ok((Box::new(nvs), Some(config)));
        }
        Format::Template(text) => Box::new(Template::parse(text).map_err(FileFault::Template)?),
        Format::DeviceFiles { json, c_header, nvs: settings } => {
            let nvs = settings.as_ref().map(nvs).transpose()?;
            Box::new(DeviceFiles::new(Kinds { json: *json, c_header: *c_header, nvs }))
        }
        Format::Labels { paper, with_secret } => Box::new(Labels::new(*paper, *with_secret).map_err(FileFault::Label)?),
        Format::AuditJson => Box::new(Text(AuditRecord::new(facts).to_json())),
        Format::AuditPage => Box::new(Text(AuditRecord::new(facts).to_page())),
    };
    Ok((format, None))
}

fn nvs(settings: &NvsSettings) -> Result<Nvs, FileFault> {
    Nvs::new(&settings.namespace, Some(Secret::new(settings.product_secret.clone()))).map_err(FileFault::Nvs)
}

fn age_lock(lock: &Lock) -> Result<age::Lock, FileFault> {
    match lock {
        Lock::Passphrase(passphrase) => age::Lock::passphrase(&Secret::new(passphrase.clone()), age::STOCK_WORK_FACTOR),
        Lock::Recipients(lines) => age::Lock::recipients(lines),
    }
    .map_err(FileFault::Lock)
}

/// A text that is there before any row.
struct Text(String);

impl FileFormat for Text {
    fn open(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.extend(self.0.as_bytes());
        Ok(())
    }

    fn record(&mut self, _: &Record<'_>, _: &mut Vec<u8>) -> Result<(), ExportError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::facts::tests::facts;
    use crate::export::fixture::{context, table, text_of_all};
    use crate::export::{Delimiter, LockFault, Paper, Rows};

    fn begun(format: Format, lock: Option<Lock>) -> Result<(Making, Vec<u8>), FileFault> {
        let mut out = Vec::new();
        let making = Making::begin(&Order { format, lock, only_shown: false }, &facts(), &mut out)?;
        Ok((making, out))
    }

    /// The whole file, its rows in two chunks.
    fn made(format: Format, lock: Option<Lock>) -> (Making, Vec<u8>) {
        let (mut making, mut out) = begun(format, lock).unwrap();
        let table = table();
        let rows = Rows::all(&table, context());
        for (from, end) in [(0, 2), (2, 3)] {
            making.rows(&crossing::write(&rows, from, end), &mut out).unwrap();
        }
        making.close(&mut out).unwrap();
        (making, out)
    }

    fn nvs_settings(namespace: &str) -> NvsSettings {
        NvsSettings { namespace: namespace.to_owned(), product_secret: "ps1".to_owned() }
    }

    #[test]
    fn rows_in_chunks_become_the_same_file_and_its_record_the_same_hash() {
        let (making, file) = made(Format::Ndjson, None);
        let whole = text_of_all(&mut Ndjson);
        assert_eq!(String::from_utf8(file).unwrap(), whole);
        let mut digest = FileDigest::default();
        digest.update(whole.as_bytes());
        assert_eq!(making.record("a.ndjson".into()), digest.finish("a.ndjson".into(), 3, false));
    }

    #[test]
    fn every_format_is_made_of_an_order() {
        let csv = |for_excel| Format::Csv { delimiter: Delimiter::Comma, byte_order_mark: false, for_excel };
        let paper = Paper::Roll { width_mm: 50.0, height_mm: 30.0 };
        for (format, beginning) in [
            (csv(true), "ProductKey,"),
            (csv(false), "ProductKey,"),
            (Format::Json, "[\n{\"ProductKey\""),
            (Format::Xlsx, "PK"),
            (Format::NvsCsv(nvs_settings("aliyun-key")), "id,DeviceName"),
            (Format::Template("{{Number}};".to_owned()), "1;2;3;"),
            (Format::DeviceFiles { json: true, c_header: true, nvs: Some(nvs_settings("x")) }, "PK"),
            (Format::Labels { paper, with_secret: false }, "<!doctype html>"),
            (Format::AuditJson, "{\n  \"Tool\""),
            (Format::AuditPage, "<!doctype html>"),
        ] {
            let (making, file) = made(format, None);
            assert!(file.starts_with(beginning.as_bytes()), "{beginning}");
            assert!(!making.record(String::new()).encrypted);
        }
    }

    #[test]
    fn the_config_file_stands_beside_the_values_and_beside_nothing_else() {
        let (making, _) = made(Format::NvsCsv(nvs_settings("aliyun-key")), None);
        assert!(making.config().unwrap().starts_with("aliyun-key,namespace,\n"));
        assert!(made(Format::Json, None).0.config().is_none());
    }

    #[test]
    fn an_encrypted_file_is_checked_and_a_damaged_one_does_not_count() {
        // For a recipient: the cost of a passphrase is not what is tested.
        const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
        let (making, mut file) = made(Format::Json, Some(Lock::Recipients(RECIPIENT.to_owned())));
        assert!(making.record(String::new()).encrypted);
        assert_eq!(making.check(file.as_slice()), Ok(()));
        *file.last_mut().unwrap() ^= 1;
        assert!(matches!(making.check(file.as_slice()), Err(FileFault::Check(_))));
    }

    #[test]
    fn what_the_user_has_to_correct_is_said_before_anything_is_written() {
        let fault = |format, lock| begun(format, lock).err().unwrap();
        assert!(matches!(fault(Format::Template("{{x}}".into()), None), FileFault::Template(_)));
        assert!(matches!(fault(Format::NvsCsv(nvs_settings("")), None), FileFault::Nvs(_)));
        let paper = Paper::Roll { width_mm: 5.0, height_mm: 5.0 };
        assert!(matches!(fault(Format::Labels { paper, with_secret: false }, None), FileFault::Label(_)));
        let empty = Lock::Passphrase(String::new());
        assert_eq!(fault(Format::Json, Some(empty)), FileFault::Lock(LockFault::EmptyPassphrase));
    }

    #[test]
    fn rows_that_cannot_be_labels_or_cannot_be_read_are_faults() {
        let paper = Paper::Roll { width_mm: 8.0, height_mm: 8.0 };
        let (mut making, mut out) = begun(Format::Labels { paper, with_secret: false }, None).unwrap();
        let table = table();
        let chunk = crossing::write(&Rows::all(&table, context()), 0, 3);
        let fault = making.rows(&chunk, &mut out).unwrap_err();
        assert!(matches!(fault, FileFault::Export(ExportError::Unfit { number: 1, .. })), "{fault:?}");
        assert!(matches!(making.rows(&chunk[1..], &mut out), Err(FileFault::Export(ExportError::Failed(_)))));
    }
}
