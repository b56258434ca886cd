//! The line to the page: commands come in, events go out.

use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;
use zeroize::Zeroize as _;

use crate::engine::driver::{Inbox, Message};
use crate::protocol::Event;
use crate::wire;

/// Puts every command that the page sends into the inbox. What is not a command stops the engine, which the page sees.
pub(in crate::engine) fn listen(inbox: Inbox) {
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let command = wire::read_command(&message.data()).ok().expect_throw("the page sends commands");
        // Only a worker that is being ended has no loop.
        let _ = inbox.unbounded_send(Message::Command(command));
    });
    super::worker().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

/// Sends an event.
pub(in crate::engine) fn post(event: &Event) {
    let message = wire::write_event(event).ok().expect_throw("events are plain data");
    let handed_over = wire::handed_over(&message);
    super::worker().post_message_with_transfer(&message, &handed_over).expect_throw("plain data can be cloned");
}

/// Sends an event that holds a secret, and wipes this side's copy.
pub(in crate::engine) fn post_secret(mut event: Event) {
    post(&event);
    if let Event::Revealed { secret: text, .. } | Event::Copied { text, .. } | Event::Archive { address: text, .. } =
        &mut event
    {
        text.zeroize();
    }
}
