//! Which column is what. In: the cells. Out: the column of the names, of the nicknames, and whether the first row names
//! them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::parse::is_invisible;
use super::super::rule::check_device_name;
use super::sheet::Sheet;

/// Rows that are looked at to find the column of the names where no header tells.
const SAMPLE_ROWS: u32 = 100;

/// What a column of names is called, the surest first; without blanks, hyphens and underscores, in lower case.
const NAME_WORDS: [&str; 13] = [
    "devicename",
    "设备名称",
    "设备名",
    "名称",
    "name",
    "serialnumber",
    "serialno",
    "序列号",
    "设备序列号",
    "设备编号",
    "sn",
    "device",
    "设备",
];

/// What a column of nicknames is called.
const NICKNAME_WORDS: [&str; 7] = ["nickname", "备注名称", "备注名", "设备备注名称", "昵称", "alias", "备注"];

/// Which column is what; counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// The column of DeviceNames.
    pub name: u32,
    /// The column of nicknames, if there is one.
    pub nickname: Option<u32>,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

impl Columns {
    /// By the words of a header, or else by what looks like names.
    pub(super) fn find(sheet: &Sheet) -> Self {
        if sheet.len() == 0 {
            return Self::default();
        }
        let called = |words: &[&str]| {
            let header: Vec<String> = (0..sheet.width(0)).map(|column| plain(sheet.cell(0, column))).collect();
            let place = words.iter().find_map(|word| header.iter().position(|cell| cell == word));
            place.and_then(|place| u32::try_from(place).ok())
        };
        if let Some(name) = called(&NAME_WORDS) {
            return Self { name, nickname: called(&NICKNAME_WORDS).filter(|&column| column != name), has_header: true };
        }
        let rows = 0..sheet.len().min(SAMPLE_ROWS);
        let width = (0..sheet.len()).map(|row| sheet.width(row)).max().unwrap_or_default();
        let names_in = |column: u32| {
            let cells = rows.clone().map(|row| sheet.cell(row, column));
            cells.filter(|cell| check_device_name(cell).is_ok()).collect::<BTreeSet<_>>().len()
        };
        // Of equals the first one: the last that `max_by_key` sees.
        let name = (0..width).rev().max_by_key(|&column| names_in(column)).unwrap_or_default();
        Self { name, nickname: (width == 2).then(|| 1 - name.min(1)), has_header: false }
    }
}

/// Whether a word names one of the two columns.
pub(super) fn is_known(word: &str) -> bool {
    let word = plain(word);
    NAME_WORDS.iter().chain(&NICKNAME_WORDS).any(|known| *known == word)
}

fn plain(word: &str) -> String {
    word.chars().filter(|&c| !is_invisible(c) && !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (u32, Option<u32>, bool) {
        let Columns { name, nickname, has_header } = Columns::find(&Sheet::read(text));
        (name, nickname, has_header)
    }

    #[test]
    fn a_header_in_english_or_chinese_names_the_columns() {
        assert_eq!(found("DeviceName,Nickname\nSN-1,lamp"), (0, Some(1), true));
        assert_eq!(found("No.;备注名称;设备名称\n1;灯光;SN-1"), (2, Some(1), true));
        assert_eq!(found("name\tdevice_name\nlamp\tSN-1"), (1, None, true));
        assert_eq!(found("Serial-Number\nSN-1"), (0, None, true));
    }

    #[test]
    fn without_one_the_names_are_where_most_different_names_are() {
        assert_eq!(found("SN-1\nSN-2,客厅灯"), (0, Some(1), false));
        assert_eq!(found(&("SN-1\n".repeat(200) + "SN-2,lamp")), (0, Some(1), false));
        assert_eq!(found("客厅灯,SN-1\n卧室灯,SN-2"), (1, Some(0), false));
        assert_eq!(found("a1SimCloud1,SN-1,x\na1SimCloud1,SN-2,y"), (1, None, false));
        assert_eq!(found(""), (0, None, false));
    }
}
