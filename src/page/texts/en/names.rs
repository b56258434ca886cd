//! English: what is wrong with a pattern, a row of a list or a device that was not made.

use provisioner_core::model::report::Rejection;
use provisioner_core::plan::{NameRule, PatternFault};

use super::number;

const NAME_CHARACTERS: &str = "a DeviceName holds letters, digits and - _ @ . : only";

const NAME_LENGTH: &str = "a DeviceName has 4 to 32";

pub(super) fn pattern_fault(fault: &PatternFault) -> String {
    let at = |position: &usize| format!(" (place {position})");
    match fault {
        PatternFault::NoRange => "Nothing in the pattern counts. Put in a range, such as {0001..5000}.".to_owned(),
        PatternFault::Brace { position } => ["A brace without its other half", &at(position), "."].concat(),
        PatternFault::SecondRange { position } => {
            ["The pattern can hold one range only; a second one begins", &at(position), "."].concat()
        }
        PatternFault::Bound { position } => {
            ["Between the braces must stand two whole numbers and two dots, as in {0001..5000}", &at(position), "."]
                .concat()
        }
        PatternFault::Reversed { position } => {
            ["The last number is smaller than the first", &at(position), "."].concat()
        }
        PatternFault::Character { position, found } => {
            [&character(*position, *found), "; ", NAME_CHARACTERS, "."].concat()
        }
        PatternFault::Length { name } => {
            format!("The pattern makes {name}, which has {} characters; {NAME_LENGTH}.", name.len())
        }
    }
}

pub(super) fn row_rule(rule: &NameRule) -> String {
    match rule {
        NameRule::Missing => "This row has no DeviceName.".to_owned(),
        NameRule::Shortened => {
            "A spreadsheet shortened this number and lost its digits. Enter it again in a column of text.".to_owned()
        }
        NameRule::Character { position, found } => [&character(*position, *found), "; ", NAME_CHARACTERS, "."].concat(),
        NameRule::Length { found } => format!("{found} characters; {NAME_LENGTH}."),
        NameRule::NicknameCharacter { position, found } => {
            [&character(*position, *found), "; a nickname holds Chinese, Japanese, letters, digits and _ only."]
                .concat()
        }
        NameRule::NicknameLength { units } => {
            format!("The nickname counts {units}; it may count 4 to 64, Chinese and Japanese characters two each.")
        }
        NameRule::Columns => "More than two columns: a row is a DeviceName and a nickname.".to_owned(),
        NameRule::Repeated { first_line } => ["The same name stands in line ", &number(*first_line), "."].concat(),
    }
}

pub(super) fn reason(reason: &Rejection) -> String {
    match reason {
        Rejection::Name => "The DeviceName breaks the vendor's rules.",
        Rejection::Nickname => "The nickname breaks the vendor's rules.",
        Rejection::Repeated => "The DeviceName exists already, or stands in the list twice.",
        Rejection::NotRegistered => "Not registered, since its batch was not.",
        Rejection::Absent => "The batch was made without it.",
        Rejection::Unread => "It may exist: its row was not read.",
        Rejection::Unusable => "It exists, but came without a DeviceSecret or IotId.",
        Rejection::Said(words) => return words.replace('|', "; "),
    }
    .to_owned()
}

fn character(position: usize, found: char) -> String {
    match found {
        char::REPLACEMENT_CHARACTER => format!("Not readable as UTF-8 (place {position})"),
        found if found.is_whitespace() || found.is_control() => {
            format!("A blank or an invisible character (place {position})")
        }
        found => format!("The character “{found}” (place {position})"),
    }
}
