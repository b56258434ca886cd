//! Rows on their way from the heap that holds the table to the one that makes a file of them. In: rows. Out: bytes, and
//! from these the same rows, borrowed.

use super::{COLUMNS, Record, Rows};
use crate::table::Row;

/// Rows that cross at a time: about half a megabyte, a few milliseconds of work.
pub const ROWS_AT_A_TIME: u32 = 4_000;

/// The number of the first, and the values of each in the order of [`COLUMNS`].
type Crossing<'r> = (u32, Vec<[&'r str; COLUMNS.len()]>);

/// Bytes that are not rows: both ends are of different versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// The next rows behind the first `from`, [`ROWS_AT_A_TIME`] or as many as there are below `end`.
#[must_use]
pub fn write(rows: &Rows<'_>, from: u32, end: u32) -> Vec<u8> {
    let end = end.min(from.saturating_add(ROWS_AT_A_TIME));
    let crossing: Crossing<'_> = (from + 1, (from..end).map(|position| rows.record(position).values()).collect());
    postcard::to_allocvec(&crossing).expect("texts can be written as bytes")
}

/// Hands out the rows one by one; how many there are. What `take` makes of them, it keeps.
///
/// # Errors
/// The bytes are no rows.
pub fn read(bytes: &[u8], take: &mut dyn FnMut(&Record<'_>)) -> Result<u32, Unreadable> {
    let (first, rows): Crossing<'_> = postcard::from_bytes(bytes).map_err(|_| Unreadable)?;
    let mut number = first;
    for [product_key, device_name, device_secret, iot_id, device_id, nickname, apply_id] in rows {
        // No format asks for the batch's index, only for its ApplyId.
        let row = Row { device_name, device_secret, iot_id, device_id, nickname, batch: 0 };
        take(&Record { number, product_key, row, apply_id });
        number += 1;
    }
    Ok(number - first)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{context, table};
    use super::*;

    #[test]
    fn rows_arrive_as_they_left_with_their_numbers() {
        let table = table();
        let rows = Rows::all(&table, context());
        for (from, end) in [(0, 3), (1, 3), (2, 2)] {
            let mut arrived = Vec::new();
            let mut take = |record: &Record<'_>| arrived.push((record.number, record.values().map(str::to_owned)));
            assert_eq!(read(&write(&rows, from, end), &mut take), Ok(end - from));
            let left = rows.records().map(|record| (record.number, record.values().map(str::to_owned)));
            assert!(arrived.into_iter().eq(left.skip(from as usize).take((end - from) as usize)));
        }
    }

    #[test]
    fn what_is_cut_off_is_not_rows() {
        let table = table();
        let bytes = write(&Rows::all(&table, context()), 0, 3);
        assert_eq!(read(&bytes[..bytes.len() - 1], &mut |_| {}), Err(Unreadable));
    }
}
