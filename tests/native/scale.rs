//! A large run, in virtual time. In: how many devices. Out: what it took, on the terminal.
//!
//! `DEVICES=1000000 cargo test --test native scale -- --nocapture` lets the largest run happen.

use std::time::Instant;

use provisioner_core::model::report::Verdict;

use crate::setting::Setting;

/// Devices without `DEVICES`: enough for ten batches.
const DEVICES: u32 = 100_000;

/// The limit on memory that a device's row may take, in bytes.
const BYTES_A_DEVICE_MAX: usize = 250;

#[test]
#[allow(clippy::disallowed_methods, reason = "how long it takes is told, and not asserted")]
fn a_large_run_comes_home_whole_in_little_memory() {
    let devices = std::env::var("DEVICES").map_or(DEVICES, |devices| devices.parse().expect("a number of devices"));
    let began_at = Instant::now();
    let ending = Setting { devices, ..Setting::default() }.run();
    let seconds = began_at.elapsed().as_secs_f64();
    assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{:?}", ending.notices);
    assert!(ending.table == ending.existing, "the table is not what exists");
    assert_eq!(ending.table.len(), devices as usize);
    assert_eq!(ending.state.calls["BatchRegisterDevice"], u64::from(devices.div_ceil(10_000)));
    assert!(ending.table_bytes <= devices as usize * BYTES_A_DEVICE_MAX, "{} bytes", ending.table_bytes);
    println!(
        "{devices} devices: {seconds:.1} s for {:.0} virtual s; table {} bytes, journal {} bytes",
        ending.ended_at_ms as f64 / 1e3,
        ending.table_bytes,
        ending.journal_bytes,
    );
}
