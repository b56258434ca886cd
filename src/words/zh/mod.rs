//! 简体中文. In: what is to be said. Out: words, and what the page's own texts are made of too: numbers, spans of time.

pub(super) mod connection;
pub(super) mod failure;
pub(crate) mod file;
pub(super) mod notice;
mod vendor;

use provisioner_core::model::report::Rejection;

pub(crate) use super::digits::number;
use super::digits::two;

/// `1,000 台设备`.
pub(crate) fn devices(value: u32) -> String {
    [&number(value), " 台设备"].concat()
}

/// `1,000 行`.
pub(crate) fn rows(value: u32) -> String {
    [&number(value), " 行"].concat()
}

/// `45 秒`, `3 分 05 秒`, `2 小时 07 分`.
pub(crate) fn duration(ms: u64) -> String {
    let seconds = (ms + 500) / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} 秒"),
        (0, m, s) => format!("{m} 分 {} 秒", two(s)),
        (h, m, _) => format!("{h} 小时 {} 分", two(m)),
    }
}

/// Why a device was not made.
pub(crate) fn reason(reason: &Rejection) -> String {
    match reason {
        Rejection::Name => "DeviceName 不符合阿里云的规则。",
        Rejection::Nickname => "备注名称不符合阿里云的规则。",
        Rejection::Repeated => "DeviceName 已存在，或在清单中出现两次。",
        Rejection::NotRegistered => "所在批次未注册，因此未注册。",
        Rejection::Absent => "所在批次已创建，但不包含它。",
        Rejection::Unread => "可能已存在：没有读到它的数据。",
        Rejection::Unusable => "已存在，但返回的数据没有 DeviceSecret 或 IotId。",
        Rejection::Said(words) => return words.replace('|', "；"),
    }
    .to_owned()
}
