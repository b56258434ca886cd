//! The page's program.
fn main() {
    #[cfg(target_arch = "wasm32")]
    iot_provisioner::page::start();
}
