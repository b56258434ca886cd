//! The lock: ends the engine, and with it the key and the table. In: the user's wish, or that nobody has done anything for
//! a while. Out: a page as it was when it was opened, but for what was typed that is no secret.
//!
//! A run is never idle, and neither is a file that is being made, nor a question to the cloud. The demo holds nothing that
//! is worth a lock, so that it has the button only.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use provisioner_core::plan::Field;
use wasm_bindgen::prelude::*;

use super::components::empty_secrets;
use super::draft::Draft;
use super::link::Link;
use super::state::Lock;
use super::{Choice, Page, journals, preferences};

/// The choices, in minutes; 0 is never.
pub(super) const MINUTES: [u32; 4] = [5, 15, 60, 0];

/// The choice to begin with: what the strictest of the usual policies for consoles ask for.
const MINUTES_AT_FIRST: u32 = 15;

/// How often it is looked at whether the time is over. A hidden tab's timers come once a minute at worst.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(10);

/// What somebody at the page does.
const SIGNS_OF_LIFE: [&str; 4] = ["pointerdown", "pointermove", "keydown", "wheel"];

/// The minutes that were chosen on an earlier visit.
pub(super) fn minutes() -> u32 {
    let chosen = preferences::kept(preferences::LOCK_AFTER).and_then(|kept| kept.parse().ok());
    chosen.filter(|minutes| MINUTES.contains(minutes)).unwrap_or(MINUTES_AT_FIRST)
}

/// Locks once nobody has done anything for as long as was chosen.
pub(super) fn attend(page: Page) {
    // The calendar, not the time since the page was opened: that stands still while a computer sleeps.
    let last = Rc::new(Cell::new(Date::now()));
    let seen = last.clone();
    let see = Closure::<dyn Fn()>::new(move || seen.set(Date::now()));
    for sign in SIGNS_OF_LIFE {
        // Only a name that is no text makes this fail.
        drop(window().add_event_listener_with_callback(sign, see.as_ref().unchecked_ref()));
    }
    see.forget();
    let look = move || {
        let is_asking = || untrack(|| page.draft.read(|sheet| sheet.lookup.asking.is_some()));
        let is_at_work = page.state.is_running() || page.state.is_saving() || is_asking();
        if is_at_work {
            last.set(Date::now());
        }
        let minutes = page.lock_after.get_untracked();
        let is_over = minutes > 0 && Date::now() - last.get() >= f64::from(minutes) * 60_000.0;
        if is_over && untrack(|| page.state.can_lock() && !page.state.is_demo()) {
            page.lock(Lock::ByIdleness(minutes));
        }
    };
    // Only a browser without timers refuses.
    drop(set_interval_with_handle(look, LOOKED_AT_EVERY));
}

impl Page {
    /// Locks; asks first if rows would leave that no file holds.
    pub(super) fn ask_lock(self) {
        if untrack(|| self.state.unsaved()) > 0 {
            self.state.ask_lock(true);
        } else {
            self.lock(Lock::ByUser);
        }
    }

    /// Ends the engine, empties secret fields, and forgets what was told.
    pub(super) fn lock(self, lock: Lock) {
        self.link.with_value(|link| link.iter().for_each(Link::end));
        Draft::empty_secrets();
        empty_secrets();
        self.expiry.forget();
        self.choice.set(Choice::new());
        self.copied.set(String::new());
        self.state.lock(lock);
        // The engine's list of names has gone with it, and is read again when it is needed.
        self.draft.typed(Field::Names);
        self.forget_learnt();
        self.recheck();
        journals::look(move || self.start_engine());
    }

    /// Chooses after how many idle minutes the page locks, now and on the next visit.
    pub(super) fn lock_after(self, minutes: u32) {
        preferences::keep(preferences::LOCK_AFTER, &minutes.to_string());
        self.lock_after.set(minutes);
    }
}
