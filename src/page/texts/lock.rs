//! The sentences of the lock, as every language has to provide them.

/// The lock.
pub(in crate::page) struct LockTexts {
    /// Button.
    pub lock: &'static str,
    /// Label of the choice of minutes.
    pub after: &'static str,
    /// So many minutes; 0 is never.
    pub minutes: fn(u32) -> String,
    /// What is locked, and when not.
    pub after_hint: &'static str,
    /// So many rows would leave that no file holds; of the demo or not.
    pub question: fn(rows: u32, is_demo: bool) -> String,
    /// Button.
    pub confirm: &'static str,
    /// Button.
    pub cancel: &'static str,
    /// It is locked: by the user, or after so many idle minutes.
    pub locked: fn(minutes: u32) -> String,
    /// How to go on.
    pub locked_hint: &'static str,
}
