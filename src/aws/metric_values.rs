use std::collections::BTreeMap;

use aws_sdk_cloudwatch::types::{
    Dimension, Metric, MetricDataQuery, MetricStat as SdkStat, ScanBy, StandardUnit,
};
use aws_smithy_types::DateTime;
use belfry_engine::base::Millis;
use belfry_engine::metrics::{Dimensions, MetricStat};

use super::actions::METRICS;
use super::number::to_i32;
use super::{CloudError, Session};
use crate::iam::{Action, On, WATCH, WATCH_AND_COST};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "get_metric_data",
        "cloudwatch:GetMetricData",
        On::Everything(METRICS),
        WATCH_AND_COST,
    ),
    Action::new(
        "list_metrics",
        "cloudwatch:ListMetrics",
        On::Everything(METRICS),
        WATCH,
    ),
];

const OPERATION: &str = "GetMetricData";

/// The values of one statistic, by the start of their bucket.
pub type Values = BTreeMap<Millis, f64>;

impl Session {
    /// The values of each of `stats` over `[start, end)`, in the same order (GetMetricData). Buckets are
    /// multiples of the period. At most 500 statistics.
    pub async fn metric_values(
        &self,
        stats: &[MetricStat],
        (start, end): (Millis, Millis),
    ) -> Result<Vec<Values>, CloudError> {
        let queries = stats
            .iter()
            .enumerate()
            .map(|(index, stat)| query(index, stat));
        let queries: Vec<_> = queries.collect::<Result<_, _>>()?;
        let mut values = vec![Values::new(); stats.len()];
        let mut token = None;
        loop {
            let page = self
                .cloudwatch()
                .get_metric_data()
                .set_metric_data_queries(Some(queries.clone()))
                .start_time(DateTime::from_millis(start.0))
                .end_time(DateTime::from_millis(end.0))
                .scan_by(ScanBy::TimestampAscending)
                .set_next_token(token)
                .send()
                .await
                .map_err(|e| CloudError::from_sdk(OPERATION, "metrics", &e))?;
            for result in page.metric_data_results() {
                let number = result.id().and_then(|id| id.strip_prefix('q'));
                let place = number.and_then(|number| number.parse::<usize>().ok());
                let Some(found) = place.and_then(|place| values.get_mut(place)) else {
                    continue;
                };
                let times = result
                    .timestamps()
                    .iter()
                    .filter_map(|time| time.to_millis().ok());
                found.extend(times.map(Millis).zip(result.values().iter().copied()));
            }
            token = page.next_token().map(str::to_owned);
            if token.is_none() {
                return Ok(values);
            }
        }
    }

    /// The sets of dimensions under which a metric was seen in the last two weeks (ListMetrics).
    pub async fn dimension_sets(
        &self,
        namespace: &str,
        name: &str,
    ) -> Result<Vec<Dimensions>, CloudError> {
        let client = self.cloudwatch();
        let request = client.list_metrics().namespace(namespace).metric_name(name);
        let mut pages = request.into_paginator().send();
        let mut sets = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CloudError::from_sdk("ListMetrics", name, &e))?;
            sets.extend(page.metrics().iter().map(set));
        }
        Ok(sets)
    }
}

fn set(metric: &Metric) -> Dimensions {
    let pairs = metric.dimensions().iter().map(|dimension| {
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        (text(dimension.name()), text(dimension.value()))
    });
    pairs.collect()
}

fn query(index: usize, stat: &MetricStat) -> Result<MetricDataQuery, CloudError> {
    let id = &stat.id;
    let dimensions = id.dimensions.iter();
    let dimensions =
        dimensions.map(|(name, value)| Dimension::builder().name(name).value(value).build());
    let metric = Metric::builder()
        .namespace(id.namespace.as_ref())
        .metric_name(id.name.as_ref())
        .set_dimensions(Some(dimensions.collect()))
        .build();
    let unit = stat.unit.map(|unit| StandardUnit::from(unit.as_str()));
    let stat = SdkStat::builder()
        .metric(metric)
        .period(to_i32(OPERATION, &id.name, stat.period)?)
        .stat(stat.statistic.to_string())
        .set_unit(unit)
        .build();
    let query = MetricDataQuery::builder().id(format!("q{index}"));
    Ok(query.metric_stat(stat).build())
}
