//! Fuzz target `simcloud_request`. In: a script of requests, as libFuzzer makes them up. Out: a panic where the check fails.
#![no_main]

#[path = "../checks/simcloud_request.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|input: &[u8]| check::check(input));
