use serde_json::Value;

use super::{DatumValues, StatisticSet};

const MOST_VALUES: usize = 100;

/// Reads a metric's target: a number, a list of at most 100 numbers, and the two shapes that AWS's own libraries
/// write, a distribution (`Values` with `Counts`, metrique) and a statistic set (`Max`, `Min`, `Count`, `Sum`,
/// the OpenTelemetry exporter). Where both are there, the distribution counts.
pub(super) fn read_values(target: &Value) -> Result<DatumValues, String> {
    match target {
        Value::Array(values) => read_list(values),
        Value::Object(object) if object.contains_key("Values") => read_distribution(target)
            .ok_or_else(|| {
                format!("`{target}`: `Values` and `Counts` are lists of numbers of one length")
            }),
        Value::Object(_) => read_set(target).ok_or_else(|| expected(target)),
        _ => {
            let number = target.as_f64().ok_or_else(|| expected(target))?;
            Ok(DatumValues::Distribution(vec![(number, 1.0)]))
        }
    }
}

fn expected(target: &Value) -> String {
    format!(
        "`{target}` is not a number, a list of numbers, or an object of Values and Counts or of Max, Min, Count and Sum"
    )
}

fn read_list(values: &[Value]) -> Result<DatumValues, String> {
    if values.is_empty() || values.len() > MOST_VALUES {
        return Err(format!(
            "{} values, expected 1 to {MOST_VALUES}",
            values.len()
        ));
    }
    let numbers: Option<Vec<_>> = values.iter().map(|v| Some((v.as_f64()?, 1.0))).collect();
    numbers
        .map(DatumValues::Distribution)
        .ok_or_else(|| "a list with something that is not a number".to_owned())
}

fn read_distribution(target: &Value) -> Option<DatumValues> {
    let numbers = |name: &str| -> Option<Vec<f64>> {
        target
            .get(name)?
            .as_array()?
            .iter()
            .map(Value::as_f64)
            .collect()
    };
    let values = numbers("Values")?;
    let counts = match target.get("Counts") {
        Some(_) => numbers("Counts")?,
        None => vec![1.0; values.len()],
    };
    let fits = !values.is_empty() && values.len() == counts.len();
    fits.then(|| DatumValues::Distribution(values.into_iter().zip(counts).collect()))
}

fn read_set(target: &Value) -> Option<DatumValues> {
    let number = |name: &str| target.get(name)?.as_f64();
    Some(DatumValues::StatisticSet(StatisticSet {
        sample_count: number("Count")?,
        sum: number("Sum")?,
        minimum: number("Min")?,
        maximum: number("Max")?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_and_distributions_are_samples() {
        let list = read_values(&json!([1, 2.5])).unwrap();
        assert_eq!(
            list,
            DatumValues::Distribution(vec![(1.0, 1.0), (2.5, 1.0)])
        );
        let distribution = json!({ "Values": [1.0, 2.0], "Counts": [3, 1], "Max": 2, "Min": 1, "Count": 9, "Sum": 5 });
        let distribution = read_values(&distribution).unwrap();
        assert_eq!(
            distribution,
            DatumValues::Distribution(vec![(1.0, 3.0), (2.0, 1.0)])
        );
    }

    #[test]
    fn a_statistic_set_is_one() {
        let set = read_values(&json!({ "Max": 4, "Min": 1, "Count": 3, "Sum": 7 })).unwrap();
        assert!(
            matches!(set, DatumValues::StatisticSet(set) if set.sample_count == 3.0 && set.sum == 7.0)
        );
    }

    #[test]
    fn anything_else_is_refused() {
        let bad = [
            json!("1"),
            json!(true),
            json!(null),
            json!([]),
            json!([1, "2"]),
            json!(vec![1; 101]),
            json!({ "Max": 1 }),
            json!({ "Values": [1], "Counts": [1, 2] }),
        ];
        for target in bad {
            assert!(read_values(&target).is_err(), "{target}");
        }
    }
}
