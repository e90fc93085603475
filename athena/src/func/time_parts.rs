use super::calendar::Moment;
use super::overload::{BIGINT, Overload, Parameter, Site, at, plain};
use crate::refusal::Judged;
use crate::value::Value;

const DATE: Parameter = Parameter::Date;
const TS: Parameter = Parameter::Timestamp;
const TZ: Parameter = Parameter::TimestampTz;

/// The same part of dates, timestamps and zoned timestamps.
macro_rules! parts {
    ($($name:literal: $kinds:expr => $run:expr),* $(,)?) => {
        &[$(
            plain($name, $kinds.0, BIGINT, |args, site| part(args, site, $run)),
            plain($name, $kinds.1, BIGINT, |args, site| part(args, site, $run)),
            plain($name, $kinds.2, BIGINT, |args, site| part(args, site, $run)),
        )*]
    };
}

type Kinds = (
    &'static [Parameter],
    &'static [Parameter],
    &'static [Parameter],
);

const ALL: Kinds = (&[DATE], &[TS], &[TZ]);
/// Dates have no clock.
const CLOCKS: Kinds = (&[TS], &[TS], &[TZ]);

pub(super) const TABLE: &[Overload] = parts![
    "year": ALL => |at| i64::from(at.civil.year()),
    "quarter": ALL => |at| i64::from((at.civil.month() - 1) / 3 + 1),
    "month": ALL => |at| i64::from(at.civil.month()),
    "week": ALL => |at| i64::from(at.civil.date().iso_week_date().week()),
    "week_of_year": ALL => |at| i64::from(at.civil.date().iso_week_date().week()),
    "year_of_week": ALL => |at| i64::from(at.civil.date().iso_week_date().year()),
    "yow": ALL => |at| i64::from(at.civil.date().iso_week_date().year()),
    "day": ALL => |at| i64::from(at.civil.day()),
    "day_of_month": ALL => |at| i64::from(at.civil.day()),
    "day_of_week": ALL => |at| i64::from(at.civil.weekday().to_monday_one_offset()),
    "dow": ALL => |at| i64::from(at.civil.weekday().to_monday_one_offset()),
    "day_of_year": ALL => |at| i64::from(at.civil.day_of_year()),
    "doy": ALL => |at| i64::from(at.civil.day_of_year()),
    "hour": CLOCKS => |at| i64::from(at.civil.hour()),
    "minute": CLOCKS => |at| i64::from(at.civil.minute()),
    "second": CLOCKS => |at| i64::from(at.civil.second()),
    "millisecond": CLOCKS => |at| i64::from(at.civil.subsec_nanosecond() / 1_000_000),
];

fn part(args: &[Value], _: &Site<'_>, of: impl Fn(&Moment) -> i64) -> Judged<Value> {
    Ok(Moment::of(at(args, 0)).map_or(Value::Null, |moment| Value::Whole(of(&moment))))
}
