//! `NextToken` of QueryDevice (§2.7): stands for a place in the list that new devices do not shift.

use crate::choices::Choices;
use crate::identity::mix;
use crate::paging::Page;
use crate::refusal::Refusal;

/// A product must stay below this for its devices to be listed with a token (§2.7).
const DEVICES_WITH_TOKEN_MAX: u64 = 1_000_000;

/// The places of the rows after a token, counted from the newest of so many devices.
pub(super) fn places(
    token: &str,
    page: Page,
    total: u64,
    seed: u64,
    choices: &Choices,
) -> Result<std::ops::Range<u64>, Refusal> {
    if total >= DEVICES_WITH_TOKEN_MAX {
        return Err(Refusal::business("iot.device.QueryDeviceListActionError"));
    }
    // Devices are only ever added at the new end: how many older ones are left stays true.
    let left = u64::from_str_radix(token, 16).map(|bits| bits ^ mix(seed)).ok().filter(|left| *left <= total);
    let left = left.ok_or_else(|| Refusal::business("iot.common.InvalidPageParams"))?;
    let start = total - left;
    let rest = Page { current: 1, size: page.size }.places(left, choices)?;
    Ok(start + rest.start..start + rest.end)
}

/// The token for what follows these places; none after the last.
pub(super) fn after(places: &std::ops::Range<u64>, total: u64, seed: u64) -> Option<String> {
    let left = total - places.end;
    (left > 0 && !places.is_empty()).then(|| format!("{:016x}", left ^ mix(seed)))
}
