//! Signatures. In: raw parameters and a secret. Out: the texts on the way and the signature, one function each.

pub mod v1;
pub mod v3;

use core::fmt::Write as _;

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
    }
    text
}
