//! The pure core: everything that is decided, and nothing that touches the world.
//!
//! Where to start reading: [`plan`] turns a form into a [`plan::Plan`]; [`run`] is the machine that carries a plan
//! out; [`lookup`] asks what a plan can learn before, [`probe`] whether its cloud can be reached; [`cloud`] is the vendor's wire; [`table`] holds the credentials; [`export`] writes them.
//! Time, nonces and randomness are arguments. Nothing here waits, sends, stores or logs.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod cloud;
pub mod export;
pub mod journal;
pub mod lookup;
pub mod model;
pub mod plan;
pub mod probe;
pub mod run;
pub mod secret;
pub mod table;
pub mod time;
