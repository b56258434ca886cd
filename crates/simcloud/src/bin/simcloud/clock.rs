//! The server's clock: wall time at the start plus what has passed since, so that it never goes backwards.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// A clock that was started once.
pub struct Clock {
    started: Instant,
    unix_ms_at_start: u64,
}

impl Clock {
    /// Starts it.
    // The library takes the time as an argument; somebody has to read it, and that is this file alone.
    #[allow(clippy::disallowed_methods)]
    pub fn start() -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started: Instant::now(), unix_ms_at_start: since_1970.as_millis() as u64 }
    }

    /// Unix time in ms.
    pub fn now_ms(&self) -> u64 {
        self.unix_ms_at_start + self.started.elapsed().as_millis() as u64
    }
}
