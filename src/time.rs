//! Points in time: RFC 3339 and `xsd:dateTimeStamp` texts, and one strict comparison.

use core::fmt;

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// How far the clocks of those who sign may be ahead of ours, in seconds.
pub(crate) const SKEW: i64 = 300;

/// A date-time that was read, and whether it named its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The point in time; UTC where no zone was named.
    pub at: Timestamp,
    /// Whether `Z` or an offset was there (VCDM 2.0 requires it; section 4.9).
    pub zoned: bool,
}

impl Timestamp {
    /// From seconds since the epoch.
    pub const fn from_unix(seconds: i64) -> Self {
        Timestamp(seconds)
    }

    /// From a `NumericDate` (RFC 7519, section 2), fractions dropped; `None` beyond the years that dates have here.
    pub fn from_numeric(seconds: f64) -> Option<Self> {
        (seconds.abs() < 1e12).then(|| Timestamp(seconds.floor() as i64))
    }

    /// Seconds since the epoch.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// Seconds from `earlier` to `self`; negative when `self` is earlier.
    pub const fn since(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)`; a lower-case `t` or `z` and a missing zone are accepted,
    /// everything else is not: no other separators, no 24:00, no dates that no calendar has. Fractions are read and
    /// dropped.
    pub fn parse(text: &str) -> Option<Parsed> {
        let mut at = Cursor(text.as_bytes());
        let year = at.digits(4)?;
        at.one_of(b"-")?;
        let month = at.digits(2)?;
        at.one_of(b"-")?;
        let day = at.digits(2)?;
        at.one_of(b"Tt")?;
        let hour = at.digits(2)?;
        at.one_of(b":")?;
        let minute = at.digits(2)?;
        at.one_of(b":")?;
        let second = at.digits(2)?;
        if at.one_of(b".").is_some() {
            at.digits(1)?;
            while at.digits(1).is_some() {}
        }
        if !(1..=12).contains(&month) || !(1..=month_days(year, month)).contains(&day) {
            return None;
        }
        // RFC 3339 allows a leap second; it is read as the second before it.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (zoned, offset) = at.zone()?;
        let seconds =
            days_from_epoch(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second.min(59) - offset;
        Some(Parsed { at: Timestamp(seconds), zoned })
    }
}

/// `YYYY-MM-DDThh:mm:ssZ`
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let value =
            digits.iter().try_fold(0, |v, b| b.is_ascii_digit().then(|| v * 10 + i64::from(b - b'0')))?;
        self.0 = rest;
        Some(value)
    }

    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        allowed.contains(first).then(|| self.0 = rest)?;
        Some(*first)
    }

    /// Whether a zone is named, and its offset in seconds; `None` when other text follows.
    fn zone(&mut self) -> Option<(bool, i64)> {
        let zone = match self.0.first() {
            None => return Some((false, 0)),
            Some(b'Z' | b'z') => {
                self.one_of(b"Zz")?;
                (true, 0)
            }
            Some(_) => {
                let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
                let hours = self.digits(2)?;
                self.one_of(b":")?;
                let minutes = self.digits(2)?;
                if hours > 23 || minutes > 59 {
                    return None;
                }
                (true, sign * (hours * 3_600 + minutes * 60))
            }
        };
        self.0.is_empty().then_some(zone)
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_days(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap(year)),
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in 400-year eras that start on 1 March.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let year_of_era = year - era * 400;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_epoch`]: year, month, day.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}
