//! The rows that are looked at, in the order that was chosen. In: a table, a sort order, a text to filter by. Out:
//! indices of rows by position; nothing of the rows is copied.
//!
//! A view knows the rows that were there when it was made or last brought up to date. It takes four bytes a row for an
//! order, and four for each row that a filter lets through.

use super::search::{Rows, search};
use super::{Row, Sort, Table};

/// An order of the rows, or of those that a filter lets through.
#[derive(Debug)]
pub struct View {
    rows: u32,
    sort: Sort,
    /// Indices in the sort order; empty while rows stand as they came.
    sorted: Vec<u32>,
    filter: String,
    /// Indices of the rows that the filter lets through, in the sort order.
    found: Option<Vec<u32>>,
}

impl View {
    /// All rows of the table, as they came.
    #[must_use]
    pub fn all(table: &Table) -> Self {
        Self { rows: table.len(), sort: Sort::ARRIVAL, sorted: Vec::new(), filter: String::new(), found: None }
    }

    /// Takes in what has come into the table since.
    pub fn bring_up_to_date(&mut self, table: &Table) {
        if self.rows != table.len() {
            self.rows = table.len();
            self.order(table);
            self.select(table);
        }
    }

    /// Sorts the rows.
    pub fn sort(&mut self, table: &Table, sort: Sort) {
        self.rows = table.len();
        self.sort = sort;
        self.order(table);
        self.select(table);
    }

    /// Lets only rows through whose DeviceName, IotId or Nickname holds the text, in capitals or not; all for an empty
    /// text. Secrets are never looked at: a filter that finds them would tell them, letter by letter.
    pub fn filter(&mut self, table: &Table, text: &str) {
        if self.rows != table.len() {
            self.rows = table.len();
            self.order(table);
        }
        text.clone_into(&mut self.filter);
        self.select(table);
    }

    /// The sort order.
    #[must_use]
    pub fn sorted_by(&self) -> Sort {
        self.sort
    }

    /// What is filtered by; empty for all rows.
    #[must_use]
    pub fn filtered_by(&self) -> &str {
        &self.filter
    }

    /// Rows in the view.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.found.as_ref().map_or(self.rows, |found| u32::try_from(found.len()).expect("no more than there are rows"))
    }

    /// Rows that the table had when the view was made or last brought up to date.
    #[must_use]
    pub fn known(&self) -> u32 {
        self.rows
    }

    /// Whether no row is in the view.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The index in the table of the row at a position below [`View::len`].
    #[must_use]
    pub fn index(&self, position: u32) -> u32 {
        match self.indices() {
            Some(indices) => indices[position as usize],
            None => position,
        }
    }

    /// The rows in the view's order, from the table that it was made of.
    pub fn rows<'v>(&'v self, table: &'v Table) -> impl Iterator<Item = Row<'v>> {
        (0..self.len()).map(|position| table.row(self.index(position)))
    }

    /// Bytes of memory that the view takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        (self.sorted.capacity() + self.found.as_ref().map_or(0, Vec::capacity)) * size_of::<u32>()
    }

    fn indices(&self) -> Option<&[u32]> {
        self.found.as_deref().or_else(|| (self.sort != Sort::ARRIVAL).then_some(&self.sorted))
    }

    fn order(&mut self, table: &Table) {
        self.sorted = if self.sort == Sort::ARRIVAL { Vec::new() } else { self.sort.indices(table) };
    }

    fn select(&mut self, table: &Table) {
        if self.filter.is_empty() {
            self.found = None;
            return;
        }
        let mut found = Rows::none(self.rows);
        for column in [&table.device_name, &table.iot_id, table.nickname.texts()] {
            search(column, &self.filter, &mut found);
        }
        self.found = Some(if self.sort == Sort::ARRIVAL {
            (0..self.rows).filter(|&index| found.contains(index)).collect()
        } else {
            self.sorted.iter().copied().filter(|&index| found.contains(index)).collect()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Direction, SortBy};
    use super::*;
    use crate::model::device::DeviceRow;
    use crate::secret::Secret;

    /// Rows as (DeviceName, IotId, Nickname, batch).
    const ROWS: [(&str, &str, &str, u32); 6] = [
        ("SN-b", "iot3", "", 1),
        ("SN-B", "iot1", "灯 Éclair", 0),
        ("SN-a\u{10000}", "iot2", "", 1),
        ("SN-a\u{ffff}", "IOT2", "门", 0),
        ("SN-", "iot9", "", 2),
        ("SN-b-and-more-than-eight", "iotSN", "", 0),
    ];

    fn table() -> Table {
        let mut table = Table::default();
        for (name, iot_id, nickname, batch) in ROWS {
            let row = DeviceRow {
                device_name: name.into(),
                device_secret: Secret::new(format!("secret of {name}")),
                iot_id: iot_id.into(),
                device_id: String::new(),
            };
            table.insert_with_nickname(batch, &row, nickname);
        }
        table
    }

    fn indices(view: &View) -> Vec<u32> {
        (0..view.len()).map(|position| view.index(position)).collect()
    }

    fn sorted(by: SortBy, direction: Direction) -> Vec<u32> {
        let table = table();
        let mut view = View::all(&table);
        view.sort(&table, Sort { by, direction });
        indices(&view)
    }

    fn filtered(text: &str) -> Vec<u32> {
        let table = table();
        let mut view = View::all(&table);
        view.filter(&table, text);
        indices(&view)
    }

    #[test]
    fn rows_stand_as_they_came_until_they_are_sorted() {
        assert_eq!(indices(&View::all(&table())), [0, 1, 2, 3, 4, 5]);
        assert_eq!(sorted(SortBy::Arrival, Direction::Descending), [5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn names_go_by_code_points_not_by_utf_16() {
        assert_eq!(sorted(SortBy::DeviceName, Direction::Ascending), [4, 1, 3, 2, 0, 5]);
        assert_eq!(sorted(SortBy::DeviceName, Direction::Descending), [5, 0, 2, 3, 1, 4]);
    }

    #[test]
    fn equal_rows_stay_as_they_came_in_both_directions() {
        assert_eq!(sorted(SortBy::Batch, Direction::Ascending), [1, 3, 5, 0, 2, 4]);
        assert_eq!(sorted(SortBy::Batch, Direction::Descending), [4, 0, 2, 1, 3, 5]);
        assert_eq!(sorted(SortBy::DeviceId, Direction::Descending), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn rows_without_a_nickname_come_before_those_with_one() {
        assert_eq!(sorted(SortBy::Nickname, Direction::Ascending), [0, 2, 4, 5, 1, 3]);
        assert_eq!(sorted(SortBy::IotId, Direction::Ascending), [3, 1, 2, 0, 4, 5]);
    }

    #[test]
    fn every_order_is_the_one_that_a_plain_stable_sort_makes() {
        let mut table = Table::default();
        let mut state = 1_u64;
        for number in 0..3_000_u32 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let row = DeviceRow {
                device_name: format!("prefix-{:x}-{number}", state >> 52),
                device_secret: Secret::new("s".into()),
                iot_id: format!("{:x}", state >> 58),
                device_id: String::new(),
            };
            table.insert(number % 7, &row);
        }
        for by in [SortBy::DeviceName, SortBy::IotId, SortBy::Batch] {
            for direction in [Direction::Ascending, Direction::Descending] {
                let mut expected: Vec<(String, u32)> = (0..)
                    .zip(table.rows())
                    .map(|(index, row)| match by {
                        SortBy::DeviceName => (row.device_name.to_owned(), index),
                        SortBy::IotId => (row.iot_id.to_owned(), index),
                        _ => (row.batch.to_string(), index),
                    })
                    .collect();
                match direction {
                    Direction::Ascending => expected.sort_by(|one, other| one.0.cmp(&other.0)),
                    Direction::Descending => expected.sort_by(|one, other| other.0.cmp(&one.0)),
                }
                let mut view = View::all(&table);
                view.sort(&table, Sort { by, direction });
                assert!(indices(&view).into_iter().eq(expected.into_iter().map(|(_, index)| index)), "{by:?}");
            }
        }
    }

    #[test]
    fn a_filter_finds_names_iot_ids_and_nicknames_in_either_case_and_never_secrets() {
        assert_eq!(filtered("sn-B"), [0, 1, 5]);
        assert_eq!(filtered("IOT2"), [2, 3]);
        assert_eq!(filtered("门"), [3]);
        assert_eq!(filtered("éCLAIR"), [1]);
        assert_eq!(filtered("secret"), [0; 0]);
        assert_eq!(filtered(""), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_filter_does_not_find_what_begins_in_one_row_and_ends_in_the_next() {
        assert_eq!(filtered("bSN"), [0; 0]);
        assert_eq!(filtered("3iot"), [0; 0]);
        assert_eq!(filtered("tSN"), [5]);
    }

    #[test]
    fn a_filter_finds_what_a_plain_search_finds() {
        let mut table = Table::default();
        let words = ["aab", "Aaba", "abaab", "", "baaba", "aaaab", "bbb"];
        for number in 0..600_usize {
            let name = format!("{}{}{}", words[number % 7], words[number / 7 % 7], words[number / 49 % 7]);
            let row = DeviceRow {
                device_name: format!("{name}{}", "c".repeat(number / 343)),
                device_secret: Secret::new("aab".into()),
                iot_id: String::new(),
                device_id: "aab".into(),
            };
            table.insert(0, &row);
        }
        let mut view = View::all(&table);
        for needle in ["a", "B", "ab", "aab", "abaab", "aaaabaab", "bbbbbb", "c", "z"] {
            view.filter(&table, needle);
            let holds = |row: &Row<'_>| row.device_name.to_lowercase().contains(&needle.to_lowercase());
            assert!(view.rows(&table).all(|row| holds(&row)), "{needle}");
            assert_eq!(view.len() as usize, table.rows().filter(holds).count(), "{needle}");
        }
    }

    #[test]
    fn sort_and_filter_hold_together_and_take_in_new_rows() {
        let mut table = table();
        let mut view = View::all(&table);
        view.filter(&table, "iot2");
        view.sort(&table, Sort { by: SortBy::DeviceName, direction: Direction::Descending });
        assert_eq!(indices(&view), [2, 3]);
        let row = DeviceRow {
            device_name: "SN-z".into(),
            device_secret: Secret::new("s".into()),
            iot_id: "iot2z".into(),
            device_id: String::new(),
        };
        table.insert(3, &row);
        assert_eq!((indices(&view), view.known()), (vec![2, 3], 6));
        view.bring_up_to_date(&table);
        assert_eq!((indices(&view), view.known()), (vec![6, 2, 3], 7));
        view.filter(&table, "");
        assert_eq!(view.len(), 7);
        assert!(view.rows(&table).map(|row| row.device_name).is_sorted_by(|one, other| one > other));
    }
}
