use std::collections::BTreeMap;

use aws_sdk_cloudwatch::types::{
    Dimension, Metric, MetricAlarm, MetricDataQuery, MetricStat, StandardUnit, Statistic,
};

use super::CloudError;
use super::number::to_i32;
use crate::provision::resources::{AlarmActions, AlarmQuery, AlarmResource, WatchedMetric};

/// An alarm as DescribeAlarms shows it. What AWS leaves out at its default is filled in.
pub(super) fn resource(alarm: &MetricAlarm) -> AlarmResource {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let evaluation_periods = alarm.evaluation_periods().map_or(0, i64::from);
    AlarmResource {
        name: text(alarm.alarm_name()),
        region: None,
        description: text(alarm.alarm_description()),
        metric: alarm.metric_name().map(|name| of_alarm(alarm, name)),
        queries: alarm.metrics().iter().map(of_query).collect(),
        evaluation_periods,
        datapoints_to_alarm: alarm
            .datapoints_to_alarm()
            .map_or(evaluation_periods, i64::from),
        threshold: alarm.threshold(),
        threshold_metric: alarm.threshold_metric_id().map(str::to_owned),
        comparison: text(alarm.comparison_operator().map(|c| c.as_str())),
        treat_missing_data: alarm.treat_missing_data().unwrap_or("missing").to_owned(),
        actions: AlarmActions {
            enabled: alarm.actions_enabled().unwrap_or(true),
            alarm: alarm.alarm_actions().to_vec(),
            ok: alarm.ok_actions().to_vec(),
            insufficient_data: alarm.insufficient_data_actions().to_vec(),
        },
        other: other(alarm),
    }
}

fn of_alarm(alarm: &MetricAlarm, name: &str) -> WatchedMetric {
    let statistic = alarm.statistic().map(Statistic::as_str);
    let statistic = statistic.or(alarm.extended_statistic()).unwrap_or_default();
    WatchedMetric {
        namespace: alarm.namespace().unwrap_or_default().to_owned(),
        name: name.to_owned(),
        dimensions: named(alarm.dimensions()),
        statistic: canonical(statistic),
        period: alarm.period().map_or(0, i64::from),
        unit: alarm.unit().map(|unit| unit.as_str().to_owned()),
    }
}

fn of_query(query: &MetricDataQuery) -> AlarmQuery {
    AlarmQuery {
        id: query.id().unwrap_or_default().to_owned(),
        metric: query.metric_stat().map(of_stat),
        expression: query.expression().map(str::to_owned),
        label: query.label().map(str::to_owned),
        return_data: query.return_data().unwrap_or(true),
    }
}

fn of_stat(stat: &MetricStat) -> WatchedMetric {
    let metric = stat.metric();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    WatchedMetric {
        namespace: text(metric.and_then(Metric::namespace)),
        name: text(metric.and_then(Metric::metric_name)),
        dimensions: metric.map(|m| named(m.dimensions())).unwrap_or_default(),
        statistic: canonical(stat.stat().unwrap_or_default()),
        period: stat.period().map_or(0, i64::from),
        unit: stat.unit().map(|unit| unit.as_str().to_owned()),
    }
}

/// The spelling that a suite's statistic has: another one of the same is no difference.
fn canonical(statistic: &str) -> String {
    let known = belfry_engine::metrics::Statistic::parse(statistic);
    known.map_or_else(|_| statistic.to_owned(), |known| known.to_string())
}

fn named(dimensions: &[Dimension]) -> BTreeMap<String, String> {
    let pairs = dimensions.iter().map(|dimension| {
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        (text(dimension.name()), text(dimension.value()))
    });
    pairs.collect()
}

/// Members that a suite never sets.
fn other(alarm: &MetricAlarm) -> BTreeMap<String, String> {
    let members = [
        (
            "EvaluateLowSampleCountPercentile",
            alarm
                .evaluate_low_sample_count_percentile()
                .map(str::to_owned),
        ),
        (
            "EvaluationInterval",
            alarm.evaluation_interval().map(|n| n.to_string()),
        ),
        (
            "EvaluationWindow",
            alarm.evaluation_window().map(|w| format!("{w:?}")),
        ),
        (
            "EvaluationCriteria",
            alarm.evaluation_criteria().map(|c| format!("{c:?}")),
        ),
        (
            "WarmUpConfiguration",
            alarm.warm_up_configuration().map(|c| format!("{c:?}")),
        ),
        (
            "ActionConfiguration",
            alarm.action_configuration().map(|c| format!("{c:?}")),
        ),
    ];
    let set = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    set.collect()
}

/// The dimensions for a request.
pub(super) fn dimensions(metric: &WatchedMetric) -> Vec<Dimension> {
    let pairs = metric.dimensions.iter();
    pairs
        .map(|(name, value)| Dimension::builder().name(name).value(value).build())
        .collect()
}

/// A query for a request.
pub(super) fn query(alarm: &str, query: &AlarmQuery) -> Result<MetricDataQuery, CloudError> {
    let stat = query.metric.as_ref().map(|m| stat(alarm, m)).transpose()?;
    Ok(MetricDataQuery::builder()
        .id(&query.id)
        .set_metric_stat(stat)
        .set_expression(query.expression.clone())
        .set_label(query.label.clone())
        .return_data(query.return_data)
        .build())
}

fn stat(alarm: &str, watched: &WatchedMetric) -> Result<MetricStat, CloudError> {
    let metric = Metric::builder()
        .namespace(&watched.namespace)
        .metric_name(&watched.name)
        .set_dimensions(Some(dimensions(watched)))
        .build();
    Ok(MetricStat::builder()
        .metric(metric)
        .period(to_i32("PutMetricAlarm", alarm, watched.period)?)
        .stat(&watched.statistic)
        .set_unit(watched.unit.as_deref().map(StandardUnit::from))
        .build())
}
