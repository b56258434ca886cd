//! What only a worker can show: tests that run in a dedicated worker. In: a worker's scope. Out: verdicts.
#![cfg(target_arch = "wasm32")]

use iot_provisioner::protocol::{Command, Copied, CopiedRows};
use iot_provisioner::wire;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::DedicatedWorkerGlobalScope;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn a_command_survives_the_structured_clone_into_a_worker() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into().expect("these tests run in a worker");
    let command = Command::Copy(Copied::Triple, CopiedRows::One(41));

    let sent = wire::write_command(&command).expect("a command is plain data");
    let clone = js_sys::Reflect::get(&scope, &"structuredClone".into()).expect("a scope has properties");
    let clone: js_sys::Function = clone.dyn_into().expect("browsers since 2022 have structuredClone");
    let arrived = clone.call1(&scope, &sent).expect("a command can be cloned");

    let command = wire::read_command(&arrived).expect("what arrives is a command");
    assert!(matches!(command, Command::Copy(Copied::Triple, CopiedRows::One(41))));
}
