//! How commands and events cross. In: one of them, or the message that holds it. Out: the other.
//!
//! A message is an array of postcard's bytes and, for a file, its Blob or its place, which only the browser can hand over. Plain JS
//! objects would cost 19 kB (Brotli): their reader carries every field's name and formats errors that nobody sees.

use js_sys::{Array, Uint8Array};
use postcard::ser_flavors::Flavor;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroize as _;

use crate::protocol::{Command, Event};

/// A message that is not what it should be: page and engine are of different versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Writes a command.
///
/// # Errors
/// Never for a command that this program made.
pub fn write_command(command: &Command) -> Result<JsValue, Unreadable> {
    let beside = match command {
        Command::Save { handle, .. } => handle.as_ref().map(AsRef::as_ref),
        Command::Names { source, .. } => source.as_ref().map(AsRef::as_ref),
        _ => None,
    };
    write(command, beside)
}

/// Reads a command.
///
/// # Errors
/// The message is not a command.
pub fn read_command(message: &JsValue) -> Result<Command, Unreadable> {
    let mut command = read(message)?;
    match &mut command {
        Command::Save { handle, .. } => *handle = beside(message),
        Command::Names { source, .. } => *source = beside(message),
        _ => {}
    }
    Ok(command)
}

/// Writes an event.
///
/// # Errors
/// Never for an event that this program made.
pub fn write_event(event: &Event) -> Result<JsValue, Unreadable> {
    let blob = match event {
        Event::File { blob, .. } | Event::FaultyRows { file: blob, .. } => blob.as_ref(),
        _ => None,
    };
    write(event, blob.map(AsRef::as_ref))
}

/// Reads an event.
///
/// # Errors
/// The message is not an event.
pub fn read_event(message: &JsValue) -> Result<Event, Unreadable> {
    let mut event = read(message)?;
    if let Event::File { blob, .. } | Event::FaultyRows { file: blob, .. } = &mut event {
        *blob = beside(message);
    }
    Ok(event)
}

/// What crosses beside the bytes, if it is of this kind.
fn beside<T: JsCast>(message: &JsValue) -> Option<T> {
    Array::from(message).get(1).dyn_into().ok()
}

/// What of a message is to be handed over: a browser that copies it frees its copies, and does not wipe them.
pub fn handed_over(message: &JsValue) -> JsValue {
    bytes_of(message).map_or_else(JsValue::default, |bytes| Array::of1(&bytes.buffer()).into())
}

/// Wipes a message that is of no more use.
pub fn wipe(message: &JsValue) {
    if let Some(bytes) = bytes_of(message) {
        bytes.fill(0, 0, bytes.length());
    }
}

fn bytes_of(message: &JsValue) -> Option<Uint8Array> {
    Array::from(message).get(0).dyn_into().ok()
}

/// Bytes that leave nothing behind where they grow out of their place: they may hold a secret.
struct Growing(Vec<u8>);

impl Flavor for Growing {
    type Output = Vec<u8>;

    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        if self.0.capacity() - self.0.len() < data.len() {
            let mut grown = Vec::with_capacity(2 * (self.0.len() + data.len()));
            grown.extend_from_slice(&self.0);
            self.0.zeroize();
            self.0 = grown;
        }
        self.0.extend_from_slice(data);
        Ok(())
    }

    fn try_push(&mut self, data: u8) -> postcard::Result<()> {
        self.try_extend(&[data])
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

fn write<T: Serialize>(value: &T, beside: Option<&JsValue>) -> Result<JsValue, Unreadable> {
    let mut bytes = postcard::serialize_with_flavor(value, Growing(Vec::new())).map_err(|_| Unreadable)?;
    let message = Array::of1(&Uint8Array::from(bytes.as_slice()));
    bytes.zeroize();
    if let Some(beside) = beside {
        message.push(beside);
    }
    Ok(message.into())
}

fn read<T: DeserializeOwned>(message: &JsValue) -> Result<T, Unreadable> {
    let mut bytes = bytes_of(message).ok_or(Unreadable)?.to_vec();
    wipe(message);
    let value = postcard::from_bytes(&bytes).map_err(|_| Unreadable);
    bytes.zeroize();
    value
}
