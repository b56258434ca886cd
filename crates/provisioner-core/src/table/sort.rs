//! The order of rows by a column. In: the table, a column, a direction. Out: indices of rows, in order.
//!
//! Texts go by their code points, which in UTF-8 is the order of their bytes. What all texts of a column begin with is
//! skipped, and the eight bytes behind it stand beside each index as a number. Numbers are sorted byte by byte, without
//! a comparison; only where they are equal do texts decide.

use super::Table;
use super::column::Column;

/// A column that rows can be sorted by. Not the secret: its order would say something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// The order in which the rows came.
    Arrival,
    /// DeviceName.
    DeviceName,
    /// IotId.
    IotId,
    /// DeviceId.
    DeviceId,
    /// Nickname.
    Nickname,
    /// The batch's index.
    Batch,
}

/// Which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

/// An order of rows. Rows that are equal in the column stay in the order in which they came, in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub by: SortBy,
    /// Its direction.
    pub direction: Direction,
}

impl Sort {
    /// Rows as they came.
    pub const ARRIVAL: Self = Self { by: SortBy::Arrival, direction: Direction::Ascending };

    /// Indices of all rows in this order. Takes 32 bytes a row while it works.
    pub(super) fn indices(self, table: &Table) -> Vec<u32> {
        let mut keys = match self.by {
            SortBy::Arrival => (0..table.len()).map(|index| Key { number: u64::from(index), index }).collect(),
            SortBy::Batch => numbers(&table.batch),
            SortBy::DeviceName => prefixes(&table.device_name, table.len()),
            SortBy::IotId => prefixes(&table.iot_id, table.len()),
            SortBy::DeviceId => prefixes(&table.device_id, table.len()),
            SortBy::Nickname => prefixes(table.nickname.texts(), table.len()),
        };
        let text = |index| match self.by {
            SortBy::Arrival | SortBy::Batch => "",
            SortBy::DeviceName => table.device_name.at(index),
            SortBy::IotId => table.iot_id.at(index),
            SortBy::DeviceId => table.device_id.at(index),
            SortBy::Nickname => table.nickname.at(index),
        };
        let descending = self.direction == Direction::Descending;
        if descending {
            // What was largest is smallest, and equal ones still stay as they came.
            keys.iter_mut().for_each(|key| key.number = !key.number);
        }
        let mut keys = by_number(keys);
        for equal in keys.chunk_by_mut(|one, other| one.number == other.number) {
            equal.sort_unstable_by(|one, other| {
                let order = text(one.index).cmp(text(other.index));
                let order = if descending { order.reverse() } else { order };
                // The index decides last, and makes the order stable.
                order.then(one.index.cmp(&other.index))
            });
        }
        keys.iter().map(|key| key.index).collect()
    }
}

/// What a row is compared by before its text is looked at.
#[derive(Clone, Copy, Default)]
struct Key {
    number: u64,
    index: u32,
}

/// The keys by their numbers, which are sorted by one byte after the other, the last byte first; equal ones stay in
/// order. A byte that all have in common is left out.
fn by_number(mut keys: Vec<Key>) -> Vec<Key> {
    let mut counts = [[0_usize; 256]; 8];
    for key in &keys {
        for (counts, byte) in counts.iter_mut().zip(key.number.to_le_bytes()) {
            counts[usize::from(byte)] += 1;
        }
    }
    let mut sorted = vec![Key::default(); keys.len()];
    for (byte, counts) in counts.iter().enumerate() {
        if counts.contains(&keys.len()) {
            continue;
        }
        let mut places = [0; 256];
        let mut place = 0;
        for (first, count) in places.iter_mut().zip(counts) {
            *first = place;
            place += count;
        }
        for key in &keys {
            let place = &mut places[usize::from(key.number.to_le_bytes()[byte])];
            sorted[*place] = *key;
            *place += 1;
        }
        std::mem::swap(&mut keys, &mut sorted);
    }
    keys
}

fn numbers(batches: &[u32]) -> Vec<Key> {
    (0..).zip(batches).map(|(index, &batch)| Key { number: u64::from(batch), index }).collect()
}

/// A key for each row, also for those behind the end of a sparse column, whose text is empty.
fn prefixes(column: &Column, rows: u32) -> Vec<Key> {
    let texts = u32::try_from(column.len()).expect("a run has at most a million rows");
    let skipped = if texts == rows { common_prefix(column) } else { 0 };
    let key = |index| {
        let text = if index < texts { column.at(index) } else { "" };
        Key { number: first_bytes(&text.as_bytes()[skipped..]), index }
    };
    (0..rows).map(key).collect()
}

/// Bytes that all texts of the column begin with.
fn common_prefix(column: &Column) -> usize {
    let texts = u32::try_from(column.len()).expect("a run has at most a million rows");
    let Some(first) = (texts > 0).then(|| column.at(0).as_bytes()) else { return 0 };
    (1..texts).fold(first.len(), |length, index| {
        let text = column.at(index).as_bytes();
        first[..length].iter().zip(text).take_while(|(one, other)| one == other).count()
    })
}

/// The first eight bytes as a number that compares as they do; a shorter text is filled with zeros, and where that
/// makes two equal the texts decide.
fn first_bytes(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(bytes.len());
    bytes[..length].copy_from_slice(&text[..length]);
    u64::from_be_bytes(bytes)
}
