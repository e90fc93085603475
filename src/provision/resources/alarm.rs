use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{AlarmActions, Attributes};
use crate::provision::{Address, Kind, Place};
use crate::suite::{Alarm, Limit, MathQuery, MetricStat, Watch};

/// A metric under a statistic, as alarms name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedMetric {
    /// `AWS/ECS`.
    pub namespace: String,
    /// `CPUUtilization`.
    pub name: String,
    /// The exact set.
    pub dimensions: BTreeMap<String, String>,
    /// `Sum` or `p95`: AWS keeps the two kinds in different members.
    pub statistic: String,
    /// Seconds.
    pub period: i64,
    /// Only samples of this unit.
    pub unit: Option<String>,
}

/// One entry of an alarm's `Metrics`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmQuery {
    /// `m1`.
    pub id: String,
    /// A metric, or nothing where it is an expression.
    pub metric: Option<WatchedMetric>,
    /// An expression.
    pub expression: Option<String>,
    /// What it is called.
    pub label: Option<String>,
    /// Whether the alarm watches it.
    pub return_data: bool,
}

/// A metric alarm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlarmResource {
    /// Its name.
    pub name: String,
    /// Where it lives, if that is not the environment's region.
    pub region: Option<String>,
    /// Description, owner and runbook.
    pub description: String,
    /// The one metric; nothing where `queries` are watched.
    pub metric: Option<WatchedMetric>,
    /// Metric math.
    pub queries: Vec<AlarmQuery>,
    /// N.
    pub evaluation_periods: i64,
    /// M; AWS leaves it out where it is N.
    pub datapoints_to_alarm: i64,
    /// The threshold.
    pub threshold: Option<f64>,
    /// The id of the query whose band it compares with, where it has no threshold.
    pub threshold_metric: Option<String>,
    /// AWS's name.
    pub comparison: String,
    /// AWS leaves it out where it is `missing`.
    pub treat_missing_data: String,
    /// Who is told.
    pub actions: AlarmActions,
    /// Members that no suite sets, by their names in the API: they show up in a plan and an update takes
    /// them away.
    pub other: BTreeMap<String, String>,
}

impl AlarmResource {
    /// An alarm on billing metrics is desired where these are, with the topics it tells.
    pub(crate) fn desired(alarm: &Alarm, place: &Place) -> Self {
        let abroad = place.billing().filter(|_| alarm.is_billing());
        let place = abroad.as_ref().unwrap_or(place);
        let (metric, queries) = match &alarm.watch {
            Watch::Metric(stat) if let Limit::Band(width) = alarm.limit => {
                (None, banded(stat, width))
            }
            Watch::Metric(stat) => (Some(watched(stat)), Vec::new()),
            Watch::Math {
                metrics,
                expression,
            } => (None, math(metrics, expression)),
        };
        Self {
            name: alarm.head.name.clone(),
            region: abroad.as_ref().map(|place| place.region.clone()),
            description: alarm.head.full_description(),
            metric,
            queries,
            evaluation_periods: alarm.evaluation_periods,
            datapoints_to_alarm: alarm
                .datapoints_to_alarm
                .unwrap_or(alarm.evaluation_periods),
            threshold: match alarm.limit {
                Limit::Threshold(threshold) => Some(threshold),
                Limit::Band(_) => None,
            },
            threshold_metric: matches!(alarm.limit, Limit::Band(_)).then(|| BAND.to_owned()),
            comparison: alarm.comparison.to_owned(),
            treat_missing_data: alarm
                .treat_missing_data
                .clone()
                .unwrap_or_else(|| "missing".to_owned()),
            actions: AlarmActions::desired(&alarm.head.actions, place),
            other: BTreeMap::new(),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::regional(Kind::Alarm, &self.name, self.region.as_deref())
    }

    pub(super) fn attributes(&self) -> Attributes {
        let mut attributes = vec![
            ("description", self.description.clone().into()),
            (
                "metric",
                self.metric.as_ref().map_or(Value::Null, metric_json),
            ),
        ];
        let queries: Vec<Value> = self.queries.iter().map(query_json).collect();
        attributes.extend([
            ("metrics", list(queries)),
            ("evaluation_periods", self.evaluation_periods.into()),
            ("datapoints_to_alarm", self.datapoints_to_alarm.into()),
            ("threshold", self.threshold.into()),
            ("comparison", self.comparison.clone().into()),
            ("treat_missing_data", self.treat_missing_data.clone().into()),
        ]);
        attributes.extend(self.actions.attributes());
        if let Some(id) = &self.threshold_metric {
            attributes.push(("threshold_metric", id.clone().into()));
        }
        if !self.other.is_empty() {
            attributes.push(("other", json!(self.other)));
        }
        attributes
    }

    /// The topics among the actions; other actions have no address.
    pub(super) fn references(&self) -> Vec<Address> {
        self.actions.topics(self.region.as_deref()).collect()
    }
}

/// Null where there are none, so that an alarm without metric math does not show an empty list.
fn list(values: Vec<Value>) -> Value {
    if values.is_empty() {
        Value::Null
    } else {
        values.into()
    }
}

fn watched(stat: &MetricStat) -> WatchedMetric {
    WatchedMetric {
        namespace: stat.metric.namespace.clone(),
        name: stat.metric.name.clone(),
        dimensions: stat.metric.dimensions.clone(),
        statistic: stat.statistic.clone(),
        period: stat.period,
        unit: stat.unit.clone(),
    }
}

/// The id of the query that makes the band.
const BAND: &str = "band";

/// The metric and the band around it; PutMetricAlarm wants both to return data.
fn banded(stat: &MetricStat, width: f64) -> Vec<AlarmQuery> {
    let metric = AlarmQuery {
        id: "m1".to_owned(),
        metric: Some(watched(stat)),
        expression: None,
        label: None,
        return_data: true,
    };
    let band = AlarmQuery {
        id: BAND.to_owned(),
        metric: None,
        expression: Some(format!("ANOMALY_DETECTION_BAND(m1, {width})")),
        label: None,
        return_data: true,
    };
    vec![metric, band]
}

/// The metrics under their ids, and the expression, which alone is watched, under `result`.
fn math(metrics: &[MathQuery], expression: &str) -> Vec<AlarmQuery> {
    let metrics = metrics.iter().map(|query| AlarmQuery {
        id: query.id.clone(),
        metric: Some(watched(&query.stat)),
        expression: None,
        label: None,
        return_data: false,
    });
    let watched = AlarmQuery {
        id: "result".to_owned(),
        metric: None,
        expression: Some(expression.to_owned()),
        label: None,
        return_data: true,
    };
    metrics.chain([watched]).collect()
}

fn metric_json(metric: &WatchedMetric) -> Value {
    json!({
        "namespace": metric.namespace,
        "name": metric.name,
        "dimensions": metric.dimensions,
        "statistic": metric.statistic,
        "period": metric.period,
        "unit": metric.unit,
    })
}

fn query_json(query: &AlarmQuery) -> Value {
    json!({
        "id": query.id,
        "metric": query.metric.as_ref().map(metric_json),
        "expression": query.expression,
        "label": query.label,
        "return_data": query.return_data,
    })
}
