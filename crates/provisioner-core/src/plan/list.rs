//! A list of names. In: the text of a file or a field, one device a line. Out: the names, or every faulty row at once.
//!
//! A row is a DeviceName, or a DeviceName and a nickname with a comma, a tab or a semicolon between them. None of the
//! three can stand in a name, so each row is read by itself, quotes are taken off, and no setting is needed.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use hashbrown::HashTable;

use super::parse::is_invisible;
use super::rule::{NameRule, check_device_name, check_nickname};
use super::{DEVICES_PER_RUN_MAX, Fault, Names};

/// Characters of a faulty value that are kept, so that a file that is no list at all stays small.
const VALUE_CHARS_MAX: usize = 100;

/// A row that breaks a rule: the first one that it breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// Its line, counted from 1 with blank lines and the header.
    pub line: u32,
    /// What breaks the rule, as it stands there; at most 100 characters of it.
    pub value: String,
    /// The rule.
    pub rule: NameRule,
}

/// Reads a list.
///
/// # Errors
/// `Missing` without any row, `TooLarge` with more rows than a run takes, or `Rows`.
pub(super) fn read(text: &str) -> Result<Names, Fault> {
    let lines = text.split('\n').count().min(DEVICES_PER_RUN_MAX as usize);
    // At its full size at once: to grow, a table hashes all its names again.
    let mut list = List { places: HashTable::with_capacity(lines), ..List::default() };
    let mut rows = (1..).zip(text.split('\n')).filter(|(_, row)| !is_blank(row)).peekable();
    rows.next_if(|(_, row)| is_header(row));
    let mut count = 0;
    for (line, row) in rows {
        if count == DEVICES_PER_RUN_MAX {
            return Err(Fault::TooLarge { limit: DEVICES_PER_RUN_MAX });
        }
        count += 1;
        list.take(line, row);
    }
    match (count, list.faults.is_empty()) {
        (0, _) => Err(Fault::Missing),
        (_, true) => Ok(list.names),
        (_, false) => Err(Fault::Rows { count, faults: list.faults.into() }),
    }
}

/// What has been read so far.
#[derive(Default)]
struct List {
    names: Names,
    /// The line of each name.
    lines: Vec<u32>,
    /// From a name's hash to its place in `names`. Unseeded: whoever makes the list slow waits for it themselves.
    places: HashTable<u32>,
    hasher: BuildHasherDefault<DefaultHasher>,
    faults: Vec<RowFault>,
}

impl List {
    fn take(&mut self, line: u32, row: &str) {
        let mut cells = row.splitn(3, is_separator);
        let mut next = || cells.next().unwrap_or_default();
        let (name, nickname, rest) = (bare(next()), bare(next()), next());
        let checked = if is_blank(rest) { check_device_name(name) } else { Err(NameRule::Columns) };
        let (value, rule) = match (checked, check_nickname(nickname)) {
            (Ok(()), Ok(())) => match self.add(line, name, nickname) {
                Some(first_line) => (name, NameRule::Repeated { first_line }),
                None => return,
            },
            (Ok(()), Err(rule)) | (Err(rule @ NameRule::Missing), _) => (nickname, rule),
            (Err(rule @ NameRule::Columns), _) => (row, rule),
            (Err(rule), _) => (name, rule),
        };
        self.faults.push(RowFault { line, value: value.chars().take(VALUE_CHARS_MAX).collect(), rule });
    }

    /// Adds a name, or gives the line that has it already.
    fn add(&mut self, line: u32, name: &str, nickname: &str) -> Option<u32> {
        let Self { names, lines, places, hasher, .. } = self;
        let hash = hasher.hash_one(name);
        if let Some(&place) = places.find(hash, |&place| names.device_name(place) == name) {
            return Some(lines[place as usize]);
        }
        places.insert_unique(hash, names.len(), |&place| hasher.hash_one(names.device_name(place)));
        names.push(name, nickname);
        lines.push(line);
        None
    }
}

fn is_separator(character: char) -> bool {
    matches!(character, ',' | '\t' | ';')
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|character| is_invisible(character) || is_separator(character))
}

/// What stands in a cell, without what cannot be seen around it and without the quotes of a CSV file.
fn bare(cell: &str) -> &str {
    let cell = cell.trim_matches(is_invisible);
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or(cell, |inner| inner.trim_matches(is_invisible))
}

/// Whether a row names the columns, as the vendor's template does.
fn is_header(row: &str) -> bool {
    let (name, nickname) = row.split_once(is_separator).unwrap_or((row, ""));
    bare(name).eq_ignore_ascii_case("DeviceName")
        && (is_blank(nickname) || bare(nickname).eq_ignore_ascii_case("Nickname"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, Option<String>)> {
        let names = read(text).unwrap();
        (0..names.len()).map(|place| names.device(place)).map(|device| (device.device_name, device.nickname)).collect()
    }

    fn faults(text: &str) -> Vec<(u32, String, NameRule)> {
        match read(text) {
            Err(Fault::Rows { faults, .. }) => {
                faults.iter().map(|fault| (fault.line, fault.value.clone(), fault.rule.clone())).collect()
            }
            other => panic!("not faulty rows: {other:?}"),
        }
    }

    #[test]
    fn each_line_is_a_name_with_or_without_a_nickname() {
        let expected = [("SN-1", None), ("SN-2", Some("客厅灯")), ("SN-3", Some("lamp")), ("SN-4", Some("lamp"))]
            .map(|(name, nickname)| (name.to_owned(), nickname.map(str::to_owned)));
        assert_eq!(names("SN-1\nSN-2,客厅灯\nSN-3\tlamp\nSN-4;lamp"), expected);
    }

    #[test]
    fn what_editors_and_spreadsheets_leave_behind_is_taken_off() {
        let expected = [("SN-1", Some("lamp")), ("SN-2", None)].map(|(a, b)| (a.to_owned(), b.map(str::to_owned)));
        for text in [
            "\u{FEFF}DeviceName,Nickname\r\nSN-1,lamp\r\nSN-2\r\n",
            "\n \r\n\"devicename\"\n  SN-1 , lamp \n,,\n SN-2\t",
            "\u{FEFF}SN-1,\"lamp\"\n\u{200B}SN-2\u{A0},,,\n\n",
        ] {
            assert_eq!(names(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_faulty_row_is_named_at_once_with_its_line_value_and_rule() {
        let long = "x".repeat(33);
        let text = ["DeviceName\r", "SN-0001", "A$-1", "", "abc", &long, "8.6E+14", "SN-0002,a b c d", "SN-0003,灯"]
            .join("\n")
            + "\nSN-0001\nsn-0001\n,lamp\nSN-0004,lamp,x\nSN 5,lamp";
        let expected = [
            (3, "A$-1", NameRule::Character { position: 2, found: '$' }),
            (5, "abc", NameRule::Length { found: 3 }),
            (6, &long, NameRule::Length { found: 33 }),
            (7, "8.6E+14", NameRule::Shortened),
            (8, "a b c d", NameRule::NicknameCharacter { position: 2, found: ' ' }),
            (9, "灯", NameRule::NicknameLength { units: 2 }),
            (10, "SN-0001", NameRule::Repeated { first_line: 2 }),
            (12, "lamp", NameRule::Missing),
            (13, "SN-0004,lamp,x", NameRule::Columns),
            (14, "SN 5", NameRule::Character { position: 3, found: ' ' }),
        ];
        assert_eq!(faults(&text), expected.map(|(line, value, rule)| (line, value.to_owned(), rule)));
        assert!(matches!(read(&text), Err(Fault::Rows { count: 12, .. })));
    }

    #[test]
    fn a_name_like_the_header_is_a_header_in_the_first_row_only() {
        assert_eq!(names("SN-1\nDeviceName").len(), 2);
        assert_eq!(names("DeviceName,lamp").len(), 1);
        assert_eq!(read("DeviceName;Nickname\n\n"), Err(Fault::Missing));
        assert_eq!(read(" \n,;\t\n"), Err(Fault::Missing));
    }

    #[test]
    fn a_file_that_is_no_list_is_named_without_being_kept() {
        let long = "\u{FFFD}".repeat(5_000);
        assert_eq!(
            faults(&long),
            [(1, long.chars().take(100).collect(), NameRule::Character { position: 1, found: '\u{FFFD}' })]
        );
    }

    #[test]
    fn a_million_names_are_read_and_one_more_is_too_many() {
        let mut text: String = (0..1_000_000).map(|number| format!("SN-{number}xxxx\n")).collect();
        assert_eq!(read(&text).unwrap().len(), 1_000_000);
        text.push_str("SN-more");
        assert_eq!(read(&text), Err(Fault::TooLarge { limit: 1_000_000 }));
    }
}
