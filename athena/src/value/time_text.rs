use std::fmt::Write as _;
use std::net::{IpAddr, Ipv6Addr};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The date and time of microseconds since 1970.
pub(crate) fn civil_of(micros: i64) -> DateTime {
    let at = Timestamp::from_microsecond(micros).unwrap_or_default();
    TimeZone::UTC.to_datetime(at)
}

/// Microseconds since 1970 of a date and time.
pub(crate) fn micros_of(at: DateTime) -> Option<i64> {
    let zoned = TimeZone::UTC.to_timestamp(at).ok()?;
    Some(zoned.as_microsecond())
}

/// `2018-11-29`
pub(crate) fn date_text(days: i32) -> String {
    let civil = civil_of(i64::from(days) * 86_400_000_000);
    civil.date().to_string()
}

/// `2018-11-29 22:23:00.186`, with so many digits behind the seconds.
pub(crate) fn timestamp_text(micros: i64, digits: u8) -> String {
    let civil = civil_of(micros);
    let mut text = format!(
        "{} {:02}:{:02}:{:02}",
        civil.date(),
        civil.hour(),
        civil.minute(),
        civil.second()
    );
    if digits > 0 {
        let fraction = format!("{:06}", micros.rem_euclid(1_000_000));
        let shown = fraction.get(..usize::from(digits)).unwrap_or(&fraction);
        // Writing into a string cannot fail.
        let _ = write!(text, ".{shown}");
    }
    text
}

/// `10.0.0.1` for a mapped IPv4 address.
pub(crate) fn ip_text(address: &[u8; 16]) -> String {
    let address = Ipv6Addr::from(*address);
    match address.to_ipv4_mapped() {
        Some(address) => IpAddr::V4(address).to_string(),
        None => address.to_string(),
    }
}

/// `1 02:03:04.005`
pub(super) fn interval_day_text(millis: i64) -> String {
    let sign = if millis < 0 { "-" } else { "" };
    let total = millis.unsigned_abs();
    let (seconds, rest) = (total / 1000, total % 1000);
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24);
    let (minutes, seconds) = (seconds / 60 % 60, seconds % 60);
    format!("{sign}{days} {hours:02}:{minutes:02}:{seconds:02}.{rest:03}")
}

/// `1-2`
pub(super) fn interval_month_text(months: i64) -> String {
    let sign = if months < 0 { "-" } else { "" };
    let months = months.unsigned_abs();
    format!("{sign}{}-{}", months / 12, months % 12)
}
