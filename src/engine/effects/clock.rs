//! Both clocks, in whole milliseconds.

use provisioner_core::time::{Millis, Now, WallTime};

/// The time: `performance.now()` never goes back, `Date.now()` may jump.
pub(in crate::engine) fn now() -> Now {
    let mono_ms = super::worker().performance().expect("every worker has a performance clock").now();
    Now { mono: Millis(mono_ms as u64), wall: WallTime(js_sys::Date::now() as u64) }
}
