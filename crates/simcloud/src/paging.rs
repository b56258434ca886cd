//! Pages: `CurrentPage` and `PageSize` go in, the places of the rows to show come out.

use std::ops::Range;

use crate::choices::{Choices, Strictness};
use crate::form::Params;
use crate::refusal::Refusal;
use crate::registry::Call;

/// `CurrentPage` and `PageSize` as they will be used.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// From 1.
    pub current: u32,
    /// At least 1.
    pub size: u32,
}

impl Page {
    /// Reads both; left out, they are 1 and 10 (§2.3, §2.7).
    pub fn read(call: &Call<'_>, choices: &Choices, size_max: u32) -> Result<Self, Refusal> {
        let current = match number(call.params, "CurrentPage", 1)? {
            0 if choices.page_zero == Strictness::Tolerate => 1,
            current => current,
        };
        let size = match number(call.params, "PageSize", 10)? {
            size if size > size_max && choices.oversized_page == Strictness::Tolerate => size_max,
            size => size,
        };
        if current == 0 || size == 0 || size > size_max {
            return Err(Refusal::business("iot.common.InvalidPageParams"));
        }
        Ok(Self { current, size })
    }

    /// How far into the list the page reaches, in rows.
    pub fn reach(self) -> u64 {
        u64::from(self.current) * u64::from(self.size)
    }

    /// The places of its rows in a list of this length.
    pub fn places(self, total: u64, choices: &Choices) -> Result<Range<u64>, Refusal> {
        let start = self.reach() - u64::from(self.size);
        if start >= total && self.current > 1 && choices.page_beyond_end == Strictness::Refuse {
            return Err(Refusal::business("iot.common.InvalidPageParams"));
        }
        Ok(start.min(total)..self.reach().min(total))
    }

    /// Pages that a list of this length has.
    pub fn count(self, total: u64) -> i64 {
        total.div_ceil(u64::from(self.size)) as i64
    }
}

fn number(params: &Params, name: &str, default: u32) -> Result<u32, Refusal> {
    match params.get(name) {
        None | Some("") => Ok(default),
        Some(text) => text.parse().map_err(|_| Refusal::business("iot.common.InvalidPageParams")),
    }
}

/// How far into its list a call asks, in rows, before anything about it was checked; quotas depend on it (§2.0).
pub(crate) fn reach(params: &Params) -> u64 {
    let value = |name, default| number(params, name, default).unwrap_or(default);
    u64::from(value("CurrentPage", 1)) * u64::from(value("PageSize", 10))
}
