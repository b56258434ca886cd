//! What a faulty cell may have been meant to be. In: the cell and the rule that it breaks. Out: a cell that keeps the rules.

use super::super::parse::clean;
use super::super::rule::{NICKNAME_UNITS, NameRule, check_device_name, check_nickname, is_name_character, units_of};

/// A suggestion for the cell that a rule is about; `usual` is the number of digits that most names have. Never one that
/// invents what is lost.
pub(super) fn suggest(rule: &NameRule, name: &str, nickname: &str, usual: Option<usize>) -> Option<String> {
    let fixed = match rule {
        NameRule::Invisible { .. } => clean(name),
        NameRule::Character { .. } => {
            let halved = clean(name).chars().map(half_width).collect::<String>();
            halved.chars().filter(|&character| is_name_character(character)).collect()
        }
        NameRule::LeadingZeros { usual } => padded(name, *usual),
        NameRule::Length { .. } if is_digits(name) => padded(name, usual.filter(|&usual| usual > name.len())?),
        // Without the cells that are too many.
        NameRule::Columns => name.to_owned(),
        NameRule::NicknameCharacter { .. } => {
            let lined = nickname.chars().map(half_width).map(|found| if is_gap(found) { '_' } else { found });
            lined.filter(|&found| units_of(found) > 0).collect()
        }
        NameRule::NicknameLength { units } if *units < *NICKNAME_UNITS.start() => String::new(),
        NameRule::NicknameLength { .. } => shortened(nickname),
        NameRule::Missing
        | NameRule::Quote
        | NameRule::Shortened
        | NameRule::Length { .. }
        | NameRule::Repeated { .. }
        | NameRule::Existing => {
            return None;
        }
    };
    let keeps = if rule.is_of_nickname() { check_nickname(&fixed) } else { check_device_name(&fixed) };
    keeps.is_ok().then_some(fixed)
}

/// Whether a name is digits alone.
pub(super) fn is_digits(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

fn padded(digits: &str, usual: usize) -> String {
    ["0".repeat(usual.saturating_sub(digits.len())).as_str(), digits].concat()
}

/// As much of a nickname as fits.
fn shortened(nickname: &str) -> String {
    let mut units = 0;
    let fits = |&character: &char| {
        units += units_of(character);
        units <= *NICKNAME_UNITS.end()
    };
    nickname.chars().take_while(fits).collect()
}

/// What separates words in a nickname, where only an underscore may.
fn is_gap(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '.' | '/' | ':')
}

/// What an input method or a word processor puts in place of an ASCII character (Unicode's block of full-width forms, and
/// its dashes).
fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> Option<String> {
        suggest(&check_device_name(name).unwrap_err(), name, "", Some(12))
    }

    fn nickname(nickname: &str) -> Option<String> {
        suggest(&check_nickname(nickname).unwrap_err(), "SN-1", nickname, None)
    }

    #[test]
    fn a_suggestion_keeps_the_rules_or_there_is_none() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(name("ＳＮ－０００１"), some("SN-0001"));
        assert_eq!(name("SN–0001"), some("SN-0001"));
        assert_eq!(name("SN 00\u{200B}01"), some("SN0001"));
        assert_eq!(name("A$-001"), some("A-001"));
        assert_eq!(name("417"), some("000000000417"));
        assert_eq!(nickname("客厅-灯 1"), some("客厅_灯_1"));
        assert_eq!(nickname("灯"), some(""));
        assert_eq!(nickname(&"灯".repeat(33)), some(&"灯".repeat(32)));
        for lost in ["8.6E+14", "abc", "灯$", &"x".repeat(33)] {
            assert_eq!(name(lost), None, "{lost}");
        }
    }
}
