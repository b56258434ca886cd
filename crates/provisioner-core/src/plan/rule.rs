//! The vendor's rules for one name. In: a DeviceName or a nickname. Out: the rule that it breaks, if it breaks one.
//!
//! Both rules as on the page of `BatchCheckDeviceNames` (document_detail/69482.html).

use core::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::parse::is_invisible;

/// Characters of a DeviceName.
pub(super) const NAME_CHARS: RangeInclusive<usize> = 4..=32;

/// Units of a nickname.
pub(super) const NICKNAME_UNITS: RangeInclusive<usize> = 4..=64;

/// The rule that a row of a list breaks. Places are counted in characters, from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameRule {
    /// A nickname without a DeviceName.
    Missing,
    /// A quotation mark that is never closed, so that the lines below it were read as part of it.
    Quote,
    /// A blank or an invisible character inside a DeviceName.
    Invisible {
        /// Its place.
        position: usize,
    },
    /// A number as spreadsheets shorten it, such as `8.6E+14`: its digits are lost.
    Shortened,
    /// A character that a DeviceName never holds.
    Character {
        /// Its place.
        position: usize,
        /// The first such character.
        found: char,
    },
    /// A DeviceName of fewer than 4 or more than 32 characters.
    Length {
        /// Characters found.
        found: usize,
    },
    /// A character that a nickname never holds.
    NicknameCharacter {
        /// Its place.
        position: usize,
        /// The first such character.
        found: char,
    },
    /// A nickname of fewer than 4 or more than 64 units.
    NicknameLength {
        /// Units found; a Chinese or Japanese character counts two.
        units: usize,
    },
    /// More cells than the list has columns.
    Columns,
    /// Digits alone, and fewer than most of the names have: a spreadsheet takes zeros off the front. A warning.
    LeadingZeros {
        /// Digits that most names have.
        usual: usize,
    },
    /// A DeviceName that an earlier row has; upper and lower case are different.
    Repeated {
        /// Line of the first row with it.
        first_line: u32,
    },
    /// A DeviceName that the product has already, as the cloud said.
    Existing,
}

impl NameRule {
    /// One of each kind, whatever its numbers.
    pub const KINDS: [Self; 12] = [
        Self::Missing,
        Self::Quote,
        Self::Invisible { position: 0 },
        Self::Shortened,
        Self::Character { position: 0, found: ' ' },
        Self::Length { found: 0 },
        Self::NicknameCharacter { position: 0, found: ' ' },
        Self::NicknameLength { units: 0 },
        Self::Columns,
        Self::LeadingZeros { usual: 0 },
        Self::Repeated { first_line: 0 },
        Self::Existing,
    ];

    /// Whether it is only a warning, with which a list may be registered.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::LeadingZeros { .. })
    }

    /// Whether it is about the nickname.
    #[must_use]
    pub fn is_of_nickname(&self) -> bool {
        matches!(self, Self::NicknameCharacter { .. } | Self::NicknameLength { .. })
    }

    /// A sentence about this kind of fault with what is special about this one: its number in place of `#`, its
    /// character in place of `%`.
    #[must_use]
    pub fn told(&self, sentence: &str) -> String {
        let (number, character) = match self {
            Self::Missing | Self::Quote | Self::Shortened | Self::Columns | Self::Existing => {
                return sentence.to_owned();
            }
            Self::Character { position, found } | Self::NicknameCharacter { position, found } => (*position, *found),
            Self::Invisible { position: number }
            | Self::Length { found: number }
            | Self::NicknameLength { units: number }
            | Self::LeadingZeros { usual: number } => (*number, ' '),
            Self::Repeated { first_line } => (*first_line as usize, ' '),
        };
        sentence.replace('#', &number.to_string()).replace('%', character.encode_utf8(&mut [0; 4]))
    }

    /// Its kind's place in [`Self::KINDS`].
    pub(super) fn kind(&self) -> usize {
        let is_alike = |kind: &Self| core::mem::discriminant(kind) == core::mem::discriminant(self);
        Self::KINDS.iter().position(is_alike).expect("every kind stands in the list")
    }
}

/// Whether a DeviceName may hold a character.
pub(super) fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '@' | '.' | ':')
}

/// Checks a DeviceName.
pub(super) fn check_device_name(name: &str) -> Result<(), NameRule> {
    if name.is_empty() {
        return Err(NameRule::Missing);
    }
    if let Some((index, found)) = name.chars().enumerate().find(|&(_, character)| !is_name_character(character)) {
        let position = index + 1;
        return Err(match found {
            '\n' => NameRule::Quote,
            _ if is_shortened(name) => NameRule::Shortened,
            _ if is_invisible(found) => NameRule::Invisible { position },
            _ => NameRule::Character { position, found },
        });
    }
    // Every character of it is one byte.
    if NAME_CHARS.contains(&name.len()) { Ok(()) } else { Err(NameRule::Length { found: name.len() }) }
}

/// Checks a nickname; an empty one is none.
pub(super) fn check_nickname(nickname: &str) -> Result<(), NameRule> {
    let mut units = 0;
    for (index, found) in nickname.chars().enumerate() {
        units += match units_of(found) {
            0 if found == '\n' => return Err(NameRule::Quote),
            0 => return Err(NameRule::NicknameCharacter { position: index + 1, found }),
            units => units,
        };
    }
    if units == 0 || NICKNAME_UNITS.contains(&units) { Ok(()) } else { Err(NameRule::NicknameLength { units }) }
}

/// Units of a character in a nickname; 0 if it may not stand there. Chinese and Japanese are what Unicode's blocks for
/// their scripts hold: the vendor draws no finer line, and its own check has the last word.
pub(super) fn units_of(character: char) -> usize {
    match character {
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '_' => 1,
        // Iteration mark and zero; Hiragana and Katakana; their phonetic extensions; half-width Katakana.
        '々' | '〇' | '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => 2,
        // Ideographs: extension A, the unified ones, the compatible ones, and the two planes beyond the first.
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 0,
    }
}

/// Whether a spreadsheet wrote this in place of a long number: `8.6E+14`, or `8,6E+14`.
fn is_shortened(name: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    name.split_once("E+").or_else(|| name.split_once("e+")).is_some_and(|(number, exponent)| {
        let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
        is_number(whole) && is_number(fraction) && is_number(exponent)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_name_has_4_to_32_of_the_documented_characters() {
        for good in ["SN-1", "aZ09-_@.:", &"x".repeat(32), "8.6E-14"] {
            assert_eq!(check_device_name(good), Ok(()), "{good}");
        }
        assert_eq!(check_device_name(""), Err(NameRule::Missing));
        assert_eq!(check_device_name("SN1"), Err(NameRule::Length { found: 3 }));
        assert_eq!(check_device_name(&"x".repeat(33)), Err(NameRule::Length { found: 33 }));
        assert_eq!(check_device_name("APT$"), Err(NameRule::Character { position: 4, found: '$' }));
        assert_eq!(check_device_name("APT 1"), Err(NameRule::Invisible { position: 4 }));
        assert_eq!(check_device_name("APT\n1"), Err(NameRule::Quote));
        assert_eq!(check_device_name("灯-0001"), Err(NameRule::Character { position: 1, found: '灯' }));
    }

    #[test]
    fn a_number_that_a_spreadsheet_shortened_is_recognised() {
        for shortened in ["8.6E+14", "8,6E+14", "9E+14", "8.60123e+14"] {
            assert_eq!(check_device_name(shortened), Err(NameRule::Shortened), "{shortened}");
        }
        for other in ["E+14", "8.E+14", "8.6E+", "8.6.1E+14", "A8E+14", "8E+1X"] {
            assert!(matches!(check_device_name(other), Err(NameRule::Character { found: '+', .. })), "{other}");
        }
    }

    #[test]
    fn a_sentence_takes_the_number_and_the_character_of_its_fault() {
        let told = NameRule::Character { position: 4, found: '$' }.told("The character “%” (place #).");
        assert_eq!(told, "The character “$” (place 4).");
        assert_eq!(NameRule::Repeated { first_line: 7 }.told("As line #"), "As line 7");
        for (place, kind) in NameRule::KINDS.iter().enumerate() {
            assert_eq!(kind.kind(), place);
        }
    }

    #[test]
    fn a_nickname_has_4_to_64_units_and_chinese_and_japanese_count_two() {
        for good in ["", "lamp", "灯光", "リビング", "ﾃﾚﾋﾞ_1", &"x".repeat(64), &"灯".repeat(32), "𠀀々〇ー"]
        {
            assert_eq!(check_nickname(good), Ok(()), "{good}");
        }
        assert_eq!(check_nickname("灯x"), Err(NameRule::NicknameLength { units: 3 }));
        assert_eq!(check_nickname(&"灯".repeat(33)), Err(NameRule::NicknameLength { units: 66 }));
        assert_eq!(check_nickname("客厅-灯"), Err(NameRule::NicknameCharacter { position: 3, found: '-' }));
        assert_eq!(check_nickname("häuser"), Err(NameRule::NicknameCharacter { position: 2, found: 'ä' }));
        assert_eq!(check_nickname("，，，"), Err(NameRule::NicknameCharacter { position: 1, found: '，' }));
    }
}
