use aws_sdk_cloudwatch::operation::describe_alarms::builders::DescribeAlarmsFluentBuilder;
use aws_sdk_cloudwatch::operation::put_metric_alarm::builders::PutMetricAlarmFluentBuilder;
use aws_sdk_cloudwatch::types::{
    AlarmType, ComparisonOperator, CompositeAlarm, LogAlarm, MetricAlarm, StandardUnit, Statistic,
};

use super::CloudError;
use super::actions::COMPOSITES;
use super::alarm_values::{dimensions, query, resource};
use super::cloud::AwsCloud;
use super::composite_alarms;
use super::log_alarms;
use super::number::to_i32;
use super::side_by_side::side_by_side;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::{
    AlarmResource, CompositeAlarmResource, LogAlarmResource, WatchedMetric,
};
use crate::provision::{Desired, Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "describe_alarms",
        "cloudwatch:DescribeAlarms",
        On::Everything(COMPOSITES),
        PLAN,
    ),
    Action::new(
        "put_metric_alarm",
        "cloudwatch:PutMetricAlarm",
        On::Alarms,
        APPLY,
    ),
    // With tags.
    Action::new(
        "put_metric_alarm",
        "cloudwatch:TagResource",
        On::AlarmsAndDashboards,
        APPLY,
    ),
    Action::new(
        "delete_alarms",
        "cloudwatch:DeleteAlarms",
        On::Alarms,
        APPLY,
    ),
];

/// Alarms of one page, and names of one request.
const MOST_RECORDS: i32 = 100;
const MOST_NAMES: usize = 100;

/// The statistics that PutMetricAlarm takes as `Statistic`; all others are `ExtendedStatistic`.
const PLAIN_STATISTICS: &[&str] = &["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

impl AwsCloud {
    /// The alarms under the suite's prefix and those that are the suite's. In another region than the environment's only
    /// those on billing metrics: another environment may live there.
    pub(super) async fn observe_alarms(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let client = self.session.cloudwatch();
        let request = client.describe_alarms().alarm_name_prefix(scope.prefix);
        let mut found = described(request, scope.prefix).await?;
        if let Some(region) = &self.abroad {
            found.retain_mut(|alarm| alarm.move_to(region, scope));
        } else {
            let start = self.place.alarm_arn("");
            let named = self.claims.below(&start);
            let named: Vec<String> = named
                .filter(|name| !name.starts_with(scope.prefix))
                .map(str::to_owned)
                .collect();
            for some in named.chunks(MOST_NAMES) {
                let request = client
                    .describe_alarms()
                    .set_alarm_names(Some(some.to_vec()));
                found.extend(described(request, scope.prefix).await?);
            }
        }
        self.judge_alarms(found, observed).await
    }

    /// The alarm of that name, of whatever kind; `wanted` says in which region's address.
    pub(super) async fn observe_alarm_now(
        &self,
        name: &str,
        wanted: &Resource,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let client = self.session.cloudwatch();
        let request = client.describe_alarms().alarm_names(name);
        let mut found = described(request, name).await?;
        if let Some(region) = &self.abroad {
            let desired: Desired = [wanted.clone()].into_iter().collect();
            let scope = Scope {
                suite: &self.suite,
                prefix: name,
                desired: &desired,
            };
            found.retain_mut(|alarm| alarm.move_to(region, &scope));
        }
        self.judge_alarms(found, observed).await
    }

    async fn judge_alarms(
        &self,
        found: Vec<Found>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let owners = found.iter().map(|alarm| self.cloudwatch_owner(&alarm.arn));
        let owners = side_by_side(owners.collect()).await?;
        for (alarm, owner) in found.into_iter().zip(owners) {
            let foreign = Ownership::Foreign(format!("it is a {}", alarm.kind));
            for taken in alarm.taken {
                observed.insert(taken, foreign.clone(), None);
            }
            observed.insert(alarm.resource, owner, None);
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
            .actions_enabled(alarm.actions.enabled)
            .set_alarm_actions(Some(alarm.actions.alarm.clone()))
            .set_ok_actions(Some(alarm.actions.ok.clone()))
            .set_insufficient_data_actions(Some(alarm.actions.insufficient_data.clone()))
            .set_metrics(queries)
            .evaluation_periods(number(alarm.evaluation_periods)?)
            .datapoints_to_alarm(number(alarm.datapoints_to_alarm)?)
            .set_threshold(alarm.threshold)
            .set_threshold_metric_id(alarm.threshold_metric.clone())
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

    /// An alarm of whichever kind.
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

/// All that a request asks for, of whatever kind.
async fn described(
    request: DescribeAlarmsFluentBuilder,
    about: &str,
) -> Result<Vec<Found>, CloudError> {
    let request = request
        .max_records(MOST_RECORDS)
        .alarm_types(AlarmType::MetricAlarm)
        .alarm_types(AlarmType::CompositeAlarm)
        .alarm_types(AlarmType::LogAlarm);
    let mut pages = request.into_paginator().send();
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|e| CloudError::from_sdk("DescribeAlarms", about, &e))?;
        found.extend(page.metric_alarms().iter().map(metric_alarm));
        found.extend(page.composite_alarms().iter().map(composite_alarm));
        found.extend(page.log_alarms().iter().map(log_alarm));
    }
    Ok(found)
}

/// An alarm as DescribeAlarms shows it. Names are unique over all kinds, so its name is taken in the others.
struct Found {
    arn: String,
    kind: &'static str,
    resource: Resource,
    taken: Vec<Resource>,
    is_billing: bool,
}

impl Found {
    /// Makes it an alarm of another region than the environment's, where only billing alarms and those that the suite
    /// declares are looked at. Whether it is one.
    fn move_to(&mut self, region: &str, scope: &Scope<'_>) -> bool {
        let Resource::Alarm(alarm) = &mut self.resource else {
            return false;
        };
        alarm.region = Some(region.to_owned());
        self.taken.clear();
        let address = self.resource.address();
        self.is_billing || scope.desired.resources.contains_key(&address)
    }
}

fn metric_alarm(alarm: &MetricAlarm) -> Found {
    let name = alarm.alarm_name();
    Found {
        arn: alarm.alarm_arn().unwrap_or_default().to_owned(),
        kind: "metric alarm",
        resource: Resource::Alarm(resource(alarm)),
        taken: vec![named_log(name), named_composite(name)],
        is_billing: is_billing(alarm),
    }
}

fn composite_alarm(alarm: &CompositeAlarm) -> Found {
    let name = alarm.alarm_name();
    Found {
        arn: alarm.alarm_arn().unwrap_or_default().to_owned(),
        kind: "composite alarm",
        resource: Resource::CompositeAlarm(composite_alarms::resource(alarm)),
        taken: vec![named_metric(name), named_log(name)],
        is_billing: false,
    }
}

fn log_alarm(alarm: &LogAlarm) -> Found {
    let name = alarm.alarm_name();
    Found {
        arn: alarm.alarm_arn().unwrap_or_default().to_owned(),
        kind: "log alarm",
        resource: Resource::LogAlarm(log_alarms::resource(alarm)),
        taken: vec![named_metric(name), named_composite(name)],
        is_billing: false,
    }
}

fn named_metric(name: Option<&str>) -> Resource {
    Resource::Alarm(AlarmResource {
        name: name.unwrap_or_default().to_owned(),
        ..AlarmResource::default()
    })
}

fn named_composite(name: Option<&str>) -> Resource {
    Resource::CompositeAlarm(CompositeAlarmResource {
        name: name.unwrap_or_default().to_owned(),
        ..CompositeAlarmResource::default()
    })
}

fn named_log(name: Option<&str>) -> Resource {
    Resource::LogAlarm(LogAlarmResource {
        name: name.unwrap_or_default().to_owned(),
        ..LogAlarmResource::default()
    })
}

fn is_billing(alarm: &MetricAlarm) -> bool {
    let of_queries = alarm.metrics().iter().filter_map(|query| {
        let metric = query.metric_stat()?.metric()?;
        metric.namespace()
    });
    let mut namespaces = alarm.namespace().into_iter().chain(of_queries);
    namespaces.any(|namespace| namespace == "AWS/Billing")
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
