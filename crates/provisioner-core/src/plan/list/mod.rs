//! A list of names. In: the text of a file or a field, and what is corrected in it. Out: the names, and every faulty row at
//! once, each with its line, its value, its rule and a suggestion; and a file of these rows, to be corrected elsewhere.
//!
//! [`List`] is where to start reading. It belongs to the engine: the page sees [`ListReport`]s only, however long the list.

mod check;
mod columns;
mod encoding;
mod faulty;
mod fix;
mod sheet;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::rule::NameRule;
use super::{DEVICES_PER_RUN_MAX, Fault, Names};
use check::{Checked, Corrections, check};
use sheet::{Sheet, count};

pub use columns::Columns;
pub use encoding::{Content, Encoding, encode, recognise};
pub use faulty::Words;

/// Faulty rows that a report holds; all of them stand in the file of faulty rows.
pub const FAULTS_SHOWN_MAX: usize = 100;

/// Characters of a faulty value that are told, so that a file that is no list at all stays small.
const VALUE_CHARS_MAX: usize = 100;

/// Characters of a column's title that are told.
const TITLE_CHARS_MAX: usize = 40;

/// Columns that are told of; the one of the names may be any of them.
const COLUMNS_MAX: u32 = 50;

/// Bytes of the list's beginning that are told.
const HEAD_BYTES_MAX: usize = 500;

/// Why there is no list in what was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListFault {
    /// The browser could not read the file.
    Unreadable,
    /// It is no text, or in none of the encodings that are known.
    NotText,
    /// A workbook of Excel 97 to 2003.
    OldWorkbook,
    /// A workbook that could not be opened, or whose reader could not be loaded.
    Workbook,
}

/// A change of one row or of all faulty ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Correction {
    /// The faulty cell of the row at this line is to be this.
    Set {
        /// Its line.
        line: u32,
        /// DeviceName, or nickname if the rule is about that.
        value: String,
    },
    /// The row at this line is left out.
    Drop {
        /// Its line.
        line: u32,
    },
    /// Every suggestion is taken.
    FixAll,
    /// Every row with a fault or a warning is left out.
    DropAll,
}

/// A row that breaks a rule: the first one that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// Its line, counted from 1 with blank lines and the header.
    pub line: u32,
    /// What breaks the rule, as it stands there; at most 100 characters of it.
    pub value: String,
    /// The rule.
    pub rule: NameRule,
    /// The cell that it is about, to be corrected.
    pub cell: String,
    /// What the cell may have been meant to be.
    pub fix: Option<String>,
}

/// What is known of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListReport {
    /// Rows, blank ones, dropped ones and the header left out.
    pub rows: u32,
    /// Rows that keep the list from being registered.
    pub faulty: u32,
    /// Rows with a warning.
    pub warned: u32,
    /// Faulty and warned rows for which there is a suggestion.
    pub fixable: u32,
    /// The first [`FAULTS_SHOWN_MAX`] of these rows.
    pub faults: Vec<RowFault>,
    /// Title of each column, or else the value in its first row.
    pub titles: Vec<String>,
    /// Which column is what.
    pub columns: Columns,
    /// First and last DeviceName of the good rows; empty without any.
    pub first: String,
    /// See `first`.
    pub last: String,
}

impl ListReport {
    /// Why the list cannot be registered, if it cannot.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        match (self.rows, self.faulty) {
            (0, _) => Some(Fault::Missing),
            (rows, _) if rows > DEVICES_PER_RUN_MAX => Some(Fault::TooLarge { limit: DEVICES_PER_RUN_MAX }),
            (_, 0) => None,
            (count, faulty) => Some(Fault::Rows { count, faulty }),
        }
    }
}

/// A list of names, checked.
#[derive(Debug)]
pub struct List {
    sheet: Sheet,
    encoding: Encoding,
    columns: Columns,
    corrections: Corrections,
    /// DeviceNames that the product has, sorted.
    existing: Vec<String>,
    checked: Checked,
}

impl List {
    /// Reads a list, finds its columns and checks every row. `encoding` is that of the file it comes from.
    #[must_use]
    pub fn read(text: &str, encoding: Encoding) -> Self {
        let sheet = Sheet::read(text);
        let columns = Columns::find(&sheet);
        let corrections = Corrections::default();
        let checked = check(&sheet, columns, &corrections, &[]);
        Self { sheet, encoding, columns, corrections, existing: Vec::new(), checked }
    }

    /// Reads its own text anew: that is where its lines are counted from now on.
    pub fn read_again(&mut self) {
        let existing = core::mem::take(&mut self.existing);
        *self = Self::read(&self.text(), Encoding::default());
        if !existing.is_empty() {
            self.mark(existing);
        }
    }

    /// From now on these names, and no others, count as names that the product has.
    pub fn mark(&mut self, mut existing: Vec<String>) {
        existing.sort_unstable();
        self.existing = existing;
        self.check();
    }

    /// Takes other columns. What was corrected before is forgotten.
    pub fn map(&mut self, columns: Columns) {
        self.columns = columns;
        self.corrections.clear();
        self.check();
    }

    /// Corrects rows, and checks all of them again. A line without a fault stays as it is.
    pub fn correct(&mut self, correction: Correction) {
        match correction {
            Correction::Set { line, value } => self.change(line, Some(value)),
            Correction::Drop { line } => self.change(line, None),
            Correction::FixAll => {
                let faults = core::mem::take(&mut self.checked.faults);
                for (row, rule) in &faults {
                    if let Some(fix) = self.suggestion(*row, rule) {
                        self.set(*row, rule, Some(fix));
                    }
                }
            }
            Correction::DropAll => {
                for (row, _) in core::mem::take(&mut self.checked.faults) {
                    self.corrections.insert(row, None);
                }
            }
        }
        self.check();
    }

    /// What is known of it.
    #[must_use]
    pub fn report(&self) -> ListReport {
        let Checked { names, count: rows, faults, .. } = &self.checked;
        let warned = count(faults.iter().filter(|(_, rule)| rule.is_warning()).count());
        let fixable = faults.iter().filter(|(row, rule)| self.suggestion(*row, rule).is_some()).count();
        let shown = faults.iter().take(FAULTS_SHOWN_MAX).map(|(row, rule)| self.fault(*row, rule)).collect();
        let titles = if self.sheet.len() == 0 { 0 } else { self.sheet.width(0).min(COLUMNS_MAX) };
        let name = |place: Option<u32>| place.map_or_else(String::new, |place| names.device_name(place).to_owned());
        ListReport {
            rows: *rows,
            faulty: count(faults.len()) - warned,
            warned,
            fixable: count(fixable),
            faults: shown,
            titles: (0..titles).map(|column| beginning(self.sheet.cell(0, column), TITLE_CHARS_MAX)).collect(),
            columns: self.columns,
            first: name((!names.is_empty()).then_some(0)),
            last: name(names.len().checked_sub(1)),
        }
    }

    /// The first good rows, one a line.
    #[must_use]
    pub fn head(&self) -> String {
        let names = &self.checked.names;
        let mut head = String::new();
        for line in (0..names.len()).map(|place| line_of(names, place)) {
            if head.len() + line.len() > HEAD_BYTES_MAX {
                break;
            }
            head += &line;
        }
        head
    }

    /// The names.
    ///
    /// # Errors
    /// [`ListReport::fault`].
    pub fn names(&self) -> Result<&Names, Fault> {
        self.report().fault().map_or(Ok(&self.checked.names), Err)
    }

    /// All rows that are left as a plain list, one a line: `DeviceName`, or `DeviceName,Nickname`. Reads back as the same
    /// list if there is no fault in it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (_, name, nickname, _) in check::rows(&self.sheet, self.columns, &self.corrections) {
            if text.is_empty() && columns::is_known(name) {
                // Or the first device would be taken for a header.
                text += "DeviceName,Nickname\n";
            }
            text += name;
            if !nickname.is_empty() {
                text.push(',');
                text += nickname;
            }
            text.push('\n');
        }
        text
    }

    fn check(&mut self) {
        self.checked = check(&self.sheet, self.columns, &self.corrections, &self.existing);
    }

    fn change(&mut self, line: u32, value: Option<String>) {
        let found = self.sheet.row_at(line);
        let fault = found.and_then(|row| self.checked.faults.iter().find(|(faulty, _)| *faulty == row).cloned());
        if let Some((row, rule)) = fault {
            self.set(row, &rule, value);
        }
    }

    /// Puts a value into the cell that a rule is about, or leaves the row out.
    fn set(&mut self, row: u32, rule: &NameRule, value: Option<String>) {
        let (name, nickname) = self.row(row);
        let corrected = value.map(|value| match rule.is_of_nickname() {
            true => (name.to_owned(), value.trim().to_owned()),
            false => (value.trim().to_owned(), nickname.to_owned()),
        });
        self.corrections.insert(row, corrected);
    }

    /// DeviceName and nickname of a row that was not dropped.
    fn row(&self, row: u32) -> (&str, &str) {
        match self.corrections.get(&row) {
            Some(Some((name, nickname))) => (name, nickname),
            _ => {
                let nickname = self.columns.nickname.map_or("", |column| self.sheet.cell(row, column));
                (self.sheet.cell(row, self.columns.name), nickname)
            }
        }
    }

    fn suggestion(&self, row: u32, rule: &NameRule) -> Option<String> {
        let (name, nickname) = self.row(row);
        fix::suggest(rule, name, nickname, self.checked.usual)
    }

    fn fault(&self, row: u32, rule: &NameRule) -> RowFault {
        let (name, nickname) = self.row(row);
        let cell = beginning(if rule.is_of_nickname() { nickname } else { name }, VALUE_CHARS_MAX);
        let whole = || self.sheet.cells(row).collect::<Vec<_>>().join(self.sheet.delimiter.encode_utf8(&mut [0; 4]));
        let value = match rule {
            NameRule::Columns | NameRule::Quote => beginning(&whole(), VALUE_CHARS_MAX),
            NameRule::Missing => beginning(nickname, VALUE_CHARS_MAX),
            _ => cell.clone(),
        };
        RowFault { line: self.sheet.line(row), value, rule: rule.clone(), cell, fix: self.suggestion(row, rule) }
    }
}

/// The names of a list that needs no correction.
///
/// # Errors
/// [`ListReport::fault`].
pub(super) fn read(text: &str) -> Result<Names, Fault> {
    List::read(text, Encoding::default()).names().cloned()
}

fn line_of(names: &Names, place: u32) -> String {
    let nickname = names.nickname(place);
    [names.device_name(place), if nickname.is_empty() { "" } else { "," }, nickname, "\n"].concat()
}

fn beginning(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}
