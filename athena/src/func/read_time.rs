use jiff::civil::{Date, ISOWeekDate, Time, Weekday};

use super::calendar::DAY;
use super::cast::rounded;
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, Zone, micros_of};

/// `2018-11-29`, also with fewer digits.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut two = || {
        let part = parts.next()?;
        let plain = (1..=2).contains(&part.len()) && part.bytes().all(|at| at.is_ascii_digit());
        part.parse().ok().filter(|_| plain)
    };
    let date = Date::new(year, two()?, two()?).ok()?;
    parts.next().is_none().then_some(date)
}

/// ISO 8601's dates as Joda reads them: `2018-11-29`, `2018-W48-4`, `2018-333`; what is left out at the end is the first.
pub(crate) fn iso_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-').unwrap_or((text, ""));
    let digits = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|at| at.is_ascii_digit())
    };
    let number: i16 = year.parse().ok().filter(|_| digits(year, 4))?;
    if let Some(week) = rest.strip_prefix('W') {
        let (week, day) = week.split_once('-').unwrap_or((week, "1"));
        let week = week.parse().ok().filter(|_| digits(week, 2))?;
        let day = day.parse().ok().filter(|_| digits(day, 1))?;
        let day = Weekday::from_monday_one_offset(day).ok()?;
        return Some(ISOWeekDate::new(number, week, day).ok()?.date());
    }
    match rest.len() {
        0 if !text.contains('-') => Date::new(number, 1, 1).ok(),
        2 if digits(rest, 2) => Date::new(number, rest.parse().ok()?, 1).ok(),
        3 if digits(rest, 3) => {
            let first = Date::new(number, 1, 1).ok()?;
            first.with().day_of_year(rest.parse().ok()?).build().ok()
        }
        _ => parse_date(text),
    }
}

pub(crate) fn date_value(date: Date) -> Judged<Value> {
    let micros = micros_of(date.to_datetime(Time::midnight()));
    let days = micros.and_then(|micros| i32::try_from(micros.div_euclid(DAY)).ok());
    days.map(Value::Date)
        .ok_or_else(|| Refusal::argument("the date is out of range"))
}

/// Microseconds of `22:23:00.186000`; minutes and seconds may be missing, hours alone only where `short`.
pub(crate) fn parse_clock(text: &str, short: bool) -> Option<i64> {
    let (clock, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if text.len() > clock.len()
        && (fraction.is_empty() || !fraction.bytes().all(|at| at.is_ascii_digit()))
    {
        return None;
    }
    let parts: Vec<&str> = clock.split(':').collect();
    let enough = if short { 1..=3 } else { 2..=3 };
    let plain =
        |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|at| at.is_ascii_digit());
    if !enough.contains(&parts.len())
        || !parts.iter().all(plain)
        || (!fraction.is_empty() && parts.len() < 3)
    {
        return None;
    }
    let number = |place: usize| {
        parts
            .get(place)
            .map_or(Some(0), |part| part.parse::<i64>().ok())
    };
    let (hour, minute, second) = (number(0)?, number(1)?, number(2)?);
    let six: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let valid = hour < 24 && minute < 60 && second < 60;
    let micros = six.parse::<i64>().ok()?;
    valid.then_some(((hour * 60 + minute) * 60 + second) * 1_000_000 + micros)
}

/// `2018-11-29 22:23:00.186 Europe/Berlin`: as a timestamp without or with a zone.
pub(crate) fn timestamp(text: &str, to: &Type) -> Option<Value> {
    let text = text.trim();
    let mut parts = text.splitn(3, ' ');
    let date = parse_date(parts.next()?)?;
    let (mut clock, mut zone) = (parts.next(), parts.next().map(str::trim));
    // The zone may stand directly behind the time.
    if let Some((time, offset)) = clock
        .filter(|_| zone.is_none())
        .and_then(|clock| Some(clock.split_at(clock.find(['+', '-', 'Z'])?)))
    {
        (clock, zone) = (Some(time), Some(offset));
    }
    let micros = clock.map_or(Some(0), |clock| parse_clock(clock, false))?;
    let Value::Date(days) = date_value(date).ok()? else {
        return None;
    };
    let local = i64::from(days) * DAY + micros;
    match to {
        Type::Timestamp(digits) => {
            // A zone is read and left out; casts refuse it.
            zone.map_or(Some(Zone::UTC), Zone::parse)?;
            Some(Value::Timestamp(rounded(local, *digits)))
        }
        Type::TimestampTz(digits) => {
            let zone = zone.map_or(Some(Zone::UTC), Zone::parse)?;
            Some(Value::TimestampTz(
                rounded(zone.instant(local), *digits),
                zone,
            ))
        }
        _ => None,
    }
}

/// The digits behind the seconds of a timestamp's text, and whether it has a zone.
pub(crate) fn shape_of_timestamp(text: &str) -> (usize, bool) {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let behind_date = text.trim().get(10..).unwrap_or_default();
    let zone = behind_date.trim().contains([' ', '+', '-', 'Z']);
    (digits, zone)
}
