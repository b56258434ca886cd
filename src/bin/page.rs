//! The page binary.
fn main() {}
