//! What the computer does to a run: its line goes down, it sleeps, its clocks are wrong. In: moments. Out: what the clocks
//! say, what is lost, and what the run is told.

use provisioner_core::cloud::Outcome;
use provisioner_core::model::report::Failure;
use provisioner_core::run::Input;
use provisioner_core::time::{Millis, Now, WallTime};

use crate::world::{EPOCH_MS, Happening, World};

/// The browser tells of a lost or found connection so many milliseconds late at most.
const TOLD_WITHIN_MS: u64 = 200;

/// A sleep.
#[derive(Clone, Copy, Debug)]
pub struct Sleep {
    pub at: u64,
    pub ms: u64,
    /// Whether the monotonic clock stands still meanwhile, as some systems' does, or leaps when the computer wakes.
    pub stands_still: bool,
}

/// A change of the computer's state.
pub enum Change {
    Line { is_up: bool },
    Told { is_up: bool },
    Sleep(Sleep),
    Calendar { by_ms: i64 },
}

/// The state of the computer.
#[derive(Default)]
pub struct Computer {
    line_is_down: bool,
    /// What the browser has said last.
    pub is_offline: bool,
    asleep_until: u64,
    /// How far the monotonic clock has fallen behind.
    stood_still_ms: u64,
    calendar_off_ms: i64,
}

impl Computer {
    /// Both clocks at a moment of the true time.
    pub fn clocks(&self, now_ms: u64) -> Now {
        let wall = (EPOCH_MS + now_ms).saturating_add_signed(self.calendar_off_ms);
        Now { mono: Millis(now_ms - self.stood_still_ms), wall: WallTime(wall) }
    }

    /// The true time at which the monotonic clock will say this, unless the computer sleeps again.
    pub fn true_ms(&self, mono: Millis) -> u64 {
        mono.0 + self.stood_still_ms
    }
}

impl World {
    /// Plans everything that the computer will do.
    pub fn plan_computer(&mut self, offline: &[(u64, u64)], sleeps: &[Sleep], calendar: &[(u64, i64)]) {
        for &(from, until) in offline {
            self.plan_happening(from, Happening::Change(Change::Line { is_up: false }));
            self.plan_happening(until, Happening::Change(Change::Line { is_up: true }));
        }
        for &sleep in sleeps {
            self.plan_happening(sleep.at, Happening::Change(Change::Sleep(sleep)));
        }
        for &(at, by_ms) in calendar {
            self.plan_happening(at, Happening::Change(Change::Calendar { by_ms }));
        }
    }

    pub fn change(&mut self, change: Change) {
        match change {
            Change::Line { is_up } => {
                self.computer.line_is_down = !is_up;
                let late_ms = self.random(TOLD_WITHIN_MS);
                self.plan_happening(self.now_ms + late_ms, Happening::Change(Change::Told { is_up }));
            }
            // A line that is down again by now is told of by its own change.
            Change::Told { is_up } if is_up == self.computer.line_is_down => {}
            Change::Told { is_up } => {
                self.computer.is_offline = !is_up;
                self.tell_line();
            }
            Change::Sleep(sleep) => {
                self.computer.asleep_until = self.now_ms + sleep.ms;
                if sleep.stands_still {
                    // Nothing is asked of the clock before the computer wakes.
                    self.computer.stood_still_ms += sleep.ms;
                }
            }
            Change::Calendar { by_ms } => self.computer.calendar_off_ms += by_ms,
        }
    }

    /// Tells the program that runs of the line's state.
    pub fn tell_line(&mut self) {
        if !self.is_dead {
            self.give(if self.computer.is_offline { Input::Offline } else { Input::Online });
        }
    }

    /// Whether the computer sleeps, so that this waits until it wakes.
    pub fn sleeps_through(&self, happening: &Happening) -> bool {
        let is_elsewhere = matches!(happening, Happening::Arrival { .. } | Happening::Stranger(_));
        !is_elsewhere && self.now_ms < self.computer.asleep_until
    }

    /// Does a happening again when the computer wakes. Connections may have died meanwhile.
    pub fn postpone(&mut self, happening: Happening) {
        let happening = match happening {
            Happening::Delivery { life, id, .. } if self.random(2) == 0 => {
                Happening::Delivery { life, id, outcome: Err(Failure::Unreachable) }
            }
            other => other,
        };
        self.plan_happening(self.computer.asleep_until, happening);
    }

    /// What comes of a call whose answer arrives now.
    pub fn through_the_line(&self, outcome: Outcome) -> Outcome {
        if self.computer.line_is_down { Err(Failure::Unreachable) } else { outcome }
    }

    /// Whether a call that is on its way up is lost.
    pub fn is_cut_off(&self) -> bool {
        self.computer.line_is_down
    }
}
