use crate::base::Millis;
use crate::metrics::{Grid, MetricError, MetricStore, QueryKind, evaluate_on_grid};

use super::{AlarmMetric, MetricAlarm};

/// What PutMetricAlarm refuses, first mistake first. Texts without a recording are in AWS's manner.
pub(super) fn validate(alarm: &MetricAlarm) -> Result<(), MetricError> {
    RULES.iter().try_for_each(|rule| rule(alarm))
}

/// A rule of PutMetricAlarm (API reference and user guide, limits of alarms).
type Check = fn(&MetricAlarm) -> Result<(), MetricError>;

const RULES: &[Check] = &[
    name,
    description,
    actions,
    metrics,
    period,
    span,
    datapoints,
    threshold,
    operator,
    low_samples,
    math,
];

const WEEK: i64 = 604_800;
const DAY: i64 = 86_400;
const HOUR: i64 = 3600;

fn refuse(is_wrong: bool, message: impl FnOnce() -> String) -> Result<(), MetricError> {
    if !is_wrong {
        return Ok(());
    }
    Err(MetricError {
        code: "ValidationError",
        message: message(),
    })
}

fn constraint(value: &str, member: &str, constraint: &str) -> String {
    format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: \
         Member must {constraint}"
    )
}

fn name(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let name = alarm.name.as_str();
    refuse(name.is_empty(), || {
        constraint(name, "alarmName", "have length greater than or equal to 1")
    })?;
    refuse(name.chars().count() > 255, || {
        constraint(name, "alarmName", "have length less than or equal to 255")
    })?;
    refuse(name.chars().any(|c| c.is_ascii_control()), || {
        "AlarmName must not contain ASCII control characters".to_owned()
    })
}

fn description(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let text = alarm.description.as_deref().unwrap_or_default();
    refuse(text.chars().count() > 1024, || {
        constraint(
            text,
            "alarmDescription",
            "have length less than or equal to 1024",
        )
    })
}

fn actions(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let lists = [
        ("oKActions", &alarm.ok_actions),
        ("alarmActions", &alarm.alarm_actions),
        ("insufficientDataActions", &alarm.insufficient_data_actions),
    ];
    for (member, list) in lists {
        refuse(list.len() > 5, || {
            let given = format!("[{}]", list.join(", "));
            constraint(&given, member, "have length less than or equal to 5")
        })?;
        for arn in list {
            refuse(arn.chars().count() > 1024, || {
                constraint(arn, member, "have length less than or equal to 1024")
            })?;
            let parts: Vec<_> = arn.splitn(6, ':').collect();
            let is_arn = parts.len() == 6 && parts[0] == "arn" && !parts[5].is_empty();
            refuse(!is_arn, || format!("Invalid arn syntax: {arn}"))?;
        }
    }
    Ok(())
}

fn metrics(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let AlarmMetric::Math(queries) = &alarm.metric else {
        return Ok(());
    };
    refuse(alarm.metric.stats().len() > 10, || {
        "Metrics list must contain no more than 10 metrics".to_owned()
    })?;
    let returned = queries.iter().filter(|query| query.return_data).count();
    refuse(returned != 1, || {
        "Exactly one element of the metrics list should return data.".to_owned()
    })?;
    let mut periods: Vec<_> = alarm.metric.stats().iter().map(|s| s.period).collect();
    periods.extend(queries.iter().filter_map(|query| match &query.kind {
        QueryKind::Expression { period, .. } => *period,
        QueryKind::Metric(_) => None,
    }));
    periods.dedup();
    refuse(periods.len() > 1, || {
        format!(
            "metrics of different periods in one alarm ({}) are not evaluated by this endpoint; \
             give all of them one Period",
            periods
                .iter()
                .map(i64::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        )
    })
}

fn period(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let period = alarm.period();
    let is_fine = matches!(period, 10 | 20 | 30) || (period > 0 && period % 60 == 0);
    refuse(!is_fine, || {
        "Period must be 10, 20, 30 or a multiple of 60".to_owned()
    })
}

fn span(alarm: &MetricAlarm) -> Result<(), MetricError> {
    refuse(alarm.evaluation_periods == 0, || {
        constraint(
            "0",
            "evaluationPeriods",
            "have value greater than or equal to 1",
        )
    })?;
    let limit = if alarm.period() < HOUR { DAY } else { WEEK };
    let within = if limit == DAY { "a day" } else { "a week" };
    refuse(alarm.span() > limit, || {
        format!(
            "Metrics cannot be checked across more than {within} \
             (EvaluationPeriods * Period must be <= {limit})."
        )
    })
}

fn datapoints(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let Some(datapoints) = alarm.datapoints_to_alarm else {
        return Ok(());
    };
    refuse(datapoints == 0, || {
        constraint(
            "0",
            "datapointsToAlarm",
            "have value greater than or equal to 1",
        )
    })?;
    refuse(datapoints > alarm.evaluation_periods, || {
        "DatapointsToAlarm must be less than or equal to EvaluationPeriods".to_owned()
    })
}

fn threshold(alarm: &MetricAlarm) -> Result<(), MetricError> {
    refuse(!alarm.threshold.is_finite(), || {
        "Threshold must be a finite number".to_owned()
    })
}

fn operator(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let operator = alarm.comparison_operator;
    refuse(operator.is_band(), || {
        format!(
            "anomaly detection alarms (ComparisonOperator {}) are not evaluated by this endpoint",
            operator.as_str()
        )
    })
}

fn low_samples(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let given = alarm.evaluate_low_sample_count_percentile.as_deref();
    let is_known = matches!(given, None | Some("evaluate" | "ignore"));
    refuse(!is_known, || {
        format!(
            "Option {} is not supported for EvaluateLowSampleCountPercentile. \
             Supported options are evaluate and ignore.",
            given.unwrap_or_default()
        )
    })
}

/// An expression that the evaluator refuses is refused when it is put, not at each evaluation.
fn math(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let AlarmMetric::Math(queries) = &alarm.metric else {
        return Ok(());
    };
    for query in queries {
        if let QueryKind::Expression { text, .. } = &query.kind {
            kinds_not_evaluated(text)?;
        }
    }
    let grid = Grid {
        start: Millis(0),
        period: alarm.period(),
        count: 1,
    };
    evaluate_on_grid(&MetricStore::default(), queries, grid).map(|_| ())
}

/// Expressions that are no metric math.
fn kinds_not_evaluated(text: &str) -> Result<(), MetricError> {
    let upper = text.trim_start().to_ascii_uppercase();
    refuse(upper.contains("SEARCH("), || {
        "SEARCH is not supported on Metric Alarms.".to_owned()
    })?;
    refuse(upper.contains("ANOMALY_DETECTION_BAND("), || {
        "anomaly detection alarms (ANOMALY_DETECTION_BAND) are not evaluated by this endpoint"
            .to_owned()
    })?;
    refuse(upper.starts_with("SELECT "), || {
        "Metrics Insights alarms (SELECT …) are not evaluated by this endpoint".to_owned()
    })
}
