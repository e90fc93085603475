use jiff::{Timestamp, ToSpan, tz::TimeZone};

use crate::base::{Millis, TimeRange};

/// Which time range `diff` compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Earlier {
    /// The one right before.
    Period,
    Day,
    Week,
    Month,
}

const DAY: i64 = 24 * 60 * 60 * 1000;

impl Earlier {
    /// The word behind `diff`.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Period => "",
            Self::Day => "previousDay",
            Self::Week => "previousWeek",
            Self::Month => "previousMonth",
        }
    }

    /// The range of equal length before; none where the range has no ends.
    pub(super) fn range(self, of: TimeRange) -> Option<TimeRange> {
        let back = match self {
            Self::Period => of.end.0.checked_sub(of.start.0)?.checked_add(1)?,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => of.start.0.checked_sub(month_before(of.start)?)?,
        };
        Some(TimeRange {
            start: Millis(of.start.0.checked_sub(back)?),
            end: Millis(of.end.0.checked_sub(back)?),
        })
    }
}

/// The same day and time of the month before, or its last day, in UTC.
fn month_before(at: Millis) -> Option<i64> {
    let at = Timestamp::from_millisecond(at.0)
        .ok()?
        .to_zoned(TimeZone::UTC);
    let before = at.checked_sub(1.month()).ok()?;
    Some(before.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(earlier: Earlier, start: &str, end: &str) -> (String, String) {
        let at = |text| Millis::parse_rfc3339(text).unwrap();
        let of = TimeRange {
            start: at(start),
            end: at(end),
        };
        let found = earlier.range(of).unwrap();
        (found.start.to_string(), found.end.to_string())
    }

    #[test]
    fn the_range_before_ends_where_the_range_begins() {
        let (start, end) = before(
            Earlier::Period,
            "2026-04-20T10:00:00Z",
            "2026-04-20T10:59:59.999Z",
        );
        assert_eq!(
            (&*start, &*end),
            ("2026-04-20 09:00:00.000", "2026-04-20 09:59:59.999")
        );
    }

    #[test]
    fn a_month_before_keeps_the_length_of_the_range() {
        let (start, end) = before(
            Earlier::Month,
            "2026-03-31T00:00:00Z",
            "2026-03-31T12:00:00Z",
        );
        assert_eq!(
            (&*start, &*end),
            ("2026-02-28 00:00:00.000", "2026-02-28 12:00:00.000")
        );
    }

    #[test]
    fn all_of_time_has_nothing_before() {
        assert_eq!(Earlier::Period.range(TimeRange::ALL), None);
        assert_eq!(Earlier::Day.range(TimeRange::ALL), None);
    }
}
