//! What a run misses, to be looked at as a table. In: the run, a text to filter by, an order. Out: devices by position,
//! each with its reason.

use super::Run;
use crate::model::report::Rejection;
use crate::table::{Direction, Sort, SortBy};

/// The devices that [`Run::each_failed`] told of, filtered and in order.
pub struct Missing {
    devices: Vec<Device>,
    /// A reason is kept once, since ten thousand names can share it.
    reasons: Vec<(String, Rejection)>,
    /// Indices of those that are looked at.
    seen: Vec<u32>,
}

struct Device {
    device_name: Box<str>,
    nickname: Box<str>,
    batch: usize,
    reason: usize,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingRow<'m> {
    /// Its place among all that are missing, from 0.
    pub index: u32,
    /// DeviceName.
    pub device_name: &'m str,
    /// Nickname that was asked for; empty for none.
    pub nickname: &'m str,
    /// Index of its batch, from 0.
    pub batch: usize,
    /// The vendor's code or status, or a word in its place.
    pub code: &'m str,
    /// Why it is missing.
    pub reason: &'m Rejection,
}

impl Missing {
    /// All that a run misses now.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let mut missing = Self { devices: Vec::new(), reasons: Vec::new(), seen: Vec::new() };
        run.each_failed(&mut |device| {
            let known =
                missing.reasons.iter().rposition(|(code, reason)| code == device.code && reason == device.reason);
            let reason = known.unwrap_or_else(|| {
                missing.reasons.push((device.code.to_owned(), device.reason.clone()));
                missing.reasons.len() - 1
            });
            let (device_name, nickname) = (device.device_name.into(), device.nickname.into());
            missing.devices.push(Device { device_name, nickname, batch: device.batch, reason });
        });
        missing.look_at("", Sort::ARRIVAL);
        missing
    }

    /// Lets only those through whose DeviceName, Nickname, code or reason holds the text, in capitals or not, and puts
    /// them in order. By what a device has only once it is made, they cannot be sorted: they stay as they are.
    pub fn look_at(&mut self, text: &str, sort: Sort) {
        let text = text.to_lowercase();
        let holds = |words: &str| words.to_lowercase().contains(&text);
        let fits = |(code, reason): &(String, Rejection)| {
            holds(code) || matches!(reason, Rejection::Said(words) if holds(words))
        };
        let reasons: Vec<bool> = self.reasons.iter().map(fits).collect();
        let devices = &self.devices;
        let fits = |device: &Device| reasons[device.reason] || holds(&device.device_name) || holds(&device.nickname);
        self.seen = (0..).zip(devices).filter(|(_, device)| fits(device)).map(|(index, _)| index).collect();
        let at = |index: u32| &devices[index as usize];
        let is_descending = sort.direction == Direction::Descending;
        self.seen.sort_by(|&one, &other| {
            let (first, second) = if is_descending { (other, one) } else { (one, other) };
            match sort.by {
                SortBy::Arrival => first.cmp(&second),
                SortBy::DeviceName => at(first).device_name.cmp(&at(second).device_name),
                SortBy::Nickname => at(first).nickname.cmp(&at(second).nickname),
                SortBy::Batch => at(first).batch.cmp(&at(second).batch),
                SortBy::IotId | SortBy::DeviceId => one.cmp(&other),
            }
        });
    }

    /// Whether a nickname was asked for, for any of them.
    #[must_use]
    pub fn has_nicknames(&self) -> bool {
        self.devices.iter().any(|device| !device.nickname.is_empty())
    }

    /// All that are missing, whatever is looked at.
    #[must_use]
    pub fn all(&self) -> u32 {
        u32::try_from(self.devices.len()).expect("a run has at most a million devices")
    }

    /// Those that are looked at.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.seen.len()).expect("a run has at most a million devices")
    }

    /// Whether none is looked at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// The device at a position below [`Missing::len`].
    #[must_use]
    pub fn row(&self, position: u32) -> MissingRow<'_> {
        let index = self.seen[position as usize];
        let Device { device_name, nickname, batch, reason } = &self.devices[index as usize];
        let (code, reason) = &self.reasons[*reason];
        MissingRow { index, device_name, nickname, batch: *batch, code, reason }
    }
}
