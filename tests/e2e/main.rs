//! A browser drives the page of `trunk serve`, through its proxy, to the simulated cloud's server.
//! `cargo xtask test e2e` starts all of it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs)]

mod archives;
mod bad_input;
mod browser;
mod clipboard;
mod cloud;
mod connection;
mod everyone;
mod file_faults;
mod files;
mod history;
mod inspector;
mod journal;
mod languages;
mod line;
mod list;
mod lock;
mod lookup;
mod main_job;
mod newcomer;
mod offline;
mod page;
mod policy;
mod published;
mod rows;
mod secrets;
mod servers;
mod shortfall;
mod storage;
mod table;
mod table_states;
mod temporary_key;
mod wire;
