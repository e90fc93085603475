use std::cmp::Ordering;

/// A decimal number, exact whatever its size: `0.digits` times ten to the `exponent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// Reads `[+-]digits[.digits][e[+-]digits]`, all of `text`. An exponent that a 32-bit scale cannot hold is
    /// no number: AWS refuses `1e2147483648`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let length = number_length(text)?;
        if length != text.len() {
            return None;
        }
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, text.get(1..)?),
            b'+' => (false, text.get(1..)?),
            _ => (false, text),
        };
        let (mantissa, power) = match unsigned.find(['e', 'E']) {
            Some(at) => (
                unsigned.get(..at)?,
                i64::from(unsigned.get(at + 1..)?.parse::<i32>().ok()?),
            ),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let scale = i64::try_from(fraction.len()).ok()?.checked_sub(power)?;
        i32::try_from(scale).ok()?;
        Self::from_parts(negative, whole, fraction, power)
    }

    fn from_parts(negative: bool, whole: &str, fraction: &str, power: i64) -> Option<Self> {
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let leading = all.iter().take_while(|d| **d == b'0').count();
        let trailing = all.iter().rev().take_while(|d| **d == b'0').count();
        if leading == all.len() {
            return Some(Self {
                negative: false,
                digits: Vec::new(),
                exponent: 0,
            });
        }
        let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        Some(Self {
            negative,
            digits: all.get(leading..all.len() - trailing)?.to_vec(),
            exponent: point.checked_add(power)?,
        })
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self
                .exponent
                .cmp(&other.exponent)
                .then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How many bytes at the start of `text` are a number; `None` where none begins.
pub(super) fn number_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let start = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(start);
    if whole == 0 {
        return None;
    }
    let mut end = start + whole;
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let power = digits(end + 1 + sign);
        if power > 0 {
            end += 1 + sign + power;
        }
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_compare_exactly_whatever_their_size() {
        assert!(decimal("9007199254740992") < decimal("9007199254740993"));
        assert!(decimal("-1e-999") < decimal("0"));
        assert!(decimal("1e-999") > decimal("0"));
        assert!(decimal("-2") < decimal("-1.5"));
        assert!(decimal("10") > decimal("9.99"));
    }

    #[test]
    fn spelling_does_not_matter() {
        for text in ["1", "+1", "01", "1.0", "1e0", "0.1E+1", "10e-1"] {
            assert_eq!(decimal(text), decimal("1"), "{text}");
        }
        assert_eq!(decimal("-0.0"), decimal("0"));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "-",
            "1.",
            ".5",
            "1e",
            "0x1",
            "1 ",
            "Infinity",
            "1e2147483648",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
