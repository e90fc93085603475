use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An amount of US dollars, exact: binary fractions cannot hold a cent. The decimals are `rust_decimal`'s, 28
/// digits in 96 bits, since money needs division, rounding and parsing that are known to be right.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Usd(Decimal);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// So many dollars.
    pub const fn new(dollars: Decimal) -> Self {
        Self(dollars)
    }

    /// The dollars.
    pub const fn dollars(self) -> Decimal {
        self.0
    }

    /// Rounded to cents, halves upwards, as each line of a bill is.
    #[must_use]
    pub fn to_cents(self) -> Self {
        Self(
            self.0
                .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
        )
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// With cents whatever its size, thousands apart, without the sign of the currency: `1,234.50`.
    pub fn cents(self) -> String {
        let cents = self.to_cents().0;
        let cents = if cents.is_zero() {
            Decimal::ZERO
        } else {
            cents
        };
        grouped(&format!("{cents:.2}"))
    }

    /// As in a column of amounts: cents, and more decimals where cents would show nothing of what is there.
    pub fn column(self) -> String {
        let size = self.0.abs();
        if size.is_zero() || size >= Decimal::new(5, 3) {
            return self.cents();
        }
        let rounded = self
            .0
            .round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero);
        match rounded.is_zero() {
            true if self.0.is_sign_negative() => ">-0.0001".to_owned(),
            true => "<0.0001".to_owned(),
            false => format!("{rounded:.4}"),
        }
    }

    /// With a sign in front, also where it is an increase: `+$0.20`.
    pub fn signed(self) -> String {
        if self.0.is_sign_negative() && !self.0.is_zero() {
            self.to_string()
        } else {
            format!("+{self}")
        }
    }
}

/// `$1,234.50`, `$0.0031`, `-$3.00`, `$0`: as many decimals as show something.
impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        let sign = if self.0.is_sign_negative() { "-" } else { "" };
        if size.is_zero() {
            return f.pad("$0");
        }
        if size < Decimal::new(1, 4) {
            return f.pad(if sign.is_empty() {
                "less than $0.0001"
            } else {
                "a credit of less than $0.0001"
            });
        }
        if size < Decimal::new(1, 1) {
            let rounded = size.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero);
            return f.pad(&format!("{sign}${rounded:.4}"));
        }
        f.pad(&format!("{sign}${}", Self(size).cents()))
    }
}

fn grouped(text: &str) -> String {
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text), |digits| ("-", digits));
    let (whole, rest) = text
        .find('.')
        .map_or((text, ""), |point| text.split_at(point));
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

impl From<Usd> for String {
    fn from(amount: Usd) -> Self {
        amount.0.normalize().to_string()
    }
}

impl TryFrom<String> for Usd {
    type Error = rust_decimal::Error;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Usd {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Usd {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<Decimal> for Usd {
    type Output = Self;
    fn mul(self, quantity: Decimal) -> Self {
        Self(self.0 * quantity)
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// The largest quantity that is counted with; sums and products of what is sold stay within 28 digits.
const MOST: i64 = 1_000_000_000_000_000;

/// Reads a quantity that somebody wrote: a plain decimal number, not below zero and below 10^15.
///
/// # Errors
///
/// What was found and what was expected.
pub fn quantity(text: &str) -> Result<Decimal, String> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number = text.parse::<Decimal>().ok();
    number
        .filter(|_| plain)
        .filter(|number| !number.is_sign_negative() && *number < Decimal::from(MOST))
        .ok_or_else(|| format!("`{text}` is no quantity; expected a number from 0 to below 10^15"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Usd {
        Usd::new(text.parse().unwrap())
    }

    #[test]
    fn amounts_show_as_many_decimals_as_say_something() {
        let shown = |text| usd(text).to_string();
        assert_eq!(shown("0"), "$0");
        assert_eq!(shown("0.00001"), "less than $0.0001");
        assert_eq!(shown("0.0031"), "$0.0031");
        assert_eq!(shown("0.2"), "$0.20");
        assert_eq!(shown("1234567.005"), "$1,234,567.01");
        assert_eq!(shown("-3"), "-$3.00");
        assert_eq!(usd("0.2").signed(), "+$0.20");
        let columns = ["0", "0.0021", "0.00001", "0.005", "-3"].map(|text| usd(text).column());
        assert_eq!(columns, ["0.00", "0.0021", "<0.0001", "0.01", "-3.00"]);
        assert_eq!(usd("-1000").cents(), "-1,000.00");
    }

    #[test]
    fn tenths_add_up() {
        assert_eq!(usd("0.1") + usd("0.2"), usd("0.3"));
        assert_eq!(usd("16.425").to_cents(), usd("16.43"));
    }

    #[test]
    fn a_quantity_is_a_plain_number() {
        assert_eq!(quantity("0.5"), Ok(Decimal::new(5, 1)));
        for wrong in ["", "-1", "1e3", "NaN", "many", "1000000000000000"] {
            assert!(quantity(wrong).is_err(), "{wrong}");
        }
    }
}
