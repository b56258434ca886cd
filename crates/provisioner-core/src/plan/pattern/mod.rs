//! Names by counting. In: a pattern such as `SN-{0001..5000}`. Out: its names, or what is wrong and where.
//!
//! Between braces stands a range that counts, exactly one; `{date}`, a day as `20261123`; `{rand:6}`, random characters;
//! `{check}` at the end, a check character. A day and a seed are given once, by [`settle`], and then stand in the pattern
//! itself: whoever reads it later makes the same names.

mod check;
mod pieces;

use super::parse::invisible;
use super::rule::NAME_CHARS;
use super::{DEVICES_PER_RUN_MAX, Fault, Names};
use check::check_character;
use pieces::{Piece, pieces};

/// What random pieces are made of: Crockford's Base32 (crockford.com/base32.html), which leaves out I, L, O and U.
const RANDOM_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

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
    /// A word between braces that means nothing.
    Unknown {
        /// Where it begins.
        position: usize,
    },
    /// Something behind `date` that is not the eight digits of a day.
    Date {
        /// Where it begins.
        position: usize,
    },
    /// Random characters without a number of 1 to 12, or with a seed that is none.
    Random {
        /// Where it begins.
        position: usize,
    },
    /// A check character with something behind it, which it would not cover.
    CheckNotLast {
        /// Where it begins.
        position: usize,
    },
    /// A day or random characters that [`settle`] was not asked for.
    Unsettled {
        /// Where it begins.
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

/// A pattern all of whose names are distinct and within the vendor's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<Piece>,
    count: u32,
}

/// The pattern with the day (`20261123`) and the seed in it that were open. One that is faulty stays as it is.
#[must_use]
pub fn settle(typed: &str, day: &str, seed: u64) -> String {
    let value = typed.trim();
    let Ok(mut pieces) = pieces(value) else { return typed.to_owned() };
    for (place, piece) in &mut pieces {
        match piece {
            Piece::Date(open @ None) => *open = Some(day.to_owned()),
            // Each its own.
            Piece::Random { seed: open @ None, .. } => *open = Some(mixed(seed.wrapping_add(*place as u64))),
            _ => {}
        }
    }
    pieces.iter().map(|(_, piece)| piece.written()).collect()
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
        let placed = pieces(value)?;
        let mut range = None;
        for (index, (position, piece)) in placed.iter().enumerate() {
            let position = *position;
            match piece {
                Piece::Counter { .. } if range.is_some() => return Err(PatternFault::SecondRange { position }.into()),
                Piece::Counter { first, last, .. } => range = Some(last - first),
                Piece::Check if index + 1 < placed.len() => return Err(PatternFault::CheckNotLast { position }.into()),
                Piece::Date(None) | Piece::Random { seed: None, .. } => {
                    return Err(PatternFault::Unsettled { position }.into());
                }
                _ => {}
            }
        }
        let beyond_first = u32::try_from(range.ok_or(PatternFault::NoRange)?).ok();
        let count = beyond_first.filter(|&beyond| beyond < DEVICES_PER_RUN_MAX);
        let count = count.ok_or(Fault::TooLarge { limit: DEVICES_PER_RUN_MAX })? + 1;
        let pattern = Self { pieces: placed.into_iter().map(|(_, piece)| piece).collect(), count };
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
        let mut name = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) | Piece::Date(Some(text)) => name += text,
                Piece::Counter { first, width, .. } => name += &format!("{:0width$}", first + u64::from(index)),
                Piece::Random { chars, seed: Some(seed) } => {
                    let drawn = mixed(seed.wrapping_add(u64::from(index)));
                    let digit = |place: usize| RANDOM_ALPHABET[(drawn >> (5 * place)) as usize % RANDOM_ALPHABET.len()];
                    name.extend((0..*chars).map(|place| char::from(digit(place))));
                }
                Piece::Check => name.push(check_character(&name)),
                // `parse` lets none of these through.
                Piece::Date(None) | Piece::Random { seed: None, .. } => {}
            }
        }
        name
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

/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014): neighbours become strangers.
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
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
    fn a_day_random_characters_and_a_check_character_are_part_of_a_name() {
        let settled = settle(" {date}-{rand:6}-{08..12}{check}", "20261123", 7);
        let pattern = Pattern::parse(&settled).unwrap();
        let names = pattern.names();
        assert_eq!((names.len(), pattern.name(4)), (5, names.device_name(4).to_owned()));
        let mut drawn = std::collections::BTreeSet::new();
        for (place, number) in (0..5).zip(8..) {
            let name = pattern.name(place);
            let [day, random, rest] = name.split('-').collect::<Vec<_>>().try_into().unwrap();
            assert_eq!((day, random.len()), ("20261123", 6));
            assert!(random.bytes().all(|byte| RANDOM_ALPHABET.contains(&byte)), "{name}");
            drawn.insert(random.to_owned());
            let (counted, check) = rest.split_at(2);
            assert_eq!(counted, format!("{number:02}"));
            assert_eq!(check, check_character(&name[..name.len() - 1]).to_string());
        }
        assert_eq!(drawn.len(), 5, "each name draws its own");
        assert_ne!(settle("{rand:4}", "", 7), settle("{rand:4}", "", 8));
    }

    #[test]
    fn what_is_settled_stays_and_names_the_same_again() {
        let typed = "A{date}{rand:2}{rand:2}-{1..9}";
        let settled = settle(typed, "20261123", 7);
        assert_eq!(settle(&settled, "20991231", 8), settled);
        assert_eq!(Pattern::parse(&settled).unwrap().name(3), Pattern::parse(&settled).unwrap().name(3));
        let name = Pattern::parse(&settled).unwrap().name(3);
        assert_ne!(name[9..11], name[11..13], "two random pieces differ");
        for unchanged in ["SN-{0001..0060}", "SN-{1..x}{date}", ""] {
            assert_eq!(settle(unchanged, "20261123", 7), unchanged);
        }
    }

    #[test]
    fn every_malformed_piece_has_a_fault_of_its_own() {
        assert_eq!(fault("SN{data}-{1..9}"), PatternFault::Unknown { position: 3 });
        assert_eq!(fault("SN{check:1}-{1..9}"), PatternFault::Unknown { position: 3 });
        assert_eq!(fault("SN{date:2026}-{1..9}"), PatternFault::Date { position: 3 });
        for random in ["{rand}", "{rand:0}", "{rand:13}", "{rand:x}", "{rand:6:x}", "{rand:6:}"] {
            assert_eq!(fault(&["SN", random, "-{1..9}"].concat()), PatternFault::Random { position: 3 }, "{random}");
        }
        assert_eq!(fault("SN{check}-{1..9}"), PatternFault::CheckNotLast { position: 3 });
        assert_eq!(fault("SN-{date}-{1..9}"), PatternFault::Unsettled { position: 4 });
        assert_eq!(fault("SN-{1..9}-{rand:3}"), PatternFault::Unsettled { position: 11 });
        assert_eq!(fault("SN-{check}"), PatternFault::NoRange);
        assert_eq!(fault("SN-{{1..9}"), PatternFault::Brace { position: 4 });
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
