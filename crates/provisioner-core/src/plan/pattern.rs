//! Names by counting. In: a pattern such as `SN-{0001..5000}`. Out: its names, or what is wrong and where.

use super::number::half_width;
use super::parse::invisible;
use super::rule::{NAME_CHARS, is_name_character};
use super::{DEVICES_PER_RUN_MAX, Fault, Names};

/// What is wrong with a pattern. Places are counted in characters, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternFault {
    /// Nothing in it counts: no `{first..last}`.
    NoRange,
    /// A brace without its other half.
    Brace {
        /// Its place.
        position: usize,
    },
    /// A second range.
    SecondRange {
        /// Where it begins.
        position: usize,
    },
    /// A bound that is no whole number below 2⁶⁴, or no `..` between two.
    Bound {
        /// Where it begins.
        position: usize,
    },
    /// The last number is below the first.
    Reversed {
        /// Where the last number begins.
        position: usize,
    },
    /// A character that a DeviceName never holds.
    Character {
        /// Its place.
        position: usize,
        /// The first such character.
        found: char,
    },
    /// The first or the last name is shorter or longer than a DeviceName may be.
    Length {
        /// The name.
        name: String,
    },
}

/// A pattern all of whose names are within the vendor's rules: text, a number that counts, text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    before: String,
    after: String,
    first: u64,
    /// Digits at least, zeros in front: as many as the first bound was written with.
    width: usize,
    count: u32,
}

impl Pattern {
    /// Reads a pattern. Both bounds belong to the range.
    ///
    /// # Errors
    /// `Missing`, `Invisible`, `Pattern`, or `TooLarge` with more names than a run takes.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let value = typed.trim();
        if value.is_empty() {
            return Err(Fault::Missing);
        }
        invisible(value)?;
        let (before, inside, after) = parts(value)?;
        let after_starts_at = before.chars().count() + inside.chars().count() + 3;
        check_characters(before, 1)?;
        check_characters(after, after_starts_at)?;
        let first_at = before.chars().count() + 2;
        let (first_text, last_text) = inside.split_once("..").ok_or(PatternFault::Bound { position: first_at })?;
        let last_at = first_at + first_text.chars().count() + 2;
        let first = bound(first_text, first_at)?;
        let last = bound(last_text, last_at)?;
        let beyond_first = last.checked_sub(first).ok_or(PatternFault::Reversed { position: last_at })?;
        let count = u32::try_from(beyond_first).ok().filter(|&beyond| beyond < DEVICES_PER_RUN_MAX);
        let count = count.ok_or(Fault::TooLarge { limit: DEVICES_PER_RUN_MAX })? + 1;
        let (before, after) = (before.to_owned(), after.to_owned());
        let pattern = Self { before, after, first, width: first_text.chars().count(), count };
        // Names only grow from the first to the last.
        for name in [pattern.name(0), pattern.name(count - 1)] {
            if !NAME_CHARS.contains(&name.len()) {
                return Err(PatternFault::Length { name }.into());
            }
        }
        Ok(pattern)
    }

    /// Number of names: at least 1.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The name in this place, counted from 0.
    #[must_use]
    pub fn name(&self, index: u32) -> String {
        let Self { before, after, first, width, .. } = self;
        format!("{before}{:0width$}{after}", first + u64::from(index))
    }

    /// All names.
    pub(super) fn names(&self) -> Names {
        let mut names = Names::default();
        for index in 0..self.count {
            names.push(&self.name(index), "");
        }
        names
    }
}

impl From<PatternFault> for Fault {
    fn from(fault: PatternFault) -> Self {
        Self::Pattern(fault)
    }
}

/// What stands before, in and after the braces.
fn parts(value: &str) -> Result<(&str, &str, &str), PatternFault> {
    // Whether it opens a second range or closes none, a brace outside the first range is named where it stands.
    let place = |byte: usize| value[..byte].chars().count() + 1;
    let Some(open) = value.find('{') else {
        return Err(value
            .find('}')
            .map_or(PatternFault::NoRange, |byte| PatternFault::Brace { position: place(byte) }));
    };
    let close = match value.find('}') {
        Some(close) if close > open => close,
        Some(stray) => return Err(PatternFault::Brace { position: place(stray) }),
        None => return Err(PatternFault::Brace { position: place(open) }),
    };
    let after = &value[close + 1..];
    match after.find(['{', '}']).map(|byte| close + 1 + byte) {
        Some(byte) if value[byte..].starts_with('{') => Err(PatternFault::SecondRange { position: place(byte) }),
        Some(byte) => Err(PatternFault::Brace { position: place(byte) }),
        None => Ok((&value[..open], &value[open + 1..close], after)),
    }
}

fn check_characters(text: &str, starts_at: usize) -> Result<(), PatternFault> {
    match text.chars().enumerate().find(|&(_, character)| !is_name_character(character)) {
        Some((index, found)) => Err(PatternFault::Character { position: starts_at + index, found }),
        None => Ok(()),
    }
}

/// A bound: ASCII or full-width digits, and below 2⁶⁴.
fn bound(text: &str, position: usize) -> Result<u64, PatternFault> {
    let digits: String = text.chars().map(half_width).collect();
    // `parse` would take a sign.
    let number = if digits.starts_with('+') { None } else { digits.parse().ok() };
    number.ok_or(PatternFault::Bound { position })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(pattern: &str) -> (String, String, u32) {
        let pattern = Pattern::parse(pattern).unwrap();
        (pattern.name(0), pattern.name(pattern.count() - 1), pattern.count())
    }

    fn fault(pattern: &str) -> PatternFault {
        match Pattern::parse(pattern) {
            Err(Fault::Pattern(fault)) => fault,
            other => panic!("{pattern}: {other:?}"),
        }
    }

    #[test]
    fn it_counts_from_the_first_bound_to_the_last_and_keeps_the_zeros() {
        let expect = |pattern: &str, first: &str, last: &str, count| {
            assert_eq!(ends(pattern), (first.to_owned(), last.to_owned(), count));
        };
        expect("SN-{0001..5000}", "SN-0001", "SN-5000", 5_000);
        expect("  lamp{8..12}.eu ", "lamp8.eu", "lamp12.eu", 5);
        expect("SN-{08..120}", "SN-08", "SN-120", 113);
        expect("{0001..50}", "0001", "0050", 50);
        expect("dev-{7..7}", "dev-7", "dev-7", 1);
        expect("SN-{０１..１２}", "SN-01", "SN-12", 12);
        expect("{18446744073709551614..18446744073709551615}", "18446744073709551614", "18446744073709551615", 2);
    }

    #[test]
    fn its_names_are_whole_and_in_order() {
        let names = Pattern::parse("SN-{098..101}x").unwrap().names();
        let all: Vec<&str> = (0..names.len()).map(|place| names.device_name(place)).collect();
        assert_eq!(all, ["SN-098x", "SN-099x", "SN-100x", "SN-101x"]);
        assert_eq!(names.device(0).nickname, None);
    }

    #[test]
    fn every_fault_says_where_it_is() {
        assert_eq!(Pattern::parse(" "), Err(Fault::Missing));
        assert_eq!(Pattern::parse("SN-{1..\u{200B}9}"), Err(Fault::Invisible { position: 8 }));
        assert_eq!(fault("SN-0001"), PatternFault::NoRange);
        assert_eq!(fault("SN-{1..9"), PatternFault::Brace { position: 4 });
        assert_eq!(fault("SN-1..9}"), PatternFault::Brace { position: 8 });
        assert_eq!(fault("S}-{1..9}"), PatternFault::Brace { position: 2 });
        assert_eq!(fault("SN-{1..9}}"), PatternFault::Brace { position: 10 });
        assert_eq!(fault("SN-{1..9}-{1..9}"), PatternFault::SecondRange { position: 11 });
        assert_eq!(fault("SN-{1-9}"), PatternFault::Bound { position: 5 });
        assert_eq!(fault("SN-{..9}"), PatternFault::Bound { position: 5 });
        assert_eq!(fault("SN-{+1..9}"), PatternFault::Bound { position: 5 });
        assert_eq!(fault("SN-{1..x}"), PatternFault::Bound { position: 8 });
        assert_eq!(fault("SN-{1..=9}"), PatternFault::Bound { position: 8 });
        assert_eq!(fault("SN-{1..18446744073709551616}"), PatternFault::Bound { position: 8 });
        assert_eq!(fault("SN-{9..1}"), PatternFault::Reversed { position: 8 });
        assert_eq!(fault("灯-{1..9}"), PatternFault::Character { position: 1, found: '灯' });
        assert_eq!(fault("SN-{1..9}/x"), PatternFault::Character { position: 10, found: '/' });
    }

    #[test]
    fn the_shortest_and_the_longest_name_fit_the_vendors_rule() {
        assert_eq!(fault("SN{1..20}"), PatternFault::Length { name: "SN1".to_owned() });
        let before = "x".repeat(30);
        assert_eq!(fault(&(before.clone() + "{1..100}")), PatternFault::Length { name: before.clone() + "100" });
        assert!(Pattern::parse(&(before + "{1..99}")).is_ok());
    }

    #[test]
    fn a_million_names_are_the_most() {
        assert_eq!(ends("SN-{0..999999}").2, 1_000_000);
        for pattern in ["SN-{0..1000000}", "SN-{0..18446744073709551615}"] {
            assert_eq!(Pattern::parse(pattern), Err(Fault::TooLarge { limit: 1_000_000 }));
        }
    }
}
