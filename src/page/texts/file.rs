//! The sentences of saving to a file, as every language has to provide them.

use crate::protocol::Content;

/// Saving to a file.
pub(in crate::page) struct FileTexts {
    /// Heading.
    pub heading: &'static str,
    /// Box to be ticked for an encrypted file.
    pub encrypt: &'static str,
    /// What that is, and who opens it.
    pub encrypt_hint: &'static str,
    /// Label of the select that says with what.
    pub lock: &'static str,
    /// With a passphrase; for public keys.
    pub locks: [&'static str; 2],
    /// Field.
    pub passphrase: &'static str,
    /// Field: the same again.
    pub passphrase_again: &'static str,
    /// What a passphrase of so many characters is worth.
    pub strength: fn(characters: usize) -> &'static str,
    /// There is none.
    pub no_passphrase: &'static str,
    /// The two are not the same.
    pub passphrases_differ: &'static str,
    /// Field.
    pub recipients: &'static str,
    /// Below it.
    pub recipients_hint: &'static str,
    /// Label of the select of formats.
    pub format: &'static str,
    /// The formats, in the order of the select.
    pub formats: [&'static str; 10],
    /// Label of CSV's readers.
    pub csv_for: &'static str,
    /// Programs; Excel.
    pub csv_readers: [&'static str; 2],
    /// What is done for Excel.
    pub csv_hint: &'static str,
    /// Label of CSV's delimiter.
    pub delimiter: &'static str,
    /// Comma; semicolon; tab.
    pub delimiters: [&'static str; 3],
    /// Box: byte order mark.
    pub byte_order_mark: &'static str,
    /// Field: namespace of the keys in the NVS partition.
    pub namespace: &'static str,
    /// Field, may stay empty.
    pub product_secret: &'static str,
    /// What the pair of files is.
    pub nvs_hint: &'static str,
    /// Field.
    pub template: &'static str,
    /// Below it: the fields that there are.
    pub template_hint: fn(fields: &str) -> String,
    /// Name of the boxes of kinds of file.
    pub kinds: &'static str,
    /// JSON; C header; NVS.
    pub kind_names: [&'static str; 3],
    /// Label of the select of papers.
    pub paper: &'static str,
    /// The papers, in the order of the select.
    pub papers: [&'static str; 5],
    /// Box: the secret in the codes.
    pub label_secret: &'static str,
    /// How to print, and what is in the codes.
    pub label_hint: &'static str,
    /// Box: only the rows that the table shows.
    pub only_shown: fn(rows: u32) -> String,
    /// Button: hand the file to the browser.
    pub start: fn(rows: u32, is_plain: bool) -> String,
    /// The same, for the run's record.
    pub start_record: &'static str,
    /// Button: write to a file that the user chooses.
    pub to_file: &'static str,
    /// The file will hold secrets in plain text.
    pub plain: &'static str,
    /// The file will be encrypted.
    pub encrypted: &'static str,
    /// The file will hold no secret.
    pub harmless: &'static str,
    /// So many rows of so many are written.
    pub making: fn(written: u32, rows: u32) -> String,
    /// All rows are written.
    pub finishing: &'static str,
    /// Button: give up.
    pub cancel: &'static str,
    /// The user gave up.
    pub cancelled: &'static str,
    /// The file was handed to the browser, or written where the user said.
    pub saved: fn(name: &str, rows: u32, Content, is_chosen: bool) -> String,
    /// It was decrypted and compared.
    pub proven: &'static str,
    /// The link that saves it again.
    pub save_again: &'static str,
    /// The link to a file beside it.
    pub beside: fn(name: &str) -> String,
    /// It has no manifest.
    pub no_manifest: fn(why: &str) -> String,
    /// There is no file, since its format does not bear so many rows: why, and what to do.
    pub too_many: fn(rows: u32, rows_max: u32) -> [String; 2],
    /// There is no file, since the browser did not write it, with its own words; the same.
    pub not_written: fn(&str) -> [String; 2],
    /// What is true after each failure.
    pub nothing_left: &'static str,
    /// Rows that are in some file with their secrets, of all.
    pub exported: fn(held: u32, rows: u32) -> String,
    /// Rows that are in none.
    pub unsaved: fn(rows: u32) -> String,
    /// The run goes on: the file would be a part.
    pub partial: fn(rows: u32, requested: Option<u32>) -> String,
}
