use belfry_engine::base::Millis;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SpanRelativeTo, Timestamp, Unit};

/// A moment as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Moment {
    /// `2h`: so many milliseconds before now.
    Ago(i64),
    /// RFC 3339, or seconds or milliseconds since 1970.
    Absolute(Millis),
    /// `13:10`
    Clock(Time),
    /// `2026-04-20`
    Date(Date),
    /// `today` 0, `yesterday` 1
    DaysBack(u8),
    /// `2026-04-20 13:10`
    Wall(DateTime),
}

/// Which end of a range a moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum End {
    /// A date means its first second, a clock time the last such time before now.
    Start,
    /// A date means its last second, a clock time the first such time from the start on.
    Last { start: Option<Millis> },
}

/// Now, and the zone that times without one are in.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Here {
    pub(in crate::cli) now: Millis,
    pub(in crate::cli) zone: TimeZone,
}

impl Moment {
    /// Reads `30m`, `1h30m`, `13:10`, `yesterday`, `2026-04-20`, `2026-04-20 13:10`, RFC 3339, ten digits of
    /// seconds or thirteen of milliseconds since 1970.
    pub(in crate::cli) fn parse(text: &str) -> Result<Self, String> {
        let readers: [fn(&str) -> Option<Self>; 6] =
            [word, epoch, absolute, clock_or_date, wall, ago];
        let found = readers.into_iter().find_map(|read| read(text.trim()));
        found.ok_or_else(|| {
            format!(
                "`{text}` is no moment; expected a length of time before now (30m, 2h, 1d), a time (13:10), a date \
                 (2026-04-20), both, or RFC 3339"
            )
        })
    }

    /// The moment, in milliseconds.
    pub(in crate::cli) fn resolve(self, here: &Here, end: End) -> Result<Millis, String> {
        match self {
            Self::Ago(millis) => Ok(here.now.plus(-millis)),
            Self::Absolute(moment) => Ok(moment),
            Self::Wall(wall) => here.at(wall),
            Self::Clock(time) => here.clock(time, end),
            Self::Date(date) => here.date(date, end),
            Self::DaysBack(days) => {
                let date = here
                    .today()?
                    .checked_sub(jiff::Span::new().days(i64::from(days)));
                here.date(date.map_err(|error| error.to_string())?, end)
            }
        }
    }
}

impl Here {
    fn today(&self) -> Result<Date, String> {
        let now = Timestamp::from_millisecond(self.now.0).map_err(|error| error.to_string())?;
        Ok(now.to_zoned(self.zone.clone()).date())
    }

    /// A wall time that the zone's clocks skip or show twice is no single moment.
    fn at(&self, wall: DateTime) -> Result<Millis, String> {
        let found = self.zone.to_ambiguous_timestamp(wall).unambiguous();
        let moment = found.map_err(|_| {
            format!(
                "the clocks of {} show {wall} not once; write the offset: {wall}+01:00, or {wall}Z",
                super::zone::name(&self.zone)
            )
        })?;
        Ok(Millis(moment.as_millisecond()))
    }

    fn date(&self, date: Date, end: End) -> Result<Millis, String> {
        match end {
            End::Start => self.at(date.to_datetime(Time::midnight())),
            End::Last { .. } => {
                let next = date.tomorrow().map_err(|error| error.to_string())?;
                let after = self.at(next.to_datetime(Time::midnight()))?;
                Ok(after.plus(-1000))
            }
        }
    }

    fn clock(&self, time: Time, end: End) -> Result<Millis, String> {
        let wrong = |error: jiff::Error| error.to_string();
        let today = self.today()?;
        let days = [
            today.yesterday().map_err(wrong)?,
            today,
            today.tomorrow().map_err(wrong)?,
        ];
        let not_after_now = || self.last_before_now(&days, time);
        match end {
            End::Start | End::Last { start: None } => not_after_now(),
            End::Last { start: Some(start) } => {
                let base = Timestamp::from_millisecond(start.0).map_err(wrong)?;
                let day = base.to_zoned(self.zone.clone()).date();
                let same_day = self.at(day.to_datetime(time))?;
                if same_day >= start {
                    return Ok(same_day);
                }
                self.at(day.tomorrow().map_err(wrong)?.to_datetime(time))
            }
        }
    }

    fn last_before_now(&self, days: &[Date; 3], time: Time) -> Result<Millis, String> {
        let [yesterday, today, _] = days;
        let at = self.at(today.to_datetime(time))?;
        if at <= self.now {
            Ok(at)
        } else {
            self.at(yesterday.to_datetime(time))
        }
    }
}

fn word(text: &str) -> Option<Moment> {
    match text {
        "now" => Some(Moment::Ago(0)),
        "today" => Some(Moment::DaysBack(0)),
        "yesterday" => Some(Moment::DaysBack(1)),
        _ => None,
    }
}

fn epoch(text: &str) -> Option<Moment> {
    let number: i64 = text
        .parse()
        .ok()
        .filter(|_| !text.starts_with(['+', '-']))?;
    match text.len() {
        10 => Some(Moment::Absolute(Millis::from_seconds(number))),
        13 => Some(Moment::Absolute(Millis(number))),
        _ => None,
    }
}

fn absolute(text: &str) -> Option<Moment> {
    Millis::parse_rfc3339(text).map(Moment::Absolute)
}

fn clock_or_date(text: &str) -> Option<Moment> {
    let digits_and = |mark: char| text.chars().all(|c| c.is_ascii_digit() || c == mark);
    if text.contains(':') && digits_and(':') {
        return text.parse().ok().map(Moment::Clock);
    }
    (text.contains('-') && digits_and('-'))
        .then(|| text.parse().ok().map(Moment::Date))
        .flatten()
}

fn wall(text: &str) -> Option<Moment> {
    text.contains(':')
        .then(|| text.parse().ok().map(Moment::Wall))
        .flatten()
}

/// Days are 24 hours.
fn ago(text: &str) -> Option<Moment> {
    let span: jiff::Span = text.parse().ok()?;
    let total = span.total((Unit::Millisecond, SpanRelativeTo::days_are_24_hours()));
    let millis: i64 = format!("{:.0}", total.ok()?).parse().ok()?;
    (millis > 0).then_some(Moment::Ago(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-04-20T10:00:00Z, a Monday; Berlin shows 12:00.
    const NOW: Millis = Millis(1_776_679_200_000);

    fn berlin() -> Here {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        Here { now: NOW, zone }
    }

    fn resolved(text: &str, end: End) -> String {
        let moment = Moment::parse(text).unwrap().resolve(&berlin(), end);
        moment.map_or_else(|error| error, Millis::to_rfc3339)
    }

    #[test]
    fn a_start_is_a_length_of_time_a_clock_time_a_date_or_a_moment() {
        for (text, expected) in [
            ("90m", "2026-04-20T08:30:00.000Z"),
            ("1h30m", "2026-04-20T08:30:00.000Z"),
            ("2d", "2026-04-18T10:00:00.000Z"),
            ("11:10", "2026-04-20T09:10:00.000Z"),
            ("13:10", "2026-04-19T11:10:00.000Z"),
            ("13:10:30", "2026-04-19T11:10:30.000Z"),
            ("today", "2026-04-19T22:00:00.000Z"),
            ("yesterday", "2026-04-18T22:00:00.000Z"),
            ("2026-04-18", "2026-04-17T22:00:00.000Z"),
            ("2026-01-18 10:00", "2026-01-18T09:00:00.000Z"),
            ("2026-01-18T10:00:05", "2026-01-18T09:00:05.000Z"),
            ("2026-01-18T10:00:05Z", "2026-01-18T10:00:05.000Z"),
            ("1776679200", "2026-04-20T10:00:00.000Z"),
            ("1776679200000", "2026-04-20T10:00:00.000Z"),
        ] {
            assert_eq!(resolved(text, End::Start), expected, "{text}");
        }
    }

    #[test]
    fn an_end_is_the_first_clock_time_after_the_start_or_the_whole_date() {
        let start = Some(Millis(1_776_635_400_000)); // 23:50 in Berlin, the evening before
        let end = End::Last { start };
        assert_eq!(resolved("00:10", end), "2026-04-19T22:10:00.000Z");
        assert_eq!(resolved("23:55", end), "2026-04-19T21:55:00.000Z");
        assert_eq!(resolved("2026-04-18", end), "2026-04-18T21:59:59.000Z");
        assert_eq!(resolved("now", end), "2026-04-20T10:00:00.000Z");
    }

    #[test]
    fn a_wall_time_that_clocks_show_twice_or_never_is_refused() {
        for wall in ["2026-10-25 02:30", "2026-03-29 02:30"] {
            let text = resolved(wall, End::Start);
            assert!(text.contains("not once; write the offset"), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["1", "soon", "-1h", "0s", "", "13", "25:00", "2026-13-01"] {
            assert!(Moment::parse(text).is_err(), "{text}");
        }
    }
}
