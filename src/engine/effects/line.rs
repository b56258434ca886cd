//! Whether the browser has a connection, in its own words. In: nothing. Out: yes or no.
//!
//! To be asked again and again: Chromium 156 keeps `onLine` right in workers, and sends them none of its events.

/// Whether there is one now.
pub(in crate::engine) fn is_up() -> bool {
    super::worker().navigator().on_line()
}
