//! A character that shows a mistyped name. In: the name before it. Out: the character.

/// Characters that the scheme knows, in the order of their values.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The check character of ISO 7064 MOD 37,36 (ISO/IEC 7064:2003, hybrid systems): finds every single wrong letter or
/// digit and nearly every two that were swapped. Lower case counts as upper case; what is neither letter nor digit is
/// left out, as the Global Release Identifier leaves out its hyphens.
pub(super) fn check_character(before: &str) -> char {
    let values = before.chars().filter_map(|character| character.to_digit(36));
    let product = values.fold(36, |product, value| {
        let sum = (product + value) % 36;
        (if sum == 0 { 36 } else { sum }) * 2 % 37
    });
    char::from(ALPHABET[((37 - product) % 36) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_one_that_iso_7064_gives() {
        // The example of the GRid standard (IFPI, "GRid Standard", 2.1): A1-2425G-ABC1234002-M.
        assert_eq!(check_character("A1-2425G-ABC1234002"), 'M');
        assert_eq!(check_character("a1-2425g-abc1234002-"), 'M');
    }

    #[test]
    fn one_wrong_character_never_keeps_it() {
        let name = "SN-0417XQ";
        for (place, _) in name.char_indices().filter(|(_, character)| character.is_ascii_alphanumeric()) {
            for &other in ALPHABET {
                let mut wrong = name.as_bytes().to_vec();
                if wrong[place] != other {
                    wrong[place] = other;
                    assert_ne!(check_character(&String::from_utf8(wrong).unwrap()), check_character(name));
                }
            }
        }
    }
}
