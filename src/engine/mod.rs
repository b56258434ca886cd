//! The engine: a dedicated worker that owns the run, the key and the table. In: commands. Out: events.
//!
//! Where to start reading: [`driver`] is the only loop; `effects` holds one file per thing that touches the browser.

mod archives;
mod connection;
mod driver;
mod effects;
mod exchange;
mod files;
mod inspector;
mod journal;
mod key;
mod lookup;
mod names;
mod record;
mod session;
mod table;
mod telling;

/// Takes commands from now on; called once, when the program starts in a worker.
pub fn start() {
    let (outside, inbox) = futures_channel::mpsc::unbounded();
    effects::port::listen(outside.clone());
    wasm_bindgen_futures::spawn_local(driver::drive(inbox, outside));
}
