//! Saving to a file, in English. In: what is to be said. Out: the words.

use super::super::FileTexts;
use super::{devices, number, rows};
use crate::protocol::Content;
use crate::words::en::file;

/// Saving to a file.
pub(super) const FILE: FileTexts = FileTexts {
    heading: "Save to a file",
    encrypt: "Encrypt the file (recommended)",
    encrypt_hint: "An age file. The free tools age and rage open it, and so do the libraries of most languages.",
    lock: "Encrypt",
    locks: ["with a passphrase", "for public keys"],
    passphrase: "Passphrase",
    passphrase_again: "The same passphrase again",
    strength: |characters| match characters {
        0 => "Nobody can open the file without it, and nobody can restore it.",
        1..12 => "Short: a computer guesses this one. Take four or more words that do not belong together.",
        12..20 => "Fair, if it is no saying and no name.",
        _ => "Long enough, if it is no saying and no name.",
    },
    no_passphrase: "Type a passphrase, twice.",
    passphrases_differ: "The two passphrases are not the same. Type both again.",
    recipients: "Public keys, one a line",
    recipients_hint: "Each begins with age1. Whoever holds the private key of one of them opens the file.",
    format: "Format",
    formats: [
        "CSV",
        "JSON",
        "NDJSON, an object a line",
        "XLSX, for Excel",
        "Espressif NVS: values and config CSV",
        "Template of your own",
        "A file for each device, in a ZIP",
        "Labels with QR codes, to be printed",
        "Audit record of the run, JSON",
        "Audit record of the run, to be printed",
    ],
    csv_for: "To be read by",
    csv_readers: ["programs: values unchanged", "Excel: values marked that it would change"],
    csv_hint: "For Excel, a value that it would turn into a number, a date or a formula gets an apostrophe before it. XLSX \
               needs no such marks.",
    delimiter: "Between two values",
    delimiters: ["comma", "semicolon", "tab"],
    byte_order_mark: "Begin with a byte order mark, by which Excel knows that Chinese names are UTF-8",
    namespace: "Namespace of the keys",
    product_secret: "ProductSecret (may stay empty)",
    nvs_hint: "For the mass manufacturing utility of ESP-IDF; the config file comes beside it. The vendor's calls do not \
               hand out the ProductSecret: it stands in the console.",
    template: "Template, written once for each row",
    template_hint: |fields| {
        ["Fields: ", fields, ". {{{{ writes {{. End with a line break, or all rows stand in one line."].concat()
    },
    kinds: "Files for each device",
    kind_names: ["JSON", "C header", "NVS, for Espressif's partition generator"],
    paper: "Paper",
    papers: [
        "A4, 3 × 8 labels of 70 × 36 mm",
        "A4, 2 × 7 labels of 99 × 38 mm",
        "A4, 5 × 13 labels of 38 × 21 mm",
        "Roll, labels of 50 × 30 mm",
        "Roll, labels of 40 × 30 mm",
    ],
    label_secret: "Put the DeviceSecret into the codes: whoever scans a label then has the device",
    label_hint: "The codes hold ProductKey,DeviceName. Print the saved page at 100 %, without margins of the browser's.",
    only_shown: |count| ["Only what the table shows, in its order: ", &rows(count)].concat(),
    start: |count, is_plain| ["Save ", &rows(count), if is_plain { " in plain text" } else { "" }].concat(),
    start_record: "Save the audit record",
    to_file: "Save to a place of my choice",
    plain: "The file holds every DeviceSecret in plain text. Keep it where only those who need it can read it.",
    encrypted: "The file is decrypted and compared before it counts as saved.",
    harmless: "The file holds no secret.",
    making: |written, count| [&number(written), " of ", &rows(count), " written"].concat(),
    finishing: "All rows are written. Closing and checking the file…",
    cancel: "Give up this file",
    cancelled: "Given up: nothing was saved.",
    saved: |name, count, content, is_chosen| {
        let whither = if is_chosen { " saved as " } else { " handed to the browser as " };
        let what = match content {
            Content::Rows => rows(count),
            Content::Record => "The audit record".to_owned(),
            Content::Failed => ["The list of ", &devices(count), " that failed"].concat(),
        };
        [&what, whither, name].concat()
    },
    proven: "It was decrypted and compared: it is whole. To open it: age -d -o FILE FILE.age.",
    save_again: "If nothing was saved, use this link",
    beside: |name| ["Save ", name].concat(),
    no_manifest: |why| ["The file is whole, but its manifest could not be made. ", why].concat(),
    too_many: file::too_many,
    not_written: file::not_written,
    nothing_left: "Nothing was saved that could be taken for the file. The rows are all still here.",
    exported: |held, count| {
        [
            number(held).as_str(),
            " of ",
            &rows(count),
            if held == 1 { " is" } else { " are" },
            " in a file with the secrets.",
        ]
        .concat()
    },
    unsaved: |count| [&rows(count), " not saved yet. Closing the tab loses them."].concat(),
    partial: |count, requested| {
        let of = requested.map_or_else(|| rows(count), |all| [&number(count), " of ", &devices(all)].concat());
        ["The run goes on: a file made now holds ", &of, "."].concat()
    },
};
