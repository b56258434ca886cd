//! The page.
#[cfg(target_arch = "wasm32")]
pub mod protocol;
