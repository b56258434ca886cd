//! A batch whose ApplyId was lost, looked for in the product. In: pages of the product, newest first. Out: its rows, or
//! what is wrong with them.
//!
//! `BatchRegisterDevice` cannot be asked about by anything but its ApplyId (see the vendor's api-da6eaf). What can be
//! known: every device that is newer than the snapshot taken just before the call, less the rows of every other batch
//! of this run, is the lost batch's or a stranger's. As many as were asked for: it is the batch. Anything else is shown,
//! and the user decides; nothing is ever registered again for it.

use crate::cloud::DevicePage;
use crate::journal::Snapshot;
use crate::model::action::ROWS_PER_PAGE_MAX;
use crate::table::Table;
use crate::time::Millis;

/// Wait before the product is looked through again.
const LOOK_AGAIN_AFTER_MS: u64 = 10_000;

/// When nothing has been added for this long, no more is expected: the vendor makes a batch in "some minutes".
const QUIET_AFTER_MS: u64 = 600_000;

/// From so many devices on, rows beyond [`ROWS_WITHOUT_TOKEN`] cannot be reached (document_detail/69905.html).
const PRODUCT_DEVICES_MAX: u64 = 1_000_000;

/// Rows that are reached without a `NextToken`.
const ROWS_WITHOUT_TOKEN: u32 = 10_000;

/// From this row on the quota falls to two calls a second (document_detail/69905.html).
const DEEP_FROM_ROW: u32 = 100_000;

/// So one page a second is asked for there.
const DEEP_PAGE_EVERY_MS: u64 = 1_000;

/// Rows beyond those asked for that are kept, to say how many there are.
const SURPLUS_MAX: u32 = 10_000;

/// The search for one batch.
#[derive(Debug)]
pub(super) struct Rebuild {
    before: Snapshot,
    asked: u32,
    found: Found,
    page: u32,
    next_token: String,
    not_before: Millis,
    is_asking: bool,
    is_waiting_for_user: bool,
    most: u32,
    grew_at: Millis,
}

/// Rows without a known owner, each once.
#[derive(Default)]
struct Found(Table);

impl core::fmt::Debug for Found {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "{} rows", self.0.len())
    }
}

/// What a page of the product brought the search to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Looked {
    /// It goes on, now or after a wait.
    On,
    /// As many rows as were asked for: it is the batch. Holds the devices in the product.
    Whole(u64),
    /// It cannot be told by itself; the user is asked. Holds the rows without a known owner.
    Asks(u32),
    /// The product is too large to be looked through. Holds its devices.
    TooLarge(u64),
}

impl Rebuild {
    /// Looks for so many devices that were made after the snapshot.
    pub(super) fn new(before: Snapshot, asked: u32, now: Millis) -> Self {
        Self {
            before,
            asked,
            found: Found::default(),
            page: 1,
            next_token: String::new(),
            not_before: now,
            is_asking: false,
            is_waiting_for_user: false,
            most: 0,
            grew_at: now,
        }
    }

    /// When it wants its next page; not while one is on its way or the user is being asked.
    pub(super) fn want(&self) -> Option<Millis> {
        (!self.is_asking && !self.is_waiting_for_user).then_some(self.not_before)
    }

    /// The page that it wants and the token that leads there.
    pub(super) fn asks(&mut self) -> (u32, &str) {
        self.is_asking = true;
        (self.page, &self.next_token)
    }

    /// The page had no answer and is asked for again, not before the instant.
    pub(super) fn again(&mut self, at: Millis) {
        self.is_asking = false;
        self.not_before = at;
    }

    /// The user wants it to go on.
    pub(super) fn go_on(&mut self, now: Millis) {
        if self.is_waiting_for_user {
            self.is_waiting_for_user = false;
            self.grew_at = now;
            self.restart(now);
        }
    }

    /// Whether the user is being asked.
    pub(super) fn is_waiting_for_user(&self) -> bool {
        self.is_waiting_for_user
    }

    /// The rows without a known owner.
    pub(super) fn found(&self) -> &Table {
        &self.found.0
    }

    /// A page of the product. `is_known` says whether a DeviceName is a row of another batch.
    pub(super) fn looked(&mut self, page: DevicePage, is_known: impl Fn(&str) -> bool, now: Millis) -> Looked {
        self.is_asking = false;
        let rows = page.devices.len() + page.unusable.len();
        let mut is_over = rows < ROWS_PER_PAGE_MAX as usize;
        for device in page.devices {
            if device.row.device_name == self.before.newest || self.is_older(&device.utc_create) {
                is_over = true;
                break;
            }
            if !is_known(&device.row.device_name) {
                self.found.0.insert_with_nickname(0, &device.row, &device.nickname);
            }
        }
        if self.found.0.len() > self.asked + SURPLUS_MAX {
            is_over = true;
        }
        if is_over {
            return self.is_through(page.total, now);
        }
        if page.total >= PRODUCT_DEVICES_MAX && (self.page + 1) * ROWS_PER_PAGE_MAX > ROWS_WITHOUT_TOKEN {
            self.is_waiting_for_user = true;
            return Looked::TooLarge(page.total);
        }
        self.page += 1;
        self.next_token = page.next_token;
        if self.page * ROWS_PER_PAGE_MAX >= DEEP_FROM_ROW {
            self.not_before = now + DEEP_PAGE_EVERY_MS;
        }
        Looked::On
    }

    /// The product has been looked through, back to the snapshot.
    fn is_through(&mut self, total: u64, now: Millis) -> Looked {
        let found = self.found.0.len();
        if found == self.asked {
            return Looked::Whole(total);
        }
        if found > self.most {
            self.most = found;
            self.grew_at = now;
        }
        if found > self.asked || now - self.grew_at >= QUIET_AFTER_MS {
            self.is_waiting_for_user = true;
            return Looked::Asks(found);
        }
        self.restart(now + LOOK_AGAIN_AFTER_MS);
        Looked::On
    }

    fn restart(&mut self, not_before: Millis) {
        self.found = Found::default();
        self.page = 1;
        self.next_token.clear();
        self.not_before = not_before;
    }

    /// Whether a device was made before the snapshot's newest; the vendor's form of time sorts as text.
    fn is_older(&self, utc_create: &str) -> bool {
        !utc_create.is_empty() && !self.before.utc_create.is_empty() && utc_create < self.before.utc_create.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::device::{DeviceRow, ListedDevice};
    use crate::secret::Secret;

    fn page(total: u64, names: &[(&str, u32)]) -> DevicePage {
        let device = |&(name, second): &(&str, u32)| ListedDevice {
            row: DeviceRow {
                device_name: name.to_owned(),
                device_secret: Secret::new("s".to_owned()),
                iot_id: "i".to_owned(),
                device_id: String::new(),
            },
            nickname: String::new(),
            utc_create: format!("2026-01-01T00:00:{second:02}.000Z"),
        };
        let devices = names.iter().map(device).collect();
        DevicePage { total, devices, unusable: Vec::new(), next_token: "t".to_owned() }
    }

    fn rebuild(asked: u32) -> Rebuild {
        let before = Snapshot { total: 1, newest: "old".into(), utc_create: "2026-01-01T00:00:10.000Z".into() };
        Rebuild::new(before, asked, Millis(0))
    }

    #[test]
    fn what_is_newer_and_nobody_elses_is_the_batch() {
        let mut rebuild = rebuild(2);
        let rows = [("b", 12), ("sibling", 12), ("a", 11), ("old", 10), ("older", 9)];
        assert_eq!(rebuild.looked(page(5, &rows), |name| name == "sibling", Millis(0)), Looked::Whole(5));
        assert_eq!(rebuild.found().len(), 2);
    }

    #[test]
    fn the_snapshots_time_ends_the_search_where_its_device_is_gone() {
        let mut rebuild = rebuild(1);
        assert_eq!(rebuild.looked(page(3, &[("a", 11), ("older", 9)]), |_| false, Millis(0)), Looked::Whole(3));
    }

    #[test]
    fn fewer_are_waited_for_until_nothing_has_been_added_for_long() {
        let mut rebuild = rebuild(2);
        assert_eq!(rebuild.looked(page(2, &[("a", 11), ("old", 10)]), |_| false, Millis(0)), Looked::On);
        assert_eq!(rebuild.want(), Some(Millis(10_000)));
        assert_eq!(rebuild.looked(page(2, &[("a", 11), ("old", 10)]), |_| false, Millis(599_999)), Looked::On);
        assert_eq!(rebuild.looked(page(2, &[("a", 11), ("old", 10)]), |_| false, Millis(600_000)), Looked::Asks(1));
        assert_eq!(rebuild.want(), None);
        rebuild.go_on(Millis(700_000));
        assert_eq!(rebuild.want(), Some(Millis(700_000)));
    }

    #[test]
    fn more_than_asked_for_is_the_users_to_decide() {
        let mut rebuild = rebuild(1);
        let rows = [("b", 12), ("a", 11), ("old", 10)];
        assert_eq!(rebuild.looked(page(3, &rows), |_| false, Millis(0)), Looked::Asks(2));
    }

    #[test]
    fn rows_that_moved_between_pages_count_once() {
        let mut rebuild = rebuild(51);
        let names: Vec<String> = (0..51).map(|number| format!("n{number}")).collect();
        let of =
            |range: core::ops::Range<usize>| names[range].iter().map(|name| (name.as_str(), 12)).collect::<Vec<_>>();
        assert_eq!(rebuild.looked(page(52, &of(0..50)), |_| false, Millis(0)), Looked::On);
        assert_eq!(rebuild.asks(), (2, "t"));
        assert_eq!(rebuild.looked(page(52, &of(49..51)), |_| false, Millis(0)), Looked::Whole(52));
    }

    #[test]
    fn a_product_of_a_million_cannot_be_looked_through_beyond_its_first_rows() {
        let mut rebuild = rebuild(10_000);
        let names: Vec<String> = (0..10_050).map(|number| format!("n{number}")).collect();
        for first in (0..10_000).step_by(50) {
            let rows: Vec<_> = names[first..first + 50].iter().map(|name| (name.as_str(), 12)).collect();
            let looked = rebuild.looked(page(1_010_000, &rows), |_| false, Millis(0));
            let expected = if first < 9_950 { Looked::On } else { Looked::TooLarge(1_010_000) };
            assert_eq!(looked, expected, "row {first}");
        }
    }
}
