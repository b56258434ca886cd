//! The engine's program, which the page's worker loads.
fn main() {
    #[cfg(target_arch = "wasm32")]
    iot_provisioner::engine::start();
}
