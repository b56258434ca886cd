//! Texts that are looked for. In: texts under names, then bytes, whatever they are of. Out: which are in them.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

/// Names, and how many different texts of each were found.
pub type Found = BTreeMap<&'static str, usize>;

/// Characters that are not found by chance. A secret is found by any so many of it: what frees a text overwrites its first
/// bytes, to note where the next free place is.
const PART: usize = 12;

pub struct Sought {
    texts: Vec<(&'static str, String)>,
    /// The text that each pattern is of.
    of: Vec<usize>,
    finder: AhoCorasick,
}

impl Sought {
    /// Looks for what is known to be somewhere as a whole, and for parts of secrets; as UTF-8 and as UTF-16, since browsers
    /// hold texts in both.
    pub fn new(known: Vec<(&'static str, String)>, secrets: Vec<(&'static str, String)>) -> Self {
        let (mut patterns, mut of) = (Vec::new(), Vec::new());
        let parts = |text: &str, length| text.as_bytes().windows(length).map(<[u8]>::to_vec).collect::<Vec<_>>();
        let whole = known.iter().map(|(_, text)| parts(text, text.len()));
        let in_parts = secrets.iter().map(|(_, text)| parts(text, PART));
        for (index, parts) in whole.chain(in_parts).enumerate() {
            assert!(!parts.is_empty());
            for part in parts {
                // Secrets of the test are ASCII.
                patterns.push(part.iter().flat_map(|byte| [*byte, 0]).collect());
                patterns.push(part);
                of.extend([index; 2]);
            }
        }
        let finder = AhoCorasick::new(patterns).unwrap();
        Self { texts: [known, secrets].concat(), of, finder }
    }

    pub fn found_in(&self, bytes: &[u8]) -> Found {
        let hits = self.finder.find_overlapping_iter(bytes);
        let found: BTreeSet<usize> = hits.map(|hit| self.of[hit.pattern().as_usize()]).collect();
        let mut counts = Found::new();
        for index in found {
            *counts.entry(self.texts[index].0).or_default() += 1;
        }
        counts
    }
}
