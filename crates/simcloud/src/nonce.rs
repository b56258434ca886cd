//! Nonce memory: which nonces each key has used, and for how long that is remembered.

use std::collections::BTreeMap;

/// How often what has been remembered long enough is thrown away.
const SWEEP_MS: u64 = 60_000;

/// The nonces of all keys, with the time of their use.
#[derive(Default)]
pub(crate) struct Nonces {
    used: BTreeMap<(String, String), u64>,
    swept_at_ms: u64,
}

impl Nonces {
    /// Remembers a nonce; `false` when the key has used it before.
    pub fn take(&mut self, access_key_id: &str, nonce: &str, memory_ms: u64, now_ms: u64) -> bool {
        if now_ms >= self.swept_at_ms + SWEEP_MS {
            self.swept_at_ms = now_ms;
            self.used.retain(|_, used_at_ms| now_ms < used_at_ms.saturating_add(memory_ms));
        }
        let known = self.used.entry((access_key_id.to_owned(), nonce.to_owned()));
        match known {
            std::collections::btree_map::Entry::Occupied(mut used) => {
                let forgotten = now_ms >= used.get().saturating_add(memory_ms);
                if forgotten {
                    used.insert(now_ms);
                }
                forgotten
            }
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(now_ms);
                true
            }
        }
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
        assert!(nonces.used.len() <= 91, "{}", nonces.used.len());
    }
}
