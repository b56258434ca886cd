//! The engine binary: a dedicated module worker.
fn main() {
    #[cfg(target_arch = "wasm32")]
    iot_provisioner::engine::start();
}
