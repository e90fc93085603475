use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, ordered};

/// `approx_percentile(x, percentile)`
pub(super) fn one(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let values = sorted(rows);
    match rows.first().and_then(|row| row.get(1)) {
        Some(share) => of_share(&values, share),
        None => Ok(Value::Null),
    }
}

/// `approx_percentile(x, ARRAY[…])`
pub(super) fn several(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let values = sorted(rows);
    let Some(shares) = rows.first().and_then(|row| row.get(1)) else {
        return Ok(Value::Null);
    };
    let found: Judged<Vec<Value>> = shares
        .items()
        .iter()
        .map(|share| of_share(&values, share))
        .collect();
    found.map(Value::array)
}

/// `approx_percentile(x, weight, percentile)`
pub(super) fn weighted(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let mut pairs: Vec<(&Value, f64)> = Vec::new();
    for row in rows {
        if let [value, weight, ..] = row {
            let weight = weight.as_double();
            if weight <= 0.0 {
                return Err(Refusal::argument("percentile weight must be > 0"));
            }
            pairs.push((value, weight));
        }
    }
    pairs.sort_by(|(one, _), (other, _)| ordered(one, other));
    let share = rows
        .first()
        .and_then(|row| row.get(2))
        .unwrap_or(&Value::Null);
    let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
    let wanted = checked(share)? * total;
    let mut reached = 0.0;
    for (value, weight) in &pairs {
        reached += weight;
        if reached >= wanted {
            return Ok((*value).clone());
        }
    }
    Ok(pairs
        .last()
        .map_or(Value::Null, |(value, _)| (*value).clone()))
}

fn sorted<'a>(rows: &'a [&'a [Value]]) -> Vec<&'a Value> {
    let mut values: Vec<&Value> = rows.iter().filter_map(|row| row.first()).collect();
    values.sort_unstable_by(|one, other| ordered(one, other));
    values
}

fn checked(share: &Value) -> Judged<f64> {
    let of = share.as_double();
    match (0.0..=1.0).contains(&of) {
        true => Ok(of),
        false => Err(Refusal::argument("Percentile must be between 0 and 1")),
    }
}

/// The smallest value that has at least the share of all values at or below it.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place among the values"
)]
fn of_share(values: &[&Value], share: &Value) -> Judged<Value> {
    let wanted = checked(share)? * values.len() as f64;
    // 0.07 * 100 is a little more than 7 in doubles: what is that near counts as 7.
    let place = ((wanted - 1e-9 * wanted).ceil() as usize).max(1);
    Ok(values
        .get(place - 1)
        .map_or(Value::Null, |value| (*value).clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_value_at_its_share_of_the_rows() {
        let rows = |share: f64| -> Vec<Vec<Value>> {
            (1..=100)
                .rev()
                .map(|of| vec![Value::Whole(of), Value::Double(share)])
                .collect()
        };
        for (share, found) in [
            (0.0, 1),
            (0.5, 50),
            (0.07, 7),
            (0.95, 95),
            (0.999, 100),
            (1.0, 100),
        ] {
            let rows = rows(share);
            let rows: Vec<&[Value]> = rows.iter().map(Vec::as_slice).collect();
            assert_eq!(
                one(&rows, &Type::BigInt).unwrap(),
                Value::Whole(found),
                "{share}"
            );
        }
        assert!(one(&[&rows(1.5)[0]], &Type::BigInt).is_err());
        assert_eq!(one(&[], &Type::BigInt).unwrap(), Value::Null);
    }
}
