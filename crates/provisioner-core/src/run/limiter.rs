//! How many calls of one action may leave. In: departures, answers, the time. Out: yes, or the instant to come back.
//!
//! The server counts a call somewhere between its departure and its answer. A call therefore holds its place from
//! its departure until a second after its answer: then no second of the server's, wherever it begins, holds more
//! calls than there are places, however much the network delays some of them.

use std::collections::VecDeque;

use crate::time::Millis;

/// The vendor's quotas are per second; five milliseconds more cover two clocks that tick in whole milliseconds and
/// drift.
const WINDOW_MS: u64 = 1_005;

/// First wait after the cloud said that calls come too fast; doubled each time it says so again.
const HOLD_MS_MIN: u64 = 500;

/// Longest such wait.
const HOLD_MS_MAX: u64 = 30_000;

/// The places of one action.
#[derive(Debug)]
pub(super) struct Limiter {
    places: usize,
    open: usize,
    answered_at: VecDeque<Millis>,
    held_until: Millis,
    hold_ms: u64,
}

/// Why a call may not leave yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotYet {
    /// Not before this instant.
    Until(Millis),
    /// Every place is held by a call without an answer.
    Unanswered,
}

impl Limiter {
    /// So many calls in any second.
    pub(super) fn new(calls_per_second: u32) -> Self {
        Self {
            places: calls_per_second as usize,
            open: 0,
            answered_at: VecDeque::new(),
            held_until: Millis(0),
            hold_ms: HOLD_MS_MIN,
        }
    }

    /// Takes a place for a call that leaves now.
    pub(super) fn try_take(&mut self, now: Millis) -> Result<(), NotYet> {
        while self.answered_at.front().is_some_and(|&at| at + WINDOW_MS <= now) {
            self.answered_at.pop_front();
        }
        if now < self.held_until {
            return Err(NotYet::Until(self.held_until));
        }
        if self.open + self.answered_at.len() < self.places {
            self.open += 1;
            return Ok(());
        }
        Err(self.answered_at.front().map_or(NotYet::Unanswered, |&at| NotYet::Until(at + WINDOW_MS)))
    }

    /// A call has its answer, or has been given up.
    pub(super) fn answered(&mut self, now: Millis) {
        self.open = self.open.saturating_sub(1);
        self.answered_at.push_back(now);
    }

    /// The cloud took a call: the next wait starts small again.
    pub(super) fn accepted(&mut self) {
        self.hold_ms = HOLD_MS_MIN;
    }

    /// The cloud said that calls come too fast. `jitter` is a random number. What it says of calls that left before
    /// the wait began changes nothing.
    pub(super) fn throttled(&mut self, now: Millis, jitter: u64) {
        if now < self.held_until {
            return;
        }
        self.held_until = now + self.hold_ms / 2 + jitter % (self.hold_ms / 2 + 1);
        self.hold_ms = (self.hold_ms * 2).min(HOLD_MS_MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_second_waits_for_the_first_answer_to_be_a_second_old() {
        let mut limiter = Limiter::new(2);
        assert_eq!(limiter.try_take(Millis(0)), Ok(()));
        assert_eq!(limiter.try_take(Millis(0)), Ok(()));
        assert_eq!(limiter.try_take(Millis(0)), Err(NotYet::Unanswered));
        limiter.answered(Millis(40));
        assert_eq!(limiter.try_take(Millis(41)), Err(NotYet::Until(Millis(1_045))));
        assert_eq!(limiter.try_take(Millis(1_044)), Err(NotYet::Until(Millis(1_045))));
        assert_eq!(limiter.try_take(Millis(1_045)), Ok(()));
    }

    #[test]
    fn no_second_at_the_server_holds_more_calls_than_places_whatever_the_network_does() {
        const PLACES: usize = 7;
        let mut random = 0x9E37_79B9_u64;
        let mut next = |bound: u64| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random % bound
        };
        let mut limiter = Limiter::new(u32::try_from(PLACES).unwrap());
        let (mut served, mut answers) = (Vec::new(), Vec::<u64>::new());
        for now in 0..60_000 {
            answers.retain(|&at| {
                if at == now {
                    limiter.answered(Millis(now));
                }
                at > now
            });
            while limiter.try_take(Millis(now)).is_ok() {
                let there = now + next(400);
                served.push(there);
                answers.push(there + 1 + next(400));
            }
        }
        served.sort_unstable();
        assert!(served.len() > 200);
        for window in served.windows(PLACES + 1) {
            assert!(window[PLACES] - window[0] >= 1_000, "{window:?}");
        }
    }

    #[test]
    fn throttling_doubles_the_wait_until_a_call_is_taken() {
        let mut limiter = Limiter::new(10);
        limiter.throttled(Millis(0), 0);
        assert_eq!(limiter.try_take(Millis(0)), Err(NotYet::Until(Millis(250))));
        limiter.throttled(Millis(250), 0);
        assert_eq!(limiter.try_take(Millis(250)), Err(NotYet::Until(Millis(750))));
        limiter.accepted();
        limiter.throttled(Millis(750), 250);
        assert_eq!(limiter.try_take(Millis(750)), Err(NotYet::Until(Millis(1_250))));
    }
}
