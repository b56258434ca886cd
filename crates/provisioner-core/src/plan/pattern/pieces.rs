//! A pattern taken apart. In: its text. Out: its pieces in order, or what is wrong and where.

use super::super::number::half_width;
use super::super::rule::is_name_character;
use super::PatternFault;

/// Digits of a day, such as `20261123`.
const DAY_DIGITS: usize = 8;

/// Characters that one random piece may have: five bits each of a 64-bit number.
pub(super) const RANDOM_CHARS_MAX: usize = 12;

/// What stands between the braces of a day and of random characters.
const DATE: &str = "date";
const RANDOM: &str = "rand";
const CHECK: &str = "check";

/// One piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Itself.
    Text(String),
    /// A number that counts.
    Counter {
        /// The first number.
        first: u64,
        /// The last number, not below the first.
        last: u64,
        /// As typed.
        typed: String,
        /// Digits at least, zeros in front: as many as the first bound was written with.
        width: usize,
    },
    /// A day; none until one is given.
    Date(Option<String>),
    /// Random characters.
    Random {
        /// How many.
        chars: usize,
        /// What they are drawn from; none until one is given.
        seed: Option<u64>,
    },
    /// A check character for everything before it.
    Check,
}

impl Piece {
    /// As it is written in a pattern.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Counter { typed, .. } => format!("{{{typed}}}"),
            Self::Date(None) => format!("{{{DATE}}}"),
            Self::Date(Some(day)) => format!("{{{DATE}:{day}}}"),
            Self::Random { chars, seed: None } => format!("{{{RANDOM}:{chars}}}"),
            Self::Random { chars, seed: Some(seed) } => format!("{{{RANDOM}:{chars}:{seed:016x}}}"),
            Self::Check => format!("{{{CHECK}}}"),
        }
    }
}

/// Takes a pattern apart; the place of each piece, in characters from 1, stands beside it.
pub(super) fn pieces(value: &str) -> Result<Vec<(usize, Piece)>, PatternFault> {
    let mut pieces = Vec::new();
    let mut rest = value;
    let mut position = 1;
    while !rest.is_empty() {
        let (read, piece) = match rest.strip_prefix('{') {
            Some(inside) => {
                // Another brace before the closing one leaves the first without its other half.
                let close = inside.find(['{', '}']).filter(|&byte| inside[byte..].starts_with('}'));
                let close = close.ok_or(PatternFault::Brace { position })?;
                (&rest[..close + 2], braced(&inside[..close], position)?)
            }
            None => {
                let text = &rest[..rest.find('{').unwrap_or(rest.len())];
                check_characters(text, position)?;
                (text, Piece::Text(text.to_owned()))
            }
        };
        pieces.push((position, piece));
        position += read.chars().count();
        rest = &rest[read.len()..];
    }
    Ok(pieces)
}

fn check_characters(text: &str, starts_at: usize) -> Result<(), PatternFault> {
    let Some((index, found)) = text.chars().enumerate().find(|&(_, found)| !is_name_character(found)) else {
        return Ok(());
    };
    let position = starts_at + index;
    Err(if found == '}' { PatternFault::Brace { position } } else { PatternFault::Character { position, found } })
}

/// What stands between two braces, the first of which stands at this place.
fn braced(inside: &str, position: usize) -> Result<Piece, PatternFault> {
    if !inside.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return counter(inside, position + 1);
    }
    let (word, argument) = inside.split_once(':').map_or((inside, None), |(word, argument)| (word, Some(argument)));
    match (word, argument) {
        (CHECK, None) => Ok(Piece::Check),
        (DATE, None) => Ok(Piece::Date(None)),
        (DATE, Some(day)) if day.len() == DAY_DIGITS && day.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(Piece::Date(Some(day.to_owned())))
        }
        (DATE, Some(_)) => Err(PatternFault::Date { position }),
        (RANDOM, argument) => random(argument.unwrap_or_default()).ok_or(PatternFault::Random { position }),
        _ => Err(PatternFault::Unknown { position }),
    }
}

/// `6`, or `6` and a seed of 16 hexadecimal digits.
fn random(argument: &str) -> Option<Piece> {
    let (chars, seed) = argument.split_once(':').map_or((argument, None), |(chars, seed)| (chars, Some(seed)));
    let chars = usize::try_from(bound(chars, 0).ok()?).ok().filter(|chars| (1..=RANDOM_CHARS_MAX).contains(chars))?;
    let seed = match seed {
        Some(seed) if seed.len() == 16 => Some(u64::from_str_radix(seed, 16).ok()?),
        Some(_) => return None,
        None => None,
    };
    Some(Piece::Random { chars, seed })
}

/// `first..last`.
fn counter(inside: &str, first_at: usize) -> Result<Piece, PatternFault> {
    let (first_text, last_text) = inside.split_once("..").ok_or(PatternFault::Bound { position: first_at })?;
    let width = first_text.chars().count();
    let last_at = first_at + width + 2;
    let (first, last) = (bound(first_text, first_at)?, bound(last_text, last_at)?);
    if last < first {
        Err(PatternFault::Reversed { position: last_at })
    } else {
        Ok(Piece::Counter { first, last, typed: inside.to_owned(), width })
    }
}

/// A bound: ASCII or full-width digits, and below 2⁶⁴.
fn bound(text: &str, position: usize) -> Result<u64, PatternFault> {
    let digits: String = text.chars().map(half_width).collect();
    // `parse` would take a sign.
    let number = if digits.starts_with('+') { None } else { digits.parse().ok() };
    number.ok_or(PatternFault::Bound { position })
}
