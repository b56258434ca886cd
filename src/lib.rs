//! The browser half: a page that shows, an engine that works, and what they say to each other. wasm32 only.
//!
//! Where to start reading: [`protocol`], then `page::start` and `engine::start`. What the engine decides comes from
//! the crate `provisioner-core`; nothing here decides.
#![cfg(target_arch = "wasm32")]

pub mod engine;
pub mod page;
pub mod protocol;
pub mod wire;
pub mod words;
