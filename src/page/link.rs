//! The line to the engine. In: commands. Out: events and engine faults, to one listener.
//!
//! The engine is a program of its own, and is loaded when it is needed. Commands wait here until it says that it is ready.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::{document, location, set_timeout, window_event_listener};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::state::EngineFault;
use crate::protocol::{Command, Event};
use crate::wire;

/// Where index.html names the engine's file; the build step puts a hash into it.
const ENGINE_META: &str = "meta[name=engine]";

/// How long the engine may take to load before the user is told: its file takes 8 s on a 256 kbit/s line.
const SILENT_AFTER: Duration = Duration::from_secs(20);

/// What is heard from the other end.
pub(super) enum Heard {
    /// An event.
    Event(Event),
    /// Trouble, with the browser's own words.
    Fault(EngineFault, String),
}

/// The line.
#[derive(Clone)]
pub(super) struct Link(Rc<RefCell<Line>>);

struct Line {
    listen: Rc<dyn Fn(Heard)>,
    started: bool,
    worker: Option<Worker>,
    ready: bool,
    waiting: Vec<JsValue>,
}

impl Link {
    /// A line that nobody is at the other end of yet; `listen` will hear everything that is said there.
    pub fn new(listen: impl Fn(Heard) + 'static) -> Self {
        let listen = Rc::new(listen);
        Self(Rc::new(RefCell::new(Line { listen, started: false, worker: None, ready: false, waiting: Vec::new() })))
    }

    /// Starts the engine, if it was not.
    pub fn start(&self) {
        if std::mem::replace(&mut self.0.borrow_mut().started, true) {
            return;
        }
        let listen = self.0.borrow().listen.clone();
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        match Worker::new_with_options(&engine_url(), &options) {
            Ok(worker) => self.connect(worker, listen),
            Err(reason) => self.refused(listen, &reason),
        }
    }

    /// Ends the engine, and with it all that it holds. The next one is started as the first was.
    pub fn end(&self) {
        let mut line = self.0.borrow_mut();
        if let Some(worker) = line.worker.take() {
            // What it has said already is not heard any more.
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
        (line.started, line.ready) = (false, false);
        line.waiting.drain(..).for_each(|message| wire::wipe(&message));
    }

    /// Sends a command, or keeps it until the engine is ready.
    ///
    /// # Errors
    /// The browser's words, if the command could not be put into the form that crosses.
    pub fn send(&self, command: &Command) -> Result<(), String> {
        let message = wire::write_command(command).map_err(|wire::Unreadable| String::new())?;
        let mut line = self.0.borrow_mut();
        match &line.worker {
            Some(worker) if line.ready => post(worker, &message),
            _ => {
                line.waiting.push(message);
                Ok(())
            }
        }
    }

    /// Told after the page is up, as everything else that is heard.
    fn refused(&self, listen: Rc<dyn Fn(Heard)>, reason: &JsValue) {
        let words = words_of(reason);
        set_timeout(move || listen(Heard::Fault(EngineFault::Refused, words)), Duration::ZERO);
    }

    fn connect(&self, worker: Worker, listen: Rc<dyn Fn(Heard)>) {
        let (hear, line) = (listen.clone(), self.clone());
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            match wire::read_event(&message.data()) {
                Ok(Event::Ready) => {
                    hear(Heard::Event(Event::Ready));
                    if let Err(reason) = line.open() {
                        hear(Heard::Fault(EngineFault::Garbled, reason));
                    }
                }
                Ok(event) => hear(Heard::Event(event)),
                Err(wire::Unreadable) => hear(Heard::Fault(EngineFault::Garbled, String::new())),
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();

        let (hear, line) = (listen.clone(), self.clone());
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            let fault = if line.0.borrow().ready { EngineFault::Stopped } else { EngineFault::Refused };
            // A file that does not load comes as a plain event without words.
            let words = event.dyn_ref::<web_sys::ErrorEvent>().map(web_sys::ErrorEvent::message);
            hear(Heard::Fault(fault, words.unwrap_or_default()));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        // WebKit keeps a page that was left, to show it again, and would keep the engine too, and with it the run's lock.
        let ended = worker.clone();
        window_event_listener(ev::pagehide, move |_| ended.terminate());
        window_event_listener(ev::pageshow, |event| {
            if event.persisted() {
                location().reload().unwrap_or_default();
            }
        });
        self.0.borrow_mut().worker = Some(worker.clone());

        let line = self.clone();
        set_timeout(
            move || {
                let is_silent = {
                    let line = line.0.borrow();
                    line.worker.as_ref() == Some(&worker) && !line.ready
                };
                if is_silent {
                    listen(Heard::Fault(EngineFault::Silent, String::new()));
                }
            },
            SILENT_AFTER,
        );
    }

    fn open(&self) -> Result<(), String> {
        let mut line = self.0.borrow_mut();
        line.ready = true;
        let waiting = std::mem::take(&mut line.waiting);
        let Some(worker) = &line.worker else { return Ok(()) };
        waiting.iter().try_for_each(|message| post(worker, message))
    }
}

fn post(worker: &Worker, message: &JsValue) -> Result<(), String> {
    let handed_over = wire::handed_over(message);
    worker.post_message_with_transfer(message, &handed_over).map_err(|reason| words_of(&reason))
}

fn engine_url() -> String {
    let meta = document().query_selector(ENGINE_META).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// What the browser says of an exception.
fn words_of(reason: &JsValue) -> String {
    match reason.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => reason.as_string().unwrap_or_default(),
    }
}
