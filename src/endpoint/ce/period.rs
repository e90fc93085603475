use belfry_engine::base::Millis;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::endpoint::{Fault, Input};

/// Days from `start` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) start: Date,
    pub(super) end: Date,
}

/// How costs are cut into periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Granularity {
    Daily,
    Monthly,
}

impl Granularity {
    /// HOURLY must be switched on for an account, which this one is not.
    pub(super) fn read(input: &Input<'_>) -> Result<Self, Fault> {
        match input.required_str("Granularity")? {
            "DAILY" => Ok(Self::Daily),
            "MONTHLY" => Ok(Self::Monthly),
            "HOURLY" => Err(Fault::new(
                "DataUnavailableException",
                "hourly granularity is not switched on for this account; expected DAILY or MONTHLY",
            )),
            other => Err(input.constraint(
                "Granularity",
                other,
                "Member must satisfy enum value set: [DAILY, MONTHLY, HOURLY]",
            )),
        }
    }
}

impl Period {
    /// The member `TimePeriod`.
    pub(super) fn read(input: &Input<'_>) -> Result<Self, Fault> {
        let Some(period) = input.structure("TimePeriod")? else {
            return Err(input.missing("TimePeriod"));
        };
        period.only(&["Start", "End"])?;
        let start = day(&period, "Start")?;
        let end = day(&period, "End")?;
        if start >= end {
            let message = "Start date (and hour) should be before end date (and hour)";
            return Err(input.invalid(message));
        }
        Ok(Self { start, end })
    }

    /// Whole periods of `granularity`; the first and the last month may be parts.
    pub(super) fn cut(self, granularity: Granularity) -> Vec<Self> {
        let mut periods = Vec::new();
        let mut start = self.start;
        while start < self.end {
            let next = match granularity {
                Granularity::Daily => start.tomorrow(),
                Granularity::Monthly => start.last_of_month().tomorrow(),
            };
            let end = next.unwrap_or(self.end).min(self.end);
            periods.push(Self { start, end });
            start = end;
        }
        periods
    }

    /// Whether `day` is in it.
    pub(super) fn holds(self, day: Date) -> bool {
        (self.start..self.end).contains(&day)
    }
}

fn day(period: &Input<'_>, name: &str) -> Result<Date, Fault> {
    date(period, name, period.required_str(name)?)
}

/// `YYYY-MM-DD` and nothing else: times belong to hourly granularity.
pub(super) fn date(input: &Input<'_>, name: &str, text: &str) -> Result<Date, Fault> {
    let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let read = text.parse::<Date>().ok().filter(|_| is_plain);
    read.ok_or_else(|| {
        let at = input.at(name);
        input.invalid(format!(
            "`{text}` at '{at}' is no date; expected YYYY-MM-DD, as DAILY and MONTHLY take it"
        ))
    })
}

/// The day of a moment, in UTC.
pub(super) fn today(now: Millis) -> Date {
    let at = Timestamp::from_millisecond(now.0).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(at).date()
}

/// The same day so many months later.
pub(super) fn months_later(day: Date, months: i64) -> Date {
    day.checked_add(months.months()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_at_the_ends_are_cut_where_the_period_is() {
        let period = Period {
            start: date(2026, 9, 15),
            end: date(2026, 11, 3),
        };
        let cut = period.cut(Granularity::Monthly);
        let ends: Vec<_> = cut.iter().map(|part| part.end.to_string()).collect();
        assert_eq!(ends, ["2026-10-01", "2026-11-01", "2026-11-03"]);
        assert_eq!(period.cut(Granularity::Daily).len(), 49);
    }
}
