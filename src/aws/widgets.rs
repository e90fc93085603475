use std::collections::BTreeSet;

use aws_sdk_cloudwatch::types::{
    Dimension, Metric, MetricAlarm, MetricDataQuery, MetricStat, ScanBy,
};
use aws_smithy_types::DateTime;
use belfry_engine::alarms::StateValue;
use belfry_engine::base::Millis;
use belfry_engine::dashboard::{SeriesSource, WidgetQuery};
use belfry_engine::metrics::sql::SqlQuery;

use super::actions::{COMPOSITES, LISTS, METRICS};
use super::{CloudError, Session};
use crate::cost::{COST_NAMESPACE, METERED_METRIC};
use crate::iam::{Action, On, WATCH};
use crate::web::{
    AlarmSummary, Answer, DashboardSource, DashboardSummary, QueryTable, SeriesAnswer, SourceError,
};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "get_dashboard",
        "cloudwatch:GetDashboard",
        On::Dashboards,
        WATCH,
    ),
    Action::new(
        "list_dashboards",
        "cloudwatch:ListDashboards",
        On::Everything(LISTS),
        WATCH,
    ),
    Action::new(
        "list_metrics",
        "cloudwatch:ListMetrics",
        On::Everything(METRICS),
        WATCH,
    ),
    Action::new(
        "get_metric_data",
        "cloudwatch:GetMetricData",
        On::Everything(METRICS),
        WATCH,
    ),
    Action::new(
        "describe_alarms",
        "cloudwatch:DescribeAlarms",
        On::Everything(COMPOSITES),
        WATCH,
    ),
];

/// Where the figures go that a local run is metered at.
const METERED: &[&str] = &[COST_NAMESPACE, "AWS/Billing"];

/// The pages' source: an account, through the SDK.
#[derive(Clone, Debug)]
pub struct Widgets {
    region: String,
    local: bool,
    cloudwatch: aws_sdk_cloudwatch::Client,
    pub(super) logs: aws_sdk_cloudwatchlogs::Client,
}

impl Widgets {
    /// A source over the clients of `session`.
    pub fn new(session: &Session) -> Self {
        Self {
            region: session.region().to_owned(),
            local: false,
            cloudwatch: session.cloudwatch(),
            logs: session.logs(),
        }
    }

    /// The same over the local environment, whose costs may have been metered.
    #[must_use]
    pub fn local(self) -> Self {
        Self {
            local: true,
            ..self
        }
    }
}

impl DashboardSource for Widgets {
    fn region(&self) -> &str {
        &self.region
    }

    fn estimated(&self) -> Answer<'_, &'static [&'static str]> {
        Box::pin(async move {
            if !self.local {
                return Ok(&[] as &[&str]);
            }
            let names = self.metric_names(COST_NAMESPACE).await?;
            Ok(match names.contains(METERED_METRIC) {
                true => METERED,
                false => &[],
            })
        })
    }

    fn dashboards(&self) -> Answer<'_, Vec<DashboardSummary>> {
        Box::pin(async move { self.list_dashboards().await.map_err(SourceError::from) })
    }

    fn body<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(async move {
            let answer = self.cloudwatch.get_dashboard().dashboard_name(name).send();
            match answer.await {
                Ok(found) => Ok(found.dashboard_body),
                Err(error) => match CloudError::from_sdk("GetDashboard", name, &error) {
                    error if error.is_not_found() => Ok(None),
                    error => Err(error.into()),
                },
            }
        })
    }

    fn metric_names<'a>(&'a self, namespace: &'a str) -> Answer<'a, BTreeSet<String>> {
        Box::pin(async move {
            self.list_metrics(namespace)
                .await
                .map_err(SourceError::from)
        })
    }

    fn metrics<'a>(
        &'a self,
        queries: &'a [WidgetQuery],
        start: Millis,
        end: Millis,
    ) -> Answer<'a, Vec<SeriesAnswer>> {
        Box::pin(async move {
            self.metric_data(queries, start, end)
                .await
                .map_err(SourceError::from)
        })
    }

    fn alarms(&self) -> Answer<'_, Vec<AlarmSummary>> {
        Box::pin(async move { self.describe_alarms().await.map_err(SourceError::from) })
    }

    fn query<'a>(
        &'a self,
        log_groups: &'a [String],
        text: &'a str,
        start: Millis,
        end: Millis,
    ) -> Answer<'a, QueryTable> {
        Box::pin(async move {
            self.run_query(log_groups, text, start, end)
                .await
                .map_err(SourceError::from)
        })
    }
}

impl Widgets {
    async fn list_dashboards(&self) -> Result<Vec<DashboardSummary>, CloudError> {
        let mut found = Vec::new();
        let mut token = None;
        loop {
            let page = self.cloudwatch.list_dashboards().set_next_token(token);
            let page = page.send().await;
            let page =
                page.map_err(|e| CloudError::from_sdk("ListDashboards", "cloudwatch", &e))?;
            found.extend(
                page.dashboard_entries()
                    .iter()
                    .map(|entry| DashboardSummary {
                        name: entry.dashboard_name().unwrap_or_default().to_owned(),
                        modified: entry.last_modified().and_then(millis),
                    }),
            );
            match page.next_token {
                Some(next) => token = Some(next),
                None => return Ok(found),
            }
        }
    }

    async fn list_metrics(&self, namespace: &str) -> Result<BTreeSet<String>, CloudError> {
        let mut names = BTreeSet::new();
        let mut token = None;
        loop {
            let page = self.cloudwatch.list_metrics().namespace(namespace);
            let page = page.set_next_token(token).send().await;
            let page = page.map_err(|e| CloudError::from_sdk("ListMetrics", namespace, &e))?;
            let metrics = page.metrics().iter();
            names.extend(metrics.filter_map(|metric| metric.metric_name().map(str::to_owned)));
            match page.next_token {
                Some(next) => token = Some(next),
                None => return Ok(names),
            }
        }
    }

    /// A request holds one Metrics Insights query at most: a widget that has more asks for each of them alone.
    async fn metric_data(
        &self,
        queries: &[WidgetQuery],
        start: Millis,
        end: Millis,
    ) -> Result<Vec<SeriesAnswer>, CloudError> {
        let mut has_sql = false;
        let (together, alone): (Vec<_>, Vec<_>) = queries.iter().partition(|query| {
            let is_another = has_sql && is_sql(query);
            has_sql |= is_sql(query);
            !is_another
        });
        let mut answers = self.request(&together, start, end).await?;
        for query in alone {
            answers.extend(self.request(&[query], start, end).await?);
        }
        Ok(answers)
    }

    async fn request(
        &self,
        queries: &[&WidgetQuery],
        start: Millis,
        end: Millis,
    ) -> Result<Vec<SeriesAnswer>, CloudError> {
        let mut answers: Vec<SeriesAnswer> = Vec::new();
        let mut token = None;
        loop {
            let is_first = token.is_none();
            let request = self
                .cloudwatch
                .get_metric_data()
                .set_metric_data_queries(Some(queries.iter().map(|q| query(q)).collect()))
                .start_time(DateTime::from_millis(start.0))
                .end_time(DateTime::from_millis(end.0))
                .scan_by(ScanBy::TimestampAscending)
                .set_next_token(token);
            let page = request.send().await;
            let page = page.map_err(|e| CloudError::from_sdk("GetMetricData", "metrics", &e))?;
            for result in page.metric_data_results() {
                let id = result.id().unwrap_or_default();
                let label = result.label().unwrap_or_default();
                let times = result.timestamps().iter().filter_map(millis);
                let points = times.zip(result.values().iter().copied());
                // Only a later page goes on with a series: two of one page may have one label.
                let known = answers.iter_mut().find(|a| a.id == id && a.label == label);
                match known.filter(|_| !is_first) {
                    Some(known) => known.points.extend(points),
                    None => answers.push(SeriesAnswer {
                        id: id.to_owned(),
                        label: label.to_owned(),
                        points: points.collect(),
                    }),
                }
            }
            match page.next_token {
                Some(next) => token = Some(next),
                None => return Ok(answers),
            }
        }
    }

    async fn describe_alarms(&self) -> Result<Vec<AlarmSummary>, CloudError> {
        let mut alarms = Vec::new();
        let mut token = None;
        loop {
            let page = self.cloudwatch.describe_alarms().set_next_token(token);
            let page = page.send().await;
            let page =
                page.map_err(|e| CloudError::from_sdk("DescribeAlarms", "cloudwatch", &e))?;
            alarms.extend(page.metric_alarms().iter().map(alarm));
            match page.next_token {
                Some(next) => token = Some(next),
                None => return Ok(alarms),
            }
        }
    }
}

impl From<CloudError> for SourceError {
    fn from(error: CloudError) -> Self {
        Self(error.to_string())
    }
}

fn millis(time: &DateTime) -> Option<Millis> {
    time.to_millis().ok().map(Millis)
}

fn is_sql(query: &WidgetQuery) -> bool {
    matches!(&query.source, SeriesSource::Expression(text) if SqlQuery::is_meant(text))
}

fn query(query: &WidgetQuery) -> MetricDataQuery {
    let builder = MetricDataQuery::builder()
        .id(&query.id)
        .set_label(query.label.clone())
        .return_data(query.visible);
    let period = query.period.and_then(|period| i32::try_from(period).ok());
    match &query.source {
        SeriesSource::Expression(text) => builder.expression(text).set_period(period).build(),
        SeriesSource::Metric {
            namespace,
            name,
            dimensions,
        } => {
            let dimensions = dimensions
                .iter()
                .map(|(name, value)| Dimension::builder().name(name).value(value).build());
            let metric = Metric::builder()
                .namespace(namespace)
                .metric_name(name)
                .set_dimensions(Some(dimensions.collect()))
                .build();
            let stat = MetricStat::builder()
                .metric(metric)
                .stat(&query.stat)
                .set_period(period);
            builder.metric_stat(stat.build()).build()
        }
    }
}

fn alarm(alarm: &MetricAlarm) -> AlarmSummary {
    let state = alarm.state_value().map(|state| state.as_str());
    AlarmSummary {
        name: alarm.alarm_name().unwrap_or_default().to_owned(),
        description: alarm.alarm_description().unwrap_or_default().to_owned(),
        state: state
            .and_then(|state| StateValue::parse(state).ok())
            .unwrap_or(StateValue::InsufficientData),
        reason: alarm.state_reason().unwrap_or_default().to_owned(),
        updated: alarm
            .state_updated_timestamp()
            .and_then(millis)
            .unwrap_or_default(),
    }
}
