//! What Excel makes of a value in a CSV file. In: a value, or rows. Out: whether it would be turned into something
//! else, and into what.
//!
//! Excel guesses the kind of each cell when it opens a CSV file, quoted or not: `007` becomes 7, `12E5` 1200000, a
//! number of more than 15 digits loses the rest, `MAR-1` becomes a date (support.microsoft.com, "Keeping leading zeros
//! and large numbers" and "Stop automatically changing numbers to dates"). What it takes for a date depends on its
//! language, so the rules here suspect rather too much. An XLSX file has text cells and none of this.

use super::{COLUMNS, Record, Rows};

/// What a value would be turned into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hazard {
    /// It begins like a formula, which Excel would even compute.
    Formula,
    /// A number: leading zeros and digits behind the fifteenth are lost.
    Number,
    /// A date or a time of day.
    Date,
    /// TRUE or FALSE.
    Truth,
}

/// A value in the table that Excel would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The row's place among the rows, from 1.
    pub number: u32,
    /// The column's name.
    pub column: &'static str,
    /// What it would become.
    pub hazard: Hazard,
}

/// The first values that Excel would change, at most so many. An ApplyId is not looked at: each is a number that is too
/// long for Excel.
#[must_use]
pub fn findings(rows: &Rows<'_>, most: usize) -> Vec<Finding> {
    rows.records().flat_map(of_row).take(most).collect()
}

fn of_row(record: Record<'_>) -> impl Iterator<Item = Finding> {
    let columns = COLUMNS.into_iter().zip(record.values()).filter(|(column, _)| *column != "ApplyId");
    columns.filter_map(move |(column, value)| Some(Finding { number: record.number, column, hazard: hazard(value)? }))
}

/// What Excel would turn the value into, if into anything.
#[must_use]
pub fn hazard(value: &str) -> Option<Hazard> {
    let value = value.trim_matches(' ');
    // The first character rules most out, and this is asked for each of millions of values.
    match *value.as_bytes().first()? {
        b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n' => Some(Hazard::Formula),
        b'a'..=b'z' | b'A'..=b'Z' => {
            if value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false") {
                return Some(Hazard::Truth);
            }
            is_date(value).then_some(Hazard::Date)
        }
        _ if is_number(value) => Some(Hazard::Number),
        _ => is_date(value).then_some(Hazard::Date),
    }
}

/// Digits with at most one point, commas between them, an exponent, a currency sign or a percent sign.
fn is_number(value: &str) -> bool {
    let value = value.trim_start_matches(['$', '€', '£', '¥', '￥']).trim_end_matches('%');
    if !value.bytes().all(|byte| byte.is_ascii_digit() || b".,eE+-".contains(&byte)) {
        return false;
    }
    let (mantissa, exponent) = value.split_once(['e', 'E']).unwrap_or((value, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let has_digit = mantissa.bytes().any(|byte| byte.is_ascii_digit());
    has_digit && digits(&whole.replace(',', "")) && digits(fraction) && !exponent.is_empty() && digits(exponent)
}

/// A part of what might be a date.
#[derive(PartialEq, Eq)]
enum Part {
    /// One to four digits.
    Number,
    /// A month's English name, or three letters or more of it.
    Month,
    Sign(char),
}

fn is_date(value: &str) -> bool {
    use Part::{Month, Number, Sign};
    let Some(parts) = parts(value) else { return false };
    match parts.as_slice() {
        [Number, Month] | [Month, Number] => true,
        [Number, Sign(_), Month] | [Month, Sign(_), Number] => true,
        [Number, Sign(_), Month, Sign(_), Number] | [Month, Sign(_), Number, Sign(_), Number] => true,
        [Number, Sign('-' | '/' | ':' | '年' | '月'), Number] => true,
        [Number, Sign('年'), Number, Sign('月')] | [Number, Sign('月'), Number, Sign('日')] => true,
        [Number, Sign('年'), Number, Sign('月'), Number, Sign('日')] => true,
        [Number, Sign(one), Number, Sign(other), Number] => one == other,
        _ => false,
    }
}

/// The parts of a text of digits, names of months and single signs; none for any other.
fn parts(value: &str) -> Option<Vec<Part>> {
    const SIGNS: &str = "-/.: 年月日";
    // The longest date, `30-September-2026`, is shorter, and so most values are not looked at further.
    const BYTES_MAX: usize = 20;
    if value.len() > BYTES_MAX {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let is_alike = |character: char| {
            if first.is_ascii_digit() { character.is_ascii_digit() } else { character.is_ascii_alphabetic() }
        };
        let end = rest.find(|character| !is_alike(character)).unwrap_or(rest.len());
        let (word, behind) = if end > 0 { rest.split_at(end) } else { rest.split_at(first.len_utf8()) };
        parts.push(match first {
            '0'..='9' if word.len() <= 4 => Part::Number,
            'a'..='z' | 'A'..='Z' if is_month(word) => Part::Month,
            sign if SIGNS.contains(sign) => Part::Sign(sign),
            _ => return None,
        });
        rest = behind;
    }
    Some(parts)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let begins = |month: &str| month.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    word.len() >= 3 && MONTHS.into_iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{context, table};
    use super::*;

    #[test]
    fn what_excel_would_change_is_found() {
        for (value, expected) in [
            ("=1+1", Hazard::Formula),
            ("-SN1", Hazard::Formula),
            ("@SN1", Hazard::Formula),
            ("+8613", Hazard::Formula),
            ("\tSN", Hazard::Formula),
            ("0007", Hazard::Number),
            ("869999000000001", Hazard::Number),
            ("8.6E+14", Hazard::Number),
            ("12e5", Hazard::Number),
            ("1,234", Hazard::Number),
            ("5%", Hazard::Number),
            (" 12 ", Hazard::Number),
            (".5", Hazard::Number),
            ("true", Hazard::Truth),
            ("1-2", Hazard::Date),
            ("2026-11-22", Hazard::Date),
            ("1/2", Hazard::Date),
            ("1.2.2026", Hazard::Date),
            ("12:30", Hazard::Date),
            ("MAR1", Hazard::Date),
            ("Sept-2", Hazard::Date),
            ("1-dec", Hazard::Date),
            ("11月22日", Hazard::Date),
            ("2026年11月", Hazard::Date),
        ] {
            assert_eq!(hazard(value), Some(expected), "{value}");
        }
    }

    #[test]
    fn what_excel_leaves_alone_is_left_alone() {
        for value in [
            "",
            "SN-0001",
            "plain",
            "e5",
            "E",
            "12E5F",
            "0x12",
            "a1SimCloud1",
            "1-2-3-4",
            "12345-1",
            "MARS1",
            "1.2.3.4",
            "1-2/3",
            "12e",
            "e",
            ".",
            "灯1",
            "truer",
            "1:2.3",
            "me-1",
        ] {
            assert_eq!(hazard(value), None, "{value}");
        }
    }

    #[test]
    fn findings_name_row_and_column_and_leave_the_apply_id_out() {
        let table = table();
        assert_eq!(findings(&Rows::all(&table, context()), 9), []);
        let context = super::super::Context { product_key: "1E5", ..context() };
        let found = findings(&Rows::all(&table, context), 2);
        let finding = |number| Finding { number, column: "ProductKey", hazard: Hazard::Number };
        assert_eq!(found, [finding(1), finding(2)]);
    }
}
