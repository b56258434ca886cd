//! How many calls of one action may leave. In: departures, answers, the time. Out: yes, or the instant to come back.
//!
//! The server counts a call somewhere on its way. With `up` and `down` for the shortest ways there and back, a call that
//! was answered at `a` was counted by `a - down`, and one that leaves at `d` not before `d + up`. So a whole second lies
//! between the two where `d >= a + 1,000 - (up + down)`: a call holds its place from its departure until then, and no
//! second of the server's, wherever it begins, holds more calls than there are places.
//!
//! `up + down` is estimated from the round trips of answered calls: the shortest one is never less, and too much by as
//! far as no call had both ways at their shortest. That is taken to be within what an average one takes beyond the
//! shortest, which is subtracted ([`RoundTrips::shortest_surely`]); an uneven network so costs a round trip a second, an
//! even one next to nothing. Not certain is one thing: a way that becomes shorter, in the middle of a run, than any of
//! its calls had it. Then a call or two may come too early, until the first answer of that kind; with a share below the
//! whole quota that stays within the quota too.
//!
//! When the cloud says that calls come too fast, half of the places are closed, and one is opened again each second:
//! additive increase, multiplicative decrease (Chiu and Jain 1989), by which users of one quota come to share it.

use std::collections::VecDeque;

use crate::time::Millis;

/// The vendor's quotas are per second. Of the five milliseconds more, three are for departures, answers and the
/// server's count that are each read in whole milliseconds, the rest for clocks that drift.
const WINDOW_MS: u64 = 1_005;

/// Least wait after the cloud said that calls come too fast; at most twice as long.
const HOLD_MS: u64 = 500;

/// A closed place opens again after so many milliseconds.
const REOPEN_EVERY_MS: u64 = 1_000;

/// The places of one action.
#[derive(Debug)]
pub(crate) struct Limiter {
    places: usize,
    /// Places that were left when the last wait began.
    left: usize,
    held_until: Millis,
    open: usize,
    answered_at: VecDeque<Millis>,
    trips: RoundTrips,
}

/// Why a call may not leave yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotYet {
    /// Not before this instant.
    Until(Millis),
    /// Every place is held by a call without an answer.
    Unanswered,
}

impl Limiter {
    /// So many calls in any second.
    pub(crate) fn new(calls_per_second: u32) -> Self {
        let places = calls_per_second as usize;
        Self {
            places,
            left: places,
            held_until: Millis(0),
            open: 0,
            answered_at: VecDeque::new(),
            trips: RoundTrips::default(),
        }
    }

    /// Takes a place for a call that leaves now.
    pub(crate) fn try_take(&mut self, now: Millis) -> Result<(), NotYet> {
        let held_ms = WINDOW_MS - self.trips.shortest_surely();
        while self.answered_at.front().is_some_and(|&at| at + held_ms <= now) {
            self.answered_at.pop_front();
        }
        if now < self.held_until {
            return Err(NotYet::Until(self.held_until));
        }
        let places = self.places_at(now);
        let taken = self.open + self.answered_at.len();
        if taken < places {
            self.open += 1;
            return Ok(());
        }
        // The first of these answers that leaves a place, once it no longer counts.
        Err(self.answered_at.get(taken - places).map_or(NotYet::Unanswered, |&at| NotYet::Until(at + held_ms)))
    }

    /// A call that left at the first instant has come to its end. Only from one with an answer can be told how long the
    /// ways are; any other is taken to have been counted as late as can be.
    pub(crate) fn ended(&mut self, left_at: Millis, now: Millis, is_answered: bool) {
        self.open = self.open.saturating_sub(1);
        let mut counted_by = now;
        if is_answered {
            // One that outlasted the computer's sleep is to be forgotten soon.
            self.trips.add((now - left_at).min(WINDOW_MS));
        } else {
            counted_by = now + self.trips.shortest_surely();
        }
        self.answered_at.push_back(counted_by);
    }

    /// A call for which a place was taken never left.
    pub(super) fn taken_back(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    /// The cloud said of a call that left at the first instant that calls come too fast. `jitter` is a random number.
    /// What it says of calls that left before the last wait changes nothing.
    pub(crate) fn throttled(&mut self, left_at: Millis, now: Millis, jitter: u64) {
        if left_at < self.held_until {
            return;
        }
        self.left = (self.places_at(now) / 2).max(1);
        self.held_until = now + HOLD_MS + jitter % (HOLD_MS + 1);
    }

    fn places_at(&self, now: Millis) -> usize {
        let reopened = (now - self.held_until) / REOPEN_EVERY_MS;
        self.places.min(self.left.saturating_add(usize::try_from(reopened).unwrap_or(usize::MAX)))
    }
}

/// The round trips of answered calls.
#[derive(Debug, Default)]
struct RoundTrips {
    count: u32,
    shortest_ms: u64,
    /// Sixteen times the moving average.
    mean_16ths: u64,
}

impl RoundTrips {
    /// Fewer tell nothing. Among so many, that not one came within half of the average's excess over the shortest way is
    /// unlikely on any network whose delays vary at all.
    const COUNT_MIN: u32 = 32;

    /// The weight of a new one in the average.
    const SHARE: u64 = 16;

    fn add(&mut self, trip_ms: u64) {
        if self.count == 0 {
            (self.shortest_ms, self.mean_16ths) = (trip_ms, trip_ms * Self::SHARE);
        }
        self.count = self.count.saturating_add(1);
        self.shortest_ms = self.shortest_ms.min(trip_ms);
        self.mean_16ths = self.mean_16ths - self.mean_16ths / Self::SHARE + trip_ms;
    }

    /// Milliseconds that every round trip is taken to last: the shortest one, less what the average lies above it.
    fn shortest_surely(&self) -> u64 {
        let above_ms = self.mean_16ths.div_ceil(Self::SHARE).saturating_sub(self.shortest_ms);
        // A second's calls may all leave as soon as the last one's have been answered, and no sooner.
        if self.count < Self::COUNT_MIN { 0 } else { self.shortest_ms.saturating_sub(above_ms).min(1_000) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Xorshift (Marsaglia 2003).
    struct Draw(u64);

    impl Draw {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % bound
        }
    }

    const PLACES: usize = 7;

    /// A minute at full pace on a network whose ways there and back vary; when the server counted the calls.
    fn counted(seed: u64, there: impl Fn(&mut Draw) -> u64, back: impl Fn(&mut Draw) -> u64) -> Vec<u64> {
        let mut draw = Draw(seed);
        let mut limiter = Limiter::new(u32::try_from(PLACES).unwrap());
        let (mut counted, mut answers) = (Vec::new(), Vec::<(u64, u64)>::new());
        for now in 0..60_000 {
            answers.retain(|&(left, at)| {
                if at == now {
                    limiter.ended(Millis(left), Millis(now), true);
                }
                at > now
            });
            while limiter.try_take(Millis(now)).is_ok() {
                let there = now + there(&mut draw);
                counted.push(there);
                answers.push((now, there + 1 + back(&mut draw)));
            }
        }
        counted.sort_unstable();
        counted
    }

    fn assert_no_excess(counted: &[u64]) {
        for window in counted.windows(PLACES + 1) {
            assert!(window[PLACES] - window[0] >= 1_000, "{window:?}");
        }
    }

    #[test]
    fn a_full_second_waits_for_the_first_answer_to_be_a_second_old() {
        let mut limiter = Limiter::new(2);
        assert_eq!(limiter.try_take(Millis(0)), Ok(()));
        assert_eq!(limiter.try_take(Millis(0)), Ok(()));
        assert_eq!(limiter.try_take(Millis(0)), Err(NotYet::Unanswered));
        limiter.ended(Millis(0), Millis(40), true);
        assert_eq!(limiter.try_take(Millis(41)), Err(NotYet::Until(Millis(1_045))));
        assert_eq!(limiter.try_take(Millis(1_044)), Err(NotYet::Until(Millis(1_045))));
        assert_eq!(limiter.try_take(Millis(1_045)), Ok(()));
    }

    #[test]
    fn no_second_at_the_server_holds_more_calls_than_places_whatever_the_network_does() {
        for seed in 1..=20 {
            let counted = counted(seed, |draw| draw.below(400), |draw| draw.below(400));
            assert!(counted.len() > 200);
            assert_no_excess(&counted);
        }
    }

    #[test]
    fn on_an_even_network_the_round_trip_costs_next_to_nothing() {
        for (there_ms, back_ms, varies_ms) in [(1, 40, 4), (60, 60, 4), (5, 200, 10)] {
            for seed in 1..=20 {
                let way = |ms| move |draw: &mut Draw| ms + draw.below(varies_ms);
                let counted = counted(seed, way(there_ms), way(back_ms));
                assert_no_excess(&counted);
                assert!(counted.len() * 100 > 60 * PLACES * 95, "{} calls of {}", counted.len(), 60 * PLACES);
            }
        }
    }

    #[test]
    fn few_or_uneven_round_trips_hasten_nothing() {
        let mut trips = RoundTrips::default();
        (1..RoundTrips::COUNT_MIN).for_each(|_| trips.add(40));
        assert_eq!(trips.shortest_surely(), 0);
        trips.add(40);
        assert_eq!(trips.shortest_surely(), 40);
        (0..100).for_each(|_| trips.add(90));
        assert_eq!(trips.shortest_surely(), 0);
    }

    #[test]
    fn a_call_without_an_answer_holds_its_place_for_a_whole_second_all_the_same() {
        let mut limiter = Limiter::new(1);
        (0..RoundTrips::COUNT_MIN).for_each(|_| limiter.trips.add(40));
        assert_eq!(limiter.try_take(Millis(0)), Ok(()));
        limiter.ended(Millis(0), Millis(30_000), false);
        assert_eq!(limiter.try_take(Millis(30_001)), Err(NotYet::Until(Millis(31_005))));
    }

    #[test]
    fn throttling_halves_the_places_and_each_second_opens_one_again() {
        let mut limiter = Limiter::new(10);
        limiter.throttled(Millis(0), Millis(40), 0);
        assert_eq!(limiter.try_take(Millis(40)), Err(NotYet::Until(Millis(540))));
        // Of the same handful of calls, and of one that left while nothing might: no further cut.
        limiter.throttled(Millis(0), Millis(45), 500);
        let taken_at = |limiter: &mut Limiter, now| std::iter::from_fn(|| limiter.try_take(Millis(now)).ok()).count();
        assert_eq!(taken_at(&mut limiter, 540), 5);
        assert_eq!(taken_at(&mut limiter, 1_540), 1);
        limiter.throttled(Millis(1_540), Millis(1_560), 0);
        assert_eq!(limiter.places_at(Millis(2_060)), 3);
        assert_eq!(limiter.places_at(Millis(60_000)), 10);
    }

    #[test]
    fn one_place_is_left_however_often_the_cloud_throttles() {
        let mut limiter = Limiter::new(2);
        for now in [0, 2_000, 4_000] {
            limiter.throttled(Millis(now), Millis(now), 0);
        }
        assert_eq!(limiter.places_at(Millis(4_500)), 1);
        assert_eq!(limiter.try_take(Millis(4_500)), Ok(()));
    }
}
