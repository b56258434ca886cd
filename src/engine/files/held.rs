//! Which rows of the table are in a file with their secrets. In: the rows of each such file. Out: how many there are.

use super::Picked;

/// A bit for each row that a file holds.
#[derive(Default)]
pub(in crate::engine) struct Held {
    words: Vec<u64>,
    count: u32,
}

impl Held {
    /// Takes a file's rows in.
    pub(super) fn add(&mut self, picked: &Picked) {
        picked.each(&mut |row| {
            let (word, bit) = (row as usize / 64, 1 << (row % 64));
            if self.words.len() <= word {
                self.words.resize(word + 1, 0);
            }
            self.count += u32::from(self.words[word] & bit == 0);
            self.words[word] |= bit;
        });
    }

    /// How many rows are in some file.
    pub(in crate::engine) fn count(&self) -> u32 {
        self.count
    }
}
