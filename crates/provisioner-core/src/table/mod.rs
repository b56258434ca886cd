//! The credential table: columns instead of a million small strings. In: whole rows. Out: rows by index, masked or not.
//!
//! A DeviceName is unique within a product, so it is the key: a row that comes twice is kept once.

mod column;
mod search;
mod sort;
mod view;

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::model::device::DeviceRow;
use column::{Column, SparseColumn};

pub use sort::{Direction, Sort, SortBy};
pub use view::View;

/// What came of putting a row in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It is new.
    New,
    /// The same row was there already.
    Again,
    /// Its DeviceName is there with other credentials, or in another batch; the first one stays.
    Conflict,
}

/// One row, borrowed.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    /// DeviceName.
    pub device_name: &'t str,
    /// DeviceSecret; for one row that the user asked for, and for files.
    pub device_secret: &'t str,
    /// IotId.
    pub iot_id: &'t str,
    /// DeviceId, may be empty.
    pub device_id: &'t str,
    /// Nickname, may be empty; random names come without one.
    pub nickname: &'t str,
    /// Index of its batch, from 0.
    pub batch: u32,
}

/// All rows of a run, in the order in which they came. A row with names and ids of the usual lengths takes 128 bytes
/// (measured with a million), and a [`View`] four or eight more.
#[derive(Default)]
pub struct Table {
    device_name: Column,
    device_secret: Column,
    iot_id: Column,
    device_id: Column,
    nickname: SparseColumn,
    batch: Vec<u32>,
    by_name: HashTable<u32>,
    /// Without a random seed: nobody who names devices wants a slow table.
    hasher: FxBuildHasher,
}

impl Table {
    /// An empty table with room for so many rows of the usual lengths, so that secrets are not copied about.
    #[must_use]
    pub fn with_capacity(rows: u32) -> Self {
        let rows = rows as usize;
        Self {
            device_name: Column::with_capacity(rows, 20),
            device_secret: Column::with_capacity(rows, 32),
            iot_id: Column::with_capacity(rows, 26),
            device_id: Column::with_capacity(rows, 20),
            nickname: SparseColumn::default(),
            batch: Vec::with_capacity(rows),
            by_name: HashTable::with_capacity(rows),
            hasher: FxBuildHasher,
        }
    }

    /// Puts a row without a nickname in.
    pub fn insert(&mut self, batch: u32, row: &DeviceRow) -> Inserted {
        self.insert_with_nickname(batch, row, "")
    }

    /// Puts a row in. The nickname is what the user asked for: the pages of a batch do not hand it out, so it is not
    /// compared.
    pub fn insert_with_nickname(&mut self, batch: u32, row: &DeviceRow, nickname: &str) -> Inserted {
        let hash = self.hasher.hash_one(row.device_name.as_str());
        let names = &self.device_name;
        if let Some(&index) = self.by_name.find(hash, |&index| names.at(index) == row.device_name) {
            let known = self.row(index);
            let same =
                known.device_secret == row.device_secret.expose() && known.iot_id == row.iot_id && known.batch == batch;
            return if same { Inserted::Again } else { Inserted::Conflict };
        }
        let index = self.len();
        self.device_name.push(&row.device_name);
        self.device_secret.push(row.device_secret.expose());
        self.iot_id.push(&row.iot_id);
        self.device_id.push(&row.device_id);
        self.nickname.put(index, nickname);
        self.batch.push(batch);
        let (names, hasher) = (&self.device_name, &self.hasher);
        self.by_name.insert_unique(hash, index, |&index| hasher.hash_one(names.at(index)));
        Inserted::New
    }

    /// Index of the row with this DeviceName, if it is there.
    #[must_use]
    pub fn find(&self, device_name: &str) -> Option<u32> {
        let names = &self.device_name;
        self.by_name.find(self.hasher.hash_one(device_name), |&index| names.at(index) == device_name).copied()
    }

    /// Rows in the table.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.batch.len()).expect("a run has at most a million rows")
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.batch.is_empty()
    }

    /// The row at an index below [`Table::len`].
    #[must_use]
    pub fn row(&self, index: u32) -> Row<'_> {
        Row {
            device_name: self.device_name.at(index),
            device_secret: self.device_secret.at(index),
            iot_id: self.iot_id.at(index),
            device_id: self.device_id.at(index),
            nickname: self.nickname.at(index),
            batch: self.batch[index as usize],
        }
    }

    /// Whether any row has a nickname.
    #[must_use]
    pub fn has_nicknames(&self) -> bool {
        self.nickname.texts().len() > 0
    }

    /// Whether any row has a DeviceId.
    #[must_use]
    pub fn has_device_ids(&self) -> bool {
        !self.device_id.whole().0.is_empty()
    }

    /// Bytes of memory that the rows take, spare room included.
    #[must_use]
    pub fn memory(&self) -> usize {
        let columns = [&self.device_name, &self.device_secret, &self.iot_id, &self.device_id, self.nickname.texts()];
        columns.into_iter().map(Column::memory).sum::<usize>()
            + self.batch.capacity() * size_of::<u32>()
            + self.by_name.allocation_size()
    }

    /// All rows, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.batch.len()).map(|index| self.row(u32::try_from(index).expect("a run has at most a million rows")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    fn row(name: &str, secret: &str) -> DeviceRow {
        DeviceRow {
            device_name: name.into(),
            device_secret: Secret::new(secret.into()),
            iot_id: format!("{name}000100"),
            device_id: String::new(),
        }
    }

    #[test]
    fn a_row_that_comes_twice_is_kept_once() {
        let mut table = Table::default();
        assert_eq!(table.insert(0, &row("a", "1")), Inserted::New);
        assert_eq!(table.insert(0, &row("a", "1")), Inserted::Again);
        assert_eq!(table.len(), 1);
    }

    #[test]
    fn other_credentials_or_another_batch_for_a_known_name_are_a_conflict_and_the_first_stays() {
        let mut table = Table::default();
        table.insert(0, &row("a", "1"));
        assert_eq!(table.insert(0, &row("a", "2")), Inserted::Conflict);
        assert_eq!(table.insert(1, &row("a", "1")), Inserted::Conflict);
        assert_eq!((table.len(), table.row(0).device_secret), (1, "1"));
    }

    #[test]
    fn a_nickname_belongs_to_its_row_and_takes_no_memory_where_there_is_none() {
        let mut table = Table::default();
        table.insert(0, &row("a", "1"));
        assert!(table.nickname.texts().memory() == 0 && !table.has_nicknames());
        table.insert_with_nickname(0, &row("b", "1"), "灯");
        table.insert(0, &row("c", "1"));
        assert_eq!(table.rows().map(|row| row.nickname).collect::<Vec<_>>(), ["", "灯", ""]);
        assert!(table.has_nicknames() && !table.has_device_ids());
    }

    #[test]
    fn a_row_of_the_usual_lengths_takes_less_than_the_250_bytes_that_it_may() {
        const ROWS: u32 = 20_000;
        let mut table = Table::with_capacity(ROWS);
        for number in 0..ROWS {
            table.insert(0, &row(&format!("{number:020}"), &"5".repeat(32)));
        }
        let mut view = View::all(&table);
        view.sort(&table, Sort { by: SortBy::DeviceName, direction: Direction::Descending });
        view.filter(&table, "0");
        assert_eq!(view.len(), ROWS);
        assert!(table.memory() + view.memory() < 250 * ROWS as usize, "{} bytes", table.memory() + view.memory());
    }

    #[test]
    fn a_hundred_thousand_rows_come_back_as_they_went_in() {
        let mut table = Table::with_capacity(10);
        for number in 0..100_000 {
            assert_eq!(
                table.insert(number / 10_000, &row(&format!("n{number}"), &format!("s{number}"))),
                Inserted::New
            );
        }
        for (number, row) in table.rows().enumerate() {
            assert_eq!(row.device_name, format!("n{number}"));
            assert_eq!(row.device_secret, format!("s{number}"));
            assert_eq!(row.batch as usize, number / 10_000);
        }
        assert_eq!(table.insert(3, &row("n31337", "s31337")), Inserted::Again);
    }
}
