//! Names that users choose: a DeviceName and a nickname go in, what is wrong with them comes out (§2.4).

use crate::batch::Named;
use crate::registry::Call;

/// Characters in a DeviceName.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 4..=32;
/// Units in a nickname; Chinese and Japanese characters count two.
const NICKNAME_UNITS: std::ops::RangeInclusive<usize> = 4..=64;

/// What the name check says about a malformed DeviceName.
pub(crate) const MALFORMED_NAME: &str = "The device name is illegal.";
/// What it says about a malformed nickname (§2.2, sample).
pub(crate) const MALFORMED_NICKNAME: &str = "The nick name is illegal.";
/// What it says about a name that stands twice in one call.
pub(crate) const REPEATED_NAME: &str = "The device name is repeated.";
/// What it says about a name that the product has already.
pub(crate) const TAKEN_NAME: &str = "The device name already exists.";

/// Whether a DeviceName may be used at all.
pub(crate) fn is_device_name(name: &str) -> bool {
    NAME_LENGTH.contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_@.:".contains(&byte))
}

/// Whether a nickname may be used at all; none is fine.
pub(crate) fn is_nickname(nickname: &str) -> bool {
    let units: Option<usize> = nickname.chars().map(nickname_units).sum();
    nickname.is_empty() || units.is_some_and(|units| NICKNAME_UNITS.contains(&units))
}

/// Units of a character; none for one that is not allowed.
fn nickname_units(character: char) -> Option<usize> {
    match character {
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '_' => Some(1),
        // Kana, the iteration marks, and the unified ideographs with their extensions, as Unicode has them.
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
            Some(2)
        }
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => {
            Some(2)
        }
        _ => None,
    }
}

/// The names of a call in the order of their numbers. `DeviceNameList` wins over `DeviceName` (§2.4). A nickname without
/// a name comes with an empty one.
pub(crate) fn names_in(call: &Call<'_>) -> Vec<Named> {
    let mut listed: Vec<(u64, Named)> = Vec::new();
    let mut plain: Vec<(u64, Named)> = Vec::new();
    for (parameter, value) in call.params.iter() {
        if let Some(rest) = parameter.strip_prefix("DeviceNameList.") {
            let Some((number, field)) = rest.split_once('.') else { continue };
            let (Ok(number), "DeviceName" | "DeviceNickname") = (number.parse(), field) else { continue };
            // Sorted by name, both fields of an entry follow one another.
            if listed.last().is_none_or(|(last, _)| *last != number) {
                listed.push((number, Named { name: String::new(), nickname: String::new() }));
            }
            if let Some((_, named)) = listed.last_mut() {
                let place = if field == "DeviceName" { &mut named.name } else { &mut named.nickname };
                *place = value.to_owned();
            }
        } else if let Some(Ok(number)) = parameter.strip_prefix("DeviceName.").map(str::parse) {
            plain.push((number, Named { name: value.to_owned(), nickname: String::new() }));
        }
    }
    let mut chosen = if listed.is_empty() { plain } else { listed };
    chosen.sort_by_key(|(number, _)| *number);
    chosen.into_iter().map(|(_, named)| named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Params;

    #[test]
    fn device_names_have_4_to_32_of_the_documented_characters() {
        for good in ["abcd", "A-_@.:9z", &"x".repeat(32)] {
            assert!(is_device_name(good), "{good}");
        }
        for bad in ["", "abc", "APT$", "with space", "häuser", &"x".repeat(33)] {
            assert!(!is_device_name(bad), "{bad}");
        }
    }

    #[test]
    fn nicknames_have_4_to_64_units_and_ideographs_count_two() {
        for good in ["", "lamp", "客厅灯", "灯_1x", "リビング", &"灯".repeat(32), &"x".repeat(64)] {
            assert!(is_nickname(good), "{good}");
        }
        for bad in ["abc", "灯", "a b c d", "light-1", "灯💡灯灯", &"灯".repeat(33), &"x".repeat(65)] {
            assert!(!is_nickname(bad), "{bad}");
        }
    }

    fn read(query: &str) -> Vec<(String, String)> {
        let params = Params::read(query, b"");
        let call = Call { params: &params, account: "", now_ms: 0, hits: &[] };
        names_in(&call).into_iter().map(|named| (named.name, named.nickname)).collect()
    }

    #[test]
    fn names_come_in_the_order_of_their_numbers() {
        let names = read("DeviceName.2=b&DeviceName.10=c&DeviceName.1=a&DeviceName.x=no&DeviceName=no");
        assert_eq!(names, [("a", ""), ("b", ""), ("c", "")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn the_list_with_nicknames_wins() {
        let names = read(
            "DeviceName.1=plain&DeviceNameList.2.DeviceNickname=n2&DeviceNameList.2.DeviceName=b\
             &DeviceNameList.1.DeviceName=a&DeviceNameList.11.DeviceNickname=n11",
        );
        assert_eq!(names, [("a", ""), ("b", "n2"), ("", "n11")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
