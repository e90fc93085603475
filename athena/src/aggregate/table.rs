use std::fmt;

use super::collect;
use super::percentile;
use super::several;
use super::state::{Spread, State};
use crate::func::Parameter;
use crate::refusal::Judged;
use crate::types::Type;
use crate::value::Value;

/// One way to call an aggregate function.
pub(crate) struct Aggregate {
    pub(crate) name: &'static str,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) result: fn(&[Type]) -> Type,
    pub(crate) kind: Kind,
    /// Said beside a result that Trino would approximate.
    pub(crate) note: Option<&'static str>,
}

/// How it is reckoned.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// Row by row, by a state of its own.
    Stream(fn(&Type) -> State),
    /// From all rows whose first argument is not NULL, or from all.
    Collect {
        nulls: bool,
        run: fn(&[&[Value]], &Type) -> Judged<Value>,
    },
}

impl fmt::Debug for Aggregate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters: Vec<String> = self.parameters.iter().map(Parameter::to_string).collect();
        write!(out, "{}({})", self.name, parameters.join(", "))
    }
}

impl PartialEq for Aggregate {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

const T: Parameter = Parameter::Any(0);
const U: Parameter = Parameter::Any(1);
const D: Parameter = Parameter::Double;
const P: Parameter = Parameter::Decimal;
const N: Parameter = Parameter::BigInt;
const B: Parameter = Parameter::Boolean;

const fn stream(
    name: &'static str,
    parameters: &'static [Parameter],
    result: fn(&[Type]) -> Type,
    state: fn(&Type) -> State,
) -> Aggregate {
    Aggregate {
        name,
        parameters,
        result,
        kind: Kind::Stream(state),
        note: None,
    }
}

const fn collect(
    name: &'static str,
    parameters: &'static [Parameter],
    result: fn(&[Type]) -> Type,
    nulls: bool,
    run: fn(&[&[Value]], &Type) -> Judged<Value>,
) -> Aggregate {
    Aggregate {
        name,
        parameters,
        result,
        kind: Kind::Collect { nulls, run },
        note: None,
    }
}

const fn noted(
    name: &'static str,
    parameters: &'static [Parameter],
    result: fn(&[Type]) -> Type,
    run: fn(&[&[Value]], &Type) -> Judged<Value>,
    note: &'static str,
) -> Aggregate {
    Aggregate {
        note: Some(note),
        ..collect(name, parameters, result, false, run)
    }
}

const BIGINT: fn(&[Type]) -> Type = |_| Type::BigInt;
const DOUBLE: fn(&[Type]) -> Type = |_| Type::Double;
const BOOLEAN: fn(&[Type]) -> Type = |_| Type::Boolean;
const FIRST: fn(&[Type]) -> Type = |types| types.first().cloned().unwrap_or(Type::Unknown);
const ARRAY: fn(&[Type]) -> Type = |types| Type::array(FIRST(types));
const MAP: fn(&[Type]) -> Type =
    |types| Type::map(FIRST(types), types.get(1).cloned().unwrap_or(Type::Unknown));
const COUNTS: fn(&[Type]) -> Type = |types| Type::map(FIRST(types), Type::BigInt);

const PERCENTILE: &str = "approx_percentile is exact here: the smallest value that has at least the asked share of all values at or below it; Athena's answer is an approximation and may lie beside it";
const DISTINCT: &str =
    "approx_distinct is exact here; Athena's answer has a standard error of 2.3 %";

const TABLE: &[Aggregate] = &[
    stream("count", &[], BIGINT, |_| State::Count(0)),
    stream("count", &[T], BIGINT, |_| State::Count(0)),
    stream("count_if", &[B], BIGINT, |_| State::CountIf(0)),
    stream("sum", &[N], BIGINT, |_| State::SumWhole(None)),
    stream(
        "sum",
        &[P],
        |types| {
            let scale = types
                .first()
                .and_then(Type::as_decimal)
                .map_or(0, |(_, scale)| scale);
            Type::Decimal(38, scale)
        },
        |_| State::SumDecimal(None),
    ),
    stream("sum", &[D], DOUBLE, |_| State::SumDouble(None)),
    stream("avg", &[N], DOUBLE, |_| State::Average(0.0, 0)),
    stream("avg", &[P], FIRST, |_| State::AverageDecimal(0, 0)),
    stream("avg", &[D], DOUBLE, |_| State::Average(0.0, 0)),
    stream("min", &[T], FIRST, |_| State::Extreme(Value::Null, false)),
    stream("max", &[T], FIRST, |_| State::Extreme(Value::Null, true)),
    stream("min_by", &[T, U], FIRST, |_| {
        State::ExtremeBy(Value::Null, Value::Null, false)
    }),
    stream("max_by", &[T, U], FIRST, |_| {
        State::ExtremeBy(Value::Null, Value::Null, true)
    }),
    stream("arbitrary", &[T], FIRST, |_| State::Any(Value::Null)),
    stream("any_value", &[T], FIRST, |_| State::Any(Value::Null)),
    stream("bool_and", &[B], BOOLEAN, |_| State::Every(None)),
    stream("every", &[B], BOOLEAN, |_| State::Every(None)),
    stream("bool_or", &[B], BOOLEAN, |_| State::Some(None)),
    stream("stddev", &[D], DOUBLE, |_| {
        State::Spread(Spread::new(true, true))
    }),
    stream("stddev_samp", &[D], DOUBLE, |_| {
        State::Spread(Spread::new(true, true))
    }),
    stream("stddev_pop", &[D], DOUBLE, |_| {
        State::Spread(Spread::new(true, false))
    }),
    stream("variance", &[D], DOUBLE, |_| {
        State::Spread(Spread::new(false, true))
    }),
    stream("var_samp", &[D], DOUBLE, |_| {
        State::Spread(Spread::new(false, true))
    }),
    stream("var_pop", &[D], DOUBLE, |_| {
        State::Spread(Spread::new(false, false))
    }),
    collect(
        "listagg",
        &[Parameter::Varchar, Parameter::Varchar],
        |_| Type::VARCHAR,
        false,
        collect::texts,
    ),
    collect(
        "geometric_mean",
        &[D],
        DOUBLE,
        false,
        collect::geometric_mean,
    ),
    collect("array_agg", &[T], ARRAY, true, collect::array),
    collect("max", &[T, N], ARRAY, false, several::greatest),
    collect("min", &[T, N], ARRAY, false, several::least),
    collect("max_by", &[T, U, N], ARRAY, true, several::by_greatest),
    collect("min_by", &[T, U, N], ARRAY, true, several::by_least),
    collect(
        "numeric_histogram",
        &[N, D],
        |_| Type::map(Type::Double, Type::Double),
        false,
        several::numeric_histogram,
    ),
    collect("histogram", &[T], COUNTS, false, collect::histogram),
    collect("map_agg", &[T, U], MAP, false, collect::map),
    collect(
        "multimap_agg",
        &[T, U],
        |types| {
            Type::map(
                FIRST(types),
                Type::array(types.get(1).cloned().unwrap_or(Type::Unknown)),
            )
        },
        false,
        collect::multimap,
    ),
    noted("approx_distinct", &[T], BIGINT, collect::distinct, DISTINCT),
    noted(
        "approx_distinct",
        &[T, D],
        BIGINT,
        collect::distinct,
        DISTINCT,
    ),
    noted(
        "approx_percentile",
        &[N, D],
        FIRST,
        percentile::one,
        PERCENTILE,
    ),
    noted(
        "approx_percentile",
        &[D, D],
        FIRST,
        percentile::one,
        PERCENTILE,
    ),
    noted(
        "approx_percentile",
        &[N, Parameter::Doubles],
        ARRAY,
        percentile::several,
        PERCENTILE,
    ),
    noted(
        "approx_percentile",
        &[D, Parameter::Doubles],
        ARRAY,
        percentile::several,
        PERCENTILE,
    ),
    noted(
        "approx_percentile",
        &[N, D, D],
        FIRST,
        percentile::weighted,
        PERCENTILE,
    ),
    noted(
        "approx_percentile",
        &[D, D, D],
        FIRST,
        percentile::weighted,
        PERCENTILE,
    ),
];

/// The overloads of a name in small letters.
pub(crate) fn find(name: &str) -> Vec<&'static Aggregate> {
    TABLE
        .iter()
        .filter(|aggregate| aggregate.name == name)
        .collect()
}

/// The names of all.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|aggregate| aggregate.name)
}
