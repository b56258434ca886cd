//! One column of texts, end to end in one allocation. In: texts. Out: a text by its index, or all of them to search.
//! The allocation is wiped when it moves and when it is dropped.

use zeroize::Zeroize as _;

/// Texts by index.
#[derive(Default)]
pub(super) struct Column {
    bytes: String,
    ends: Vec<u32>,
}

impl Column {
    /// Room for so many texts of so many bytes each.
    pub(super) fn with_capacity(texts: usize, bytes_each: usize) -> Self {
        Self { bytes: String::with_capacity(texts * bytes_each), ends: Vec::with_capacity(texts) }
    }

    /// Appends a text. Growing copies everything once and wipes the old place.
    pub(super) fn push(&mut self, text: &str) {
        let needed = self.bytes.len() + text.len();
        if needed > self.bytes.capacity() {
            let mut larger = String::with_capacity(needed.max(self.bytes.capacity() * 3 / 2));
            larger.push_str(&self.bytes);
            self.bytes.zeroize();
            self.bytes = larger;
        }
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).expect("a million rows stay far below 4 GiB"));
    }

    /// The text at an index that was pushed.
    pub(super) fn at(&self, index: u32) -> &str {
        let index = index as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.bytes[start..self.ends[index] as usize]
    }

    /// Texts that were pushed.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All texts end to end, and where each ends: for a search that does not stop at every text.
    pub(super) fn whole(&self) -> (&str, &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// Bytes of memory that are taken, spare room included.
    pub(super) fn memory(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

impl Drop for Column {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// A column that few tables have: it takes no memory until the first text that is not empty.
#[derive(Default)]
pub(super) struct SparseColumn(Column);

impl SparseColumn {
    /// Notes the text of the row at `index`, which is not below that of any call before.
    pub(super) fn put(&mut self, index: u32, text: &str) {
        if text.is_empty() {
            return;
        }
        while self.0.len() < index as usize {
            self.0.push("");
        }
        self.0.push(text);
    }

    /// The text of a row; empty where none was noted.
    pub(super) fn at(&self, index: u32) -> &str {
        if (index as usize) < self.0.len() { self.0.at(index) } else { "" }
    }

    /// The texts up to the last that is not empty.
    pub(super) fn texts(&self) -> &Column {
        &self.0
    }
}
