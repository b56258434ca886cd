//! The page binary: starts the view. Nothing comes in or out; natively it does nothing.

fn main() {
    #[cfg(target_arch = "wasm32")]
    iot_provisioner::page::start();
}
