use super::overload::{FIRST, Overload, Parameter, Site, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::Operator;
use crate::types::Type;
use crate::value::{Value, compare};

const N: Parameter = Parameter::BigInt;
const DATE: Parameter = Parameter::Date;
const TS: Parameter = Parameter::Timestamp;
const DAYS: Parameter = Parameter::IntervalDay;
const MONTHS: Parameter = Parameter::IntervalMonth;

pub(super) const TABLE: &[Overload] = &[
    plain("sequence", &[N, N], items, whole),
    plain("sequence", &[N, N, N], items, whole),
    plain("sequence", &[DATE, DATE], items, |args, site| {
        let day = Value::IntervalDay(86_400_000);
        times(&[at(args, 0).clone(), at(args, 1).clone(), day], site)
    }),
    plain("sequence", &[DATE, DATE, DAYS], items, times),
    plain("sequence", &[DATE, DATE, MONTHS], items, times),
    plain("sequence", &[TS, TS, DAYS], timestamps, times),
    plain("sequence", &[TS, TS, MONTHS], timestamps, times),
];

fn items(types: &[Type]) -> Type {
    Type::array(FIRST(types))
}

/// Both ends get the digits of the one that has more.
fn timestamps(types: &[Type]) -> Type {
    Type::array(match types {
        [Type::Timestamp(one), Type::Timestamp(other), ..] => Type::Timestamp(*one.max(other)),
        _ => FIRST(types),
    })
}

/// The most items of a sequence.
const LONGEST: usize = 10_000;

fn too_many() -> Box<Refusal> {
    Refusal::argument("result of sequence function must not have more than 10000 entries")
}

fn away() -> Box<Refusal> {
    Refusal::argument(
        "sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start",
    )
}

fn whole(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (start, stop) = (at(args, 0).as_whole(), at(args, 1).as_whole());
    let step = args
        .get(2)
        .map_or(if start <= stop { 1 } else { -1 }, Value::as_whole);
    if step == 0 {
        return Err(Refusal::argument("step must not be zero"));
    }
    if start != stop && (step > 0) != (start <= stop) {
        return Err(away());
    }
    let distance = start.abs_diff(stop) / step.unsigned_abs();
    let count = usize::try_from(distance)
        .unwrap_or(usize::MAX)
        .saturating_add(1);
    if count > LONGEST {
        return Err(too_many());
    }
    let next = |of: &i64| of.checked_add(step);
    let all = std::iter::successors(Some(start), next).take(count);
    Ok(Value::array(all.map(Value::Whole).collect()))
}

/// Months are counted from the start, so that the last days of months come back: 31 January, 28 February, 31 March.
fn times(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let (start, stop, step) = (at(args, 0), at(args, 1), at(args, 2));
    let forward = match step.as_whole() {
        0 => return Err(Refusal::argument("interval must not be zero")),
        size => size > 0,
    };
    if let (Type::Array(of), Value::IntervalDay(millis)) = (site.result, step)
        && let Type::Timestamp(digits @ 0..=2) = **of
        && millis % 10_i64.pow(3 - u32::from(digits)) != 0
    {
        return Err(Refusal::beyond(format!(
            "a sequence of timestamp({digits}) with a step that has more digits is not supported here"
        ))
        .help("cast its ends to timestamp(3)"));
    }
    let of_start = site.types.first().cloned().unwrap_or(Type::Unknown);
    let of_step = match step {
        Value::IntervalMonth(_) => Type::IntervalMonth,
        _ => Type::IntervalDay,
    };
    let Some(add) = super::interval::temporal(Operator::Add, &of_start, &of_step) else {
        return Ok(Value::Null);
    };
    let beyond = |of: &Value| match forward {
        true => compare(of, stop).is_gt(),
        false => compare(of, stop).is_lt(),
    };
    if beyond(start) {
        return Err(away());
    }
    let mut all = Vec::new();
    for place in 0_i64.. {
        let by = match step {
            Value::IntervalMonth(months) => Value::IntervalMonth(months * place),
            other => Value::IntervalDay(other.as_whole() * place),
        };
        let next = (add.run)(&[start.clone(), by])?;
        if beyond(&next) {
            break;
        }
        if all.len() >= LONGEST {
            return Err(too_many());
        }
        all.push(next);
    }
    Ok(Value::array(all))
}
