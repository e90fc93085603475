use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::part::{DatePattern, Field, Part};
use super::reader::{Found, read};

impl DatePattern {
    /// The epoch milliseconds of the moment that `text` names; `None` where it does not fit the pattern. An
    /// offset in the text decides before `zone`. In a gap of summer time the clock is put forward, of two
    /// moments the earlier is taken, as Java does.
    pub(in crate::insights::func) fn millis(&self, text: &str, zone: &TimeZone) -> Option<i64> {
        let found = read(&self.parts, text)?;
        let mut date = self.date(&found)?;
        if found.weekday.is_some_and(|day| !falls_on(date, day)) {
            return None;
        }
        let midnight =
            found.hour == 24 && (found.minute, found.second, found.nanosecond) == (0, 0, 0);
        let hour = if midnight { 0 } else { self.hour(&found)? };
        if midnight {
            date = date.checked_add(1.day()).ok()?;
        }
        let time = Time::new(
            i8::try_from(hour).ok()?,
            i8::try_from(found.minute).ok()?,
            i8::try_from(found.second).ok()?,
            i32::try_from(found.nanosecond).ok()?,
        );
        let civil = date.to_datetime(time.ok()?);
        let zone = match found.offset {
            Some(seconds) => {
                let seconds = i32::try_from(seconds).ok()?;
                jiff::tz::Offset::from_seconds(seconds).ok()?.to_time_zone()
            }
            None => zone.clone(),
        };
        let zoned = civil.to_zoned(zone).ok()?;
        Some(zoned.timestamp().as_millisecond())
    }

    /// A day that the month lacks, up to the 31st, is its last (Java's resolver style SMART).
    fn date(&self, found: &Found) -> Option<Date> {
        let year = i16::try_from(found.year).ok().filter(|year| *year >= 1)?;
        if self.has(Field::DayOfYear) {
            let days = found.day_of_year.checked_sub(1).filter(|days| *days >= 0)?;
            let date = Date::new(year, 1, 1).ok()?.checked_add(days.days()).ok()?;
            return (date.year() == year).then_some(date);
        }
        let month = i8::try_from(found.month).ok()?;
        let first = Date::new(year, month, 1).ok()?;
        let day = i8::try_from(found.day)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        Date::new(year, month, day.min(first.days_in_month())).ok()
    }

    fn hour(&self, found: &Found) -> Option<i64> {
        if !self.parts.contains(&Part::HalfDay) {
            return Some(found.hour);
        }
        let hour = found.half_day_hour;
        let afternoon = if found.afternoon { 12 } else { 0 };
        (1..=12).contains(&hour).then_some(hour % 12 + afternoon)
    }
}

fn falls_on(date: Date, day: usize) -> bool {
    usize::try_from(date.weekday().to_monday_zero_offset()) == Ok(day)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::DatePattern;

    fn date(pattern: &str, text: &str) -> Option<String> {
        let pattern = DatePattern::parse(pattern).unwrap();
        let millis = pattern.millis(text, &TimeZone::UTC)?;
        Some(
            jiff::Timestamp::from_millisecond(millis)
                .unwrap()
                .to_string(),
        )
    }

    #[test]
    fn texts_are_read_as_java_reads_them() {
        for (pattern, text, expected) in [
            (
                "yyyyMMddHHmmss",
                "20260420100001",
                Some("2026-04-20T10:00:01Z"),
            ),
            ("yyyy-MM-dd'T'HH:mm:ss.SSSX", "2026-04-20T10:00:01.5Z", None),
            (
                "yyyy-MM-dd'T'HH:mm:ss.SSSX",
                "2026-04-20T10:00:01.500+02",
                Some("2026-04-20T08:00:01.5Z"),
            ),
            (
                "yyyy-MM-dd'T'HH:mm:ssXXX",
                "2026-04-20T10:00:01-05:30",
                Some("2026-04-20T15:30:01Z"),
            ),
            (
                "d MMM yy h:mm a",
                "3 Apr 26 12:05 AM",
                Some("2026-04-03T00:05:00Z"),
            ),
            (
                "d MMM yy h:mm a",
                "3 Apr 26 1:05 PM",
                Some("2026-04-03T13:05:00Z"),
            ),
            ("d MMM yy h:mm a", "3 apr 26 1:05 PM", None),
            (
                "EEE, dd MMM yyyy",
                "Mon, 20 Apr 2026",
                Some("2026-04-20T00:00:00Z"),
            ),
            ("EEE, dd MMM yyyy", "Tue, 20 Apr 2026", None),
            ("yyyy-MM-dd", "2026-04-31", Some("2026-04-30T00:00:00Z")),
            ("yyyy-MM-dd", "2026-04-32", None),
            ("yyyy-MM-dd", "2026-4-3", None),
            ("y-M-d", "2026-4-3", Some("2026-04-03T00:00:00Z")),
            ("yyyy-MM-dd", "2026-04-20 ", None),
            ("yyyy-DDD", "2026-060", Some("2026-03-01T00:00:00Z")),
            ("yyyy-DDD", "2026-366", None),
            (
                "yyyy-MM-dd HH",
                "2026-04-20 24",
                Some("2026-04-21T00:00:00Z"),
            ),
            ("yyyy-MM-dd HH", "2026-04-20 25", None),
            (
                "yyyy 'o''clock' MM dd",
                "2026 o'clock 04 20",
                Some("2026-04-20T00:00:00Z"),
            ),
        ] {
            assert_eq!(date(pattern, text).as_deref(), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_zone_says_when_a_clock_shows_a_time() {
        let pattern = DatePattern::parse("yyyy-MM-dd HH:mm").unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let at = |text| pattern.millis(text, &zone).unwrap();
        assert_eq!(at("2026-03-29 02:30"), at("2026-03-29 03:30"));
        assert_eq!(
            at("2026-10-25 02:30") + 2 * 3_600_000,
            at("2026-10-25 03:30")
        );
    }

    #[test]
    fn patterns_that_cannot_be_read_exactly_are_refused() {
        for pattern in [
            "yyyy-MM",
            "HH:mm",
            "yyyy-MM-dd hh:mm",
            "yyyy-MM-dd VV",
            "yyyy-MM-dd'T",
            "YYYY-MM-dd",
            "yyyy-MM-dd[ HH]",
            "yMMdd",
            "yyyy-MM-dd mm",
            "yyyy-MM-dd dd",
            "yyyy-MM-dd G",
        ] {
            assert!(DatePattern::parse(pattern).is_err(), "{pattern}");
        }
    }
}
