use super::refusal::{invalid, refuse};
use super::{AlarmMetric, MetricAlarm};
use crate::metrics::{MetricDataQuery, MetricError, QueryKind};

const FUNCTION: &str = "ANOMALY_DETECTION_BAND";

/// What PutMetricAlarm refuses of an alarm on an anomaly detection band, in AWS's manner; and of a band in any
/// other alarm.
pub(super) fn band(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let AlarmMetric::Math(queries) = &alarm.metric else {
        return refuse(alarm.threshold.band().is_some(), || {
            "ThresholdMetricId requires Metrics with an ANOMALY_DETECTION_BAND expression"
                .to_owned()
        });
    };
    let Some(id) = alarm.threshold.band() else {
        return without_band(queries);
    };
    let expression = queries.iter().find(|query| query.id == id);
    let expression = expression.and_then(|query| match &query.kind {
        QueryKind::Expression { text, .. } => Some((query, text)),
        QueryKind::Metric(_) => None,
    });
    let Some((query, text)) = expression.filter(|(_, text)| is_band(text)) else {
        return Err(invalid(format!(
            "ThresholdMetricId {id} must be the id of an ANOMALY_DETECTION_BAND expression in Metrics"
        )));
    };
    refuse(!query.return_data, || {
        format!("The expression {id} named by ThresholdMetricId must return data")
    })?;
    arguments(text, queries)?;
    scaling(alarm)
}

fn is_band(text: &str) -> bool {
    text.trim_start().to_ascii_uppercase().starts_with(FUNCTION)
}

fn without_band(queries: &[MetricDataQuery]) -> Result<(), MetricError> {
    let is_band = |query: &&MetricDataQuery| match &query.kind {
        QueryKind::Expression { text, .. } => text.to_ascii_uppercase().contains(FUNCTION),
        QueryKind::Metric(_) => false,
    };
    match queries.iter().find(is_band) {
        None => Ok(()),
        Some(query) => Err(invalid(format!(
            "The {FUNCTION} expression {} must be named by ThresholdMetricId",
            query.id
        ))),
    }
}

/// `ANOMALY_DETECTION_BAND(m1)` or `ANOMALY_DETECTION_BAND(m1, 2)`: one of the metrics, and how many standard
/// deviations wide.
fn arguments(text: &str, queries: &[MetricDataQuery]) -> Result<(), MetricError> {
    let wrong = || {
        invalid(format!(
            "Error in expression '{text}': expected {FUNCTION}(metric, width)"
        ))
    };
    let rest = text.trim().get(FUNCTION.len()..).ok_or_else(wrong)?;
    let inner = rest
        .trim()
        .strip_prefix('(')
        .and_then(|r| r.strip_suffix(')'));
    let mut arguments = inner.ok_or_else(wrong)?.split(',').map(str::trim);
    let metric = arguments.next().unwrap_or_default();
    let is_known = queries.iter().any(|query| query.id == metric);
    let width = arguments.next().map(|width| width.parse::<f64>().ok());
    let is_wide = width.is_none_or(|width| width.is_some_and(|w| w.is_finite() && w > 0.0));
    match is_known && is_wide && arguments.next().is_none() {
        true => Ok(()),
        false => Err(wrong()),
    }
}

/// Auto Scaling takes no part in alarms on bands (API reference).
fn scaling(alarm: &MetricAlarm) -> Result<(), MetricError> {
    let lists = [
        &alarm.ok_actions,
        &alarm.alarm_actions,
        &alarm.insufficient_data_actions,
    ];
    let mut actions = lists.into_iter().flatten();
    let is_scaling = |arn: &&String| arn.split(':').nth(2) == Some("autoscaling");
    match actions.find(is_scaling) {
        None => Ok(()),
        Some(arn) => Err(invalid(format!(
            "Action {arn} is not supported for alarms on an anomaly detection band"
        ))),
    }
}
