use std::fmt;

use crate::refusal::Judged;
use crate::types::{Type, can_become, common};
use crate::value::Value;

/// One way to call a function.
pub(crate) struct Overload {
    pub(crate) name: &'static str,
    pub(crate) parameters: &'static [Parameter],
    /// Whether the last parameter may be given any number of times.
    pub(crate) variadic: bool,
    /// The result's type by the types of the arguments after their coercion.
    pub(crate) result: fn(&[Type]) -> Type,
    /// Whether it is called with NULLs; others give NULL for them.
    pub(crate) nulls: bool,
    pub(crate) run: fn(&[Value], &Site<'_>) -> Judged<Value>,
}

/// Where a function is called.
pub(crate) struct Site<'s> {
    pub(crate) types: &'s [Type],
    pub(crate) result: &'s Type,
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parameter {
    Boolean,
    /// tinyint to bigint, as it is.
    Whole,
    BigInt,
    Double,
    Decimal,
    Varchar,
    Varbinary,
    Date,
    /// timestamp(p), as it is.
    Timestamp,
    /// timestamp(p) with time zone, as it is.
    TimestampTz,
    IntervalDay,
    IntervalMonth,
    IpAddress,
    IpPrefix,
    /// Any type; the same number stands for the same type.
    Any(usize),
    ArrayOf(usize),
    MapOf(usize, usize),
    /// array(double)
    Doubles,
    /// array(array(…))
    ArrayOfArrays(usize),
}

impl fmt::Display for Parameter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |place: &usize| ["T", "U", "V", "K"].get(*place).copied().unwrap_or("X");
        match self {
            Self::Boolean => out.write_str("boolean"),
            Self::Whole => out.write_str("integer"),
            Self::BigInt => out.write_str("bigint"),
            Self::Double => out.write_str("double"),
            Self::Decimal => out.write_str("decimal(p,s)"),
            Self::Varchar => out.write_str("varchar(x)"),
            Self::Varbinary => out.write_str("varbinary"),
            Self::Date => out.write_str("date"),
            Self::Timestamp => out.write_str("timestamp(p)"),
            Self::TimestampTz => out.write_str("timestamp(p) with time zone"),
            Self::IntervalDay => out.write_str("interval day to second"),
            Self::IntervalMonth => out.write_str("interval year to month"),
            Self::IpAddress => out.write_str("ipaddress"),
            Self::IpPrefix => out.write_str("ipprefix"),
            Self::Any(place) => out.write_str(letter(place)),
            Self::Doubles => out.write_str("array(double)"),
            Self::ArrayOf(place) => write!(out, "array({})", letter(place)),
            Self::MapOf(key, value) => write!(out, "map({},{})", letter(key), letter(value)),
            Self::ArrayOfArrays(place) => write!(out, "array(array({}))", letter(place)),
        }
    }
}

impl fmt::Debug for Overload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl fmt::Display for Overload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters: Vec<String> = self.parameters.iter().map(Parameter::to_string).collect();
        write!(out, "{}({})", self.name, parameters.join(", "))
    }
}

impl PartialEq for Overload {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The parameters for so many arguments; `None` where they are too few or too many.
pub(crate) fn spread(
    parameters: &[Parameter],
    variadic: bool,
    count: usize,
) -> Option<Vec<Parameter>> {
    let mut all = parameters.to_vec();
    if variadic {
        let last = *all.last()?;
        if count + 1 < all.len() {
            return None;
        }
        all.resize(count, last);
    }
    (all.len() == count).then_some(all)
}

/// The types that the arguments get; `None` where they do not fit. Generic parameters get what their arguments have in
/// common.
pub(crate) fn fit(parameters: &[Parameter], arguments: &[Type], exact: bool) -> Option<Vec<Type>> {
    let mut generic: Vec<Option<Type>> = vec![None; 4];
    for (parameter, argument) in parameters.iter().zip(arguments) {
        bind(*parameter, argument, &mut generic)?;
    }
    let mut types = Vec::new();
    for (parameter, argument) in parameters.iter().zip(arguments) {
        let wanted = wanted(*parameter, argument, &generic)?;
        let fits = match exact {
            true => wanted == *argument,
            false => can_become(argument, &wanted),
        };
        if !fits {
            return None;
        }
        types.push(wanted);
    }
    Some(types)
}

fn bind(parameter: Parameter, argument: &Type, generic: &mut [Option<Type>]) -> Option<()> {
    let mut set = |place: usize, of: &Type| {
        let slot = generic.get_mut(place)?;
        *slot = Some(match slot {
            Some(known) => common(known, of)?,
            None => of.clone(),
        });
        Some(())
    };
    match (parameter, argument) {
        (Parameter::Any(place), of) => set(place, of),
        (Parameter::ArrayOf(place), Type::Array(of)) => set(place, of),
        (Parameter::ArrayOfArrays(place), Type::Array(of)) => match &**of {
            Type::Array(of) => set(place, of),
            _ => None,
        },
        (Parameter::MapOf(key, value), Type::Map(of_key, of_value)) => {
            set(key, of_key)?;
            set(value, of_value)
        }
        (
            Parameter::ArrayOf(_) | Parameter::MapOf(..) | Parameter::ArrayOfArrays(_),
            Type::Unknown,
        ) => Some(()),
        (Parameter::ArrayOf(_) | Parameter::MapOf(..) | Parameter::ArrayOfArrays(_), _) => None,
        _ => Some(()),
    }
}

fn wanted(parameter: Parameter, argument: &Type, generic: &[Option<Type>]) -> Option<Type> {
    let of = |place: usize| {
        generic
            .get(place)
            .cloned()
            .flatten()
            .unwrap_or(Type::Unknown)
    };
    Some(match parameter {
        Parameter::Boolean => Type::Boolean,
        Parameter::Whole if argument.is_whole() => argument.clone(),
        Parameter::Whole | Parameter::BigInt => Type::BigInt,
        Parameter::Double => Type::Double,
        Parameter::Decimal => {
            let (precision, scale) = argument.as_decimal()?;
            Type::Decimal(precision, scale)
        }
        Parameter::Varchar => match argument {
            Type::Varchar(_) => argument.clone(),
            _ => Type::VARCHAR,
        },
        Parameter::Varbinary => Type::Varbinary,
        Parameter::Date => Type::Date,
        Parameter::Timestamp => match argument {
            Type::Timestamp(_) => argument.clone(),
            _ => Type::Timestamp(3),
        },
        Parameter::TimestampTz => match argument {
            Type::TimestampTz(_) => argument.clone(),
            Type::Timestamp(digits) => Type::TimestampTz(*digits),
            _ => Type::TimestampTz(3),
        },
        Parameter::IntervalDay => Type::IntervalDay,
        Parameter::IntervalMonth => Type::IntervalMonth,
        Parameter::IpAddress => Type::IpAddress,
        Parameter::IpPrefix => Type::IpPrefix,
        Parameter::Doubles => Type::array(Type::Double),
        Parameter::Any(place) => of(place),
        Parameter::ArrayOf(place) => Type::array(of(place)),
        Parameter::ArrayOfArrays(place) => Type::array(Type::array(of(place))),
        Parameter::MapOf(key, value) => Type::map(of(key), of(value)),
    })
}

/// The overload that fits, with the types that the arguments get: the first that fits as they are, else the first that
/// fits with coercions.
pub(crate) fn resolve(
    overloads: &[&'static Overload],
    arguments: &[Type],
) -> Option<(&'static Overload, Vec<Type>)> {
    let fits = |exact: bool| {
        overloads.iter().find_map(|overload| {
            let parameters = spread(overload.parameters, overload.variadic, arguments.len())?;
            Some((*overload, fit(&parameters, arguments, exact)?))
        })
    };
    fits(true).or_else(|| fits(false))
}

/// An overload that gives NULL for NULLs.
pub(super) const fn plain(
    name: &'static str,
    parameters: &'static [Parameter],
    result: fn(&[Type]) -> Type,
    run: fn(&[Value], &Site<'_>) -> Judged<Value>,
) -> Overload {
    Overload {
        name,
        parameters,
        variadic: false,
        result,
        nulls: false,
        run,
    }
}

/// Results of one type.
pub(super) const BOOLEAN: fn(&[Type]) -> Type = |_| Type::Boolean;
pub(super) const BIGINT: fn(&[Type]) -> Type = |_| Type::BigInt;
pub(super) const DOUBLE: fn(&[Type]) -> Type = |_| Type::Double;
pub(super) const VARCHAR: fn(&[Type]) -> Type = |_| Type::VARCHAR;
/// Results of the type of an argument.
pub(super) const FIRST: fn(&[Type]) -> Type =
    |types| types.first().cloned().unwrap_or(Type::Unknown);
pub(super) const SECOND: fn(&[Type]) -> Type =
    |types| types.get(1).cloned().unwrap_or(Type::Unknown);
pub(super) const THIRD: fn(&[Type]) -> Type =
    |types| types.get(2).cloned().unwrap_or(Type::Unknown);

/// An argument by its place.
pub(super) fn at(arguments: &[Value], place: usize) -> &Value {
    arguments.get(place).unwrap_or(&Value::Null)
}
