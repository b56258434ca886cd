//! Commands from the page to the engine and events back: the only thing the two share. Plain data, no behaviour.
//!
//! Secrets cross in five places only: [`Credentials`] once, on their way in; a passphrase or a ProductSecret in an
//! [`Order`], likewise; and [`Event::Revealed`] one value at a time, [`Event::Copied`] and [`Event::Archive`], all after
//! the user asked for them.

mod lookup;
mod names;
mod table;

use provisioner_core::export::Order;
use provisioner_core::journal::Unreadable;
use provisioner_core::model::report::RunReport;
use provisioner_core::plan::FormInput;
use provisioner_core::plan::list::{ListFault, ListReport};
use serde::{Deserialize, Serialize};
use web_sys::{Blob, FileSystemFileHandle};

use crate::words::{NoFile, Told};

pub use lookup::{Learnt, Subject, Tried};
pub use names::{FaultyWords, NamesChange};
pub use table::{COPIED_ROWS_MAX, Copied, CopiedRows, Look, MaskedRow, Rows, SortedBy, WINDOW_ROWS_MAX, Window};

/// The database that journals are kept in: the engine writes there, the page asks whether it exists.
pub const JOURNALS: &str = "iot-provisioner";

/// The AccessKey on its way to the engine; the page keeps no copy. Without `Debug`, so that it cannot be logged.
#[derive(Serialize, Deserialize)]
pub struct Credentials {
    /// AccessKey ID.
    pub access_key_id: String,
    /// AccessKey secret. Empty: the engine uses the one it holds for this id.
    pub access_key_secret: String,
    /// STS token; empty for a long-lived key.
    pub security_token: String,
}

/// What the page asks of the engine.
#[derive(Serialize, Deserialize)]
pub enum Command {
    /// Starts a run. The engine parses the form again; in the demo the credentials are ignored.
    Start {
        /// The form as typed, with `proxy_url` made absolute; a list of names is the one that the engine holds.
        form: FormInput,
        /// The key pair.
        credentials: Credentials,
    },
    /// Changes the list of names: answered by [`Event::Names`].
    Names {
        /// Counts up; an answer that another question has overtaken is not sent.
        number: u32,
        /// What is to be done.
        change: NamesChange,
        /// What it is to be read from. It crosses beside the rest.
        #[serde(skip)]
        source: Option<Blob>,
    },
    /// Asks for a file of the faulty rows of the list: answered by [`Event::FaultyRows`].
    SaveFaulty(FaultyWords),
    /// Asks the cloud something outside of a run: answered by [`Event::Learnt`]s. A question before it is given up.
    Ask {
        /// Counts up; of a question that was given up nothing is told.
        number: u32,
        /// What it is about.
        subject: Subject,
        /// The form, of which the devices are not looked at.
        form: FormInput,
        /// Who asks; the engine keeps it no longer than that.
        credentials: Credentials,
    },
    /// Ends the question with what is known so far.
    StopAsking,
    /// Asks for the last calls: answered by [`Event::Inspected`].
    Inspect,
    /// Goes on with the run that [`Event::Unfinished`] told of.
    ResumeRun(Credentials),
    /// Forgets that run; what the cloud has stays there.
    DiscardRun,
    /// Sends nothing more until [`Command::Resume`]; answers on their way are still taken.
    Pause,
    /// Goes on, also after a pause that the run took by itself; with another key pair, where one was typed in.
    Resume(Option<Credentials>),
    /// Takes the rows that were found for an unclear batch, whatever their number.
    Take,
    /// Ends the run; what the cloud already has stays there.
    Cancel,
    /// Asks for the rows to show: answered by [`Event::Rows`].
    Window(Window),
    /// Asks for the DeviceSecret of the row at this index, to be shown: answered by [`Event::Revealed`].
    Reveal(u32),
    /// Asks for what is to be put on the clipboard, without being shown: answered by [`Event::Copied`].
    Copy(Copied, CopiedRows),
    /// Asks for a file: answered by [`Event::File`]s. One that is being made is given up.
    Save {
        /// What is wanted.
        order: Order,
        /// The file that the user chose; without it the file is a Blob. It crosses beside the rest.
        #[serde(skip)]
        handle: Option<FileSystemFileHandle>,
    },
    /// Gives up the file that is being made.
    CancelSave,
    /// Asks for a file of what the run misses: answered by [`Event::File`]. Holds what each of `Rejection::PLAIN` means.
    SaveFailed(Vec<String>),
    /// Asks where the certificates of these batches' devices are, by the batches' numbers: answered by [`Event::Archive`]s,
    /// or by a notice why not.
    Archives(Vec<u32>),
    /// Asks what a new run would register: answered by [`Event::Retry`].
    Retry,
}

/// What is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// Rows of the table.
    Rows,
    /// The run's record, without rows.
    Record,
    /// Devices that the run misses.
    Failed,
}

/// What is told of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileNews {
    /// It is being written.
    Making {
        /// Rows that have been written.
        written: u32,
        /// Rows that it will have.
        rows: u32,
    },
    /// All rows are written; it is closed and, where it is encrypted, decrypted and compared.
    Finishing,
    /// It is whole; its Blob crosses beside, unless it is in the place that the user chose.
    Saved {
        /// Its name, as in the contract or as the user chose it.
        name: String,
        /// Rows in it.
        rows: u32,
        /// What these are.
        content: Content,
        /// Whether it is encrypted; then it was decrypted and compared.
        is_encrypted: bool,
        /// Rows of the table that are in some file with their secrets.
        held: u32,
    },
    /// A file that belongs beside it: the manifest, or Espressif's config; its Blob crosses beside.
    Beside {
        /// Its name.
        name: String,
    },
    /// It is whole, and there is no manifest.
    NoManifest(NoFile),
    /// There is no file; what was written of it has been thrown away.
    Failed(NoFile),
}

/// A run that was begun in this browser and not finished, or whose table was not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// Its form, or why its journal cannot be read.
    pub form: Result<FormInput, Unreadable>,
    /// Devices that it was to register; none if that cannot be read.
    pub devices: u32,
    /// When it was begun: milliseconds since 1970.
    pub started_at_ms: u64,
    /// ApplyIds that the journal tells of.
    pub apply_ids: Vec<String>,
}

/// What the engine tells the page.
#[derive(Serialize, Deserialize)]
pub enum Event {
    /// The engine is up and takes commands.
    Ready,
    /// Whether this browser keeps journals; sent before anything is found.
    Journal(bool),
    /// A run was found that was left behind; sent at the beginning, and again when that one was forgotten.
    Unfinished(Unfinished),
    /// Answer to [`Command::Names`].
    Names {
        /// The question's number.
        number: u32,
        /// What is known of the list.
        report: Result<ListReport, ListFault>,
        /// What its field is to show from now on, if that has changed.
        field: Option<String>,
    },
    /// Answer to [`Command::SaveFaulty`].
    FaultyRows {
        /// Its name.
        name: String,
        /// Its bytes; they cross beside the rest.
        #[serde(skip)]
        file: Option<Blob>,
    },
    /// Answer to [`Command::Ask`].
    Learnt {
        /// The question's number.
        number: u32,
        /// What is known now.
        learnt: Learnt,
        /// Why the cloud did not say, if it did not.
        failure: Option<Box<Told>>,
    },
    /// Answer to [`Command::Inspect`]: the last calls, the last one first, without what is secret.
    Inspected(String),
    /// The state of the run; sent on every change, at most ten times a second, and once more at its end.
    Report(RunReport),
    /// Something the user should know.
    Told(Box<Told>),
    /// Answer to [`Command::Window`].
    Rows(Rows),
    /// Answer to [`Command::Reveal`].
    Revealed {
        /// Index of the row.
        row: u32,
        /// Its DeviceSecret.
        secret: String,
    },
    /// Answer to [`Command::Copy`].
    Copied {
        /// As asked.
        copied: Copied,
        /// DeviceName of the first row.
        device_name: String,
        /// Rows in the text.
        rows: u32,
        /// One line a row.
        text: String,
    },
    /// News of the file that [`Command::Save`] asked for.
    File {
        /// The news.
        news: FileNews,
        /// The bytes of a file to be handed to the browser; they cross beside the rest.
        #[serde(skip)]
        blob: Option<Blob>,
    },
    /// Answer to [`Command::Archives`], for one batch.
    Archive {
        /// The batch's number, from 1.
        batch: u32,
        /// Where its archive is, `https`. Whoever has it has the certificates' keys.
        address: String,
    },
    /// Answer to [`Command::Retry`]: a form with the naming, the number and the names that are missing, and nothing else.
    Retry(FormInput),
    /// The engine holds a secret for this AccessKey ID, so that the page need not ask for it again; empty: none.
    KeyHeld {
        /// AccessKey ID.
        access_key_id: String,
    },
}
