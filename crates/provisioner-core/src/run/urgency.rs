//! How urgent it is to know whether a batch has ended. In: all batches, the pace of pages. Out: the least wait between
//! two questions for a batch's state.
//!
//! Batches are worked on in parallel and their pages are read one after the other, so it is enough to see at once that
//! *one* has ended, and only while there is little left to read. The others share one question every two seconds, in
//! case they end out of order.

use super::batch::{Batch, Stage};

/// The batches that are not urgent share a question each so many milliseconds.
const SHARED_EVERY_MS: u64 = 2_000;

/// What is asked for now: names in their check, and batches in the making.
pub(super) struct Urgency {
    checking: Queue,
    registering: Queue,
}

struct Queue {
    least_wait_ms: u64,
    has_urgent: bool,
}

impl Urgency {
    /// As all batches stand, with so many pages a second.
    pub(super) fn of(batches: &[Batch], pages_per_second: u32) -> Self {
        let (mut checking, mut registering, mut pages_left) = (0, 0, 0);
        for batch in batches {
            match &batch.stage {
                Stage::Checking(_) => checking += 1,
                Stage::Registering(_) => registering += 1,
                Stage::Fetching(fetch) => pages_left += fetch.pages_left(),
                _ => {}
            }
        }
        let has_pages = pages_left > pages_per_second;
        Self {
            checking: Queue { least_wait_ms: checking * SHARED_EVERY_MS, has_urgent: true },
            registering: Queue { least_wait_ms: registering * SHARED_EVERY_MS, has_urgent: !has_pages },
        }
    }

    /// The least wait for this batch; to be asked of the batches in their order.
    pub(super) fn least_wait_ms(&mut self, batch: &Batch) -> u64 {
        let queue = match batch.stage {
            Stage::Checking(_) => &mut self.checking,
            Stage::Registering(_) => &mut self.registering,
            _ => return 0,
        };
        if core::mem::take(&mut queue.has_urgent) { 0 } else { queue.least_wait_ms }
    }
}
