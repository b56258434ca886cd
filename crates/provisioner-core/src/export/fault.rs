//! Why there is no file. Plain data, made to be sent: the exporter finds most of it, the page puts it into words.

use serde::{Deserialize, Serialize};

use super::nvs::NvsFault;
use super::template::TemplateError;
use super::writer::ExportError;

/// Why there is no file. Whatever was written of it has been thrown away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFault {
    /// The rows do not become this format.
    Export(ExportError),
    /// The template is wrong; the user corrects it.
    Template(TemplateError),
    /// The settings for Espressif's tools are wrong; the user corrects them.
    Nvs(NvsFault),
    /// The labels cannot be printed on this paper; the user chooses another.
    Label(LabelFault),
    /// It cannot be encrypted like this; the user corrects it.
    Lock(LockFault),
    /// It was written, decrypted again, and was not what it should have been.
    Check(CheckFault),
    /// The program that makes such files could not be loaded; the browser's words. The next try loads it again.
    NotLoaded(String),
    /// That program broke: most likely there was not memory enough.
    Broke(String),
    /// The browser could not write to the place that was chosen (disk full, folder gone, permission withdrawn); its words.
    NotWritten(String),
    /// The user ended it, or began another run.
    Cancelled,
}

impl From<ExportError> for FileFault {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

/// Why labels cannot be printed on a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabelFault {
    /// A grid without a row or a column, or of more than 100 of either.
    Grid,
    /// A length that is negative, or larger than the page; or a label smaller than 8 mm or larger than 300 mm.
    Length,
}

/// Why there is nothing to encrypt with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockFault {
    /// The passphrase is empty.
    EmptyPassphrase,
    /// The work factor is none that the stock tool opens.
    WorkFactor,
    /// No recipient was given.
    NoRecipient,
    /// This line is no X25519 recipient, `age1…`; lines count from 1.
    Recipient {
        /// The line.
        line: u32,
        /// What the library says of it.
        reason: String,
    },
}

/// Why an encrypted file does not count as saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckFault {
    /// The file does not open: it was damaged or cut off on its way.
    Damaged(String),
    /// It opens, but holds something else.
    Differs,
}
