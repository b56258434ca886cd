//! English: what is wrong with a pattern or with a device that was not made.

use provisioner_core::plan::PatternFault;

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
        PatternFault::Unknown { position } => {
            ["Between the braces may stand {0001..5000}, {date}, {rand:6} or {check}", &at(position), "."].concat()
        }
        PatternFault::Date { position } => ["{date} is written without anything else", &at(position), "."].concat(),
        PatternFault::Random { position } => ["{rand:6} needs a number from 1 to 12", &at(position), "."].concat(),
        PatternFault::CheckNotLast { position } => {
            ["{check} must be the last thing in the pattern", &at(position), "."].concat()
        }
        PatternFault::Unsettled { position } => {
            ["This date or these random characters were not drawn yet", &at(position), ". Review again."].concat()
        }
        PatternFault::Character { position, found } => {
            [&character(*position, *found), "; ", NAME_CHARACTERS, "."].concat()
        }
        PatternFault::Length { name } => {
            format!("The pattern makes {name}, which has {} characters; {NAME_LENGTH}.", name.len())
        }
    }
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
