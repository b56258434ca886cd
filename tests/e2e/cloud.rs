//! The simulated cloud's server, as tests see it: what exists, what was called, which faults are set.

use serde_json::Value;

fn address(path: &str) -> String {
    format!("{}{path}", crate::page::setting("E2E_CLOUD_URL").trim_end_matches('/'))
}

/// Empties the cloud and its faults.
pub fn reset() {
    ureq::post(address("/_sim/reset")).send_empty().unwrap();
}

/// Sets faults, in the JSON of `cargo run -p simcloud -- --help`.
pub fn set_faults(faults: &Value) {
    ureq::post(address("/_sim/faults")).send(faults.to_string()).unwrap();
}

/// One fault for `times` calls of an action, from the next one on.
pub fn set_fault(action: &str, times: u64, effect: Value) {
    set_faults(&serde_json::json!({ "faults": [{ "action": action, "times": times, "effect": effect }] }));
}

/// `/_sim/state`.
pub fn state() -> Value {
    read("/_sim/state")
}

/// Devices that exist in a product, as the cloud lists them.
pub fn devices(product_key: &str) -> Vec<Value> {
    match read(&format!("/_sim/devices?product_key={product_key}")) {
        Value::Array(devices) => devices,
        Value::Object(object) => object.into_iter().find_map(|(_, value)| value.as_array().cloned()).unwrap(),
        other => panic!("{other}"),
    }
}

fn read(path: &str) -> Value {
    let mut answer = ureq::get(address(path)).call().unwrap();
    let limit = 512 << 20;
    let text = answer.body_mut().with_config().limit(limit).read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}
