use super::overload::{
    BIGINT, BOOLEAN, DOUBLE, FIRST, Overload, Parameter, Site, VARCHAR, at, plain,
};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::Operator;
use crate::value::{Value, compare};

const D: Parameter = Parameter::Double;
const N: Parameter = Parameter::BigInt;
const W: Parameter = Parameter::Whole;

pub(super) const TABLE: &[Overload] = &[
    plain("abs", &[W], FIRST, |args, site| {
        match at(args, 0).as_whole() {
            number if number < 0 => super::number::negate(at(args, 0), site.result),
            number => Ok(Value::Whole(number)),
        }
    }),
    plain("abs", &[Parameter::Decimal], FIRST, |args, _| {
        Ok(Value::decimal(at(args, 0).as_decimal().abs()))
    }),
    plain("abs", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().abs()))
    }),
    plain("sqrt", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().sqrt()))
    }),
    plain("cbrt", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().cbrt()))
    }),
    plain("exp", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().exp()))
    }),
    plain("ln", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().ln()))
    }),
    plain("log2", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().log2()))
    }),
    plain("log10", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().log10()))
    }),
    plain("degrees", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().to_degrees()))
    }),
    plain("radians", &[D], DOUBLE, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().to_radians()))
    }),
    plain("log", &[D, D], DOUBLE, |args, _| {
        Ok(Value::Double(
            at(args, 1).as_double().ln() / at(args, 0).as_double().ln(),
        ))
    }),
    plain("power", &[D, D], DOUBLE, power),
    plain("pow", &[D, D], DOUBLE, power),
    plain("pi", &[], DOUBLE, |_, _| {
        Ok(Value::Double(std::f64::consts::PI))
    }),
    plain("e", &[], DOUBLE, |_, _| {
        Ok(Value::Double(std::f64::consts::E))
    }),
    plain("infinity", &[], DOUBLE, |_, _| {
        Ok(Value::Double(f64::INFINITY))
    }),
    plain("nan", &[], DOUBLE, |_, _| Ok(Value::Double(f64::NAN))),
    plain("is_nan", &[D], BOOLEAN, |args, _| {
        Ok(Value::Boolean(at(args, 0).as_double().is_nan()))
    }),
    plain("is_finite", &[D], BOOLEAN, |args, _| {
        Ok(Value::Boolean(at(args, 0).as_double().is_finite()))
    }),
    plain("is_infinite", &[D], BOOLEAN, |args, _| {
        Ok(Value::Boolean(at(args, 0).as_double().is_infinite()))
    }),
    plain(
        "mod",
        &[Parameter::Any(0), Parameter::Any(0)],
        FIRST,
        modulus,
    ),
    Overload {
        variadic: true,
        ..plain("greatest", &[Parameter::Any(0)], FIRST, |args, _| {
            extreme(args, true)
        })
    },
    Overload {
        variadic: true,
        ..plain("least", &[Parameter::Any(0)], FIRST, |args, _| {
            extreme(args, false)
        })
    },
    plain("width_bucket", &[D, D, D, N], BIGINT, width_bucket),
    plain(
        "width_bucket",
        &[D, Parameter::Doubles],
        BIGINT,
        width_bucket_of,
    ),
    plain("to_base", &[N, N], VARCHAR, to_base),
    plain("from_base", &[Parameter::Varchar, N], BIGINT, from_base),
];

fn power(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    Ok(Value::Double(
        at(args, 0).as_double().powf(at(args, 1).as_double()),
    ))
}

fn modulus(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let of = site.result;
    super::number::arithmetic(Operator::Modulus, at(args, 0), at(args, 1), [of, of, of])
}

fn extreme(args: &[Value], greatest: bool) -> Judged<Value> {
    // Trino's greatest and least refuse what is no number.
    if args
        .iter()
        .any(|value| matches!(value, Value::Double(of) if of.is_nan()))
    {
        let name = if greatest { "greatest" } else { "least" };
        return Err(Refusal::argument(format!(
            "Invalid argument to {name}(): NaN"
        )));
    }
    let found = match greatest {
        true => args.iter().max_by(|one, other| compare(one, other)),
        false => args.iter().min_by(|one, other| compare(one, other)),
    };
    Ok(found.cloned().unwrap_or(Value::Null))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Trino reckons buckets in doubles, too"
)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "a number between the first and the last bucket"
)]
fn width_bucket(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let [operand, one, other] = [0, 1, 2].map(|place| at(args, place).as_double());
    let count = at(args, 3).as_whole();
    if count <= 0 {
        return Err(Refusal::argument("bucketCount must be greater than 0"));
    }
    for (bound, name) in [
        (operand, "operand must not be NaN"),
        (one, "first bound must be finite"),
        (other, "second bound must be finite"),
    ] {
        let wrong = if name.starts_with("operand") {
            bound.is_nan()
        } else {
            !bound.is_finite()
        };
        if wrong {
            return Err(Refusal::argument(name));
        }
    }
    if one == other {
        return Err(Refusal::argument("bounds cannot equal each other"));
    }
    let (low, high) = (one.min(other), one.max(other));
    let bucket = if operand < low {
        0
    } else if operand >= high {
        count + 1
    } else {
        (count as f64 * (operand - low) / (high - low)) as i64 + 1
    };
    Ok(Value::Whole(if one > other {
        count - bucket + 1
    } else {
        bucket
    }))
}

fn width_bucket_of(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (operand, bins) = (at(args, 0).as_double(), at(args, 1).items());
    if bins.is_empty() {
        return Err(Refusal::argument("Bins cannot be an empty array"));
    }
    let below = bins.iter().filter(|bin| bin.as_double() <= operand).count();
    Ok(Value::Whole(i64::try_from(below).unwrap_or(i64::MAX)))
}

fn radix(value: &Value) -> Judged<u32> {
    let found = u32::try_from(value.as_whole())
        .ok()
        .filter(|radix| (2..=36).contains(radix));
    found.ok_or_else(|| Refusal::argument("Radix must be between 2 and 36"))
}

fn to_base(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (number, radix) = (at(args, 0).as_whole(), radix(at(args, 1))?);
    let (mut rest, mut digits) = (number.unsigned_abs(), Vec::new());
    loop {
        let digit = u32::try_from(rest % u64::from(radix)).unwrap_or(0);
        digits.extend(char::from_digit(digit, radix));
        rest /= u64::from(radix);
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        digits.push('-');
    }
    Ok(Value::text(&digits.iter().rev().collect::<String>()))
}

fn from_base(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (text, radix) = (at(args, 0).as_str(), radix(at(args, 1))?);
    let number = i64::from_str_radix(text, radix);
    number
        .map(Value::Whole)
        .map_err(|_| Refusal::argument(format!("Not a valid base-{radix} number: {text}")))
}
