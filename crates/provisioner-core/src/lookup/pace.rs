//! When the next call may leave, and whether a failed one leaves again. In: departures, answers, the time. Out: waits.

use crate::cloud::{Answer, Outcome};
use crate::model::action::Action;
use crate::model::report::Failure;
use crate::run::limiter::{Limiter, NotYet};
use crate::run::retry::{Decision, Kind, decide};
use crate::time::Millis;

/// Times that the cloud may say of one call that calls come too fast: five to ten seconds in all.
const THROTTLED_MAX: usize = 8;

/// One action's calls, one after the other.
pub(super) struct Pace {
    limiter: Limiter,
    kind: Kind,
    not_before: Millis,
    left_at: Millis,
    /// Tries of the call that is at hand; those that came too fast are counted apart.
    tries: usize,
    throttled: usize,
    random: u64,
}

impl Pace {
    pub(super) fn new(action: Action, share_percent: u32, seed: u64) -> Self {
        Self {
            limiter: Limiter::new(action.pace_per_second(share_percent)),
            // Of one call somebody waits for the answer; a long row of them is not to be lost to one that fails.
            kind: if action == Action::BatchQueryDeviceDetail { Kind::Read } else { Kind::FirstRead },
            not_before: Millis(0),
            left_at: Millis(0),
            tries: 0,
            throttled: 0,
            random: seed,
        }
    }

    /// Lets a call leave now, or says how many milliseconds to wait.
    pub(super) fn leave(&mut self, now: Millis) -> Result<(), u64> {
        if now < self.not_before {
            return Err(self.not_before - now);
        }
        self.left_at = now;
        self.limiter.try_take(now).map_err(|not_yet| match not_yet {
            NotYet::Until(at) => at - now,
            NotYet::Unanswered => unreachable!("the one call that was on its way has come to its end"),
        })
    }

    /// What came of the call that left; none if it is to leave again.
    pub(super) fn settle(&mut self, outcome: Outcome, now: Millis) -> Option<Result<Answer, Failure>> {
        self.limiter.ended(self.left_at, now, outcome.is_ok());
        let failure = match outcome {
            Ok(answer) => {
                (self.tries, self.throttled) = (0, 0);
                return Some(Ok(answer));
            }
            Err(failure) => failure,
        };
        // Another jitter each time; a number that is far from all seeds nearby (Knuth, vol. 2, §3.3.4, line 26).
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let jitter = self.random >> 32;
        match decide(self.kind, &failure, self.tries + 1, jitter) {
            Decision::Throttle if self.throttled < THROTTLED_MAX => {
                self.throttled += 1;
                self.limiter.throttled(self.left_at, now, jitter);
                None
            }
            Decision::RetryAfter(wait_ms) => {
                self.tries += 1;
                self.not_before = now + wait_ms;
                None
            }
            _ => Some(Err(failure)),
        }
    }
}
