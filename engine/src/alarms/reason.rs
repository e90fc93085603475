use serde_json::{Map, Value, json};

use crate::base::Millis;
use crate::metrics::Datapoint;

use super::number::java_double;
use super::{AlarmMetric, Judgement, MetricAlarm, Rule, StateValue, TreatMissingData};

/// Timestamps of the API's JSON texts: `2019-10-02T17:04:40.985+0000`.
pub(super) fn json_time(at: Millis) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f+0000")
}

/// Why `judgement` gives its state, in CloudWatch's words. `has_datapoints_to_alarm`: the alarm sets
/// DatapointsToAlarm, on which the wording depends. Texts are recorded ones; where a recording is missing
/// (fewer real points than N under `missing` or `ignore`) the number judged stands for N.
pub fn reason(rule: &Rule, has_datapoints_to_alarm: bool, judgement: &Judgement) -> String {
    let supporting = supporting(rule, judgement);
    match judgement.state {
        StateValue::InsufficientData => insufficient(rule.evaluation_periods),
        StateValue::Ok | StateValue::Alarm if supporting.is_empty() => received(rule, judgement),
        StateValue::Ok | StateValue::Alarm => {
            crossed(rule, has_datapoints_to_alarm, judgement, &supporting)
        }
    }
}

/// The judged points that speak for the state, newest first.
fn supporting(rule: &Rule, judgement: &Judgement) -> Vec<Datapoint> {
    let alarm = judgement.state == StateValue::Alarm;
    let speaks = |point: &&Datapoint| rule.is_breaching(point.value) == alarm;
    judgement.judged.iter().filter(speaks).copied().collect()
}

fn insufficient(periods: usize) -> String {
    format!(
        "Insufficient Data: {periods} {} {} unknown.",
        plural("datapoint", periods),
        was(periods)
    )
}

/// Only filled points speak for the state.
fn received(rule: &Rule, judgement: &Judgement) -> String {
    let real = judgement.judged.len();
    let count = match real {
        0 => "no datapoints were".to_owned(),
        _ => format!("{real} {} {}", plural("datapoint", real), was(real)),
    };
    format!(
        "Threshold Crossed: {count} received for {} {} and {}.",
        rule.evaluation_periods,
        plural("period", rule.evaluation_periods),
        filled(rule, judgement.filled)
    )
}

fn crossed(rule: &Rule, with_minimum: bool, judgement: &Judgement, points: &[Datapoint]) -> String {
    let count = points.len();
    let list: Vec<_> = points.iter().map(listed).collect();
    let list = list.join(", ");
    let verdict = format!(
        "{}{} the threshold ({})",
        if judgement.state == StateValue::Ok {
            "not "
        } else {
            ""
        },
        rule.operator.words().unwrap_or_default(),
        java_double(rule.threshold)
    );
    let filled = match judgement.filled {
        0 => String::new(),
        number => format!(" and {}", filled(rule, number)),
    };
    if !with_minimum {
        let datapoints = plural("datapoint", count);
        let was = was(count);
        return format!(
            "Threshold Crossed: {count} {datapoints} [{list}] {was} {verdict}{filled}."
        );
    }
    let total = judgement.judged.len() + judgement.filled;
    format!(
        "Threshold Crossed: {count} out of the last {total} datapoints [{list}] {} {verdict}{filled} \
         (minimum {}).",
        was(count),
        minimum(rule, judgement.state)
    )
}

/// `1 datapoint for OK -> ALARM transition`. The other direction needs N − M + 1 good ones (inferred; the
/// recordings have N = M = 1). The previous state is named so even where it was INSUFFICIENT_DATA.
fn minimum(rule: &Rule, state: StateValue) -> String {
    let (number, transition) = if state == StateValue::Alarm {
        (rule.datapoints_to_alarm, "OK -> ALARM")
    } else {
        let good = rule.evaluation_periods + 1 - rule.datapoints_to_alarm;
        (good, "ALARM -> OK")
    };
    let datapoints = plural("datapoint", number);
    format!("{number} {datapoints} for {transition} transition")
}

fn filled(rule: &Rule, number: usize) -> String {
    let treatment = match rule.treatment {
        TreatMissingData::Breaching => "Breaching",
        TreatMissingData::NotBreaching => "NonBreaching",
        TreatMissingData::Ignore => "Ignore",
        TreatMissingData::Missing => "Missing",
    };
    format!(
        "{number} missing {} {} treated as [{treatment}]",
        plural("datapoint", number),
        was(number)
    )
}

/// `99.5 (02/10/19 16:59:00)`: day, month, year.
fn listed(point: &Datapoint) -> String {
    let value = java_double(point.value);
    let at = point.timestamp.strftime("%d/%m/%y %H:%M:%S");
    format!("{value} ({at})")
}

fn plural(word: &str, number: usize) -> String {
    format!("{word}{}", if number == 1 { "" } else { "s" })
}

fn was(number: usize) -> &'static str {
    if number == 1 { "was" } else { "were" }
}

/// `StateReasonData`: the JSON text beside the reason, members in the order of the recordings.
pub fn reason_data(alarm: &MetricAlarm, judgement: &Judgement, now: Millis) -> String {
    let mut data = Map::new();
    data.insert("version".into(), json!("1.0"));
    data.insert("queryDate".into(), json!(json_time(now)));
    if let Some(oldest) = judgement.judged.last() {
        data.insert("startDate".into(), json!(json_time(oldest.timestamp)));
    }
    if let AlarmMetric::Single(stat) = &alarm.metric {
        if let Some(unit) = stat.unit {
            data.insert("unit".into(), json!(unit.as_str()));
        }
        data.insert("statistic".into(), json!(stat.statistic.to_string()));
    }
    data.insert("period".into(), json!(alarm.period()));
    let recent: Vec<f64> = judgement.judged.iter().rev().map(|p| p.value).collect();
    data.insert("recentDatapoints".into(), json!(recent));
    data.insert("threshold".into(), json!(alarm.threshold));
    let evaluated: Vec<Value> = judgement.evaluated.iter().map(evaluated_point).collect();
    data.insert("evaluatedDatapoints".into(), Value::Array(evaluated));
    Value::Object(data).to_string()
}

fn evaluated_point((start, point): &(Millis, Option<Datapoint>)) -> Value {
    let timestamp = json_time(*start);
    match point {
        Some(point) => json!({
            "timestamp": timestamp,
            "sampleCount": point.sample_count,
            "value": point.value,
        }),
        None => json!({ "timestamp": timestamp }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ComparisonOperator, Point, judge};
    use super::*;

    fn rule(treatment: TreatMissingData, n: usize, m: usize) -> Rule {
        Rule {
            operator: ComparisonOperator::GreaterThanOrEqualToThreshold,
            threshold: 1.0,
            evaluation_periods: n,
            datapoints_to_alarm: m,
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
                (timestamp, point)
            })
            .collect()
    }

    fn text(rule: &Rule, with_minimum: bool, values: &[Option<f64>]) -> String {
        reason(rule, with_minimum, &judge(rule, &points(values)).unwrap())
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
}
