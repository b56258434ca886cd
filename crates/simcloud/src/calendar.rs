//! Calendar arithmetic without a clock: the gateway's timestamps to milliseconds, and milliseconds to the vendor's date texts.

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// 1 January 1970 was a Thursday.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const DAY_MS: i64 = 86_400_000;

/// Reads `YYYY-MM-DDThh:mm:ssZ` (§7), nothing shorter, longer or looser; unix time in ms.
pub(crate) fn parse_timestamp(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let shape = b"dddd-dd-ddTdd:dd:ddZ";
    let fits = bytes.len() == shape.len()
        && bytes.iter().zip(shape).all(|(have, want)| if *want == b'd' { have.is_ascii_digit() } else { have == want });
    if !fits {
        return None;
    }
    let number =
        |from: usize, to: usize| bytes[from..to].iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let (hour, minute, second) = (number(11, 13), number(14, 16), number(17, 19));
    let valid = (1..=12).contains(&month)
        && (1..=month_days(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let days = days_before_year(year) + (1..month).map(|earlier| month_days(year, earlier)).sum::<i64>() + day - 1;
    valid.then_some(days * DAY_MS + (hour * 3600 + minute * 60 + second) * 1000)
}

/// `Wed, 20-Feb-2019 02:16:09 GMT`, the form of `GmtCreate` (§2.7); with a space as separator the HTTP `Date` header.
pub(crate) fn gmt_text(at_ms: i64, separator: char) -> String {
    let at = Moment::at(at_ms);
    let (weekday, month) = (WEEKDAYS[at.weekday], MONTHS[at.month - 1]);
    let Moment { year, day, hour, minute, second, .. } = at;
    format!("{weekday}, {day:02}{separator}{month}{separator}{year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// `2019-02-20T02:16:09.000Z`, the form of `UtcCreate` (§2.7).
pub(crate) fn utc_text(at_ms: i64) -> String {
    let Moment { year, month, day, hour, minute, second, ms, .. } = Moment::at(at_ms);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}

struct Moment {
    year: i64,
    month: usize,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    ms: i64,
    weekday: usize,
}

impl Moment {
    fn at(at_ms: i64) -> Self {
        let (days, of_day) = (at_ms.div_euclid(DAY_MS), at_ms.rem_euclid(DAY_MS));
        // As if there were no leap years: the guess is too far from 1970, by a few years in a millennium.
        let mut year = 1970 + days.div_euclid(365);
        while days_before_year(year) > days {
            year -= 1;
        }
        while days_before_year(year + 1) <= days {
            year += 1;
        }
        let mut day = days - days_before_year(year);
        let mut month = 1;
        while day >= month_days(year, month) {
            day -= month_days(year, month);
            month += 1;
        }
        Self {
            year,
            month: month as usize,
            day: day + 1,
            hour: of_day / 3_600_000,
            minute: of_day / 60_000 % 60,
            second: of_day / 1000 % 60,
            ms: of_day % 1000,
            weekday: days.rem_euclid(7) as usize,
        }
    }
}

fn leaps_up_to(year: i64) -> i64 {
    year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400)
}

fn days_before_year(year: i64) -> i64 {
    (year - 1970) * 365 + leaps_up_to(year - 1) - leaps_up_to(1969)
}

fn month_days(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + leaps_up_to(year) - leaps_up_to(year - 1),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values from `date -u -d … +%s`.
    #[test]
    fn documented_timestamps_are_read() {
        assert_eq!(parse_timestamp("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse_timestamp("2016-02-23T12:46:24Z"), Some(1_456_231_584_000));
        assert_eq!(parse_timestamp("2024-02-29T23:59:59Z"), Some(1_709_251_199_000));
        assert_eq!(parse_timestamp("2100-03-01T00:00:00Z"), Some(4_107_542_400_000));
    }

    #[test]
    fn other_forms_of_a_date_are_refused() {
        for text in [
            "",
            "2016-02-23 12:46:24Z",
            "2016-02-23T12:46:24.000Z",
            "2016-02-23T12:46:24+08:00",
            "2016-02-23T12:46:24",
            "2016-2-23T12:46:24Z",
            "2023-02-29T00:00:00Z",
            "2016-13-01T00:00:00Z",
            "2016-00-01T00:00:00Z",
            "2016-01-01T24:00:00Z",
            "2016-01-01T00:60:00Z",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_written_in_the_documented_forms() {
        assert_eq!(gmt_text(1_550_628_969_000, '-'), "Wed, 20-Feb-2019 02:16:09 GMT");
        assert_eq!(utc_text(1_550_628_969_000), "2019-02-20T02:16:09.000Z");
    }

    #[test]
    fn the_last_and_the_first_moment_of_a_leap_year_are_told_apart() {
        assert_eq!(utc_text(1_735_689_599_999), "2024-12-31T23:59:59.999Z");
        assert_eq!(utc_text(1_735_689_600_000), "2025-01-01T00:00:00.000Z");
        assert_eq!(gmt_text(1_709_164_800_000, ' '), "Thu, 29 Feb 2024 00:00:00 GMT");
    }

    #[test]
    fn moments_before_1970_are_dates_too() {
        assert_eq!(utc_text(-252_547_200_000), "1961-12-31T00:00:00.000Z");
        assert_eq!(gmt_text(-2_077_747_200_000, ' '), "Mon, 29 Feb 1904 00:00:00 GMT");
    }
}
