//! English. In: what is to be said. Out: words, and what the page's own texts are made of too: numbers, spans of time.

pub(super) mod connection;
pub(super) mod failure;
pub(crate) mod file;
pub(super) mod notice;
mod vendor;

use provisioner_core::model::report::Rejection;

pub(crate) use super::digits::number;
use super::digits::two;

/// A number and its noun.
pub(crate) fn counted(value: u32, one: &str, many: &str) -> String {
    [number(value).as_str(), " ", if value == 1 { one } else { many }].concat()
}

pub(crate) fn devices(value: u32) -> String {
    counted(value, "device", "devices")
}

pub(crate) fn rows(value: u32) -> String {
    counted(value, "row", "rows")
}

/// `45 s`, `3 min 05 s`, `2 h 07 min`.
pub(crate) fn duration(ms: u64) -> String {
    let seconds = (ms + 500) / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, s) => format!("{m} min {} s", two(s)),
        (h, m, _) => format!("{h} h {} min", two(m)),
    }
}

/// Why a device was not made.
pub(crate) fn reason(reason: &Rejection) -> String {
    match reason {
        Rejection::Name => "The DeviceName breaks the vendor's rules.",
        Rejection::Nickname => "The nickname breaks the vendor's rules.",
        Rejection::Repeated => "The DeviceName exists already, or stands in the list twice.",
        Rejection::NotRegistered => "Not registered, since its batch was not.",
        Rejection::Absent => "The batch was made without it.",
        Rejection::Unread => "It may exist: its row was not read.",
        Rejection::Unusable => "It exists, but came without a DeviceSecret or IotId.",
        Rejection::Said(words) => return words.replace('|', "; "),
    }
    .to_owned()
}
