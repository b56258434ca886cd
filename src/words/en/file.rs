//! English: why there is no file. In: a fault. Out: what happened and what to do.

use provisioner_core::export::nvs::NvsFault;
use provisioner_core::export::template::{TemplateError, TemplateFault};
use provisioner_core::export::{CheckFault, ExportError, FileFault, LabelFault, LockFault};

use super::number;

/// Puts a fault into words.
pub(in crate::words) fn fault(fault: &FileFault) -> [String; 2] {
    let plain = |what: &str, todo: &str| [what.to_owned(), todo.to_owned()];
    match fault {
        FileFault::Export(ExportError::TooManyRows { rows, rows_max }) => too_many(*rows, *rows_max),
        FileFault::Export(ExportError::Unfit { number: row, reason }) => [
            ["Row ", &number(*row), " does not fit this format: ", reason, "."].concat(),
            "Choose another format, or leave the row out by a filter of the table.".to_owned(),
        ],
        FileFault::Export(ExportError::Failed(reason)) => {
            [["The file could not be made: ", reason, "."].concat(), AGAIN.to_owned()]
        }
        FileFault::Template(error) => [template(error), "Correct it there and save again.".to_owned()],
        FileFault::Nvs(fault) => plain(nvs(*fault), "Correct it and save again."),
        FileFault::Label(LabelFault::Grid | LabelFault::Length) => {
            plain("These labels do not fit the paper.", "Choose another paper.")
        }
        FileFault::Lock(fault) => [lock(fault), "Correct it and save again.".to_owned()],
        FileFault::Check(CheckFault::Damaged(reason)) => {
            [["The file was written, but does not open: ", reason, "."].concat(), AGAIN.to_owned()]
        }
        FileFault::Check(CheckFault::Differs) => {
            plain("The file was written and opens, but holds something else.", AGAIN)
        }
        FileFault::NotLoaded(reason) => [
            ["What makes such files could not be loaded (", reason, ")."].concat(),
            "Check the connection and try again; plain CSV, JSON and NDJSON need nothing loaded.".to_owned(),
        ],
        FileFault::Broke(reason) => [
            ["What makes such files broke (", reason, "); most likely it ran out of memory."].concat(),
            "Close other tabs and try again, or save CSV, JSON or NDJSON: they need almost none.".to_owned(),
        ],
        FileFault::NotWritten(reason) => not_written(reason),
        FileFault::Cancelled => plain(CANCELLED, ""),
    }
}

const CANCELLED: &str = "Given up: nothing was saved.";
const NO_PASSPHRASE: &str = "Type a passphrase, twice.";
const AGAIN: &str = "Try again, or save to another place.";
const TOO_MANY_TODO: &str = "CSV, JSON and NDJSON hold all of them; a filter of the table makes them fewer.";

/// A format does not bear so many rows.
pub(crate) fn too_many(count: u32, rows_max: u32) -> [String; 2] {
    [
        ["This format bears ", &number(rows_max), " rows; there are ", &number(count), "."].concat(),
        TOO_MANY_TODO.to_owned(),
    ]
}

/// The browser did not write; with its name for that, or its words.
pub(crate) fn not_written(reason: &str) -> [String; 2] {
    let (why, todo) = browser(reason);
    [["The file could not be written: ", why, " (", reason, ")."].concat(), todo.to_owned()]
}

/// What the browser's names of errors mean for a file ("File System Standard"; "Web IDL"): why, and what to do.
fn browser(reason: &str) -> (&'static str, &'static str) {
    match reason.split(':').next() {
        Some("QuotaExceededError") => ("there is no room for it", "Free some space, or choose another place."),
        Some("NotFoundError") => ("its place is gone", "Choose another place."),
        Some("NotAllowedError" | "SecurityError") => {
            ("the browser may not write there any more", "Choose the place again, and allow it when the browser asks.")
        }
        Some("NoModificationAllowedError") => {
            ("another program has it open", "Close it there, or choose another place.")
        }
        Some("NotReadableError") => (
            "the browser lost what it held of it",
            "Free memory or disk space and try again, or choose a place for it.",
        ),
        _ => ("the browser says no", AGAIN),
    }
}

fn template(error: &TemplateError) -> String {
    let what = match &error.fault {
        TemplateFault::UnknownField(name) => ["there is no field {{", name, "}}"].concat(),
        TemplateFault::Unclosed => "a field is not closed with }} in its line".to_owned(),
        TemplateFault::NoField => "it has no field, so that every device would get the same text".to_owned(),
    };
    let (line, column) = (number(error.line), number(error.column));
    ["The template, line ", &line, ", character ", &column, ": ", &what, "."].concat()
}

fn nvs(fault: NvsFault) -> &'static str {
    match fault {
        NvsFault::NamespaceLength => "The namespace must have 1 to 15 characters.",
        NvsFault::NamespaceCharacters => "The namespace may have ASCII letters, digits, -, _ and . only.",
        NvsFault::ProductSecret => {
            "The ProductSecret has a character that no secret has: a blank, or one beyond ASCII."
        }
    }
}

fn lock(fault: &LockFault) -> String {
    match fault {
        LockFault::EmptyPassphrase | LockFault::WorkFactor => NO_PASSPHRASE.to_owned(),
        LockFault::NoRecipient => "Give at least one public key.".to_owned(),
        LockFault::Recipient { line, reason } => {
            ["Line ", &number(*line), " is no public key of age: ", reason, "."].concat()
        }
    }
}
