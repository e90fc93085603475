/// A decimal's digits without the point, in half the alignment of `i128`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    high: i64,
    low: u64,
}

impl Decimal {
    pub(crate) fn of(units: i128) -> Self {
        let bytes = units.to_be_bytes();
        let (high, low) = bytes.split_at(8);
        let half = |bytes: &[u8]| bytes.try_into().unwrap_or_default();
        Self {
            high: i64::from_be_bytes(half(high)),
            low: u64::from_be_bytes(half(low)),
        }
    }

    pub(crate) fn units(self) -> i128 {
        (i128::from(self.high) << 64) | i128::from(self.low)
    }
}

/// A power of ten; `None` beyond 38 digits.
pub(crate) fn ten_to(digits: u32) -> Option<i128> {
    10_i128.checked_pow(digits)
}

/// The digits of the same number at another scale, halves rounded away from zero; `None` where they do not fit into
/// the precision.
pub(crate) fn rescale(units: i128, from: u8, to: u8, precision: u8) -> Option<i128> {
    let scaled = if to >= from {
        units.checked_mul(ten_to(u32::from(to - from))?)?
    } else {
        divide_rounded(units, ten_to(u32::from(from - to))?)?
    };
    let most = ten_to(u32::from(precision)).unwrap_or(i128::MAX);
    (scaled.unsigned_abs() < most.unsigned_abs()).then_some(scaled)
}

/// Halves are rounded away from zero; `None` for a division by zero.
pub(crate) fn divide_rounded(units: i128, by: i128) -> Option<i128> {
    let quotient = units.checked_div(by)?;
    let rest = units.checked_rem(by)?.unsigned_abs();
    let up = rest >= by.unsigned_abs() - rest;
    Some(match (up && rest > 0, (units < 0) == (by < 0)) {
        (false, _) => quotient,
        (true, true) => quotient + 1,
        (true, false) => quotient - 1,
    })
}

/// `one * 10^digits / other`, halves rounded away from zero, whatever size lies between; `None` where the quotient does
/// not fit.
pub(crate) fn divide_scaled(one: i128, digits: u32, other: i128) -> Option<i128> {
    let by = other.unsigned_abs();
    let mut quotient = one.unsigned_abs().checked_div(by)?;
    let mut rest = one.unsigned_abs() % by;
    for _ in 0..digits {
        // Ten times the rest would not fit: it is added ten times. Both are below 10^38, so that their sum fits.
        let (mut digit, mut sum) = (0, 0);
        for _ in 0..10 {
            sum += rest;
            if sum >= by {
                sum -= by;
                digit += 1;
            }
        }
        rest = sum;
        quotient = quotient.checked_mul(10)?.checked_add(digit)?;
    }
    if rest > 0 && rest >= by - rest {
        quotient = quotient.checked_add(1)?;
    }
    let size = i128::try_from(quotient).ok()?;
    Some(if (one < 0) == (other < 0) {
        size
    } else {
        -size
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(rescale(125, 2, 1, 10), Some(13));
        assert_eq!(rescale(-125, 2, 1, 10), Some(-13));
        assert_eq!(rescale(124, 2, 1, 10), Some(12));
        assert_eq!(rescale(99, 0, 1, 2), None);
        assert_eq!(divide_rounded(1, 3), Some(0));
        assert_eq!(divide_rounded(-5, 3), Some(-2));
        assert_eq!(divide_rounded(1, 0), None);
        let large = 10_i128.pow(37) * 9;
        assert_eq!(divide_scaled(large, 30, large), Some(10_i128.pow(30)));
        assert_eq!(divide_scaled(-1, 1, large), Some(0));
        assert_eq!(divide_scaled(-5, 1, 100), Some(-1));
        assert_eq!(divide_scaled(large, 30, 1), None);
    }

    #[test]
    fn digits_come_back() {
        for units in [0, -1, 1, i128::MAX, i128::MIN, -(1 << 70)] {
            assert_eq!(Decimal::of(units).units(), units);
        }
    }
}
