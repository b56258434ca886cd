//! Which rows hold a text. In: a column, what is looked for. Out: one bit a row.
//!
//! ASCII letters match in either case, others by their lower case. A needle of ASCII is looked for in the whole column
//! at once, with Horspool's method: the byte under the needle's end tells how far it may be moved.

use super::column::Column;

/// One bit a row.
pub(super) struct Rows {
    bits: Vec<u64>,
}

impl Rows {
    /// No row of so many.
    pub(super) fn none(rows: u32) -> Self {
        Self { bits: vec![0; rows.div_ceil(u64::BITS) as usize] }
    }

    /// Adds a row.
    fn add(&mut self, index: u32) {
        self.bits[(index / u64::BITS) as usize] |= 1 << (index % u64::BITS);
    }

    /// Whether the row is there.
    pub(super) fn contains(&self, index: u32) -> bool {
        self.bits.get((index / u64::BITS) as usize).is_some_and(|bits| bits >> (index % u64::BITS) & 1 == 1)
    }
}

/// Adds the rows whose text holds the needle, which is not empty.
pub(super) fn search(column: &Column, needle: &str, found: &mut Rows) {
    if needle.is_ascii() {
        search_ascii(column, needle.as_bytes(), found);
    } else if !column.whole().0.is_ascii() {
        let needle = needle.to_lowercase();
        for index in 0..u32::try_from(column.len()).expect("a run has at most a million rows") {
            let text = column.at(index);
            if !text.is_ascii() && text.to_lowercase().contains(&needle) {
                found.add(index);
            }
        }
    }
}

fn search_ascii(column: &Column, needle: &[u8], found: &mut Rows) {
    let (text, ends) = column.whole();
    let text = text.as_bytes();
    let (moves, again) = moves(needle);
    let (mut row, mut last) = (0_usize, needle.len() - 1);
    loop {
        // Nearly all of the time is spent here: one look at a table for several bytes of text.
        while let Some(&byte) = text.get(last) {
            match moves[usize::from(byte)] {
                0 => break,
                distance => last += distance,
            }
        }
        let start = last + 1 - needle.len();
        let Some(window) = text.get(start..=last) else { return };
        if !window.eq_ignore_ascii_case(needle) {
            last += again;
            continue;
        }
        // Each find is behind the last one, so the ends are walked once.
        while ends[row] as usize <= start {
            row += 1;
        }
        let end = ends[row] as usize;
        if last < end {
            found.add(u32::try_from(row).expect("a run has at most a million rows"));
            last = end + needle.len() - 1;
        } else {
            // It runs over the end of its text.
            last += 1;
        }
    }
}

/// How far the needle may be moved when this byte stands under its end, none for the needle's own last byte; and how
/// far when that one stood there, but the rest was something else.
fn moves(needle: &[u8]) -> ([usize; 256], usize) {
    let mut moves = [needle.len(); 256];
    let mut set = |byte: u8, distance| {
        moves[usize::from(byte.to_ascii_lowercase())] = distance;
        moves[usize::from(byte.to_ascii_uppercase())] = distance;
    };
    let Some((end, before)) = needle.split_last() else { return (moves, 1) };
    for (position, &byte) in before.iter().enumerate() {
        set(byte, before.len() - position);
    }
    set(*end, 0);
    let earlier = before.iter().rposition(|byte| byte.eq_ignore_ascii_case(end));
    (moves, earlier.map_or(needle.len(), |position| before.len() - position))
}
