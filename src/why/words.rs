use belfry_engine::alarms::ComparisonOperator;

/// A number as people read it: at most four decimals, none where it is whole.
pub fn number(value: f64) -> String {
    if value != 0.0 && (value.abs() < 0.0001 || value.abs() >= 1e15) {
        return format!("{value:e}");
    }
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The sign of a comparison.
pub fn sign(operator: ComparisonOperator) -> &'static str {
    match operator {
        ComparisonOperator::GreaterThanOrEqualToThreshold => ">=",
        ComparisonOperator::GreaterThanThreshold => ">",
        ComparisonOperator::LessThanThreshold => "<",
        ComparisonOperator::LessThanOrEqualToThreshold => "<=",
        ComparisonOperator::LessThanLowerOrGreaterThanUpperThreshold => "outside",
        ComparisonOperator::LessThanLowerThreshold => "below",
        ComparisonOperator::GreaterThanUpperThreshold => "above",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_wrong_by_much() {
        for (value, text) in [
            (10.0, "10"),
            (0.0, "0"),
            (99.123_456, "99.1235"),
            (0.5, "0.5"),
            (0.000_001, "1e-6"),
            (1e20, "1e20"),
            (-3.25, "-3.25"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
