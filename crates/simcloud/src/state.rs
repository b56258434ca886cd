//! What the simulated cloud tells tests about itself: counts of devices, batches and calls.

use std::collections::BTreeMap;

/// A snapshot of the counters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// ProductKey → devices that exist.
    pub devices: BTreeMap<String, u64>,
    /// Batches submitted, name checks included.
    pub batches: u64,
    /// Action → calls that arrived, refused ones included.
    pub calls: BTreeMap<String, u64>,
    /// Action → calls that the gateway let through to the platform.
    pub accepted: BTreeMap<String, u64>,
    /// Code → calls that were refused with it, by the gateway or by the platform.
    pub refused: BTreeMap<String, u64>,
    /// Action → most calls let through within any one second.
    pub peak_qps: BTreeMap<String, u64>,
}

/// A count for each of a few dozen names.
#[derive(Default)]
pub(crate) struct Tally(Vec<(String, u64)>);

impl Tally {
    /// One more.
    pub fn count(&mut self, name: &str) {
        match self.0.iter_mut().find(|(have, _)| have == name) {
            Some((_, count)) => *count += 1,
            None => self.0.push((name.to_owned(), 1)),
        }
    }

    /// All counts.
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.0.iter().cloned().collect()
    }
}
