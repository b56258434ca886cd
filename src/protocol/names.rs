//! What page and engine say of a list of names: the engine holds it, the page shows a report.

use provisioner_core::plan::list::{Columns, Correction};
use serde::{Deserialize, Serialize};

/// What is to be done with the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NamesChange {
    /// It is to be read from what crosses beside.
    Read {
        /// Whether it stands beside its field, which shows its beginning: a file, or a long text.
        is_kept: bool,
    },
    /// Other columns are to be taken.
    Map(Columns),
    /// Rows are to be corrected.
    Correct(Correction),
    /// Names count no longer as names that the product has.
    Unmark,
}

/// What the page says in a file of faulty rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultyWords {
    /// Title of the column that says why.
    pub reason: String,
    /// A sentence about each of `NameRule::KINDS`.
    pub rules: Vec<String>,
}
