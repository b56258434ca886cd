//! What can be said of a key pair without sending it. In: what was typed. Out: faults that never repeat it.

use super::parse::invisible;
use super::{Fault, Field, FieldError};

/// Checks an AccessKey and its token. `held_id` is the AccessKey ID whose secret the engine already holds (empty:
/// none), for which an empty secret is right.
#[must_use]
pub fn check_credentials(id: &str, secret: &str, token: &str, held_id: &str) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut check = |field, result: Result<(), Fault>| {
        if let Err(fault) = result {
            errors.push(FieldError { field, fault });
        }
    };
    let secret_is_held = secret.is_empty() && !held_id.is_empty() && id == held_id;
    check(Field::AccessKeyId, present(id, false));
    check(Field::AccessKeySecret, present(secret, secret_is_held));
    check(Field::SecurityToken, present(token, true));
    if is_temporary(id) && token.is_empty() && !secret_is_held {
        check(Field::SecurityToken, Err(Fault::TokenMissing));
    }
    if errors.is_empty() && looks_swapped(id, secret) {
        errors.push(FieldError { field: Field::AccessKeyId, fault: Fault::Swapped });
    }
    errors
}

/// How temporary AccessKey IDs begin (vendor's STS pages; common parameters, document_detail/30561.html).
const TEMPORARY: &str = "STS.";

/// How long-lived AccessKey IDs begin.
const LONG_LIVED: &str = "LTAI";

/// Characters of a long-lived AccessKey secret; IDs are 16 to 26 long.
const SECRET_CHARS: usize = 30;

/// Whether an AccessKey ID is a temporary one's, which works only with its token.
#[must_use]
pub fn is_temporary(id: &str) -> bool {
    id.starts_with(TEMPORARY)
}

fn present(value: &str, may_be_empty: bool) -> Result<(), Fault> {
    if value.is_empty() {
        return if may_be_empty { Ok(()) } else { Err(Fault::Missing) };
    }
    invisible(value)?;
    match value.chars().find(|character| !character.is_ascii_graphic()) {
        Some(found) => Err(Fault::Character { found }),
        None => Ok(()),
    }
}

fn looks_swapped(id: &str, secret: &str) -> bool {
    let is_id = |text: &str| is_temporary(text) || (text.starts_with(LONG_LIVED) && text.len() < SECRET_CHARS);
    !is_id(id) && (is_id(secret) || (id.len() == SECRET_CHARS && (16..=26).contains(&secret.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "LTAI5tExampleExample01";
    const SECRET: &str = "exampleExampleExampleExample30";

    fn faults(id: &str, secret: &str, token: &str) -> Vec<(Field, Fault)> {
        check_credentials(id, secret, token, "").into_iter().map(|error| (error.field, error.fault)).collect()
    }

    #[test]
    fn a_clean_pair_has_no_fault() {
        assert_eq!(faults(ID, SECRET, ""), []);
        assert_eq!(faults("testid", "testsecret", ""), []);
        assert_eq!(faults("STS.testid", "testsecret", "testtoken"), []);
    }

    #[test]
    fn missing_parts_are_named_together() {
        assert_eq!(
            faults("", "", ""),
            [(Field::AccessKeyId, Fault::Missing), (Field::AccessKeySecret, Fault::Missing)]
        );
    }

    #[test]
    fn a_secret_that_the_engine_holds_need_not_be_typed_again() {
        assert_eq!(check_credentials(ID, "", "", ID), []);
        assert_eq!(check_credentials("other", "", "", ID).len(), 1);
    }

    #[test]
    fn pasted_blanks_and_invisible_characters_are_placed() {
        assert_eq!(faults(" testid", "testsecret", ""), [(Field::AccessKeyId, Fault::Invisible { position: 1 })]);
        assert_eq!(faults("testid", "testsecret\n", ""), [(Field::AccessKeySecret, Fault::Invisible { position: 11 })]);
        assert_eq!(faults("testid", "te\u{FEFF}st", ""), [(Field::AccessKeySecret, Fault::Invisible { position: 3 })]);
    }

    #[test]
    fn a_swapped_pair_is_recognised() {
        assert_eq!(faults(SECRET, ID, ""), [(Field::AccessKeyId, Fault::Swapped)]);
        assert_eq!(
            faults("abcdefghijklmnopqrstuvwxyz1234", "LTAI4Example16ch", ""),
            [(Field::AccessKeyId, Fault::Swapped)]
        );
    }

    #[test]
    fn a_temporary_key_needs_its_token() {
        assert_eq!(faults("STS.testid", "testsecret", ""), [(Field::SecurityToken, Fault::TokenMissing)]);
    }
}
