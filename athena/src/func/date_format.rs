use std::fmt::Write as _;

use jiff::civil::DateTime;

use super::calendar::Moment;
use super::overload::{Overload, Parameter, Site, VARCHAR, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, civil_of, micros_of};

const V: Parameter = Parameter::Varchar;

pub(super) const TABLE: &[Overload] = &[
    plain("date_format", &[Parameter::Timestamp, V], VARCHAR, format),
    plain("date_format", &[Parameter::TimestampTz, V], VARCHAR, format),
    plain("date_parse", &[V, V], |_| Type::Timestamp(3), parse),
];

pub(super) const MONTHS: [&str; 12] = [
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
pub(super) const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

pub(super) fn month_name(civil: DateTime) -> &'static str {
    let place = usize::try_from(civil.month() - 1).unwrap_or(0);
    MONTHS.get(place).copied().unwrap_or_default()
}

pub(super) fn weekday_name(civil: DateTime) -> &'static str {
    let place = usize::try_from(civil.weekday().to_monday_zero_offset()).unwrap_or(0);
    WEEKDAYS.get(place).copied().unwrap_or_default()
}

pub(super) fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

/// The hour on a clock of twelve.
pub(super) fn twelve(hour: i8) -> i8 {
    (hour + 11) % 12 + 1
}

/// Trino refuses these of MySQL's letters (documentation, "MySQL date functions").
fn unsupported(letter: char) -> Box<Refusal> {
    Refusal::argument(format!("%{letter} not supported in date format string"))
}

fn format(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let Some(moment) = Moment::of(at(args, 0)) else {
        return Ok(Value::Null);
    };
    let (civil, mut out) = (moment.civil, String::new());
    let mut letters = at(args, 1).as_str().chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => match letters.next() {
                Some(letter) => write_one(&mut out, letter, civil)?,
                None => {
                    return Err(Refusal::argument(
                        "Invalid date format string: it ends in %",
                    ));
                }
            },
            _ => out.push(letter),
        }
    }
    Ok(Value::text(&out))
}

fn write_one(out: &mut String, letter: char, civil: DateTime) -> Judged<()> {
    let meridiem = if civil.hour() < 12 { "AM" } else { "PM" };
    // Writing into a string cannot fail.
    let _ = match letter {
        'a' => write!(out, "{}", short(weekday_name(civil))),
        'b' => write!(out, "{}", short(month_name(civil))),
        'c' => write!(out, "{}", civil.month()),
        'd' => write!(out, "{:02}", civil.day()),
        'e' => write!(out, "{}", civil.day()),
        // Trino formats milliseconds, whatever the timestamp's precision.
        'f' => write!(out, "{:03}000", civil.subsec_nanosecond() / 1_000_000),
        'H' => write!(out, "{:02}", civil.hour()),
        'h' | 'I' => write!(out, "{:02}", twelve(civil.hour())),
        'i' => write!(out, "{:02}", civil.minute()),
        'j' => write!(out, "{:03}", civil.day_of_year()),
        'k' => write!(out, "{}", civil.hour()),
        'l' => write!(out, "{}", twelve(civil.hour())),
        'M' => write!(out, "{}", month_name(civil)),
        'm' => write!(out, "{:02}", civil.month()),
        'p' => write!(out, "{meridiem}"),
        'r' => write!(
            out,
            "{:02}:{:02}:{:02} {meridiem}",
            twelve(civil.hour()),
            civil.minute(),
            civil.second()
        ),
        'S' | 's' => write!(out, "{:02}", civil.second()),
        'T' => write!(
            out,
            "{:02}:{:02}:{:02}",
            civil.hour(),
            civil.minute(),
            civil.second()
        ),
        'v' => write!(out, "{:02}", civil.date().iso_week_date().week()),
        'W' => write!(out, "{}", weekday_name(civil)),
        'x' => write!(out, "{:04}", civil.date().iso_week_date().year()),
        'Y' => write!(out, "{:04}", civil.year()),
        'y' => write!(out, "{:02}", civil.year().rem_euclid(100)),
        'D' | 'U' | 'u' | 'V' | 'w' | 'X' => return Err(unsupported(letter)),
        other => write!(out, "{other}"),
    };
    Ok(())
}

/// What was read so far of a text.
pub(super) struct Read<'t> {
    pub(super) rest: &'t str,
    pub(super) year: i16,
    pub(super) month: i8,
    pub(super) day: i8,
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: i8,
    pub(super) micros: i32,
    pub(super) afternoon: Option<bool>,
    pub(super) day_of_year: Option<i16>,
    /// Counted from Monday, which is 0.
    pub(super) weekday: Option<i8>,
}

impl<'t> Read<'t> {
    pub(super) fn new(rest: &'t str) -> Self {
        Self {
            rest,
            year: 1970,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            second: 0,
            micros: 0,
            afternoon: None,
            day_of_year: None,
            weekday: None,
        }
    }

    /// A number of at most so many digits.
    pub(super) fn number<T: std::str::FromStr>(&mut self, most: usize) -> Option<T> {
        let count = self
            .rest
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        digits.parse().ok()
    }

    /// Digits behind the point of seconds, at most so many; the seventh and later are left out.
    pub(super) fn fraction(&mut self, most: usize) -> Option<i32> {
        let count = self
            .rest
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        let six: String = digits.chars().chain("000000".chars()).take(6).collect();
        six.parse().ok().filter(|_| count > 0)
    }

    /// The place of the name that comes next, long or short, in any case.
    pub(super) fn name(&mut self, names: &[&str]) -> Option<i8> {
        let starts = |name: &str| {
            self.rest
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let found = names.iter().enumerate().find_map(|(place, name)| {
            let length = if starts(name) {
                name.len()
            } else if starts(short(name)) {
                3
            } else {
                return None;
            };
            Some((place, length))
        });
        let (place, length) = found?;
        self.rest = self.rest.get(length..)?;
        i8::try_from(place).ok()
    }

    pub(super) fn literal(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Refuses a weekday that is not that of the day: Joda moves the day then.
    pub(super) fn same_weekday(&self, micros: i64) -> Judged<()> {
        let own = civil_of(micros).weekday().to_monday_zero_offset();
        match self.weekday.is_some_and(|read| read != own) {
            true => Err(Refusal::beyond(
                "a text whose weekday is not that of its date is not supported here",
            )),
            false => Ok(()),
        }
    }

    /// Microseconds since 1970 of what was read; `None` where something is left or there is no such time.
    pub(super) fn micros(&self) -> Option<i64> {
        let hour = match self.afternoon {
            Some(afternoon) if (1..=12).contains(&self.hour) => {
                self.hour % 12 + if afternoon { 12 } else { 0 }
            }
            Some(_) => return None,
            None => self.hour,
        };
        let mut civil = DateTime::new(
            self.year,
            self.month,
            self.day,
            hour,
            self.minute,
            self.second,
            self.micros * 1000,
        )
        .ok()?;
        if let Some(day) = self.day_of_year {
            civil = civil.with().day_of_year(day).build().ok()?;
        }
        micros_of(civil).filter(|_| self.rest.is_empty())
    }
}

fn parse(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (text, pattern) = (at(args, 0).as_str(), at(args, 1).as_str());
    let mut read = Read::new(text);
    let mut letters = pattern.chars();
    let mut fits = true;
    while let Some(letter) = letters.next() {
        let done = match letter {
            '%' => match letters.next() {
                Some(letter @ ('D' | 'U' | 'u' | 'V' | 'w' | 'X' | 'v' | 'x')) => {
                    return Err(unsupported(letter));
                }
                Some(letter) => read_one(&mut read, letter),
                None => {
                    return Err(Refusal::argument(
                        "Invalid date format string: it ends in %",
                    ));
                }
            },
            _ => read.literal(letter.encode_utf8(&mut [0; 4])),
        };
        if done.is_none() {
            fits = false;
            break;
        }
    }
    // Trino's result has milliseconds.
    let micros = read
        .micros()
        .filter(|_| fits)
        .map(|micros| micros - micros.rem_euclid(1000));
    let micros = micros.ok_or_else(|| Refusal::argument(format!("Invalid format: \"{text}\"")))?;
    read.same_weekday(micros)?;
    Ok(Value::Timestamp(micros))
}

fn read_one(read: &mut Read<'_>, letter: char) -> Option<()> {
    match letter {
        'Y' => read.year = read.number(4)?,
        'y' => {
            let two: i16 = read.number(2)?;
            // Two digits are of 1970 to 2069 (MySQL).
            read.year = if two >= 70 { 1900 + two } else { 2000 + two };
        }
        'm' | 'c' => read.month = read.number(2)?,
        'd' | 'e' => read.day = read.number(2)?,
        'H' | 'k' => read.hour = read.number(2)?,
        'h' | 'I' | 'l' => {
            read.hour = read.number(2)?;
            read.afternoon = read.afternoon.or(Some(false));
        }
        'i' => read.minute = read.number(2)?,
        's' | 'S' => read.second = read.number(2)?,
        'f' => read.micros = read.fraction(9)?,
        'j' => read.day_of_year = Some(read.number(3)?),
        'M' | 'b' => read.month = read.name(&MONTHS)? + 1,
        'W' | 'a' => read.weekday = Some(read.name(&WEEKDAYS)?),
        'p' => read.afternoon = Some(read.name(&["AM ", "PM "].map(str::trim))? == 1),
        'T' => ["H", ":", "i", ":", "s"]
            .into_iter()
            .try_for_each(|part| match part {
                ":" => read.literal(":"),
                letter => read_one(read, letter.chars().next()?),
            })?,
        'r' => {
            ["h", ":", "i", ":", "s", " ", "p"]
                .into_iter()
                .try_for_each(|part| match part {
                    ":" | " " => read.literal(part),
                    letter => read_one(read, letter.chars().next()?),
                })?;
        }
        other => read.literal(other.encode_utf8(&mut [0; 4]))?,
    }
    Some(())
}
