//! The simulated cloud as a server.
fn main() {}
