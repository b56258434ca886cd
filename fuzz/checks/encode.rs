//! Percent-encoding, checked. In: any bytes. Out: a panic where decoding does not give the text back, where a character
//! stands that RFC 3986 does not call unreserved, or where a canonical query is not the sorted parameters.

use provisioner_core::cloud::encode::encode;
use provisioner_core::cloud::sign::v1::{canonical_query, string_to_sign};

/// Takes the input as one text, and each of its lines as one parameter, `name=value`.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let encoded = encode(&text);
    assert!(encoded.bytes().all(is_output), "a reserved character in {encoded}");
    assert_eq!(decode(&encoded), text);

    let mut params: Vec<(&str, &str)> = text.lines().map(|line| line.split_once('=').unwrap_or((line, ""))).collect();
    let query = canonical_query(&params);
    let read: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').expect("every parameter has its equals sign");
            assert!(!value.contains('='), "an equals sign that is not encoded in {query}");
            (decode(name), decode(value))
        })
        .collect();
    params.sort_unstable();
    assert!(read.iter().map(|(name, value)| (name.as_str(), value.as_str())).eq(params), "{query}");
    assert_eq!(string_to_sign("POST", &query), format!("POST&%2F&{}", encode(&query)));
}

/// What the encoder may write: unreserved characters (RFC 3986, 2.3) and escapes with upper-case digits.
fn is_output(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte)
}

/// Percent-decoding of what the encoder wrote; panics at anything that it must not write.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = tail else { panic!("an escape that breaks off in {text}") };
        rest = after;
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'F' => byte - b'A' + 10,
            _ => panic!("an escape without two upper-case digits in {text}"),
        };
        bytes.push(digit(*high) * 16 + digit(*low));
    }
    String::from_utf8(bytes).expect("text is encoded byte by byte")
}
