//! Batches that exist already. In: a text with one ApplyId a line. Out: the ApplyIds, or the lines that hold none.

use super::Fault;
use super::number::half_width;
use super::parse::is_invisible;

/// ApplyIds that one run takes: as many batches as the largest run has.
pub const APPLY_IDS_MAX: u32 = 100;

/// Digits of the largest number that the vendor's `Long` can hold.
const DIGITS_MAX: usize = 19;

/// Reads the ApplyIds, in their order. They are text, since they may exceed 2^53.
///
/// # Errors
/// What is wrong with them: the lines of all that are malformed, or else of all that stood above already.
pub(super) fn read(text: &str) -> Result<Vec<String>, Fault> {
    let (mut apply_ids, mut malformed, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for (line, written) in (1..).zip(text.lines()) {
        let words = written.split(|at: char| at.is_whitespace() || matches!(at, ',' | ';' | '，' | '；' | '、'));
        for word in words.map(|word| word.trim_matches(is_invisible)).filter(|word| !word.is_empty()) {
            let apply_id: String = word.chars().map(half_width).collect();
            if apply_id.len() > DIGITS_MAX || !apply_id.bytes().all(|byte| byte.is_ascii_digit()) {
                malformed.push(line);
            } else if apply_ids.contains(&apply_id) {
                repeated.push(line);
            } else {
                apply_ids.push(apply_id);
            }
            if apply_ids.len() + malformed.len() + repeated.len() > APPLY_IDS_MAX as usize {
                return Err(Fault::TooLarge { limit: APPLY_IDS_MAX });
            }
        }
    }
    malformed.dedup();
    repeated.dedup();
    if !malformed.is_empty() {
        Err(Fault::NotAnApplyId { lines: malformed })
    } else if !repeated.is_empty() {
        Err(Fault::ApplyIdRepeated { lines: repeated })
    } else if apply_ids.is_empty() {
        Err(Fault::Missing)
    } else {
        Ok(apply_ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_an_apply_id_as_it_was_written() {
        let text = "\u{FEFF}9007199254740993\r\n\n  007 \n１２, 13；14";
        assert_eq!(read(text).unwrap(), ["9007199254740993", "007", "12", "13", "14"]);
        assert_eq!(read(" \n"), Err(Fault::Missing));
    }

    #[test]
    fn every_line_without_an_apply_id_is_named_at_once() {
        let malformed = |lines: &[u32]| Err(Fault::NotAnApplyId { lines: lines.into() });
        assert_eq!(read("1\n-2\n3e4\n5\n5"), malformed(&[2, 3]));
        assert_eq!(read("12345678901234567890"), malformed(&[1]));
        assert_eq!(read("1\n2\n1\n\n2 1"), Err(Fault::ApplyIdRepeated { lines: vec![3, 5] }));
    }

    #[test]
    fn a_hundred_are_the_most() {
        let text = |count: u32| (1..=count).map(|id| format!("{id}\n")).collect::<String>();
        assert_eq!(read(&text(100)).unwrap().len(), 100);
        assert_eq!(read(&text(101)), Err(Fault::TooLarge { limit: 100 }));
    }
}
