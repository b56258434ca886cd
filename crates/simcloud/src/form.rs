//! Form decoding: a raw query and a form body go in, the parameters of the call come out, sorted by name.

use std::collections::BinaryHeap;

/// The parameters of a call: the union of query and body, sorted by raw name (§8, step 2). Empty values are kept,
/// because an official SDK signs them (§7, `SignatureType`).
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Decodes `application/x-www-form-urlencoded` text. A broken percent escape is kept as it stands, and bytes that
    /// are not UTF-8 become U+FFFD: the signature then fails, which is the answer such a call deserves.
    pub fn read(query: &str, body: &[u8]) -> Self {
        // The place keeps pairs of one name in their order. A heap sorts in a tenth of the code of a slice's sort.
        let pairs: BinaryHeap<(String, usize, String)> = [query.as_bytes(), body]
            .into_iter()
            .flat_map(|part| part.split(|byte| *byte == b'&'))
            .filter(|pair| !pair.is_empty())
            .enumerate()
            .map(|(place, pair)| {
                let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                    Some(at) => (&pair[..at], &pair[at + 1..]),
                    None => (pair, &b""[..]),
                };
                (decode(name), place, decode(value))
            })
            .collect();
        Self(pairs.into_sorted_vec().into_iter().map(|(name, _, value)| (name, value)).collect())
    }

    /// The value under a name; of several the first.
    pub fn get(&self, name: &str) -> Option<&str> {
        let at = self.0.partition_point(|(have, _)| have.as_str() < name);
        self.0.get(at).filter(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }

    /// All pairs in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn decode(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        (rest, _) = match (first, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                (after, bytes.push(hex_value(*high) * 16 + hex_value(*low)))
            }
            (b'+', _) => (tail, bytes.push(b' ')),
            (other, _) => (tail, bytes.push(*other)),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit - b'A' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &str, body: &str) -> Vec<(String, String)> {
        Params::read(query, body.as_bytes()).0
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn query_and_body_are_one_set_sorted_by_byte() {
        assert_eq!(
            pairs("b=2&DeviceName.2=y&DeviceName.10=x", "a=1&B=0"),
            owned(&[("B", "0"), ("DeviceName.10", "x"), ("DeviceName.2", "y"), ("a", "1"), ("b", "2")])
        );
    }

    #[test]
    fn a_plus_is_a_space_and_an_escaped_plus_is_a_plus() {
        assert_eq!(pairs("n=a+b%2Bc%20d", ""), owned(&[("n", "a b+c d")]));
    }

    #[test]
    fn empty_values_are_kept_and_broken_escapes_stand_as_they_are() {
        assert_eq!(pairs("SignatureType=&x&y=%zz%4", ""), owned(&[("SignatureType", ""), ("x", ""), ("y", "%zz%4")]));
    }

    #[test]
    fn text_beyond_ascii_is_utf_8() {
        assert_eq!(pairs("", "n=%E7%81%AF%F0%9F%92%A1"), owned(&[("n", "灯💡")]));
    }

    #[test]
    fn a_value_is_found_by_its_exact_name() {
        let params = Params::read("Count=1&Counter=2", b"");
        assert_eq!((params.get("Count"), params.get("Coun"), params.get("count")), (Some("1"), None, None));
    }
}
