use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, divide_rounded, ordered};

/// What an aggregate function keeps of the rows that it has seen.
#[derive(Clone, Debug)]
pub(crate) enum State {
    Count(i64),
    CountIf(i64),
    SumWhole(Option<i64>),
    SumDecimal(Option<i128>),
    SumDouble(Option<f64>),
    /// Sum and count.
    Average(f64, i64),
    AverageDecimal(i128, i64),
    /// The greatest, if `true`.
    Extreme(Value, bool),
    /// The value, what it is found by, and whether the greatest is looked for.
    ExtremeBy(Value, Value, bool),
    Any(Value),
    Every(Option<bool>),
    Some(Option<bool>),
    Spread(Spread),
}

/// Count, mean and squared distances (Welford), for variances.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    root: bool,
    sample: bool,
    count: f64,
    mean: f64,
    distances: f64,
}

fn overflow() -> Box<Refusal> {
    Refusal::range("bigint addition overflow")
}

impl State {
    /// A row's arguments. NULLs in the first are left out by the caller, but for `max_by`.
    pub(crate) fn add(&mut self, args: &[Value]) -> Judged<()> {
        let first = args.first().unwrap_or(&Value::Null);
        match self {
            Self::Count(count) => *count += 1,
            Self::CountIf(count) => *count += i64::from(first.is_true()),
            Self::SumWhole(sum) => {
                let new = sum.unwrap_or(0).checked_add(first.as_whole());
                *sum = Some(new.ok_or_else(overflow)?);
            }
            Self::SumDecimal(sum) => {
                let new = sum.unwrap_or(0).checked_add(first.as_decimal());
                *sum = Some(new.ok_or_else(|| Refusal::range("Decimal overflow"))?);
            }
            Self::SumDouble(sum) => *sum = Some(sum.unwrap_or(0.0) + first.as_double()),
            Self::Average(sum, count) => {
                *sum += match first {
                    Value::Whole(number) => to_double(*number),
                    other => other.as_double(),
                };
                *count += 1;
            }
            Self::AverageDecimal(sum, count) => {
                let new = sum.checked_add(first.as_decimal());
                *sum = new.ok_or_else(|| Refusal::range("Decimal overflow"))?;
                *count += 1;
            }
            Self::Extreme(found, greatest) => {
                if found.is_null() || is_better(first, found, *greatest) {
                    *found = first.clone();
                }
            }
            Self::ExtremeBy(value, by, greatest) => {
                let new = args.get(1).unwrap_or(&Value::Null);
                if !new.is_null() && (by.is_null() || is_better(new, by, *greatest)) {
                    (*value, *by) = (first.clone(), new.clone());
                }
            }
            Self::Any(found) => {
                if found.is_null() {
                    *found = first.clone();
                }
            }
            Self::Every(found) => *found = Some(found.unwrap_or(true) && first.is_true()),
            Self::Some(found) => *found = Some(found.unwrap_or(false) || first.is_true()),
            Self::Spread(spread) => spread.add(first.as_double()),
        }
        Ok(())
    }

    /// Whether rows whose first argument is NULL count, too.
    pub(crate) fn takes_nulls(&self) -> bool {
        matches!(self, Self::ExtremeBy(..))
    }

    /// What both have seen; `other` came later.
    pub(crate) fn merge(&mut self, other: Self) -> Judged<()> {
        match (self, other) {
            (Self::Count(one), Self::Count(other)) | (Self::CountIf(one), Self::CountIf(other)) => {
                *one += other;
            }
            (Self::SumWhole(one), Self::SumWhole(Some(other))) => {
                *one = Some(one.unwrap_or(0).checked_add(other).ok_or_else(overflow)?);
            }
            (Self::SumDecimal(one), Self::SumDecimal(Some(other))) => {
                let sum = one.unwrap_or(0).checked_add(other);
                *one = Some(sum.ok_or_else(|| Refusal::range("Decimal overflow"))?);
            }
            (Self::SumDouble(one), Self::SumDouble(Some(other))) => {
                *one = Some(one.unwrap_or(0.0) + other);
            }
            (Self::Average(sum, count), Self::Average(other, more)) => {
                *sum += other;
                *count += more;
            }
            (Self::AverageDecimal(sum, count), Self::AverageDecimal(other, more)) => {
                *sum = sum
                    .checked_add(other)
                    .ok_or_else(|| Refusal::range("Decimal overflow"))?;
                *count += more;
            }
            (Self::Spread(one), Self::Spread(other)) => one.merge(&other),
            (Self::Every(one), Self::Every(Some(other))) => {
                *one = Some(one.unwrap_or(true) && other);
            }
            (Self::Some(one), Self::Some(Some(other))) => {
                *one = Some(one.unwrap_or(false) || other);
            }
            (one, Self::Extreme(value, _) | Self::Any(value)) if !value.is_null() => {
                one.add(&[value])?;
            }
            (one, Self::ExtremeBy(value, by, _)) => one.add(&[value, by])?,
            _ => {}
        }
        Ok(())
    }

    pub(crate) fn finish(self, result: &Type) -> Value {
        match self {
            Self::Count(count) | Self::CountIf(count) => Value::Whole(count),
            Self::SumWhole(sum) => sum.map_or(Value::Null, Value::Whole),
            Self::SumDecimal(sum) => sum.map_or(Value::Null, Value::decimal),
            Self::SumDouble(sum) => sum.map_or(Value::Null, Value::Double),
            Self::Average(_, 0) | Self::AverageDecimal(_, 0) => Value::Null,
            Self::Average(sum, count) => Value::Double(sum / to_double(count)),
            // The sum has the scale of the result; halves are rounded away from zero.
            Self::AverageDecimal(sum, count) => {
                divide_rounded(sum, i128::from(count)).map_or(Value::Null, Value::decimal)
            }
            Self::Extreme(value, _) | Self::ExtremeBy(value, ..) | Self::Any(value) => value,
            Self::Every(found) | Self::Some(found) => found.map_or(Value::Null, Value::Boolean),
            Self::Spread(spread) => spread.finish(result),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Trino reckons averages in doubles"
)]
fn to_double(number: i64) -> f64 {
    number as f64
}

/// NaN is the greatest; `min` leaves it only if there is nothing else.
fn is_better(new: &Value, found: &Value, greatest: bool) -> bool {
    let order = ordered(new, found);
    if greatest {
        order.is_gt()
    } else {
        order.is_lt()
    }
}

impl Spread {
    pub(super) fn new(root: bool, sample: bool) -> Self {
        Self {
            root,
            sample,
            count: 0.0,
            mean: 0.0,
            distances: 0.0,
        }
    }

    fn add(&mut self, value: f64) {
        self.count += 1.0;
        let distance = value - self.mean;
        self.mean += distance / self.count;
        self.distances += distance * (value - self.mean);
    }

    fn merge(&mut self, other: &Self) {
        if other.count == 0.0 {
            return;
        }
        let count = self.count + other.count;
        let distance = other.mean - self.mean;
        self.distances += other.distances + distance * distance * self.count * other.count / count;
        self.mean = (self.count * self.mean + other.count * other.mean) / count;
        self.count = count;
    }

    fn finish(self, _: &Type) -> Value {
        let by = if self.sample {
            self.count - 1.0
        } else {
            self.count
        };
        if by <= 0.0 {
            return Value::Null;
        }
        let variance = self.distances / by;
        Value::Double(if self.root { variance.sqrt() } else { variance })
    }
}
