use aws_sdk_cloudwatch::operation::put_metric_alarm::builders::PutMetricAlarmFluentBuilder;
use aws_sdk_cloudwatch::types::{AlarmType, ComparisonOperator, StandardUnit, Statistic};

use super::CloudError;
use super::alarm_values::{dimensions, query, resource};
use super::cloud::AwsCloud;
use super::composite_alarms;
use super::number::to_i32;
use crate::provision::resources::{AlarmResource, CompositeAlarmResource, WatchedMetric};
use crate::provision::{Observed, Ownership, Resource, Scope};

/// The statistics that PutMetricAlarm takes as `Statistic`; all others are `ExtendedStatistic`.
const PLAIN_STATISTICS: &[&str] = &["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

impl AwsCloud {
    pub(super) async fn observe_alarms(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let client = self.session.cloudwatch();
        let mut pages = client
            .describe_alarms()
            .alarm_name_prefix(scope.prefix)
            .alarm_types(AlarmType::MetricAlarm)
            .alarm_types(AlarmType::CompositeAlarm)
            .into_paginator()
            .send();
        while let Some(page) = pages.next().await {
            let page =
                page.map_err(|e| CloudError::from_sdk("DescribeAlarms", scope.prefix, &e))?;
            for alarm in page.metric_alarms() {
                let arn = alarm.alarm_arn().unwrap_or_default();
                let tag = self.cloudwatch_tag(arn).await?;
                let taken = CompositeAlarmResource {
                    name: alarm.alarm_name().unwrap_or_default().to_owned(),
                    ..CompositeAlarmResource::default()
                };
                let foreign = Ownership::Foreign("it is a metric alarm".to_owned());
                observed.insert(Resource::CompositeAlarm(taken), foreign, None);
                let resource = Resource::Alarm(resource(alarm));
                observed.insert(resource, self.ownership(tag.as_deref()), None);
            }
            for alarm in page.composite_alarms() {
                let arn = alarm.alarm_arn().unwrap_or_default();
                let tag = self.cloudwatch_tag(arn).await?;
                let composite = composite_alarms::resource(alarm);
                // Names are unique over both kinds: a metric alarm cannot take this one.
                let taken = AlarmResource {
                    name: composite.name.clone(),
                    ..AlarmResource::default()
                };
                let foreign = Ownership::Foreign("it is a composite alarm".to_owned());
                observed.insert(Resource::Alarm(taken), foreign, None);
                let resource = Resource::CompositeAlarm(composite);
                observed.insert(resource, self.ownership(tag.as_deref()), None);
            }
        }
        Ok(())
    }

    /// PutMetricAlarm replaces the whole configuration; it takes tags for a new alarm only.
    pub(super) async fn put_alarm(
        &self,
        alarm: &AlarmResource,
        is_new: bool,
    ) -> Result<(), CloudError> {
        let number = |number| to_i32("PutMetricAlarm", &alarm.name, number);
        let queries: Option<Vec<_>> = match alarm.queries.as_slice() {
            [] => None,
            queries => Some(
                queries
                    .iter()
                    .map(|q| query(&alarm.name, q))
                    .collect::<Result<_, _>>()?,
            ),
        };
        let request = self
            .session
            .cloudwatch()
            .put_metric_alarm()
            .alarm_name(&alarm.name)
            .alarm_description(&alarm.description)
            .actions_enabled(alarm.actions_enabled)
            .set_alarm_actions(Some(alarm.alarm_actions.clone()))
            .set_ok_actions(Some(alarm.ok_actions.clone()))
            .set_insufficient_data_actions(Some(alarm.insufficient_data_actions.clone()))
            .set_metrics(queries)
            .evaluation_periods(number(alarm.evaluation_periods)?)
            .datapoints_to_alarm(number(alarm.datapoints_to_alarm)?)
            .set_threshold(alarm.threshold)
            .comparison_operator(ComparisonOperator::from(alarm.comparison.as_str()))
            .treat_missing_data(&alarm.treat_missing_data)
            .set_tags(is_new.then(|| vec![self.suite_tag()]));
        let request = match &alarm.metric {
            None => request,
            Some(metric) => single(request, metric).period(number(metric.period)?),
        };
        request
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("PutMetricAlarm", &alarm.name, &e))?;
        Ok(())
    }

    /// An alarm of either kind.
    pub(super) async fn delete_alarm(&self, name: &str) -> Result<(), CloudError> {
        self.session
            .cloudwatch()
            .delete_alarms()
            .alarm_names(name)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("DeleteAlarms", name, &e))?;
        Ok(())
    }
}

fn single(
    request: PutMetricAlarmFluentBuilder,
    metric: &WatchedMetric,
) -> PutMetricAlarmFluentBuilder {
    let request = request
        .namespace(&metric.namespace)
        .metric_name(&metric.name)
        .set_dimensions(Some(dimensions(metric)))
        .set_unit(metric.unit.as_deref().map(StandardUnit::from));
    if PLAIN_STATISTICS.contains(&metric.statistic.as_str()) {
        request.statistic(Statistic::from(metric.statistic.as_str()))
    } else {
        request.extended_statistic(&metric.statistic)
    }
}
