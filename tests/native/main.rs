//! The run against the simulated cloud, in virtual time.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs)]

mod computer;
mod corpus;
mod ending;
mod existing;
mod failed_file;
mod faults;
mod line;
mod lookup;
mod plain;
mod probe;
mod scale;
mod setting;
mod shortfall;
mod strangers;
mod wire;
mod world;
mod worlds;
mod x509;
