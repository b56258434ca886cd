//! A run of a million devices, in virtual time. In: nothing. Out: what it took, on the terminal; `cargo xtask bench
//! scale` runs it optimised.

use std::time::Instant;

use provisioner_core::model::report::Verdict;

use crate::setting::Setting;

/// The most that one run takes: `plan::DEVICES_PER_RUN_MAX`.
const DEVICES: u32 = 1_000_000;

#[test]
#[ignore = "takes a minute: `cargo xtask bench scale`"]
#[allow(clippy::disallowed_methods, reason = "how long it takes is what is measured")]
fn a_million_devices_come_home_in_one_run() {
    let began_at = Instant::now();
    let ending = Setting { devices: DEVICES, ..Setting::default() }.run();
    let seconds = began_at.elapsed().as_secs_f64();
    assert_eq!(ending.report.verdict, Some(Verdict::Complete), "{:?}", ending.notices);
    assert!(ending.table == ending.existing, "the table is not what exists");
    assert_eq!(ending.table.len(), DEVICES as usize);
    assert_eq!(ending.state.calls["BatchRegisterDevice"], 100);
    println!(
        "{{\"devices\":{DEVICES},\"seconds\":{seconds:.1},\"virtual_seconds\":{:.0},\"table_bytes\":{},\"journal_bytes\":{}}}",
        ending.ended_at_ms as f64 / 1e3,
        ending.table_bytes,
        ending.journal_bytes,
    );
}
