//! Nonce memory: which nonces each key has used, and for how long that is remembered.

use std::collections::BTreeMap;

use sha1::{Digest, Sha1};

/// Nonces in one generation; beyond it the older generation is forgotten early, so that no flood of calls fills the
/// memory. 30 minutes of 500 calls a second fit.
const GENERATION_MAX: usize = 1_000_000;

/// Stands for a key and a nonce, which can be of any length (§7).
type Digest20 = [u8; 20];

/// The nonces of all keys, with the time of their use, in two generations: the older one is thrown away whole once all
/// that is in it has been remembered long enough.
pub(crate) struct Nonces {
    young: BTreeMap<Digest20, u64>,
    old: BTreeMap<Digest20, u64>,
    young_since_ms: u64,
    generation_max: usize,
}

impl Default for Nonces {
    fn default() -> Self {
        Self { young: BTreeMap::new(), old: BTreeMap::new(), young_since_ms: 0, generation_max: GENERATION_MAX }
    }
}

impl Nonces {
    /// Remembers a nonce; `false` when the key has used it before.
    pub fn take(&mut self, access_key_id: &str, nonce: &str, memory_ms: u64, now_ms: u64) -> bool {
        if now_ms >= self.young_since_ms.saturating_add(memory_ms) || self.young.len() >= self.generation_max {
            self.old = std::mem::take(&mut self.young);
            self.young_since_ms = now_ms;
        }
        // No AccessKey ID holds a line break, so that no two pairs give the same text.
        let used = Sha1::new().chain_update(access_key_id).chain_update("\n").chain_update(nonce).finalize().into();
        let last_use_ms = self.young.get(&used).or_else(|| self.old.get(&used));
        if last_use_ms.is_some_and(|at_ms| now_ms < at_ms.saturating_add(memory_ms)) {
            return false;
        }
        self.young.insert(used, now_ms);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_can_be_used_once_until_it_is_forgotten() {
        let mut nonces = Nonces::default();
        assert!(nonces.take("key", "n", 1000, 10));
        assert!(!nonces.take("key", "n", 1000, 1009));
        assert!(nonces.take("key", "n", 1000, 1010));
        assert!(!nonces.take("key", "n", 1000, 1011));
    }

    #[test]
    fn a_nonce_outlives_the_change_of_generations() {
        let mut nonces = Nonces::default();
        assert!(nonces.take("key", "first", 1000, 5000));
        assert!(nonces.take("key", "late", 1000, 5999));
        assert!(nonces.take("key", "other", 1000, 6000));
        assert!(!nonces.take("key", "late", 1000, 6998));
        assert!(nonces.take("key", "late", 1000, 6999));
    }

    #[test]
    fn each_key_has_nonces_of_its_own() {
        let mut nonces = Nonces::default();
        assert!(nonces.take("one", "n", 1000, 0));
        assert!(nonces.take("two", "n", 1000, 0));
    }

    #[test]
    fn memory_is_given_back() {
        let mut nonces = Nonces::default();
        for second in 0..1000 {
            assert!(nonces.take("key", &second.to_string(), 30_000, second * 1000));
        }
        assert!(nonces.young.len() + nonces.old.len() <= 60, "two generations of 30 seconds");
    }

    #[test]
    fn a_flood_is_forgotten_in_the_order_in_which_it_came() {
        let mut nonces = Nonces { generation_max: 100, ..Nonces::default() };
        for call in 0..199 {
            assert!(nonces.take("key", &call.to_string(), u64::MAX, 0));
        }
        assert!(!nonces.take("key", "0", u64::MAX, 0));
        assert!(nonces.take("key", "the last of its generation", u64::MAX, 0));
        assert!(nonces.take("key", "1", u64::MAX, 0));
        assert!(!nonces.take("key", "100", u64::MAX, 0));
    }
}
