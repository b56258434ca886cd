//! Fuzz target `encode`. In: text and parameters, as libFuzzer makes them up. Out: a panic where the check fails.
#![no_main]

#[path = "../checks/encode.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|input: &[u8]| check::check(input));
