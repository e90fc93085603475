use std::fmt::Write as _;

use jiff::civil::DateTime;

use super::calendar::Moment;
use super::date_format::{MONTHS, Read, WEEKDAYS, month_name, short, twelve, weekday_name};
use super::overload::{Overload, Parameter, Site, VARCHAR, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, Zone};

const V: Parameter = Parameter::Varchar;

pub(super) const TABLE: &[Overload] = &[
    plain("parse_datetime", &[V, V], |_| Type::TimestampTz(3), parse),
    plain(
        "format_datetime",
        &[Parameter::Timestamp, V],
        VARCHAR,
        format,
    ),
    plain(
        "format_datetime",
        &[Parameter::TimestampTz, V],
        VARCHAR,
        format,
    ),
];

/// A part of a pattern of Joda's DateTimeFormat.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Letter(char, usize),
    Literal(String),
}

fn pieces(pattern: &str) -> Judged<Vec<Piece>> {
    let mut all = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(letter) = rest.next() {
        if letter == '\'' {
            if rest.next_if_eq(&'\'').is_some() {
                all.push(Piece::Literal("'".to_owned()));
                continue;
            }
            // A quote that is never closed holds the rest, as Joda reads it.
            let mut text = String::new();
            while let Some(at) = rest.next() {
                match at {
                    '\'' if rest.next_if_eq(&'\'').is_some() => text.push('\''),
                    '\'' => break,
                    _ => text.push(at),
                }
            }
            all.push(Piece::Literal(text));
        } else if letter.is_ascii_alphabetic() {
            let mut count = 1;
            while rest.next_if_eq(&letter).is_some() {
                count += 1;
            }
            if !"GCYyxwDMdaKhHkmsSEezZ".contains(letter) {
                return Err(Refusal::argument(format!(
                    "Illegal pattern component: {letter}"
                )));
            }
            if "GCxwe".contains(letter) {
                let message = format!("the letter `{letter}` of a pattern is not supported here");
                return Err(Refusal::beyond(message));
            }
            all.push(Piece::Letter(letter, count));
        } else {
            all.push(Piece::Literal(letter.to_string()));
        }
    }
    match all.is_empty() {
        true => Err(Refusal::argument("Invalid pattern specification")),
        false => Ok(all),
    }
}

fn parse(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (text, pattern) = (at(args, 0).as_str(), at(args, 1).as_str());
    let pieces = pieces(pattern)?;
    let (mut read, mut zone) = (Read::new(text), Zone::UTC);
    // Joda reads days and months without a year as of 2000, and a clock alone as of 1970.
    let has = |letters: &str| {
        pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Letter(of, _) if letters.contains(*of)))
    };
    if !has("yY") && has("MdDE") {
        read.year = 2000;
    }
    let mut fits = true;
    for (place, piece) in pieces.iter().enumerate() {
        let next_is_number = matches!(pieces.get(place + 1), Some(Piece::Letter(next, count)) if is_number(*next, *count));
        if read_piece(&mut read, piece, next_is_number, &mut zone).is_none() {
            fits = false;
            break;
        }
    }
    let micros = read
        .micros()
        .filter(|_| fits)
        .map(|micros| micros - micros.rem_euclid(1000));
    let micros = micros.ok_or_else(|| {
        let behind = text.len() - read.rest.len();
        let rest = if behind > 0 && behind < text.len() {
            format!(" is malformed at \"{}\"", read.rest)
        } else {
            String::new()
        };
        Refusal::argument(format!("Invalid format: \"{text}\"{rest}"))
    })?;
    read.same_weekday(micros)?;
    Ok(Value::TimestampTz(zone.instant(micros), zone))
}

fn is_number(letter: char, count: usize) -> bool {
    match letter {
        'M' | 'E' => count < 3 && letter == 'M',
        'a' | 'z' | 'Z' => false,
        _ => true,
    }
}

fn read_piece(read: &mut Read<'_>, piece: &Piece, tight: bool, zone: &mut Zone) -> Option<()> {
    let (letter, count) = match piece {
        Piece::Literal(text) => return read.literal(text),
        Piece::Letter(letter, count) => (*letter, *count),
    };
    // Where digits follow directly, a number has as many as it has letters.
    let two = if tight { count } else { count.max(2) };
    match letter {
        'y' | 'Y' if count == 2 => {
            let text = read.rest;
            let year: i16 = read.number(if tight { 2 } else { 4 })?;
            let digits = text.len() - read.rest.len();
            // The century is the one that puts it within 50 years of 2000 (Joda's pivot is the current year; dates of
            // logs are all of this century).
            read.year = if digits == 2 { 2000 + year } else { year };
        }
        'y' | 'Y' => read.year = read.number(if tight { count } else { 9 })?,
        'M' if count >= 3 => read.month = read.name(&MONTHS)? + 1,
        'M' => read.month = read.number(two)?,
        'd' => read.day = read.number(two)?,
        'D' => read.day_of_year = Some(read.number(count.max(3))?),
        'H' => read.hour = read.number(two)?,
        'k' => read.hour = read.number::<i8>(two).map(|hour| hour % 24)?,
        'h' | 'K' => {
            read.hour = read.number(two)?;
            read.hour = if letter == 'K' && read.hour == 0 {
                12
            } else {
                read.hour
            };
            read.afternoon = read.afternoon.or(Some(false));
        }
        'm' => read.minute = read.number(two)?,
        's' => read.second = read.number(two)?,
        'S' => read.micros = read.fraction(if tight { count } else { count.max(1) })?,
        'a' => read.afternoon = Some(read.name(&["AM", "PM"])? == 1),
        'E' => read.weekday = Some(read.name(&WEEKDAYS)?),
        'Z' | 'z' => {
            let length = read.rest.find([' ', ']', ')']).unwrap_or(read.rest.len());
            let (text, rest) = read.rest.split_at(length);
            *zone = Zone::parse(text)?;
            read.rest = rest;
        }
        _ => return None,
    }
    Some(())
}

fn format(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let Some(moment) = Moment::of(at(args, 0)) else {
        return Ok(Value::Null);
    };
    let zone = match at(args, 0) {
        Value::TimestampTz(instant, zone) => Some((*zone, zone.minutes_at(*instant))),
        _ => None,
    };
    let mut out = String::new();
    for piece in pieces(at(args, 1).as_str())? {
        match piece {
            Piece::Literal(text) => out.push_str(&text),
            Piece::Letter(letter, count) => {
                write_piece(&mut out, letter, count, moment.civil, zone);
            }
        }
    }
    Ok(Value::text(&out))
}

fn write_piece(
    out: &mut String,
    letter: char,
    count: usize,
    civil: DateTime,
    zone: Option<(Zone, i64)>,
) {
    // Writing into a string cannot fail.
    let _ = match letter {
        'y' | 'Y' if count == 2 => write!(out, "{:02}", civil.year().rem_euclid(100)),
        'y' | 'Y' => write!(out, "{:0count$}", civil.year()),
        'M' if count >= 4 => write!(out, "{}", month_name(civil)),
        'M' if count == 3 => write!(out, "{}", short(month_name(civil))),
        'M' => write!(out, "{:0count$}", civil.month()),
        'd' => write!(out, "{:0count$}", civil.day()),
        'D' => write!(out, "{:0count$}", civil.day_of_year()),
        'H' => write!(out, "{:0count$}", civil.hour()),
        'k' => write!(
            out,
            "{:0count$}",
            if civil.hour() == 0 { 24 } else { civil.hour() }
        ),
        'h' => write!(out, "{:0count$}", twelve(civil.hour())),
        'K' => write!(out, "{:0count$}", civil.hour() % 12),
        'm' => write!(out, "{:0count$}", civil.minute()),
        's' => write!(out, "{:0count$}", civil.second()),
        'S' => {
            // Joda's times have milliseconds.
            let nine = format!("{:03}", civil.subsec_nanosecond() / 1_000_000);
            let shown: String = nine
                .chars()
                .chain(std::iter::repeat('0'))
                .take(count)
                .collect();
            write!(out, "{shown}")
        }
        'a' => write!(out, "{}", if civil.hour() < 12 { "AM" } else { "PM" }),
        'E' if count >= 4 => write!(out, "{}", weekday_name(civil)),
        'E' => write!(out, "{}", short(weekday_name(civil))),
        _ => {
            let (name, minutes) = zone.map_or(("UTC".to_owned(), 0), |(zone, minutes)| {
                (zone.name(), minutes)
            });
            let colon = if count == 2 { ":" } else { "" };
            let sign = if minutes < 0 { '-' } else { '+' };
            match (letter, count) {
                ('Z', 1 | 2) => write!(
                    out,
                    "{sign}{:02}{colon}{:02}",
                    minutes.abs() / 60,
                    minutes.abs() % 60
                ),
                _ => write!(out, "{name}"),
            }
        }
    };
}
