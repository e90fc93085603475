use jiff::civil::{Date, DateTime, Weekday};

/// `cron(minute hour day-of-month month day-of-week)`: five fields, no year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cron {
    minutes: Vec<i8>,
    hours: Vec<i8>,
    months: Vec<i8>,
    days: Days,
}

/// Which days: of the month, or of the week. Rules that limit both are refused, because AWS does not say
/// whether either or both must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Days {
    Any,
    OfMonth { days: Vec<i8>, last: bool },
    OfWeek(Vec<WeekDay>),
}

/// A day of the week: each, the last of the month (`FRIL`), or the n-th (`FRI#2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WeekDay {
    Each(Weekday),
    Last(Weekday),
    Nth(Weekday, i8),
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEK: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const WEEKDAYS: [Weekday; 7] = [
    Weekday::Sunday,
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
];

impl Cron {
    /// Reads the text between the parentheses; the error says which field is wrong and what is expected.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, week_day] = fields[..] else {
            let found = fields.len();
            return Err(format!(
                "expected five fields (minute hour day-of-month month day-of-week), found {found}"
            ));
        };
        Ok(Self {
            minutes: numbers("minute", minute, (0, 59), &[])?,
            hours: numbers("hour", hour, (0, 23), &[])?,
            months: numbers("month", month, (1, 12), &MONTHS)?,
            days: days(day, week_day)?,
        })
    }

    /// The last moment of the schedule at `local` or before it, no more than `back` days earlier.
    pub(super) fn latest(&self, local: DateTime, back: usize) -> Option<DateTime> {
        let mut date = local.date();
        for _ in 0..=back {
            if self.is_day(date) {
                let of_day = self.latest_of(date, local);
                if of_day.is_some() {
                    return of_day;
                }
            }
            date = date.yesterday().ok()?;
        }
        None
    }

    fn latest_of(&self, date: Date, local: DateTime) -> Option<DateTime> {
        let hours = self.hours.iter().rev();
        let mut times = hours.flat_map(|hour| {
            let minutes = self.minutes.iter().rev();
            minutes.map(move |minute| date.at(*hour, *minute, 0, 0))
        });
        times.find(|time| *time <= local)
    }

    fn is_day(&self, date: Date) -> bool {
        self.months.contains(&date.month())
            && match &self.days {
                Days::Any => true,
                Days::OfMonth { days, last } => {
                    days.contains(&date.day()) || (*last && date.day() == date.days_in_month())
                }
                Days::OfWeek(days) => days.iter().any(|day| day.is(date)),
            }
    }
}

impl WeekDay {
    fn is(self, date: Date) -> bool {
        match self {
            Self::Each(day) => date.weekday() == day,
            Self::Last(day) => date.weekday() == day && date.day() + 7 > date.days_in_month(),
            Self::Nth(day, nth) => date.weekday() == day && (date.day() - 1) / 7 + 1 == nth,
        }
    }
}

fn days(day: &str, week_day: &str) -> Result<Days, String> {
    let is_any = |field| matches!(field, "*" | "?");
    match (is_any(day), is_any(week_day)) {
        (true, true) => Ok(Days::Any),
        (true, false) => week_days(week_day).map(Days::OfWeek),
        (false, false) => Err(
            "day-of-month and day-of-week limit the days both; one of them must be `*` or `?`"
                .to_owned(),
        ),
        (false, true) => {
            let parts: Vec<&str> = day.split(',').filter(|part| *part != "L").collect();
            let last = day.split(',').any(|part| part == "L");
            let days = match parts.is_empty() {
                true => Vec::new(),
                false => numbers("day-of-month", &parts.join(","), (1, 31), &[])?,
            };
            match day.contains('/') {
                true => Err("day-of-month takes `* , - ? L`".to_owned()),
                false => Ok(Days::OfMonth { days, last }),
            }
        }
    }
}

fn week_days(field: &str) -> Result<Vec<WeekDay>, String> {
    let wrong = || {
        format!(
            "day-of-week `{field}`: expected SUN to SAT, ranges (MON-FRI), lists, the last (FRIL) or the n-th \
             (FRI#2) of a month"
        )
    };
    let place = |name: &str| {
        WEEK.iter()
            .position(|day| *day == name.to_ascii_uppercase())
    };
    let day = |name: &str| place(name).and_then(|at| WEEKDAYS.get(at).copied());
    let mut days = Vec::new();
    for part in field.split(',') {
        if let Some((name, nth)) = part.split_once('#') {
            let nth: i8 = nth
                .parse()
                .ok()
                .filter(|n| (1..=5).contains(n))
                .ok_or_else(wrong)?;
            days.push(WeekDay::Nth(day(name).ok_or_else(wrong)?, nth));
        } else if let Some((from, to)) = part.split_once('-') {
            let (from, to) = (place(from).ok_or_else(wrong)?, place(to).ok_or_else(wrong)?);
            let range = (from..=to).filter_map(|at| WEEKDAYS.get(at));
            days.extend(range.map(|day| WeekDay::Each(*day)));
        } else if let Some(last) = part.strip_suffix('L').and_then(day) {
            days.push(WeekDay::Last(last));
        } else {
            days.push(WeekDay::Each(day(part).ok_or_else(wrong)?));
        }
    }
    match days.is_empty() {
        true => Err(wrong()),
        false => Ok(days),
    }
}

/// `*`, numbers or names, ranges, lists and steps, sorted.
fn numbers(
    field: &str,
    text: &str,
    (least, most): (i8, i8),
    names: &[&str],
) -> Result<Vec<i8>, String> {
    let wrong =
        || format!("{field} `{text}`: expected `*`, {least} to {most}, ranges, lists or steps");
    let number = |text: &str| {
        let upper = text.to_ascii_uppercase();
        let named = names.iter().position(|name| *name == upper);
        let named = named.and_then(|at| i8::try_from(at + 1).ok());
        let value = named.or_else(|| text.parse().ok());
        value.filter(|value| (least..=most).contains(value))
    };
    let mut found = std::collections::BTreeSet::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            None => (part, None),
            Some((range, step)) => {
                let step = step.parse::<usize>().ok().filter(|step| *step > 0);
                (range, Some(step.ok_or_else(wrong)?))
            }
        };
        let (from, to) = match (range, range.split_once('-')) {
            ("*", _) => (least, most),
            (_, Some((from, to))) => (
                number(from).ok_or_else(wrong)?,
                number(to).ok_or_else(wrong)?,
            ),
            (one, None) => {
                let from = number(one).ok_or_else(wrong)?;
                (from, if step.is_some() { most } else { from })
            }
        };
        found.extend((from..=to).step_by(step.unwrap_or(1)));
    }
    match found.is_empty() {
        true => Err(wrong()),
        false => Ok(found.into_iter().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latest(cron: &str, local: &str) -> String {
        let local: DateTime = local.parse().unwrap();
        let latest = Cron::parse(cron).unwrap().latest(local, 400);
        latest.map_or_else(String::new, |at| at.to_string())
    }

    #[test]
    fn the_examples_of_the_api_reference_are_found() {
        let wednesday = "2026-11-18T12:30";
        for (cron, expected) in [
            ("0 2 * * *", "2026-11-18T02:00:00"),
            ("0 2 * * SUN", "2026-11-15T02:00:00"),
            ("0 1 1 * *", "2026-11-01T01:00:00"),
            ("0 18 * * FRI", "2026-11-13T18:00:00"),
            ("*/15 * * * ?", "2026-11-18T12:30:00"),
            ("45 8-17 ? * MON-FRI", "2026-11-18T11:45:00"),
            ("0 0 L * *", "2026-10-31T00:00:00"),
            ("0 0 ? * FRIL", "2026-10-30T00:00:00"),
            ("0 0 ? * tue#2", "2026-11-10T00:00:00"),
            ("10,20 0 24 DEC *", "2025-12-24T00:20:00"),
        ] {
            assert_eq!(latest(cron, wednesday), expected, "{cron}");
        }
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for cron in [
            "",
            "0 2 * *",
            "0 2 * * * *",
            "60 2 * * *",
            "0 24 * * *",
            "0 2 0 * *",
            "0 2 32 * *",
            "0 2 */2 * *",
            "0 2 * 13 *",
            "0 2 * * 1",
            "0 2 * * FRI#6",
            "0 2 1 * MON",
            "*/0 * * * *",
            "5-1 * * * *",
            "0 2 * * SUN-",
            "? * * * *",
        ] {
            assert!(Cron::parse(cron).is_err(), "{cron}");
        }
    }
}
