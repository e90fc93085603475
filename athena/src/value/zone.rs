use std::sync::Mutex;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// The zone of a time. Two times are the same if their instants are, whatever their zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Zone(i32);

/// Zones with names, such as `Europe/Berlin`, that were met so far.
static NAMED: Mutex<Vec<(String, TimeZone)>> = Mutex::new(Vec::new());

/// Numbers from here on are places in [`NAMED`]; below are minutes from UTC.
const FIRST_NAMED: i32 = 10_000;

/// The farthest that Trino lets a zone be from UTC: 14 hours.
const FARTHEST: i32 = 14 * 60;

impl Zone {
    pub(crate) const UTC: Self = Self(0);

    /// A zone by minutes from UTC.
    pub(crate) fn of_minutes(minutes: i32) -> Option<Self> {
        (minutes.abs() <= FARTHEST).then_some(Self(minutes))
    }

    /// `UTC`, `Z`, `+02:00`, `Europe/Berlin`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if ["UTC", "Z", "GMT", "UCT", "Zulu", "UT"]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(text))
        {
            return Some(Self::UTC);
        }
        if text.starts_with(['+', '-']) {
            return Self::of_minutes(minutes(text)?);
        }
        let mut named = NAMED.lock().ok()?;
        let known = named
            .iter()
            .position(|(name, _)| name.eq_ignore_ascii_case(text));
        let place = match known {
            Some(place) => place,
            None => {
                let zone = TimeZone::get(text).ok()?;
                let name = zone.iana_name().unwrap_or(text).to_owned();
                named.push((name, zone));
                named.len() - 1
            }
        };
        Some(Self(FIRST_NAMED + i32::try_from(place).ok()?))
    }

    fn named<T>(self, read: impl FnOnce(&(String, TimeZone)) -> T) -> Option<T> {
        let place = usize::try_from(self.0.checked_sub(FIRST_NAMED)?).ok()?;
        NAMED.lock().ok()?.get(place).map(read)
    }

    /// As results show it.
    pub(crate) fn name(self) -> String {
        if self == Self::UTC {
            return "UTC".to_owned();
        }
        self.named(|(name, _)| name.clone()).unwrap_or_else(|| {
            let sign = if self.0 < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", self.0.abs() / 60, self.0.abs() % 60)
        })
    }

    fn of(self) -> TimeZone {
        self.named(|(_, zone)| zone.clone()).unwrap_or_else(|| {
            let offset = Offset::from_seconds(self.0 * 60).unwrap_or(Offset::UTC);
            offset.to_time_zone()
        })
    }

    /// The microseconds that clocks in the zone show at an instant.
    pub(crate) fn local(self, instant: i64) -> i64 {
        instant + self.offset_micros(instant)
    }

    fn offset_micros(self, instant: i64) -> i64 {
        if self.0 < FIRST_NAMED {
            return i64::from(self.0) * 60_000_000;
        }
        let seconds = instant.div_euclid(1_000_000);
        let at = Timestamp::from_second(seconds).unwrap_or_default();
        i64::from(self.of().to_offset(at).seconds()) * 1_000_000
    }

    /// The instant at which clocks in the zone show these microseconds; in a gap those behind it, in a fold the first.
    pub(crate) fn instant(self, local: i64) -> i64 {
        if self.0 < FIRST_NAMED {
            return local - self.offset_micros(0);
        }
        let civil = super::time_text::civil_of(local);
        let zoned = self.of().to_ambiguous_zoned(civil).compatible();
        zoned.map_or(local, |zoned| zoned.timestamp().as_microsecond())
    }

    /// Whole minutes from UTC at an instant.
    pub(crate) fn minutes_at(self, instant: i64) -> i64 {
        self.offset_micros(instant) / 60_000_000
    }
}

/// The minutes of `+02:00`, `-0530`, `+2`.
fn minutes(text: &str) -> Option<i32> {
    let (sign, digits) = (text.get(..1)?, text.get(1..)?);
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at(2),
        None => (digits, "0"),
    };
    let number = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|at| at.is_ascii_digit());
        text.parse::<i32>().ok().filter(|_| plain)
    };
    let minutes = number(minutes)?;
    let total = number(hours)? * 60 + minutes;
    (minutes < 60).then_some(if sign == "-" { -total } else { total })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_names_and_clocks() {
        for (text, name) in [
            ("Z", "UTC"),
            ("+02:00", "+02:00"),
            ("-0530", "-05:30"),
            ("europe/berlin", "Europe/Berlin"),
        ] {
            assert_eq!(Zone::parse(text).unwrap().name(), name);
        }
        assert_eq!(Zone::parse("+15:00"), None);
        assert_eq!(Zone::parse("Nowhere/Land"), None);
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let summer = 1_780_000_000_000_000;
        assert_eq!(berlin.local(summer) - summer, 7_200_000_000);
        assert_eq!(berlin.instant(berlin.local(summer)), summer);
    }
}
