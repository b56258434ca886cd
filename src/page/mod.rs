//! The view. In: what the user does, and the engine's events. Out: commands to the engine, and what is seen.
//!
//! Signals flow down from [`state::State`] and [`draft::Draft`]; what the user wants flows up through [`Page`]. The
//! words stand in `texts`, the panels in `components`. Nothing is decided here that the core could decide.

mod address;
mod clipboard;
mod components;
mod draft;
mod link;
mod state;
mod tab;
mod texts;

use std::time::Duration;

use leptos::prelude::*;
use provisioner_core::plan::{Connection, Field};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::protocol::{Command, Event, Purpose};
use draft::{Draft, wipe};
use link::{Heard, Link};
use state::{EngineFault, State};

/// How long a revealed secret stays on show.
const REVEALED_FOR: Duration = Duration::from_secs(30);

/// What every component gets: what to read, and the only ways to act.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// The engine's mirror.
    pub(self) state: State,
    /// The form.
    pub(self) draft: Draft,
    /// What the polite live region says.
    pub(self) say: RwSignal<String>,
    /// `system`, `light` or `dark`.
    pub(self) theme: RwSignal<String>,
    /// Whether a credential stood in the address.
    pub(self) leaked: bool,
    link: StoredValue<Link, LocalStorage>,
    reveals: StoredValue<u32>,
}

/// Starts the engine and shows the page.
pub fn start() {
    let prefill = address::prefill();
    let leaked = address::remove_credentials();
    mount_to_body(move || {
        let state = State::new();
        let say = RwSignal::new(String::new());
        let theme = RwSignal::new(prefill.theme.clone().unwrap_or_else(|| "system".to_owned()));
        let link = Link::start(move |heard| hear(state, say, heard));
        let page = Page {
            state,
            draft: Draft::new(prefill),
            say,
            theme,
            leaked,
            link: StoredValue::new_local(link),
            reveals: StoredValue::new(0),
        };
        tab::attend(page);
        components::page(page)
    });
}

fn hear(state: State, say: RwSignal<String>, heard: Heard) {
    match heard {
        // A copied secret goes past the mirror.
        Heard::Event(Event::Revealed { row, purpose: Purpose::Copy, mut text }) => {
            let device = state.rows.with_untracked(|rows| rows.at(row).map(|row| row.device_name.clone()));
            let what = (texts::texts().table.triple)(&device.unwrap_or_default());
            clipboard::copy(&text, what, say);
            zeroize::Zeroize::zeroize(&mut text);
        }
        // Asked for before the tab was hidden.
        Heard::Event(Event::Revealed { .. }) if document().hidden() => {}
        Heard::Event(event) => state.apply(event),
        Heard::Fault(fault, words) => state.fault(fault, words),
    }
}

impl Page {
    /// Sends a command to the engine.
    pub(self) fn send(self, command: &Command) {
        if let Err(words) = self.link.with_value(|link| link.send(command)) {
            self.state.fault(EngineFault::Garbled, words);
        }
    }

    /// Notes a change of the form.
    pub(self) fn changed(self, field: Field) {
        self.draft.typed(field);
        self.draft.changed(&self.state.held_id.get_untracked());
    }

    /// Chooses a connection.
    pub(self) fn connect(self, connection: Connection) {
        self.draft.connect(connection);
        self.draft.changed(&self.state.held_id.get_untracked());
    }

    /// Checks the form and shows the plan, or the errors.
    pub(self) fn review(self) {
        self.draft.review(&self.state.held_id.get_untracked());
        focus_soon(if self.draft.plan.with_untracked(Option::is_some) { "plan" } else { "error-summary" });
    }

    /// Starts the run that the plan describes, and lets go of the secret.
    pub(self) fn begin(self) {
        let Some(plan) = self.draft.plan.get_untracked() else { return };
        self.state.begin(&plan);
        let mut credentials = self.draft.credentials();
        if self.draft.connection.get_untracked() == Connection::Demo {
            wipe(&mut credentials);
        }
        let mut command = Command::Start { form: self.draft.input(), credentials };
        self.send(&command);
        if let Command::Start { credentials, .. } = &mut command {
            wipe(credentials);
        }
        self.draft.empty_secrets();
        self.draft.plan.set(None);
        self.draft.reviewed.set(false);
        focus_soon("run");
    }

    /// Asks for a DeviceSecret to show; it is masked again by itself.
    pub(self) fn reveal(self, row: u32) {
        self.state.mask();
        self.send(&Command::Reveal { row, purpose: Purpose::Show });
        self.reveals.update_value(|count| *count += 1);
        let mine = self.reveals.get_value();
        set_timeout(
            move || {
                if self.reveals.get_value() == mine {
                    self.state.mask();
                }
            },
            REVEALED_FOR,
        );
    }
}

/// Puts the focus on the element with this `data-testid`, once it is there.
fn focus_soon(testid: &'static str) {
    request_animation_frame(move || {
        let selector = ["[data-testid=", testid, "]"].concat();
        if let Ok(Some(element)) = document().query_selector(&selector) {
            if let Some(element) = element.dyn_ref::<HtmlElement>() {
                // An element that cannot take the focus leaves it where it is.
                element.focus().unwrap_or_default();
            }
            element.scroll_into_view();
        }
    });
}
