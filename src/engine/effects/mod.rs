//! One file per thing that touches the browser; nothing else in the engine does.

pub(super) mod clock;
pub(super) mod demo;
pub(super) mod exporter;
pub(super) mod fetch;
pub(super) mod journal_store;
pub(super) mod line;
pub(super) mod lock;
pub(super) mod port;
pub(super) mod random;
pub(super) mod sink;
pub(super) mod text;

use wasm_bindgen::JsCast as _;
use web_sys::DedicatedWorkerGlobalScope;

fn worker() -> DedicatedWorkerGlobalScope {
    js_sys::global().dyn_into().expect("the engine runs in a dedicated worker")
}
