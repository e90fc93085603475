use super::part::{Field, Offset, Part};

/// What a text holds, by the pattern.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) day_of_year: i64,
    pub(super) hour: i64,
    pub(super) half_day_hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) nanosecond: i64,
    pub(super) afternoon: bool,
    /// Monday is 0.
    pub(super) weekday: Option<usize>,
    /// Seconds east of UTC.
    pub(super) offset: Option<i64>,
}

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
/// The most digits of a number of any length.
const MOST_DIGITS: usize = 18;

/// Reads a whole text by the parts of a pattern.
pub(super) fn read(parts: &[Part], text: &str) -> Option<Found> {
    let mut found = Found::default();
    let mut rest = text;
    for part in parts {
        rest = step(part, rest, &mut found)?;
    }
    rest.is_empty().then_some(found)
}

fn step<'t>(part: &Part, rest: &'t str, found: &mut Found) -> Option<&'t str> {
    match part {
        Part::Literal(c) => rest.strip_prefix(*c),
        Part::Number(field, width) => {
            let (value, rest) = digits(rest, *width)?;
            *place(found, *field) = value;
            Some(rest)
        }
        Part::ShortYear => {
            let (value, rest) = digits(rest, Some(2))?;
            found.year = 2000 + value;
            Some(rest)
        }
        Part::Fraction(width) => {
            let (value, rest) = digits(rest, Some(*width))?;
            let scale = u32::try_from(9_usize.checked_sub(*width)?).ok()?;
            found.nanosecond = value * 10_i64.pow(scale);
            Some(rest)
        }
        Part::Month { full } => {
            let (index, rest) = name(rest, MONTHS, *full)?;
            found.month = i64::try_from(index).ok()? + 1;
            Some(rest)
        }
        Part::Weekday { full } => {
            let (index, rest) = name(rest, WEEKDAYS, *full)?;
            found.weekday = Some(index);
            Some(rest)
        }
        Part::HalfDay => {
            let (index, rest) = name(rest, &["AM", "PM"], true)?;
            found.afternoon = index == 1;
            Some(rest)
        }
        Part::Offset(form) => {
            let (seconds, rest) = offset(rest, *form)?;
            found.offset = Some(seconds);
            Some(rest)
        }
    }
}

fn place(found: &mut Found, field: Field) -> &mut i64 {
    match field {
        Field::Year => &mut found.year,
        Field::Month => &mut found.month,
        Field::Day => &mut found.day,
        Field::DayOfYear => &mut found.day_of_year,
        Field::Hour => &mut found.hour,
        Field::HalfDayHour => &mut found.half_day_hour,
        Field::Minute => &mut found.minute,
        Field::Second => &mut found.second,
    }
}

fn digits(text: &str, width: Option<usize>) -> Option<(i64, &str)> {
    let there = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = match width {
        Some(width) if there >= width => width,
        None if (1..=MOST_DIGITS).contains(&there) => there,
        _ => return None,
    };
    let (number, rest) = text.split_at_checked(length)?;
    Some((number.parse().ok()?, rest))
}

/// A name in English, letter case included.
fn name<'t>(text: &'t str, names: &[&str], full: bool) -> Option<(usize, &'t str)> {
    names.iter().enumerate().find_map(|(index, name)| {
        let name = if full { *name } else { name.get(..3)? };
        Some((index, text.strip_prefix(name)?))
    })
}

fn offset(text: &str, form: Offset) -> Option<(i64, &str)> {
    if let (true, Some(rest)) = (form.zulu, text.strip_prefix('Z')) {
        return Some((0, rest));
    }
    let sign = match text.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, mut rest) = digits(text.get(1..)?, Some(2))?;
    let minutes_follow = rest.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let mut minutes = 0;
    if !form.hours_only || minutes_follow {
        if form.colon {
            rest = rest.strip_prefix(':')?;
        }
        (minutes, rest) = digits(rest, Some(2))?;
    }
    let seconds = (hours * 60 + minutes) * 60;
    (minutes < 60 && seconds <= 18 * 3600).then_some((sign * seconds, rest))
}
