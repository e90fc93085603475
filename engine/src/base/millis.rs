use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::stamp;

/// A moment: milliseconds since 1970-01-01T00:00:00Z, the unit of CloudWatch's own timestamps.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// From whole seconds since the epoch.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Whole seconds since the epoch, rounded down.
    pub fn as_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment moved by `millis`, which may be negative.
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The start of the bucket of `width` milliseconds (counted from the epoch) this moment lies in.
    pub fn floor_to(self, width: i64) -> Self {
        debug_assert!(width > 0, "a bucket has a width");
        Self(self.0.div_euclid(width) * width)
    }

    /// Reads RFC 3339 text such as `2026-04-20T10:00:00.250Z`; `None` where it is not such a text.
    /// The usual form, in UTC and since 1970, is read without the calendar library.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let calendar = || {
            let read = text.parse::<Timestamp>().ok();
            read.map(|moment| Self(moment.as_millisecond()))
        };
        stamp::utc(text.as_bytes()).or_else(calendar)
    }

    /// RFC 3339 in UTC with milliseconds: `2026-04-20T10:00:00.250Z`.
    pub fn to_rfc3339(self) -> String {
        self.strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
    }

    /// Text in UTC by a `strftime` format. A moment outside the years -9999 to 9999 prints its number.
    pub fn strftime(self, format: &str) -> String {
        match Timestamp::from_millisecond(self.0) {
            Ok(t) => t.to_zoned(TimeZone::UTC).strftime(format).to_string(),
            Err(_) => self.0.to_string(),
        }
    }
}

/// As Logs Insights prints a timestamp: `2026-04-20 10:00:00.250`, UTC, always three digits.
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.strftime("%Y-%m-%d %H:%M:%S%.3f"))
    }
}

/// A span of time with both ends included, as in Logs Insights and FilterLogEvents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// The first moment inside.
    pub start: Millis,
    /// The last moment inside.
    pub end: Millis,
}

impl TimeRange {
    /// All of time.
    pub const ALL: Self = Self {
        start: Millis(i64::MIN),
        end: Millis(i64::MAX),
    };

    /// Whether `at` lies inside, ends included.
    pub fn contains(&self, at: Millis) -> bool {
        self.start <= at && at <= self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_prints_as_logs_insights_prints_it() {
        assert_eq!(
            Millis(1_776_679_200_007).to_string(),
            "2026-04-20 10:00:00.007"
        );
    }

    #[test]
    fn buckets_before_the_epoch_round_down() {
        assert_eq!(Millis(-1).floor_to(60_000), Millis(-60_000));
    }

    #[test]
    fn rfc3339_reads_back_what_it_prints() {
        let at = Millis(1_776_679_200_250);
        assert_eq!(Millis::parse_rfc3339(&at.to_rfc3339()), Some(at));
    }
}
