//! The program: the page where there is a document, the engine in a worker.
fn main() {
    #[cfg(target_arch = "wasm32")]
    iot_provisioner::start();
}
