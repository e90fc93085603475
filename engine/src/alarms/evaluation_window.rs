use jiff::tz::{Offset, TimeZone};

use super::MetricAlarm;
use super::refusal::{constraint, invalid, refuse};
use crate::base::Millis;
use crate::metrics::MetricError;

/// Where the buckets of a metric alarm begin (user guide, alarm evaluation window).
#[derive(Clone, Debug, PartialEq)]
pub enum EvaluationWindow {
    /// They step back from the present minute: the default.
    Sliding,
    /// They are whole periods of a clock on a wall: exactly N, only complete ones.
    WallClock {
        /// The time zone as it was given; UTC where it is absent.
        timezone: Option<String>,
        /// The same, understood.
        zone: TimeZone,
    },
}

impl EvaluationWindow {
    /// A wall-clock window: an IANA name, `Z`, `+05:30` or `UTC+05:30`, the offset a multiple of five minutes.
    pub fn wall_clock(timezone: Option<&str>) -> Result<Self, MetricError> {
        let zone = match timezone {
            None => TimeZone::UTC,
            Some(name) => zone(name)?,
        };
        Ok(Self::WallClock {
            timezone: timezone.map(str::to_owned),
            zone,
        })
    }

    /// The buckets of an evaluation at `now`, oldest first: start and width in seconds. `None` for a sliding
    /// window, whose buckets are a grid ([`super::evaluation_grid`]). A day with a change of the clock is an
    /// hour longer or shorter.
    pub fn buckets(&self, period: i64, count: usize, now: Millis) -> Option<Vec<(Millis, i64)>> {
        let Self::WallClock { zone, .. } = self else {
            return None;
        };
        let mut end = start_of(period, zone, now)?;
        let mut buckets = Vec::new();
        for _ in 0..count {
            let start = start_of(period, zone, end.plus(-1))?;
            buckets.push((start, (end.0 - start.0) / 1000));
            end = start;
        }
        buckets.reverse();
        Some(buckets)
    }
}

/// The start of the calendar period that holds `at`. Weeks are those of ISO 8601: they begin on Monday.
fn start_of(period: i64, zone: &TimeZone, at: Millis) -> Option<Millis> {
    const DAY: i64 = 86_400;
    let local = jiff::Timestamp::from_millisecond(at.0)
        .ok()?
        .to_zoned(zone.clone());
    if period < DAY {
        let offset = i64::from(local.offset().seconds()) * 1000;
        return Some(at.plus(offset).floor_to(period * 1000).plus(-offset));
    }
    let days = match period > DAY {
        true => i64::from(local.weekday().to_monday_zero_offset()),
        false => 0,
    };
    let first = local
        .date()
        .checked_sub(jiff::Span::new().days(days))
        .ok()?;
    let start = zone.to_ambiguous_zoned(first.at(0, 0, 0, 0));
    let start = start.compatible().ok()?.start_of_day().ok()?;
    Some(Millis(start.timestamp().as_millisecond()))
}

fn zone(name: &str) -> Result<TimeZone, MetricError> {
    refuse(name.is_empty(), || {
        let least = "have length greater than or equal to 1";
        constraint(name, "evaluationWindow.wallClockWindow.timezone", least)
    })?;
    refuse(name.chars().count() > 50, || {
        let most = "have length less than or equal to 50";
        constraint(name, "evaluationWindow.wallClockWindow.timezone", most)
    })?;
    let offset = name.strip_prefix("UTC").unwrap_or(name);
    if matches!(name, "Z" | "UTC") {
        return Ok(TimeZone::UTC);
    }
    if offset.starts_with(['+', '-']) {
        let offset = fixed(offset).ok_or_else(|| {
            invalid(format!(
                "The time zone {name} is not valid: expected ±HH:MM with minutes that are a multiple of 5"
            ))
        })?;
        return Ok(TimeZone::fixed(offset));
    }
    let known = TimeZone::get(name).ok();
    let known = known.filter(|zone| zone.iana_name() == Some(name));
    known.ok_or_else(|| {
        invalid(format!(
            "The time zone {name} is not valid: expected an IANA name, ±HH:MM or UTC±HH:MM"
        ))
    })
}

/// `+05:30`; up to 18 hours.
fn fixed(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let number = |digits: &str| {
        let is_number = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<i32>().ok().filter(|_| is_number)
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let is_fine = minutes < 60 && minutes % 5 == 0 && hours * 60 + minutes <= 18 * 60;
    let seconds = sign * (hours * 3600 + minutes * 60);
    Offset::from_seconds(seconds).ok().filter(|_| is_fine)
}

/// What PutMetricAlarm refuses of a window, in AWS's manner. Metric math is judged over buckets of one width,
/// so it is refused by name where a change of the clock makes some longer.
pub(super) fn validate_window(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let Some(EvaluationWindow::WallClock { zone, .. }) = &alarm.evaluation_window else {
        return Ok(());
    };
    let period = alarm.period();
    let is_fine = matches!(period, 60 | 300 | 3600 | 86_400 | 604_800);
    refuse(!is_fine, || {
        format!(
            "Period must be 60, 300, 3600, 86400 or 604800 with a WallClockWindow; it is {period}"
        )
    })?;
    let varies = period >= 3600 && zone.to_fixed_offset().is_err();
    let is_math = matches!(alarm.metric, super::AlarmMetric::Math(_));
    refuse(is_math && varies, || {
        "metric math over a WallClockWindow whose time zone changes its offset is not evaluated by this \
         endpoint; give a fixed offset"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(zone: Option<&str>, period: i64, count: usize, now: &str) -> String {
        let window = EvaluationWindow::wall_clock(zone).unwrap();
        let now = Millis::parse_rfc3339(now).unwrap();
        let buckets = window.buckets(period, count, now).unwrap();
        let shown: Vec<_> = buckets
            .iter()
            .map(|(start, width)| format!("{} {width}", start.strftime("%d %H:%M")))
            .collect();
        shown.join(", ")
    }

    #[test]
    fn buckets_are_complete_periods_of_the_clock() {
        let now = "2026-11-04T12:16:40Z";
        assert_eq!(buckets(None, 300, 2, now), "04 12:05 300, 04 12:10 300");
        assert_eq!(
            buckets(Some("UTC"), 3600, 2, "2026-11-04T12:00:00Z"),
            "04 10:00 3600, 04 11:00 3600"
        );
        assert_eq!(buckets(Some("+05:30"), 3600, 1, now), "04 10:30 3600");
        assert_eq!(buckets(Some("UTC-00:05"), 86_400, 1, now), "03 00:05 86400");
        assert_eq!(buckets(Some("Z"), 604_800, 1, now), "26 00:00 604800");
    }

    #[test]
    fn a_day_on_which_the_clock_changes_has_its_own_length() {
        let now = "2026-11-02T12:00:00Z";
        assert_eq!(
            buckets(Some("America/New_York"), 86_400, 2, now),
            "31 04:00 86400, 01 04:00 90000"
        );
        assert_eq!(
            buckets(Some("Europe/Berlin"), 86_400, 1, "2026-03-30T00:00:00Z"),
            "28 23:00 82800"
        );
    }

    #[test]
    fn what_is_no_time_zone_is_refused() {
        for zone in [
            "",
            "Mars/Olympus",
            "europe/berlin",
            "+5:30",
            "+05:31",
            "UTC+19:00",
            "+05:60",
            "GMT+1x",
        ] {
            let refused = EvaluationWindow::wall_clock(Some(zone)).unwrap_err();
            assert_eq!(refused.code, "ValidationError", "{zone}");
        }
    }
}
