//! Every row against every rule. In: the cells, and what was corrected in them. Out: the names, and all faults at once.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use hashbrown::HashTable;

use super::super::rule::{NAME_CHARS, NameRule, check_device_name, check_nickname};
use super::super::{DEVICES_PER_RUN_MAX, Names};
use super::columns::Columns;
use super::fix::is_digits;
use super::sheet::Sheet;

/// Columns that a row without a header may fill at least: a name and a nickname.
const COLUMNS_MIN: u32 = 2;

/// What was made of a row by hand: its DeviceName and nickname, or nothing, if it was dropped.
pub(super) type Corrections = BTreeMap<u32, Option<(String, String)>>;

/// What came of a check.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// The good rows.
    pub names: Names,
    /// Rows that are left, good or not.
    pub count: u32,
    /// Every row that breaks a rule, with the first one that it breaks.
    pub faults: Vec<(u32, NameRule)>,
    /// Digits that most names have, where these are digits alone.
    pub usual: Option<usize>,
}

/// The rows that are left: each with its DeviceName, its nickname and whether it has more cells than there are columns.
pub(super) fn rows<'l>(
    sheet: &'l Sheet,
    columns: Columns,
    corrections: &'l Corrections,
) -> impl Iterator<Item = (u32, &'l str, &'l str, bool)> {
    let width = usual_width(sheet, columns);
    (u32::from(columns.has_header)..sheet.len()).filter_map(move |row| match corrections.get(&row) {
        Some(corrected) => corrected.as_ref().map(|(name, nickname)| (row, name.as_str(), nickname.as_str(), false)),
        None => {
            let nickname = columns.nickname.map_or("", |column| sheet.cell(row, column));
            Some((row, sheet.cell(row, columns.name), nickname, sheet.width(row) > width))
        }
    })
}

/// Checks all rows. More than a run takes are counted and not looked at. `existing` is sorted.
pub(super) fn check(sheet: &Sheet, columns: Columns, corrections: &Corrections, existing: &[String]) -> Checked {
    let usual = usual_digits(rows(sheet, columns, corrections).map(|(_, name, ..)| name));
    let mut checked = Checked { usual, ..Checked::default() };
    // At its full size at once: to grow, a table hashes all its names again.
    let places = HashTable::with_capacity(sheet.len().min(DEVICES_PER_RUN_MAX) as usize);
    let mut seen = Seen { places, rows: Vec::new(), hasher: BuildHasherDefault::default() };
    for (row, name, nickname, has_more) in rows(sheet, columns, corrections) {
        checked.count += 1;
        if checked.count > DEVICES_PER_RUN_MAX {
            break;
        }
        let lost_zeros = usual.filter(|&usual| is_digits(name) && name.len() < usual);
        let rule = match (check_device_name(name), check_nickname(nickname)) {
            (Err(rule), _) | (Ok(()), Err(rule)) => Some(rule),
            _ if has_more => Some(NameRule::Columns),
            _ if existing.binary_search_by(|other| other.as_str().cmp(name)).is_ok() => Some(NameRule::Existing),
            _ => match seen.add(&mut checked.names, row, name, nickname) {
                Some(first) => Some(NameRule::Repeated { first_line: sheet.line(first) }),
                None => lost_zeros.map(|usual| NameRule::LeadingZeros { usual }),
            },
        };
        checked.faults.extend(rule.map(|rule| (row, rule)));
    }
    checked
}

/// How many cells a row may fill: as many as the header, or else as most rows.
fn usual_width(sheet: &Sheet, columns: Columns) -> u32 {
    if columns.has_header && sheet.len() > 0 {
        return sheet.width(0).max(COLUMNS_MIN);
    }
    let mut rows_of = BTreeMap::<u32, u32>::default();
    for row in 0..sheet.len() {
        *rows_of.entry(sheet.width(row)).or_default() += 1;
    }
    let most = rows_of.into_iter().max_by_key(|&(width, rows)| (rows, width));
    most.map_or(COLUMNS_MIN, |(width, _)| width.max(COLUMNS_MIN))
}

/// The number of digits that more than half of the names have, if that many are digits alone.
fn usual_digits<'l>(names: impl Iterator<Item = &'l str>) -> Option<usize> {
    let mut names_of = [0; *NAME_CHARS.end() + 1];
    let mut count = 0;
    for name in names {
        count += 1;
        if let Some(names) = names_of.get_mut(name.len()).filter(|_| is_digits(name)) {
            *names += 1;
        }
    }
    names_of.iter().position(|&names| names * 2 > count)
}

/// The names that have been seen.
struct Seen {
    /// From a name's hash to its place among the names. Unseeded: whoever makes the list slow waits for it themselves.
    places: HashTable<u32>,
    /// The row of each name.
    rows: Vec<u32>,
    hasher: BuildHasherDefault<DefaultHasher>,
}

impl Seen {
    /// Adds a name, or gives the row that has it already.
    fn add(&mut self, names: &mut Names, row: u32, name: &str, nickname: &str) -> Option<u32> {
        let Self { places, rows, hasher } = self;
        let hash = hasher.hash_one(name);
        if let Some(&place) = places.find(hash, |&place| names.device_name(place) == name) {
            return Some(rows[place as usize]);
        }
        places.insert_unique(hash, names.len(), |&place| hasher.hash_one(names.device_name(place)));
        names.push(name, nickname);
        rows.push(row);
        None
    }
}
