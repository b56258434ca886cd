//! Whole numbers as people type them. In: a text. Out: the number, or the rule that it breaks.

use super::Fault;

/// A number between two limits, both of them allowed.
///
/// # Errors
/// What is wrong with it.
pub(super) fn whole(typed: &str, min: u32, max: u32) -> Result<u32, Fault> {
    let ascii: String = typed.trim().chars().map(half_width).collect();
    if ascii.is_empty() {
        return Err(Fault::Missing);
    }
    let (is_negative, digits) = match ascii.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, ascii.strip_prefix('+').unwrap_or(&ascii)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::NotANumber);
    }
    match digits.parse::<u32>() {
        _ if is_negative => Err(Fault::TooSmall { limit: min }),
        Ok(number) if number < min => Err(Fault::TooSmall { limit: min }),
        Ok(number) if number <= max => Ok(number),
        // Digits alone that are no `u32` are too many of them.
        Ok(_) | Err(_) => Err(Fault::TooLarge { limit: max }),
    }
}

/// Full-width digits, as a Chinese or Japanese input method makes them, have one meaning.
pub(super) fn half_width(character: char) -> char {
    match character {
        '０'..='９' => char::from_digit(character as u32 - '０' as u32, 10).unwrap_or(character),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_between_its_limits() {
        let read = |typed| whole(typed, 10, 100);
        for (typed, number) in [("10", 10), (" 100 ", 100), ("+42", 42), ("042", 42), ("５０", 50)] {
            assert_eq!(read(typed), Ok(number), "{typed}");
        }
        assert_eq!(read(" "), Err(Fault::Missing));
        for typed in ["9", "0", "-50", "\u{2212}50"] {
            assert_eq!(read(typed), Err(Fault::TooSmall { limit: 10 }), "{typed}");
        }
        for typed in ["101", "99999999999999999999"] {
            assert_eq!(read(typed), Err(Fault::TooLarge { limit: 100 }), "{typed}");
        }
        for typed in ["ten", "1e1", "5.0", "50%", "-", "5 0"] {
            assert_eq!(read(typed), Err(Fault::NotANumber), "{typed}");
        }
    }
}
