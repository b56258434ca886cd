//! Time as an argument. In: what the driver's clocks say. Out: instants to compare, and the stamp's text form.

use core::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// A point on a clock that never goes back, in milliseconds since some start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub u64);

impl Add<u64> for Millis {
    type Output = Self;

    fn add(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl Sub for Millis {
    type Output = u64;

    fn sub(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A moment on the calendar: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WallTime(pub u64);

impl WallTime {
    /// `YYYY-MM-DDThh:mm:ssZ`, as the parameter `Timestamp` wants it (document_detail/30561.html).
    #[must_use]
    pub fn timestamp(self) -> String {
        let (year, month, day) = self.date();
        let (hour, minute, second) = self.time();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// `YYYYMMDDTHHMMSSZ`, as file names carry it.
    #[must_use]
    pub fn compact(self) -> String {
        self.timestamp().replace(['-', ':'], "")
    }

    fn time(self) -> (u64, u64, u64) {
        let seconds = self.0 / 1_000 % 86_400;
        (seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }

    /// Year, month and day in the proleptic Gregorian calendar, counted in years that begin in March, so that the
    /// leap day is the last of its year.
    fn date(self) -> (u64, u64, u64) {
        const DAYS_IN_ERA: u64 = 146_097;
        const DAYS_FROM_MARCH_0000_TO_1970: u64 = 719_468;
        let days = self.0 / 86_400_000 + DAYS_FROM_MARCH_0000_TO_1970;
        let (era, day_of_era) = (days / DAYS_IN_ERA, days % DAYS_IN_ERA);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        (era * 400 + year_of_era + u64::from(month <= 2), month, day)
    }
}

/// Both clocks at one moment: waits and quotas go by `mono`, stamps by `wall`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The clock that never goes back.
    pub mono: Millis,
    /// The calendar; it may jump.
    pub wall: WallTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_agree_with_known_dates() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_456_231_584, "2016-02-23T12:46:24Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(WallTime(seconds * 1_000 + 999).timestamp(), text);
        }
    }

    #[test]
    fn file_names_carry_no_separators() {
        assert_eq!(WallTime(1_456_231_584_000).compact(), "20160223T124624Z");
    }
}
