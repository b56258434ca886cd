//! Percent-encoding as the RPC signature wants it. In: raw text. Out: RFC 3986 text with upper-case hex.
//!
//! Source: document_detail/30563.html; RFC 3986 §2.3 (unreserved characters).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but `A-Z a-z 0-9 - _ . ~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Appends the encoded text to `out`.
pub fn encode_into(out: &mut String, raw: &str) {
    out.extend(utf8_percent_encode(raw, RESERVED));
}

/// The encoded text.
#[must_use]
pub fn encode(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len() + raw.len() / 4);
    encode_into(&mut out, raw);
    out
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encode("AZaz09-_.~"), "AZaz09-_.~");
        assert_eq!(encode(" *+/=%"), "%20%2A%2B%2F%3D%25");
        assert_eq!(encode("设\u{1F600}"), "%E8%AE%BE%F0%9F%98%80");
    }
}
