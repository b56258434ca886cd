//! nginx and Caddy run with the files of `deploy/`, adapted as an administrator adapts them, in front of a cloud of the
//! tests' own. `cargo xtask test deploy` says where the programs are.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

mod authority;
mod browser;
mod client;
mod cloud;
mod connection;
mod devtools;
mod files;
mod forwarding;
mod leaks;
mod ledger;
mod logs;
mod names;
#[allow(dead_code)]
#[path = "../e2e/page.rs"]
mod page;
mod places;
mod refusals;
mod server;
mod site;
mod sought;
mod upstream;
mod world;
