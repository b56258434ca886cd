//! What a run tells of itself. In: its state and the time. Out: a [`RunReport`], time left included.

use std::collections::VecDeque;

use super::Run;
use super::batch::{Batch, Stage};
use super::number;
use crate::model::action::Action;
use crate::model::report::{Phase, Rate, RunReport};
use crate::time::{Millis, Now};

/// The time left is told by the pace of the pages of the last five seconds, so that a batch that was read long ago, and
/// the silence since, do not count.
const PACE_OVER_MS: u64 = 5_000;

/// No estimate from fewer pages than this.
const SAMPLES_MIN: usize = 3;

/// When nothing has been read for this long, the pace says nothing.
const STALE_AFTER_MS: u64 = 5_000;

/// When things happened.
#[derive(Debug)]
pub(super) struct Pace {
    started_at: Millis,
    ended_at: Option<Millis>,
    pages_read_at: VecDeque<Millis>,
}

impl Pace {
    pub(super) fn new(now: Millis) -> Self {
        Self { started_at: now, ended_at: None, pages_read_at: VecDeque::new() }
    }

    pub(super) fn page_read(&mut self, now: Millis) {
        while self.pages_read_at.front().is_some_and(|&at| now - at > PACE_OVER_MS) {
            self.pages_read_at.pop_front();
        }
        self.pages_read_at.push_back(now);
    }

    pub(super) fn ended(&mut self, now: Millis) {
        self.ended_at = Some(now);
    }

    pub(super) fn goes_on(&mut self) {
        self.ended_at = None;
    }

    fn elapsed_ms(&self, now: Millis) -> u64 {
        self.ended_at.unwrap_or(now) - self.started_at
    }

    /// Milliseconds for so many pages at the pace of the last ones.
    fn left_ms(&self, pages: u32, now: Millis) -> Option<u64> {
        let (&first, &last) = (self.pages_read_at.front()?, self.pages_read_at.back()?);
        if self.pages_read_at.len() < SAMPLES_MIN || now - last > STALE_AFTER_MS {
            return None;
        }
        let intervals = u64::try_from(self.pages_read_at.len()).ok()? - 1;
        Some(u64::from(pages) * (last - first) / intervals)
    }
}

/// The calls that left in the last second.
#[derive(Debug, Default)]
pub(super) struct LastSecond(VecDeque<(Millis, Action)>);

impl LastSecond {
    pub(super) fn left(&mut self, action: Action, now: Millis) {
        while self.0.front().is_some_and(|&(at, _)| now - at >= 1_000) {
            self.0.pop_front();
        }
        self.0.push_back((now, action));
    }

    /// The action whose calls come closest to their quota.
    fn rate(&self, now: Millis) -> Option<Rate> {
        let rate = |action: Action| {
            let left = self.0.iter().filter(|&&(at, other)| other == action && now - at < 1_000).count();
            let per_second = u32::try_from(left).unwrap_or(u32::MAX);
            (per_second > 0).then(|| Rate { action, per_second, quota: action.quota_per_second() })
        };
        let rates = Action::ALL.into_iter().filter_map(rate);
        rates.max_by_key(|rate| u64::from(rate.per_second) * 1_000 / u64::from(rate.quota))
    }
}

impl Run {
    /// The run as the page shows it.
    #[must_use]
    pub fn report(&self, now: Now) -> RunReport {
        RunReport {
            phase: self.phase(),
            verdict: self.verdict,
            is_existing: self.is_existing(),
            requested: self.requested_devices(),
            created: self.created_devices(),
            downloaded: self.table.len(),
            accepted: self.accepted_devices(),
            unclear: self.unclear_devices(),
            is_offline: self.is_offline,
            elapsed_ms: self.pace.elapsed_ms(now.mono),
            left_ms: self.left_ms(now.mono),
            calls: self.calls,
            throttled: self.throttled,
            retried: self.retried,
            rate: if self.verdict.is_none() { self.last_second.rate(now.mono) } else { None },
            failed: self.shortfall.0,
            to_try: self.shortfall.1,
            batches: self.batches.iter().enumerate().map(|(index, batch)| batch.report(number(index))).collect(),
        }
    }

    fn phase(&self) -> Phase {
        if self.verdict.is_some() {
            return Phase::Done;
        }
        if self.hold.is_some() {
            return Phase::Paused;
        }
        let any = |test: fn(&Batch) -> bool| self.batches.iter().any(test);
        if any(|batch| !matches!(batch.stage, Stage::Registering(_) | Stage::Fetching(_) | Stage::Ended(_))) {
            Phase::Submitting
        } else if any(|batch| matches!(batch.stage, Stage::Registering(_))) {
            Phase::Registering
        } else if any(|batch| matches!(batch.stage, Stage::Fetching(_))) {
            Phase::Fetching
        } else {
            Phase::Checking
        }
    }

    /// Known only once every batch is at its pages: how long the cloud takes to make devices, it does not say.
    fn left_ms(&self, now: Millis) -> Option<u64> {
        if self.hold.is_some() || self.is_offline || self.verdict.is_some() {
            return None;
        }
        let mut pages = 0;
        for batch in &self.batches {
            match &batch.stage {
                Stage::Fetching(fetch) => pages += fetch.pages_left(),
                Stage::Ended(_) => {}
                _ => return None,
            }
        }
        self.pace.left_ms(pages, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_left_is_told_before_three_pages_or_after_a_long_silence() {
        let mut pace = Pace::new(Millis(0));
        pace.page_read(Millis(100));
        pace.page_read(Millis(200));
        assert_eq!(pace.left_ms(10, Millis(200)), None);
        pace.page_read(Millis(300));
        assert_eq!(pace.left_ms(10, Millis(300)), Some(1_000));
        assert_eq!(pace.left_ms(10, Millis(5_301)), None);
    }

    #[test]
    fn the_rate_is_that_of_the_action_closest_to_its_quota_in_the_last_second() {
        let mut last = LastSecond::default();
        last.left(Action::QueryPageByApplyId, Millis(0));
        for at in [500, 600, 700] {
            last.left(Action::QueryPageByApplyId, Millis(at));
        }
        last.left(Action::BatchRegisterDevice, Millis(800));
        let rate = last.rate(Millis(1_000));
        assert_eq!(rate, Some(Rate { action: Action::BatchRegisterDevice, per_second: 1, quota: 10 }));
        last.left(Action::QueryPageByApplyId, Millis(900));
        last.left(Action::QueryPageByApplyId, Millis(900));
        last.left(Action::QueryPageByApplyId, Millis(900));
        let rate = last.rate(Millis(1_499));
        assert_eq!(rate, Some(Rate { action: Action::QueryPageByApplyId, per_second: 6, quota: 50 }));
        assert_eq!(last.rate(Millis(1_900)), None);
    }

    #[test]
    fn a_batch_read_long_ago_and_the_silence_since_do_not_slow_the_estimate() {
        let mut pace = Pace::new(Millis(0));
        for at in [100, 200, 300, 60_000, 60_020, 60_040] {
            pace.page_read(Millis(at));
        }
        assert_eq!(pace.left_ms(100, Millis(60_040)), Some(2_000));
    }
}
