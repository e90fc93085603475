use std::cmp::Ordering;

/// A number: whole as long as it can be, so that large identifiers keep all their digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::insights) enum Number {
    /// Whole.
    Integer(i64),
    /// Any other finite number.
    Float(f64),
}

/// Two to the 63rd: the first float above every `i64`.
const BEYOND_I64: f64 = (1_u64 << 63) as f64;

impl Number {
    /// The nearest float.
    pub(in crate::insights) fn as_f64(self) -> f64 {
        match self {
            Self::Integer(value) => integer_to_f64(value),
            Self::Float(value) => value,
        }
    }

    /// Compares by value, exactly, so that the order is total over mixed numbers.
    pub(in crate::insights) fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(&b),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Self::Integer(a), Self::Float(b)) => compare_mixed(a, b),
            (Self::Float(a), Self::Integer(b)) => compare_mixed(b, a).reverse(),
        }
    }

    /// The whole number towards zero; `None` where it does not fit.
    pub(in crate::insights) fn truncate(self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(value),
            Self::Float(value) => f64_to_integer(value.trunc()),
        }
    }
}

/// Reads a whole text as a decimal number: sign, digits, fraction, exponent; nothing around it.
pub(in crate::insights) fn parse_number(text: &str) -> Option<Number> {
    if let Some(number) = short_decimal(text) {
        return Some(number);
    }
    if !is_numeric_text(text) {
        return None;
    }
    if let Ok(value) = text.parse::<i64>() {
        return Some(Number::Integer(value));
    }
    let value = text.parse::<f64>().ok()?;
    value.is_finite().then_some(Number::Float(value))
}

/// Reads a decimal of at most 15 digits without an exponent: its digits and the power of ten below them
/// are exact floats, so that their quotient is the nearest one. `None` for everything else, numbers
/// included.
fn short_decimal(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let (mut value, mut point) = (0_i64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => value = value * 10 + i64::from(byte - b'0'),
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
        if at >= 15 {
            return None;
        }
    }
    let Some(point) = point else {
        let value = if digits.len() < bytes.len() {
            -value
        } else {
            value
        };
        return (!digits.is_empty()).then_some(Number::Integer(value));
    };
    let scale = TENS
        .get(digits.len() - point - 1)
        .filter(|ten| **ten > 1.0)?;
    let value = integer_to_f64(value) / scale;
    Some(Number::Float(if digits.len() < bytes.len() {
        -value
    } else {
        value
    }))
}

const TENS: [f64; 16] = [
    1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

fn is_numeric_text(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    is_digits(whole)
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|e| is_digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn compare_mixed(integer: i64, float: f64) -> Ordering {
    if float >= BEYOND_I64 {
        return Ordering::Less;
    }
    let Some(whole) = f64_to_integer(float.trunc()) else {
        return Ordering::Greater;
    };
    let fraction = float - float.trunc();
    integer
        .cmp(&whole)
        .then_with(|| 0.0_f64.partial_cmp(&fraction).unwrap_or(Ordering::Equal))
}

/// The whole number `value` is, if it is one that an `i64` holds.
pub(in crate::insights) fn f64_to_integer(value: f64) -> Option<i64> {
    let fits = (-BEYOND_I64..BEYOND_I64).contains(&value) && value.fract() == 0.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and in range"
    )]
    fits.then_some(value as i64)
}

fn integer_to_f64(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_decimal_text_is_a_number() {
        for text in ["1", "-2.5", "+3", "1e3", "2.5E-3", "007"] {
            assert!(parse_number(text).is_some(), "{text}");
        }
        for text in [
            "", "1.", ".5", " 1", "0x10", "NaN", "inf", "1e", "1_000", "--1", "1e999",
        ] {
            assert!(parse_number(text).is_none(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn short_decimals_are_read_as_the_library_reads_them(text in "-?[0-9]{0,9}(\\.[0-9]{0,9})?") {
            let Some(number) = short_decimal(&text) else { return Ok(()) };
            proptest::prop_assert!(is_numeric_text(&text), "{}", text);
            let same = match number {
                Number::Integer(value) => text.parse() == Ok(value),
                Number::Float(value) => text.parse::<f64>().map(f64::to_bits) == Ok(value.to_bits()),
            };
            proptest::prop_assert!(same, "{}", text);
        }
    }

    #[test]
    fn large_whole_numbers_compare_exactly_with_floats() {
        let float = Number::Float(9_007_199_254_740_992.0);
        assert_eq!(
            Number::Integer(9_007_199_254_740_993).compare(float),
            Ordering::Greater
        );
        assert_eq!(
            Number::Integer(-3).compare(Number::Float(-2.5)),
            Ordering::Less
        );
        assert_eq!(
            Number::Integer(-2).compare(Number::Float(-2.5)),
            Ordering::Greater
        );
        assert_eq!(
            Number::Integer(i64::MAX).compare(Number::Float(1e19)),
            Ordering::Less
        );
    }
}
