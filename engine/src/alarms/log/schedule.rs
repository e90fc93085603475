use crate::alarms::refusal::{invalid, refuse};
use crate::base::{Millis, TimeRange};
use crate::metrics::MetricError;

const MOST_SECONDS: i64 = 2_592_000;

/// `ScheduleConfiguration`: how often the query runs, and over which time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// `rate(5 minutes)`, as given.
    pub expression: String,
    /// Minutes between two runs.
    minutes: i64,
    /// Seconds before a run at which its range begins.
    pub start_offset: i64,
    /// Seconds before a run at which its range ends, as given; 0 where absent.
    pub end_offset: Option<i64>,
}

impl Schedule {
    /// Reads a schedule: `rate(n minutes)`, offsets of at most 30 days, the end nearer than the start.
    pub fn read(
        expression: &str,
        start_offset: i64,
        end_offset: Option<i64>,
    ) -> Result<Self, MetricError> {
        let minutes = minutes(expression).ok_or_else(|| {
            invalid(format!(
                "Invalid ScheduleExpression '{expression}': expected rate(n minutes)"
            ))
        })?;
        refuse(!(1..=MOST_SECONDS).contains(&start_offset), || {
            format!("StartTimeOffset must be between 1 and {MOST_SECONDS}; it is {start_offset}")
        })?;
        let end = end_offset.unwrap_or_default();
        refuse(!(0..start_offset).contains(&end), || {
            format!(
                "EndTimeOffset must be non-negative and less than StartTimeOffset ({start_offset}); it is {end}"
            )
        })?;
        Ok(Self {
            expression: expression.to_owned(),
            minutes,
            start_offset,
            end_offset,
        })
    }

    /// Milliseconds between two runs.
    pub fn interval(&self) -> i64 {
        self.minutes.saturating_mul(60_000)
    }

    /// The first run after `now`. Runs stand at whole multiples of the rate, as in the user guide's example (every
    /// five minutes: 12:05, 12:10); where a rate begins that was put in between is not said.
    pub(super) fn next(&self, now: Millis) -> Millis {
        now.floor_to(self.interval()).plus(self.interval())
    }

    /// What a run at `at` covers, both ends included.
    pub(super) fn range(&self, at: Millis) -> TimeRange {
        let before = |seconds: i64| at.plus(-seconds.saturating_mul(1000));
        TimeRange {
            start: before(self.start_offset),
            end: before(self.end_offset.unwrap_or_default()),
        }
    }
}

/// The number in `rate(1 minute)` or `rate(n minutes)`, up to a day.
fn minutes(expression: &str) -> Option<i64> {
    let inner = expression.strip_prefix("rate(")?.strip_suffix(')')?;
    let (number, unit) = inner.split_once(' ')?;
    let number: i64 = number.parse().ok()?;
    let expected = if number == 1 { "minute" } else { "minutes" };
    let is_fine = (1..=1440).contains(&number) && (unit == expected || unit == "minutes");
    is_fine.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_stand_at_multiples_of_the_rate_and_look_back() {
        let schedule = Schedule::read("rate(5 minutes)", 360, None).unwrap();
        let at = |text| Millis::parse_rfc3339(text).unwrap();
        let run = schedule.next(at("2026-06-10T12:01:00Z"));
        assert_eq!(run, at("2026-06-10T12:05:00Z"));
        assert_eq!(schedule.next(run), at("2026-06-10T12:10:00Z"));
        let range = schedule.range(run);
        assert_eq!((range.start, range.end), (at("2026-06-10T11:59:00Z"), run));
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for (expression, start, end) in [
            ("cron(0 2 * * ? *)", 300, None),
            ("rate(0 minutes)", 300, None),
            ("rate(5 hours)", 300, None),
            ("rate(5 minute)", 300, None),
            ("rate(5 minutes)", 0, None),
            ("rate(5 minutes)", 2_592_001, None),
            ("rate(5 minutes)", 300, Some(300)),
            ("rate(5 minutes)", 300, Some(-1)),
        ] {
            let refused = Schedule::read(expression, start, end).unwrap_err();
            assert_eq!(
                refused.code, "ValidationError",
                "{expression} {start} {end:?}"
            );
        }
    }
}
