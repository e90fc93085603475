use crate::refusal::{Judged, Refusal};
use crate::sql::ast::Operator;
use crate::types::{Type, common};
use crate::value::{Decimal, Value, divide_scaled, rescale, ten_to};

/// The greatest precision of a decimal.
const MOST: i16 = 38;

/// The types that both sides are reckoned in, and the result's; `None` where the operator does not know them. Whole
/// numbers keep the wider type, a double makes both doubles, and decimals keep their own.
pub(crate) fn arithmetic_type(
    operator: Operator,
    one: &Type,
    other: &Type,
) -> Option<(Type, Type, Type)> {
    let number = |of: &Type| of.is_number() || *of == Type::Unknown;
    if !number(one) || !number(other) {
        return None;
    }
    let (one, other) = (known(one, other), known(other, one));
    match (&one, &other) {
        (Type::Double, _) | (_, Type::Double) => Some((Type::Double, Type::Double, Type::Double)),
        (Type::Decimal(..), _) | (_, Type::Decimal(..)) => {
            let (precision, scale) = one.as_decimal()?;
            let (other_precision, other_scale) = other.as_decimal()?;
            let result =
                decimal_type(operator, (precision, scale), (other_precision, other_scale))?;
            Some((
                Type::Decimal(precision, scale),
                Type::Decimal(other_precision, other_scale),
                result,
            ))
        }
        _ => {
            let both = common(&one, &other)?;
            Some((both.clone(), both.clone(), both))
        }
    }
}

/// NULL has the type of the other side.
fn known(of: &Type, other: &Type) -> Type {
    match (of, other) {
        (Type::Unknown, Type::Unknown) => Type::BigInt,
        (Type::Unknown, other) => other.clone(),
        (of, _) => of.clone(),
    }
}

/// Trino's DecimalOperators: the precision and scale that each operator's result has.
fn decimal_type(operator: Operator, one: (u8, u8), other: (u8, u8)) -> Option<Type> {
    let [p1, s1, p2, s2] = [one.0, one.1, other.0, other.1].map(i16::from);
    let (precision, scale) = match operator {
        Operator::Add | Operator::Subtract => (s1.max(s2) + (p1 - s1).max(p2 - s2) + 1, s1.max(s2)),
        Operator::Multiply => (p1 + p2, s1 + s2),
        Operator::Divide => (p1 + s2 + (s2 - s1).max(0), s1.max(s2)),
        Operator::Modulus => ((p2 - s2).min(p1 - s1) + s1.max(s2), s1.max(s2)),
    };
    let precision = precision.clamp(1, MOST);
    let valid = scale <= precision;
    let small = |number: i16| u8::try_from(number).ok();
    valid.then_some(Type::Decimal(small(precision)?, small(scale)?))
}

/// Trino's operators on two values of the types that [`arithmetic_type`] gives.
pub(crate) fn arithmetic(
    operator: Operator,
    one: &Value,
    other: &Value,
    types: [&Type; 3],
) -> Judged<Value> {
    match (one, other) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Double(one), Value::Double(other)) => {
            Ok(Value::Double(doubles(operator, *one, *other)))
        }
        (Value::Whole(one), Value::Whole(other)) => whole(operator, *one, *other, types[2]),
        (Value::Decimal(one), Value::Decimal(other)) => decimals(operator, *one, *other, types),
        _ => Ok(Value::Null),
    }
}

fn doubles(operator: Operator, one: f64, other: f64) -> f64 {
    match operator {
        Operator::Add => one + other,
        Operator::Subtract => one - other,
        Operator::Multiply => one * other,
        Operator::Divide => one / other,
        Operator::Modulus => one % other,
    }
}

fn division_by_zero() -> Box<Refusal> {
    Refusal::value("DIVISION_BY_ZERO", "Division by zero")
}

fn whole(operator: Operator, one: i64, other: i64, of: &Type) -> Judged<Value> {
    let found = match operator {
        Operator::Add => one.checked_add(other),
        Operator::Subtract => one.checked_sub(other),
        Operator::Multiply => one.checked_mul(other),
        Operator::Divide | Operator::Modulus if other == 0 => return Err(division_by_zero()),
        Operator::Divide => one.checked_div(other),
        Operator::Modulus => Some(one.checked_rem(other).unwrap_or(0)),
    };
    let fits = found.filter(|number| fits(*number, of));
    fits.map(Value::Whole).ok_or_else(|| {
        let (name, sign) = match operator {
            Operator::Add => ("addition", "+"),
            Operator::Subtract => ("subtraction", "-"),
            Operator::Multiply => ("multiplication", "*"),
            Operator::Divide => ("division", "/"),
            Operator::Modulus => ("modulus", "%"),
        };
        Refusal::range(format!("{of} {name} overflow: {one} {sign} {other}"))
    })
}

/// Whether a whole number fits into a type.
pub(crate) fn fits(number: i64, of: &Type) -> bool {
    let bits = of.width().unwrap_or(64);
    bits == 64 || (-(1_i64 << (bits - 1))..(1_i64 << (bits - 1))).contains(&number)
}

fn decimals(operator: Operator, one: Decimal, other: Decimal, types: [&Type; 3]) -> Judged<Value> {
    let [Some((_, s1)), Some((_, s2)), Some((precision, scale))] = types.map(Type::as_decimal)
    else {
        return Ok(Value::Null);
    };
    let (one, other) = (one.units(), other.units());
    let aligned = || Some((rescale(one, s1, scale, 38)?, rescale(other, s2, scale, 38)?));
    let found = match operator {
        Operator::Divide | Operator::Modulus if other == 0 => return Err(division_by_zero()),
        Operator::Add => aligned().and_then(|(one, other)| one.checked_add(other)),
        Operator::Subtract => aligned().and_then(|(one, other)| one.checked_sub(other)),
        Operator::Multiply => one.checked_mul(other),
        // Scale of the quotient of units is s1 - s2: the dividend is moved so that it becomes the result's.
        Operator::Divide => divide_scaled(one, u32::from(scale + s2 - s1), other),
        Operator::Modulus => aligned().and_then(|(one, other)| one.checked_rem(other)),
    };
    let most = ten_to(u32::from(precision))
        .unwrap_or(i128::MAX)
        .unsigned_abs();
    let fits = found.filter(|units| units.unsigned_abs() < most);
    fits.map(Value::decimal)
        .ok_or_else(|| Refusal::range("Decimal overflow"))
}

/// `-x`
pub(crate) fn negate(value: &Value, of: &Type) -> Judged<Value> {
    Ok(match value {
        Value::Whole(number) => {
            let negative = number.checked_neg().filter(|number| fits(*number, of));
            return negative
                .map(Value::Whole)
                .ok_or_else(|| Refusal::range(format!("{of} negation overflow: {number}")));
        }
        Value::Double(number) => Value::Double(-number),
        Value::Decimal(number) => Value::decimal(-number.units()),
        Value::IntervalDay(millis) => Value::IntervalDay(-millis),
        Value::IntervalMonth(months) => Value::IntervalMonth(-months),
        _ => Value::Null,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_the_sizes_that_trino_documents() {
        let of =
            |operator, one: Type, other: Type| arithmetic_type(operator, &one, &other).unwrap().2;
        let literal = Type::Decimal(4, 1);
        assert_eq!(
            of(Operator::Multiply, Type::BigInt, literal.clone()),
            Type::Decimal(23, 1)
        );
        assert_eq!(
            of(Operator::Divide, Type::Decimal(23, 1), Type::BigInt),
            Type::Decimal(23, 1)
        );
        assert_eq!(
            of(Operator::Divide, Type::BigInt, Type::Decimal(8, 1)),
            Type::Decimal(21, 1)
        );
        assert_eq!(
            of(Operator::Add, Type::Decimal(3, 1), Type::Decimal(3, 2)),
            Type::Decimal(5, 2)
        );
        assert_eq!(of(Operator::Divide, Type::Double, literal), Type::Double);
        assert!(arithmetic_type(Operator::Add, &Type::VARCHAR, &Type::Integer).is_none());
    }

    #[test]
    fn whole_numbers_divide_towards_zero_and_never_by_it() {
        let divide = |one, other| whole(Operator::Divide, one, other, &Type::Integer);
        assert_eq!(divide(-7, 2).unwrap(), Value::Whole(-3));
        assert_eq!(
            divide(1, 0).unwrap_err().text(),
            "DIVISION_BY_ZERO: Division by zero"
        );
        let over = whole(Operator::Add, i64::from(i32::MAX), 1, &Type::Integer);
        assert_eq!(
            over.unwrap_err().text(),
            "NUMERIC_VALUE_OUT_OF_RANGE: integer addition overflow: 2147483647 + 1"
        );
        assert_eq!(doubles(Operator::Divide, 1.0, 0.0), f64::INFINITY);
    }
}
