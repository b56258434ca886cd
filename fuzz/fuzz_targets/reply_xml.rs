//! Fuzz target `reply_xml`. In: action, status and body of a reply, as libFuzzer makes them up. Out: a panic where the
//! check fails.
#![no_main]

// The other target uses the rest of it.
#[allow(dead_code)]
#[path = "../checks/reply.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|input: &[u8]| check::check_xml(input));
