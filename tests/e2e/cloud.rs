//! The simulated cloud's server, as tests see it: what exists, what was called, which faults are set.

use serde_json::Value;

/// A server, by its address.
pub struct Cloud(String);

impl Cloud {
    /// The server at an address.
    pub fn at(address: &str) -> Self {
        Self(address.trim_end_matches('/').to_owned())
    }

    /// Empties the cloud and its faults.
    pub fn reset(&self) {
        ureq::post(self.address("/_sim/reset")).send_empty().unwrap();
    }

    /// Sets faults, in the JSON of `cargo run -p simcloud -- --help`.
    pub fn set_faults(&self, faults: &Value) {
        ureq::post(self.address("/_sim/faults")).send(faults.to_string()).unwrap();
    }

    /// `/_sim/state`.
    pub fn state(&self) -> Value {
        self.read("/_sim/state")
    }

    /// Devices that exist in a product, as the cloud lists them.
    pub fn devices(&self, product_key: &str) -> Vec<Value> {
        match self.read(&format!("/_sim/devices?product_key={product_key}")) {
            Value::Array(devices) => devices,
            Value::Object(object) => object.into_iter().find_map(|(_, value)| value.as_array().cloned()).unwrap(),
            other => panic!("{other}"),
        }
    }

    fn address(&self, path: &str) -> String {
        [&self.0, path].concat()
    }

    fn read(&self, path: &str) -> Value {
        let mut answer = ureq::get(self.address(path)).call().unwrap();
        let limit = 512 << 20;
        let text = answer.body_mut().with_config().limit(limit).read_to_string().unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

/// The server that the tests share.
fn shared() -> Cloud {
    Cloud::at(&crate::page::setting("E2E_CLOUD_URL"))
}

/// Empties the shared cloud and its faults.
pub fn reset() {
    shared().reset();
}

/// Sets faults of the shared cloud.
pub fn set_faults(faults: &Value) {
    shared().set_faults(faults);
}

/// One fault for `times` calls of an action, from the next one on.
pub fn set_fault(action: &str, times: u64, effect: Value) {
    set_faults(&serde_json::json!({ "faults": [{ "action": action, "times": times, "effect": effect }] }));
}

/// `/_sim/state` of the shared cloud.
pub fn state() -> Value {
    shared().state()
}

/// Devices that exist in a product of the shared cloud.
pub fn devices(product_key: &str) -> Vec<Value> {
    shared().devices(product_key)
}
