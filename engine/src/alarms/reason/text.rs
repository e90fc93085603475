use super::words::{listed, number_of, was};
use super::{Wording, verdict};
use crate::alarms::{Evaluation, StateValue, TreatMissingData};
use crate::metrics::Datapoint;

/// Why `evaluation` gives its state, in CloudWatch's words; nothing where it keeps the state. Whether the alarm
/// sets DatapointsToAlarm shows in the wording. Texts are recorded ones; where a recording is missing (fewer
/// values than N under `missing` or `ignore`) the number judged stands for N.
pub fn reason(evaluation: &Evaluation, wording: Wording) -> Option<String> {
    let state = evaluation.state?;
    let supporting = supporting(evaluation, state);
    Some(match state {
        StateValue::InsufficientData => {
            let periods = evaluation.rule.evaluation_periods;
            let unknown = number_of(wording.noun(), periods);
            format!("Insufficient Data: {unknown} {} unknown.", was(periods))
        }
        StateValue::Ok | StateValue::Alarm if supporting.is_empty() => {
            received(evaluation, wording)
        }
        StateValue::Ok | StateValue::Alarm => crossed(evaluation, state, wording, &supporting),
    })
}

/// The judged points that speak for the state, newest first.
fn supporting(evaluation: &Evaluation, state: StateValue) -> Vec<Datapoint> {
    let alarm = state == StateValue::Alarm;
    let judged = evaluation.judged();
    judged
        .filter(|(_, breaches)| *breaches == alarm)
        .map(|(point, _)| point)
        .collect()
}

/// Only filled points speak for the state.
fn received(evaluation: &Evaluation, wording: Wording) -> String {
    let real = evaluation.judged().count();
    let count = match real {
        0 => format!("no {}s were", wording.noun()),
        _ => format!("{} {}", number_of(wording.noun(), real), was(real)),
    };
    format!(
        "Threshold Crossed: {count} received for {} and {}.",
        number_of("period", evaluation.rule.evaluation_periods),
        filled(evaluation, wording)
    )
}

fn crossed(
    evaluation: &Evaluation,
    state: StateValue,
    wording: Wording,
    points: &[Datapoint],
) -> String {
    let rule = &evaluation.rule;
    let head = match rule.threshold {
        Some(_) => "Threshold Crossed",
        None => "Thresholds Crossed",
    };
    let count = points.len();
    let verdict = verdict(evaluation, state);
    if let (Wording::Contributor, Some(newest)) = (wording, points.first()) {
        let datapoints = number_of(wording.noun(), count);
        let which = match state {
            StateValue::Alarm => "which crossed",
            StateValue::Ok | StateValue::InsufficientData => "which did not cross",
        };
        return format!(
            "{head}: {datapoints} {} {verdict}. The most recent datapoint {which} the threshold: [{}].",
            was(count),
            listed(newest)
        );
    }
    let list: Vec<_> = points.iter().map(listed).collect();
    let list = list.join(", ");
    let filled = match evaluation.filled() {
        0 => String::new(),
        _ => format!(" and {}", filled(evaluation, wording)),
    };
    if rule.datapoints_to_alarm.is_none() {
        let datapoints = number_of(wording.noun(), count);
        let was = was(count);
        return format!("{head}: {datapoints} [{list}] {was} {verdict}{filled}.");
    }
    let total = evaluation.judged().count() + evaluation.filled();
    format!(
        "{head}: {count} out of the last {total} {}s [{list}] {} {verdict}{filled} (minimum {}).",
        wording.noun(),
        was(count),
        minimum(evaluation, state)
    )
}

/// `1 datapoint for OK -> ALARM transition`. The other direction needs N − M + 1 good ones (inferred; the
/// recordings have N = M = 1). The previous state is named so even where it was INSUFFICIENT_DATA.
fn minimum(evaluation: &Evaluation, state: StateValue) -> String {
    let rule = &evaluation.rule;
    let (number, transition) = if state == StateValue::Alarm {
        (rule.needed(), "OK -> ALARM")
    } else {
        (rule.evaluation_periods + 1 - rule.needed(), "ALARM -> OK")
    };
    format!(
        "{} for {transition} transition",
        number_of("datapoint", number)
    )
}

fn filled(evaluation: &Evaluation, wording: Wording) -> String {
    let number = evaluation.filled();
    let treatment = match evaluation.rule.treatment {
        TreatMissingData::Breaching => "Breaching",
        TreatMissingData::NotBreaching => "NonBreaching",
        TreatMissingData::Ignore => "Ignore",
        TreatMissingData::Missing => "Missing",
    };
    format!(
        "{} {} treated as [{treatment}]",
        number_of(&format!("missing {}", wording.noun()), number),
        was(number)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alarms::{Band, ComparisonOperator, Point, Rule, evaluate};
    use crate::base::Millis;

    fn rule(treatment: TreatMissingData, n: usize, m: usize) -> Rule {
        Rule {
            operator: ComparisonOperator::GreaterThanOrEqualToThreshold,
            threshold: Some(1.0),
            evaluation_periods: n,
            datapoints_to_alarm: Some(m),
            treatment,
            minimum_samples: None,
        }
    }

    fn points(values: &[Option<f64>]) -> Vec<Point> {
        let start = Millis::parse_rfc3339("2024-03-16T12:15:00Z").unwrap();
        let newest = i64::try_from(values.len()).unwrap() - 1;
        (0..)
            .zip(values)
            .map(|(i, value)| {
                let timestamp = start.plus((i - newest) * 60_000);
                let point = value.map(|value| Datapoint {
                    timestamp,
                    value,
                    sample_count: 1.0,
                });
                Point::new(timestamp, point)
            })
            .collect()
    }

    fn text(rule: &Rule, with_minimum: bool, values: &[Option<f64>]) -> String {
        let mut rule = *rule;
        rule.datapoints_to_alarm = rule.datapoints_to_alarm.filter(|_| with_minimum);
        reason(&evaluate(&rule, &points(values)), Wording::Metric).unwrap()
    }

    /// The wording of a message from eu-west-1, March 2024.
    #[test]
    fn one_breach_among_missing_points_names_both() {
        let mut values = [None; 20];
        values[19] = Some(613.0);
        assert_eq!(
            text(&rule(TreatMissingData::NotBreaching, 20, 1), true, &values),
            "Threshold Crossed: 1 out of the last 20 datapoints [613.0 (16/03/24 12:15:00)] was greater \
             than or equal to the threshold (1.0) and 19 missing datapoints were treated as [NonBreaching] \
             (minimum 1 datapoint for OK -> ALARM transition)."
        );
    }

    /// The wording of recoveries recorded in August 2026.
    #[test]
    fn a_recovery_without_datapoints_to_alarm_has_no_minimum() {
        assert_eq!(
            text(
                &rule(TreatMissingData::Breaching, 2, 2),
                false,
                &[Some(0.0), None]
            ),
            "Threshold Crossed: 1 datapoint [0.0 (16/03/24 12:14:00)] was not greater than or equal to the \
             threshold (1.0) and 1 missing datapoint was treated as [Breaching]."
        );
    }

    #[test]
    fn a_state_that_only_filled_points_give_says_what_was_received() {
        let breaching = rule(TreatMissingData::Breaching, 3, 2);
        assert_eq!(
            text(&breaching, true, &[None, Some(0.0), None]),
            "Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were \
             treated as [Breaching]."
        );
        assert_eq!(
            text(&rule(TreatMissingData::NotBreaching, 1, 1), true, &[None]),
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was \
             treated as [NonBreaching]."
        );
    }

    #[test]
    fn recovery_of_two_of_three_needs_two_good_points() {
        let two_of_three = rule(TreatMissingData::Missing, 3, 2);
        let text = text(&two_of_three, true, &[Some(2.0), Some(0.0), Some(0.0)]);
        assert!(text.starts_with("Threshold Crossed: 2 out of the last 3 datapoints ["));
        assert!(text.ends_with("(minimum 2 datapoints for ALARM -> OK transition)."));
    }

    /// The wording of an alarm on an anomaly band.
    #[test]
    fn a_band_shows_the_limits_of_the_points_named() {
        let text = |operator, value: f64| {
            let rule = Rule {
                operator,
                threshold: None,
                ..rule(TreatMissingData::Missing, 1, 1)
            };
            let mut points = points(&[Some(value)]);
            points[0].band = Some(Band {
                lower: 0.5,
                upper: 2.0,
            });
            reason(&evaluate(&rule, &points), Wording::Metric).unwrap()
        };
        let both = ComparisonOperator::LessThanLowerOrGreaterThanUpperThreshold;
        assert_eq!(
            text(both, 0.0),
            "Thresholds Crossed: 1 out of the last 1 datapoints [0.0 (16/03/24 12:15:00)] was less than the \
             lower thresholds [0.5] or greater than the upper thresholds [2.0] (minimum 1 datapoint for OK -> \
             ALARM transition)."
        );
        assert_eq!(
            text(both, 1.0),
            "Thresholds Crossed: 1 out of the last 1 datapoints [1.0 (16/03/24 12:15:00)] was not less than \
             the lower thresholds [0.5] or not greater than the upper thresholds [2.0] (minimum 1 datapoint \
             for ALARM -> OK transition)."
        );
        let upper = ComparisonOperator::GreaterThanUpperThreshold;
        assert!(text(upper, 3.0).contains("was greater than the upper thresholds [2.0] (minimum"));
    }
}
