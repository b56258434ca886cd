//! The reading of one batch's pages. In: pages and failures. Out: the next page, and whether the set is whole.
//!
//! The order of rows is not documented and rows may move between pages, so a pass that ends with rows missing is
//! followed by another, three in all; the table keeps each row once.

use std::collections::VecDeque;

use crate::model::action::ROWS_PER_PAGE_MAX;
use crate::time::Millis;

/// Passes over a batch's pages.
const PASSES_MAX: u32 = 3;

/// Wait before a further pass.
const NEXT_PASS_AFTER_MS: u64 = 1_000;

/// The pages of one batch.
#[derive(Debug)]
pub(super) struct Fetch {
    /// Whether the cloud says that every device was made.
    pub(super) all_created: bool,
    /// DeviceNames of this pass's rows that lack a field.
    pub(super) unusable: Vec<String>,
    /// How many of them lack nothing but the DeviceSecret.
    pub(super) without_secret: u32,
    /// Names of this pass that came with other credentials than before.
    pub(super) conflicts: u32,
    /// The first of them.
    pub(super) conflict_first: String,
    total: Option<u32>,
    pages: u32,
    next_page: u32,
    not_before: Millis,
    again: VecDeque<Again>,
    in_flight: u32,
    pass: u32,
}

/// A page to be asked for again.
#[derive(Debug)]
struct Again {
    page: u32,
    at: Millis,
    tries: usize,
}

/// What is to be done after a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fetched {
    /// More pages are to come.
    Going,
    /// Every page was read as often as it is read.
    Over,
}

impl Fetch {
    /// For a batch of so many devices. Where some were not made, or how many there are is not known (0), the number of
    /// pages is known after the first.
    pub(super) fn new(devices: u32, all_created: bool) -> Self {
        Self {
            all_created,
            unusable: Vec::new(),
            without_secret: 0,
            conflicts: 0,
            conflict_first: String::new(),
            total: None,
            pages: if all_created { pages_of(devices).max(1) } else { 1 },
            next_page: 1,
            not_before: Millis(0),
            again: VecDeque::new(),
            in_flight: 0,
            pass: 1,
        }
    }

    /// The next page and when it may be asked for.
    pub(super) fn want(&self) -> Option<(u32, Millis)> {
        let again = self.again.iter().min_by_key(|again| again.at).map(|again| (again.page, again.at));
        let next = (self.next_page <= self.pages).then_some((self.next_page, self.not_before));
        match (again, next) {
            (Some(again), Some(next)) if next.1 < again.1 => Some(next),
            (Some(again), _) => Some(again),
            (None, next) => next,
        }
    }

    /// The page has been asked for. Gives how often it has failed so far.
    pub(super) fn sent(&mut self, page: u32) -> usize {
        self.in_flight += 1;
        if let Some(index) = self.again.iter().position(|again| again.page == page) {
            return self.again.remove(index).map_or(0, |again| again.tries);
        }
        self.next_page += 1;
        0
    }

    /// A page that failed is asked for again, not before the instant.
    pub(super) fn failed(&mut self, page: u32, at: Millis, tries: usize) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.again.push_back(Again { page, at, tries });
    }

    /// A page was read. `downloaded` counts the batch's distinct rows so far, `total` is what the cloud says.
    pub(super) fn read(&mut self, total: u32, downloaded: u32, now: Millis) -> Fetched {
        self.in_flight = self.in_flight.saturating_sub(1);
        let total = self.total.map_or(total, |known| known.max(total));
        self.total = Some(total);
        self.pages = pages_of(total).max(1);
        if self.next_page <= self.pages || !self.again.is_empty() || self.in_flight > 0 {
            return Fetched::Going;
        }
        // Where no device has a secret, none will have one the next time.
        let is_without_secrets = total > 0 && self.without_secret >= total;
        if downloaded >= total || is_without_secrets || self.pass == PASSES_MAX {
            return Fetched::Over;
        }
        self.pass += 1;
        self.next_page = 1;
        self.not_before = now + NEXT_PASS_AFTER_MS;
        self.unusable.clear();
        self.without_secret = 0;
        self.conflicts = 0;
        Fetched::Going
    }

    /// Pages of this pass that have not been read.
    pub(super) fn pages_left(&self) -> u32 {
        let unsent = (self.pages + 1).saturating_sub(self.next_page);
        unsent + self.in_flight + u32::try_from(self.again.len()).unwrap_or(u32::MAX)
    }
}

fn pages_of(devices: u32) -> u32 {
    devices.div_ceil(ROWS_PER_PAGE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn send(fetch: &mut Fetch) -> u32 {
        let (page, _) = fetch.want().unwrap();
        fetch.sent(page);
        page
    }

    #[test]
    fn each_page_is_asked_for_once() {
        let mut fetch = Fetch::new(120, true);
        assert_eq!([send(&mut fetch), send(&mut fetch), send(&mut fetch)], [1, 2, 3]);
        assert_eq!(fetch.want(), None);
        assert_eq!(fetch.read(120, 50, Millis(0)), Fetched::Going);
        assert_eq!(fetch.read(120, 100, Millis(0)), Fetched::Going);
        assert_eq!(fetch.read(120, 120, Millis(0)), Fetched::Over);
    }

    #[test]
    fn a_page_that_failed_comes_again_after_its_wait() {
        let mut fetch = Fetch::new(50, true);
        let page = send(&mut fetch);
        fetch.failed(page, Millis(500), 1);
        assert_eq!(fetch.want(), Some((1, Millis(500))));
        assert_eq!(fetch.sent(1), 1);
        assert_eq!(fetch.read(50, 50, Millis(600)), Fetched::Over);
    }

    #[test]
    fn missing_rows_are_looked_for_in_three_passes() {
        let mut fetch = Fetch::new(50, true);
        for pass in 1..=3 {
            send(&mut fetch);
            let expected = if pass < 3 { Fetched::Going } else { Fetched::Over };
            assert_eq!(fetch.read(50, 49, Millis(0)), expected, "pass {pass}");
        }
    }

    #[test]
    fn a_batch_without_any_secret_is_read_once() {
        let mut fetch = Fetch::new(50, true);
        send(&mut fetch);
        fetch.without_secret = 50;
        assert_eq!(fetch.read(50, 0, Millis(0)), Fetched::Over);
    }

    #[test]
    fn a_batch_that_failed_in_part_is_paged_by_its_total() {
        let mut fetch = Fetch::new(10_000, false);
        send(&mut fetch);
        assert_eq!(fetch.want(), None);
        assert_eq!(fetch.read(60, 50, Millis(0)), Fetched::Going);
        assert_eq!(send(&mut fetch), 2);
        assert_eq!(fetch.read(60, 60, Millis(0)), Fetched::Over);
    }
}
