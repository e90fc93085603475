use crate::alarms::number::java_double;
use crate::alarms::{Band, ComparisonOperator, Evaluation, Part, StateValue};

/// What was found of the points that speak for the state: `not greater than the threshold (10.0)`.
pub(super) fn verdict(evaluation: &Evaluation, state: StateValue) -> String {
    let rule = &evaluation.rule;
    let not = match state {
        StateValue::Alarm => "",
        StateValue::Ok | StateValue::InsufficientData => "not ",
    };
    if let (Some(words), Some(threshold)) = (rule.operator.words(), rule.threshold) {
        return format!("{not}{words} the threshold ({})", java_double(threshold));
    }
    let speaks = match state {
        StateValue::Alarm => Part::Breaching,
        StateValue::Ok | StateValue::InsufficientData => Part::NotBreaching,
    };
    let newest_first = evaluation.datapoints.iter().rev();
    let bands: Vec<Band> = newest_first
        .filter(|evaluated| evaluated.part == speaks)
        .filter_map(|evaluated| evaluated.point.band)
        .collect();
    let lower = format!(
        "{not}less than the lower thresholds [{}]",
        list(&bands, |band| band.lower)
    );
    let upper = format!(
        "{not}greater than the upper thresholds [{}]",
        list(&bands, |band| band.upper)
    );
    match rule.operator {
        ComparisonOperator::LessThanLowerThreshold => lower,
        ComparisonOperator::GreaterThanUpperThreshold => upper,
        _ => format!("{lower} or {upper}"),
    }
}

fn list(bands: &[Band], limit: fn(&Band) -> f64) -> String {
    let limits: Vec<_> = bands.iter().map(|band| java_double(limit(band))).collect();
    limits.join(", ")
}
