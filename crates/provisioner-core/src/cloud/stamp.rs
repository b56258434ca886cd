//! Nonce and timestamp of a call. In: a random seed, a counter, the time. Out: stamps that never repeat by accident.

use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};

use super::sign::hex;
use crate::time::WallTime;

/// What makes a request unique: the same stamp, call and key give the same request, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// `SignatureNonce`: 32 hexadecimal digits, as the vendor's SDKs send it.
    pub nonce: String,
    /// `Timestamp`: UTC, whole seconds.
    pub timestamp: String,
}

/// Makes stamps from a seed; every start takes a new seed.
#[derive(Clone, Debug)]
pub struct StampSource {
    seed: [u8; 16],
    counter: u64,
}

impl StampSource {
    /// Starts from a seed that was never used before.
    #[must_use]
    pub fn new(seed: [u8; 16]) -> Self {
        Self { seed, counter: 0 }
    }

    /// The next stamp, for a call that leaves at `wall`.
    pub fn stamp(&mut self, wall: WallTime) -> Stamp {
        self.counter += 1;
        let mut hash = Sha1::new();
        hash.update(self.seed);
        hash.update(self.counter.to_be_bytes());
        Stamp { nonce: hex(&hash.finalize()[..16]), timestamp: wall.timestamp() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonces_differ_within_a_seed_and_between_seeds() {
        let mut nonces = std::collections::HashSet::new();
        for seed in 0..10_u8 {
            let mut source = StampSource::new([seed; 16]);
            for _ in 0..100 {
                let stamp = source.stamp(WallTime(0));
                assert_eq!(stamp.nonce.len(), 32);
                assert!(nonces.insert(stamp.nonce));
            }
        }
    }
}
