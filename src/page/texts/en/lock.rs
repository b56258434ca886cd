//! English: the lock.

use super::super::LockTexts;
use super::{number, rows};

/// The lock.
pub(super) const LOCK: LockTexts = LockTexts {
    lock: "Lock",
    after: "Lock when idle",
    minutes: |minutes| match minutes {
        0 => "never".to_owned(),
        60 => "after an hour".to_owned(),
        _ => ["after ", &number(minutes), " minutes"].concat(),
    },
    after_hint: "Key and table then leave this tab's memory. Never during a run.",
    question: |count, is_demo| {
        let rest = if is_demo {
            " The demo's devices end with it."
        } else {
            " The devices stay in the cloud, and the page offers to read them again."
        };
        let (are, them) = if count == 1 { (" is", "it") } else { (" are", "them") };
        [&rows(count), are, " in no file yet; locking takes ", them, " out of this tab.", rest].concat()
    },
    confirm: "Lock all the same",
    cancel: "Keep it open",
    locked: |minutes| {
        let when = match minutes {
            0 => String::new(),
            60 => " after an idle hour".to_owned(),
            _ => [" after ", &number(minutes), " idle minutes"].concat(),
        };
        ["Locked", &when, ": the key and the table have left this tab's memory."].concat()
    },
    locked_hint: "The form is as it was. Enter the AccessKey secret again to go on; what a run has registered can be read \
                  again from the cloud.",
};
