//! One column of texts, end to end in one allocation that is wiped when it moves and when it is dropped.

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
}

impl Drop for Column {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}
