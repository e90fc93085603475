use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::cron::Cron;
use crate::alarms::refusal::{constraint, invalid, refuse};
use crate::base::Millis;
use crate::metrics::MetricError;

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
const MOST_DAYS: i64 = 15;

/// `Rule.Schedule`: when alarms are muted, and for how long.
#[derive(Clone, Debug, PartialEq)]
pub struct MuteSchedule {
    /// `cron(…)` or `at(…)`, as given.
    pub expression: String,
    /// ISO 8601, as given.
    pub duration: String,
    /// As given; UTC where absent.
    pub timezone: Option<String>,
    when: When,
    millis: i64,
    zone: TimeZone,
}

#[derive(Clone, Debug, PartialEq)]
enum When {
    Recurring(Cron),
    Once(DateTime),
}

impl MuteSchedule {
    /// Reads a schedule; refusals are in AWS's manner.
    pub fn read(
        expression: &str,
        duration: &str,
        timezone: Option<&str>,
    ) -> Result<Self, MetricError> {
        for (member, text, most) in [
            ("rule.schedule.expression", expression, 256),
            ("rule.schedule.duration", duration, 50),
            ("rule.schedule.timezone", timezone.unwrap_or("UTC"), 50),
        ] {
            refuse(!(1..=most).contains(&text.chars().count()), || {
                constraint(text, member, &format!("have length between 1 and {most}"))
            })?;
        }
        let when = when(expression)
            .map_err(|why| invalid(format!("Invalid schedule expression {expression}: {why}")))?;
        let millis = length(duration).ok_or_else(|| {
            invalid(format!(
                "Invalid duration {duration}: expected ISO 8601 from PT1M to P15D"
            ))
        })?;
        let name = timezone.unwrap_or("UTC");
        let zone = TimeZone::get(name).ok();
        let zone = zone.ok_or_else(|| {
            invalid(format!(
                "The time zone {name} is not valid: expected an IANA name"
            ))
        })?;
        Ok(Self {
            expression: expression.to_owned(),
            duration: duration.to_owned(),
            timezone: timezone.map(str::to_owned),
            when,
            millis,
            zone,
        })
    }

    /// Whether it happens once.
    pub fn is_once(&self) -> bool {
        matches!(self.when, When::Once(_))
    }

    /// The window that holds `now`: start, and end, which is outside. Of overlapping ones the latest.
    pub fn window(&self, now: Millis) -> Option<(Millis, Millis)> {
        let start = self.latest(now)?;
        let end = start.plus(self.millis);
        (now < end).then_some((start, end))
    }

    /// Whether its one window lies behind `now`.
    pub(super) fn is_over(&self, now: Millis) -> bool {
        let is_past = |at| {
            self.moment(at)
                .is_some_and(|at| at.plus(self.millis) <= now)
        };
        match self.when {
            When::Recurring(_) => false,
            When::Once(at) => is_past(at),
        }
    }

    fn latest(&self, now: Millis) -> Option<Millis> {
        let local = jiff::Timestamp::from_millisecond(now.0).ok()?;
        let local = local.to_zoned(self.zone.clone()).datetime();
        let back = usize::try_from(self.millis / DAY + 1).ok()?;
        let at = match &self.when {
            When::Once(at) => *at,
            When::Recurring(cron) => cron.latest(local, back)?,
        };
        self.moment(at).filter(|at| *at <= now)
    }

    fn moment(&self, at: DateTime) -> Option<Millis> {
        let zoned = self.zone.to_ambiguous_zoned(at).compatible().ok()?;
        Some(Millis(zoned.timestamp().as_millisecond()))
    }
}

fn when(expression: &str) -> Result<When, String> {
    let inner = |head| expression.strip_prefix(head)?.strip_suffix(')');
    if let Some(cron) = inner("cron(") {
        return Cron::parse(cron).map(When::Recurring);
    }
    let at = inner("at(").ok_or("expected cron(…) or at(yyyy-MM-ddThh:mm)")?;
    let is_shaped = at.len() == 16 && at.as_bytes().get(10) == Some(&b'T');
    let read = DateTime::strptime("%Y-%m-%dT%H:%M", at).ok();
    let read = read.filter(|_| is_shaped);
    read.map(When::Once)
        .ok_or_else(|| "expected at(yyyy-MM-ddThh:mm)".to_owned())
}

/// Milliseconds of `P2DT12H`, `PT30M`: days, hours and minutes, from a minute to fifteen days.
fn length(text: &str) -> Option<i64> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        None => (rest, None),
        Some((date, time)) => (date, Some(time)),
    };
    let mut millis = match date {
        "" => 0,
        days => days.strip_suffix('D')?.parse::<u16>().ok().map(i64::from)? * DAY,
    };
    if let Some(mut time) = time {
        if time.is_empty() {
            return None;
        }
        for (unit, width) in [('H', 60 * MINUTE), ('M', MINUTE)] {
            if let Some((number, rest)) = time.split_once(unit) {
                millis += i64::from(number.parse::<u32>().ok()?) * width;
                time = rest;
            }
        }
        if !time.is_empty() {
            return None;
        }
    }
    (MINUTE..=MOST_DAYS * DAY)
        .contains(&millis)
        .then_some(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        Millis::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn a_window_lasts_as_long_as_its_duration_in_its_time_zone() {
        let weekend =
            MuteSchedule::read("cron(0 18 * * FRI)", "P2DT12H", Some("America/New_York")).unwrap();
        assert_eq!(weekend.window(at("2026-11-20T22:59:00Z")), None);
        let window = weekend.window(at("2026-11-22T00:00:00Z")).unwrap();
        assert_eq!(
            window,
            (at("2026-11-20T23:00:00Z"), at("2026-11-23T11:00:00Z"))
        );
        assert_eq!(weekend.window(at("2026-11-23T11:00:00Z")), None);
    }

    #[test]
    fn one_window_is_over_when_it_has_passed() {
        let once = MuteSchedule::read("at(2026-12-23T00:00)", "P7D", None).unwrap();
        assert!(once.is_once());
        assert_eq!(once.window(at("2026-12-22T23:59:59Z")), None);
        assert!(once.window(at("2026-12-29T23:59:00Z")).is_some());
        assert!(once.is_over(at("2026-12-30T00:00:00Z")));
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for (expression, duration, zone) in [
            ("rate(5 minutes)", "PT1H", None),
            ("at(2026-12-23)", "PT1H", None),
            ("at(2026-13-23T00:00)", "PT1H", None),
            ("cron(0 2 * * *)", "PT30S", None),
            ("cron(0 2 * * *)", "P15DT1M", None),
            ("cron(0 2 * * *)", "PT", None),
            ("cron(0 2 * * *)", "1h", None),
            ("cron(0 2 * * *)", "PT1H", Some("Mars/Olympus")),
        ] {
            let refused = MuteSchedule::read(expression, duration, zone).unwrap_err();
            assert_eq!(refused.code, "ValidationError", "{expression} {duration}");
        }
        for duration in ["PT1M", "P15D", "PT360H", "P1DT1H30M"] {
            assert!(length(duration).is_some(), "{duration}");
        }
    }
}
