//! Whether the browser has a connection, in its own words. In: its events. Out: a message at every change.

use wasm_bindgen::prelude::*;
use web_sys::Event;

use crate::engine::driver::{Inbox, Message};

/// Puts every change into the inbox.
pub(in crate::engine) fn listen(inbox: Inbox) {
    let on_change = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        // Only a worker that is being ended has no loop.
        let _ = inbox.unbounded_send(Message::Line { is_up: event.type_() == "online" });
    });
    let listener = on_change.as_ref().unchecked_ref();
    for event in ["online", "offline"] {
        super::worker().add_event_listener_with_callback(event, listener).expect_throw("both events exist in workers");
    }
    on_change.forget();
}

/// Whether there is one now.
pub(in crate::engine) fn is_up() -> bool {
    super::worker().navigator().on_line()
}
