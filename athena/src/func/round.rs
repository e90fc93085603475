use super::overload::{FIRST, Overload, Parameter, Site, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, divide_rounded, ten_to};

const W: Parameter = Parameter::Whole;
const D: Parameter = Parameter::Double;
const P: Parameter = Parameter::Decimal;
const N: Parameter = Parameter::BigInt;

pub(super) const TABLE: &[Overload] = &[
    plain("round", &[W], FIRST, same),
    plain("round", &[P], whole_decimal, |args, site| {
        to_whole(args, site, Way::Half)
    }),
    plain("round", &[D], FIRST, |args, _| {
        Ok(Value::Double(half_away(at(args, 0).as_double(), 0)))
    }),
    plain("round", &[W, N], FIRST, round_whole),
    plain("round", &[P, N], one_more, |args, site| {
        decimal_to(args, site, Way::Half)
    }),
    plain("round", &[D, N], FIRST, |args, _| {
        Ok(Value::Double(half_away(
            at(args, 0).as_double(),
            at(args, 1).as_whole(),
        )))
    }),
    plain("truncate", &[P], whole_cut, |args, site| {
        to_whole(args, site, Way::Cut)
    }),
    plain("truncate", &[D], FIRST, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().trunc()))
    }),
    plain("truncate", &[P, N], FIRST, |args, site| {
        decimal_to(args, site, Way::Cut)
    }),
    plain("ceil", &[W], FIRST, same),
    plain("ceil", &[P], whole_decimal, |args, site| {
        to_whole(args, site, Way::Up)
    }),
    plain("ceil", &[D], FIRST, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().ceil()))
    }),
    plain("ceiling", &[W], FIRST, same),
    plain("ceiling", &[P], whole_decimal, |args, site| {
        to_whole(args, site, Way::Up)
    }),
    plain("ceiling", &[D], FIRST, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().ceil()))
    }),
    plain("floor", &[W], FIRST, same),
    plain("floor", &[P], whole_decimal, |args, site| {
        to_whole(args, site, Way::Down)
    }),
    plain("floor", &[D], FIRST, |args, _| {
        Ok(Value::Double(at(args, 0).as_double().floor()))
    }),
    plain("sign", &[W], FIRST, |args, _| {
        Ok(Value::Whole(at(args, 0).as_whole().signum()))
    }),
    plain(
        "sign",
        &[P],
        |_| Type::Decimal(1, 0),
        |args, _| Ok(Value::decimal(at(args, 0).as_decimal().signum())),
    ),
    plain("sign", &[D], FIRST, |args, _| {
        let of = at(args, 0).as_double();
        Ok(Value::Double(if of == 0.0 || of.is_nan() {
            of
        } else {
            of.signum()
        }))
    }),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Half,
    Up,
    Down,
    Cut,
}

fn same(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    Ok(at(args, 0).clone())
}

fn sizes(types: &[Type]) -> (u8, u8) {
    types.first().and_then(Type::as_decimal).unwrap_or((38, 0))
}

/// Trino: `decimal(p - s + min(1, s), 0)`.
fn whole_decimal(types: &[Type]) -> Type {
    let (precision, scale) = sizes(types);
    Type::Decimal((precision - scale + scale.min(1)).max(1), 0)
}

fn whole_cut(types: &[Type]) -> Type {
    let (precision, scale) = sizes(types);
    Type::Decimal((precision - scale).max(1), 0)
}

/// Trino: `decimal(min(38, p + 1), s)`.
fn one_more(types: &[Type]) -> Type {
    let (precision, scale) = sizes(types);
    Type::Decimal((precision + 1).min(38), scale)
}

fn to_whole(args: &[Value], site: &Site<'_>, way: Way) -> Judged<Value> {
    let (_, scale) = sizes(site.types);
    Ok(Value::decimal(cut(
        at(args, 0).as_decimal(),
        u32::from(scale),
        way,
    )))
}

/// The number of units of ten to the power of `digits`.
fn cut(units: i128, digits: u32, way: Way) -> i128 {
    let Some(by) = ten_to(digits) else { return 0 };
    match way {
        Way::Half => divide_rounded(units, by).unwrap_or(0),
        Way::Up => units.div_euclid(by) + i128::from(units.rem_euclid(by) > 0),
        Way::Down => units.div_euclid(by),
        Way::Cut => units / by,
    }
}

fn decimal_to(args: &[Value], site: &Site<'_>, way: Way) -> Judged<Value> {
    let (units, digits) = (at(args, 0).as_decimal(), at(args, 1).as_whole());
    let (_, scale) = sizes(site.types);
    let dropped = i64::from(scale).saturating_sub(digits);
    let Ok(dropped) = u32::try_from(dropped) else {
        return Ok(Value::decimal(units));
    };
    let by = ten_to(dropped).unwrap_or(0);
    let rounded = cut(units, dropped, way).checked_mul(by);
    rounded
        .map(Value::decimal)
        .ok_or_else(|| Refusal::range("decimal overflow"))
}

fn round_whole(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let (number, digits) = (at(args, 0).as_whole(), at(args, 1).as_whole());
    let Some(dropped) = digits
        .checked_neg()
        .and_then(|dropped| u32::try_from(dropped).ok())
    else {
        return Ok(Value::Whole(number));
    };
    let by = ten_to(dropped).unwrap_or(0);
    let rounded = cut(i128::from(number), dropped, Way::Half).checked_mul(by);
    let fits = rounded.and_then(|of| i64::try_from(of).ok());
    let fits = fits.filter(|of| super::number::fits(*of, site.result));
    fits.map(Value::Whole)
        .ok_or_else(|| Refusal::range(format!("numeric overflow: {number}")))
}

/// As Trino rounds doubles: the number is multiplied, rounded half away from zero, and divided again.
fn half_away(of: f64, digits: i64) -> f64 {
    if !of.is_finite() {
        return of;
    }
    let digits = i32::try_from(digits).unwrap_or(if digits < 0 { i32::MIN } else { i32::MAX });
    let factor = 10_f64.powi(digits);
    let scaled = of * factor;
    match scaled.is_finite() && factor > 0.0 {
        true => scaled.round() / factor,
        false if factor == 0.0 => 0.0,
        false => of,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(half_away(2.5, 0), 3.0);
        assert_eq!(half_away(-2.5, 0), -3.0);
        assert_eq!(half_away(1.005, 2), 1.0);
        assert_eq!(half_away(1234.0, -2), 1200.0);
        let types = [Type::Decimal(23, 1), Type::BigInt];
        assert_eq!(one_more(&types), Type::Decimal(24, 1));
        let site = Site {
            types: &types,
            result: &Type::Decimal(24, 1),
        };
        let args = [Value::decimal(125), Value::Whole(0)];
        assert_eq!(
            decimal_to(&args, &site, Way::Half).unwrap(),
            Value::decimal(130)
        );
        assert_eq!(cut(-15, 1, Way::Up), -1);
        assert_eq!(cut(-15, 1, Way::Down), -2);
    }
}
