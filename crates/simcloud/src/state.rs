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
    pub calls: BTreeMap<&'static str, u64>,
    /// Action → calls that the gateway let through to the platform.
    pub accepted: BTreeMap<&'static str, u64>,
    /// Code → calls that were refused with it, by the gateway or by the platform.
    pub refused: BTreeMap<String, u64>,
    /// Action → most calls let through within any one second.
    pub peak_qps: BTreeMap<&'static str, u64>,
}
