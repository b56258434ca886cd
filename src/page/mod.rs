//! The view. In: what the user does, and the engine's events. Out: commands to the engine, and what is seen.
//!
//! Signals flow down from [`state::State`] and [`draft::Draft`]; what the user wants flows up through [`Page`]. The
//! words stand in `texts`, the panels in `components`. Nothing is decided here that the core could decide.

mod address;
mod alert;
mod choice;
mod clipboard;
mod components;
mod draft;
mod earlier;
mod expiry;
mod journals;
mod kept;
mod link;
mod lock;
mod lookup;
mod offline;
mod preferences;
mod saving;
mod speaking;
mod state;
mod tab;
mod texts;

use std::time::Duration;

use leptos::prelude::*;
use provisioner_core::model::report::Rejection;
use provisioner_core::plan::{self, Connection, Field, FormInput, Listed, NameRule, NamingChoice, Outline, Signature};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::protocol::{Command, Event, FaultyWords, Look, NamesChange, Subject, Unfinished};
use alert::Alert;
use choice::Choice;
use draft::{Draft, is_of_target, wipe};
use expiry::{Expiry, is_of_key};
use link::{Heard, Link};
use state::{EngineFault, Started, State};
use texts::Language;

/// How long a revealed secret stays on show.
const REVEALED_FOR: Duration = Duration::from_secs(30);

/// What every component gets: what to read, and the only ways to act.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// The engine's mirror.
    pub(self) state: State,
    /// The form.
    pub(self) draft: Draft,
    /// What the user chose about the table.
    pub(self) choice: RwSignal<Choice>,
    /// What the polite live region says.
    pub(self) say: RwSignal<String>,
    /// What was copied from the table last.
    pub(self) copied: RwSignal<String>,
    /// The language.
    pub(self) language: RwSignal<Language>,
    /// `system`, `light` or `dark`.
    pub(self) theme: RwSignal<String>,
    /// Whether a credential stood in the address.
    pub(self) leaked: bool,
    /// How the user wants to be told of an end.
    pub(self) alert: Alert,
    /// After how many idle minutes the page locks; 0: never.
    pub(self) lock_after: RwSignal<u32>,
    /// When the key expires.
    pub(self) expiry: Expiry,
    link: StoredValue<Option<Link>, LocalStorage>,
    reveals: StoredValue<u32>,
}

/// Starts the engine and shows the page.
pub fn start() {
    let prefill = address::prefill();
    let leaked = address::remove_credentials();
    // What belongs to no panel lives as long as the tab; the panels as long as their language.
    mount_to_body(move || {
        let state = State::new();
        let language = RwSignal::new(preferences::language(&prefill));
        let theme = RwSignal::new(preferences::theme(&prefill));
        let draft = Draft::new(prefill);
        let copied = RwSignal::new(String::new());
        let page = Page {
            state,
            draft,
            choice: RwSignal::new(Choice::new()),
            say: RwSignal::new(String::new()),
            copied,
            language,
            theme,
            leaked,
            alert: Alert::new(),
            lock_after: RwSignal::new(lock::minutes()),
            expiry: Expiry::new(),
            link: StoredValue::new_local(None),
            reveals: StoredValue::new(0),
        };
        page.link.set_value(Some(Link::new(move |heard| page.hear(heard))));
        tab::attend(page);
        alert::attend(page);
        speaking::attend(page);
        lock::attend(page);
        offline::attend(state);
        journals::look(move || page.start_engine());
    });
}

impl Page {
    fn hear(self, heard: Heard) {
        match heard {
            // What is copied goes past the mirror.
            Heard::Event(Event::Copied { copied: what, device_name, rows, mut text }) => {
                let words = &texts::texts().table;
                let what = if rows == 1 { (words.of_device)(what, &device_name) } else { (words.of_rows)(what, rows) };
                clipboard::copy(&text, what, self.copied);
                zeroize::Zeroize::zeroize(&mut text);
            }
            // Asked for before the tab was hidden.
            Heard::Event(Event::Revealed { mut secret, .. }) if document().hidden() => {
                zeroize::Zeroize::zeroize(&mut secret);
            }
            Heard::Event(Event::Names { number, report, field }) => {
                match self.draft.take_report(number, report, field) {
                    Some(true) => self.reviewed(),
                    Some(false) => self.recheck(),
                    None => {}
                }
            }
            Heard::Event(Event::Learnt { number, learnt, failure }) => self.learn(number, learnt, failure),
            Heard::Event(Event::FaultyRows { name, file: Some(file) }) => saving::hand_over(&name, &file),
            Heard::Event(event) => {
                match &event {
                    Event::Unfinished(Unfinished { form: Ok(form), .. }) => self.draft.fill(form),
                    Event::Retry(form) => {
                        self.draft.fill_devices(form);
                        focus_soon(if form.naming == NamingChoice::List { "names" } else { "count" });
                    }
                    _ => {}
                }
                let may_end = matches!(&event, Event::Report(report) if report.verdict.is_some());
                self.state.apply(event);
                if may_end {
                    self.keep_run();
                }
            }
            Heard::Fault(fault, words) => self.state.fault(fault, words),
        }
    }

    /// Loads the engine, if it was not.
    fn start_engine(self) {
        self.link.with_value(|link| link.iter().for_each(Link::start));
    }

    /// Sends a command to the engine.
    pub(self) fn send(self, command: &Command) {
        if let Err(words) = self.link.with_value(|link| link.as_ref().map_or(Ok(()), |link| link.send(command))) {
            self.state.fault(EngineFault::Garbled, words);
        }
    }

    /// Speaks another language, now and on the next visit.
    pub(self) fn speak(self, language: Language) {
        preferences::keep(preferences::LANGUAGE, language.tag());
        self.say.set(String::new());
        self.copied.set(String::new());
        self.language.set(language);
    }

    /// Shows the page in another theme, now and on the next visit.
    pub(self) fn dress(self, theme: String) {
        preferences::keep(preferences::THEME, &theme);
        self.theme.set(theme);
    }

    /// Notes a change of the form.
    pub(self) fn changed(self, field: Field) {
        self.draft.typed(field);
        if is_of_key(field) {
            self.expiry.forget();
        }
        if is_of_target(field) {
            self.forget_learnt();
        }
        self.draft.changed(&self.held_id());
        if field == Field::Names && self.draft.is_checked_while_typing() {
            self.read_names();
        }
    }

    /// Chooses who names the devices.
    pub(self) fn name_by(self, naming: NamingChoice) {
        self.draft.name_by(naming);
        self.stop_asking(Subject::Names);
        self.recheck();
    }

    /// Checks the form again after a change.
    pub(self) fn recheck(self) {
        self.draft.changed(&self.held_id());
    }

    /// Has the engine read the list of names and check it.
    pub(self) fn read_names(self) {
        self.start_engine();
        let (number, source) = (self.draft.ask(true), self.draft.source());
        self.send(&Command::Names { number, change: NamesChange::Read { is_kept: self.draft.is_kept() }, source });
    }

    /// Changes the list of names that the engine holds, unless it is changing it: then the lines on show are old.
    pub(self) fn change_names(self, change: NamesChange) {
        if !self.draft.is_asked() {
            self.send(&Command::Names { number: self.draft.ask(false), change, source: None });
        }
    }

    /// Asks for a file of the faulty rows.
    pub(self) fn save_faulty(self) {
        let words = &texts::texts().names;
        let rules = NameRule::KINDS.iter().map(|rule| (words.rule)(rule).to_owned()).collect();
        self.send(&Command::SaveFaulty(FaultyWords { reason: words.reason.to_owned(), rules }));
    }

    /// Chooses a connection.
    pub(self) fn connect(self, connection: Connection) {
        self.draft.connect(connection);
        self.forget_learnt();
        self.draft.changed(&self.held_id());
    }

    /// Chooses a connection in the user's place, at the head of the form.
    pub(self) fn switch_to(self, connection: Connection) {
        self.connect(connection);
        draft::choose("connection", address::name_of(&address::CONNECTIONS, connection));
        focus("connection");
    }

    /// Chooses how calls are signed, which closes the plan.
    pub(self) fn sign_with(self, signature: Signature) {
        self.draft.sign_with(signature);
        self.forget_learnt();
    }

    /// Checks the form and shows the plan, or the errors; of a list of names, once the engine has read it.
    pub(self) fn review(self) {
        if !self.draft.lacks_report() {
            return self.reviewed();
        }
        self.draft.await_report();
        if !self.draft.is_asked() {
            self.read_names();
        }
    }

    fn reviewed(self) {
        self.draft.review(&self.held_id());
        let has_plan = untrack(|| self.draft.read(|sheet| sheet.plan.is_some()));
        if has_plan {
            self.start_engine();
        }
        focus_soon(if has_plan { "plan" } else { "error-summary" });
    }

    /// Starts the run that the plan describes, and lets go of the secret.
    pub(self) fn begin(self) {
        let Some((plan, form)) = self.draft.take_plan() else { return };
        self.show(&plan, Started::new(&plan, form.clone(), None));
        let mut command = Command::Start { form, credentials: self.draft.credentials() };
        self.send(&command);
        if let Command::Start { credentials, .. } = &mut command {
            wipe(credentials);
        }
        Draft::empty_secrets();
        focus_soon("run");
    }

    /// Shows a new run in place of the last one.
    fn show(self, plan: &Outline, started: Started) {
        self.choice.update(|choice| choice.look = Look::default());
        self.copied.set(String::new());
        self.state.begin(plan, started);
    }

    /// Goes on with the run that was found, with the key pair that is typed in; without one, says what is missing.
    pub(self) fn resume_run(self) {
        let found = untrack(|| self.state.read(|mirror| mirror.unfinished.clone()));
        let Some((form, devices, at_ms)) =
            found.and_then(|found| Some((found.form.ok()?, found.devices, found.started_at_ms)))
        else {
            return;
        };
        let listed = Listed { devices, ..Listed::default() };
        let Ok(plan) = plan::outline(&form, Some(&listed)) else { return };
        if self.draft.lacks_key(&self.held_id()) {
            focus_soon("error-summary");
            return;
        }
        self.show(&plan, Started::new(&plan, FormInput { names: String::new(), ..form }, Some(at_ms)));
        let mut command = Command::ResumeRun(self.draft.credentials());
        self.send(&command);
        if let Command::ResumeRun(credentials) = &mut command {
            wipe(credentials);
        }
        Draft::empty_secrets();
        focus_soon("run");
    }

    /// Forgets the run that was found.
    pub(self) fn discard_run(self) {
        self.state.discard();
        self.send(&Command::DiscardRun);
    }

    /// Asks for a file of what the run misses.
    pub(self) fn save_failed(self) {
        self.send(&Command::SaveFailed(Rejection::PLAIN.iter().map(texts::texts().run.reason).collect()));
    }

    /// Goes on, with the key pair that was typed in where the run waits for one.
    pub(self) fn resume(self) {
        let typed = untrack(|| self.state.needs_key()).then(|| self.draft.credentials());
        let mut command = Command::Resume(typed.filter(|typed| !typed.access_key_secret.is_empty()));
        self.send(&command);
        if let Command::Resume(Some(credentials)) = &mut command {
            wipe(credentials);
            Draft::empty_secrets();
        }
    }

    fn held_id(self) -> String {
        untrack(|| self.state.read(|mirror| mirror.held_id.clone()))
    }

    /// Asks for the DeviceSecret of the row at this index, to show it; it is masked again by itself.
    pub(self) fn reveal(self, index: u32) {
        self.state.mask();
        self.send(&Command::Reveal(index));
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

/// Does something now, and again whenever what it reads changes. All such closures share one type of effect.
fn follow(act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    Effect::new(act);
}

/// The element with this id, if it is in the document.
fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok())
}

/// The input with this id, if it is in the document.
fn input(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok())
}

/// Puts the focus on the element with this id.
fn focus(id: &str) {
    if let Some(element) = element(id) {
        // An element that cannot take the focus leaves it where it is.
        element.focus().unwrap_or_default();
    }
}

/// Puts the focus on the element with this id, once it is there, and brings its beginning into sight.
fn focus_soon(id: &'static str) {
    request_animation_frame(move || {
        focus(id);
        if let Some(element) = element(id) {
            let top_px = element.get_bounding_client_rect().top();
            let window_px = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
            if top_px < 0.0 || top_px > window_px / 2.0 {
                element.scroll_into_view();
            }
        }
    });
}
