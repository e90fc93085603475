use belfry_engine::alarms::Schedule;
use rust_decimal::Decimal;

use super::{AlarmShape, Class, WatchedShape};
use crate::provision::Resource;
use crate::provision::resources::{AlarmResource, LogAlarmResource, MetricFilterResource};

/// A month of 30 days, as AWS's own examples have it.
const MONTH_MILLIS: i64 = 30 * 86_400_000;

/// What a resource costs a month by being there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Charge {
    /// So many of a class.
    Fixed(Class, usize),
    /// A custom metric. Several resources may publish the same one, which is paid once.
    Metric {
        /// Namespace, name and names of dimensions.
        identity: String,
        /// Whether each combination of its dimensions' values is one more.
        varies: bool,
    },
    /// What a log alarm's query scans: by use, so that only a rate of events gives it a price.
    Scans {
        /// The alarm.
        alarm: String,
        /// Hours of its log groups in a month of 30 days: the runs of its schedule times the range of each.
        hours: Decimal,
    },
    /// What cannot be told, and why.
    Unknown(String),
}

impl Charge {
    /// So many of `class`.
    pub fn of(class: Class, count: usize) -> Self {
        Self::Fixed(class, count)
    }
}

/// The charges of a resource. What is not listed here is free or paid by use: topics, log groups, saved
/// queries, mute rules.
pub fn charges(resource: &Resource) -> Vec<Charge> {
    match resource {
        Resource::Workgroup(_)
        | Resource::Database(_)
        | Resource::Table(_)
        | Resource::NamedQuery(_)
        | Resource::Budget(_)
        | Resource::Topic(_)
        | Resource::Subscription(_)
        | Resource::Bucket(_)
        | Resource::LoadBalancer(_)
        | Resource::LogGroup(_)
        | Resource::Query(_)
        | Resource::MuteRule(_) => Vec::new(),
        Resource::MetricFilter(filter) => vec![metric(filter)],
        Resource::Alarm(alarm) => vec![shape(alarm).charge()],
        Resource::LogAlarm(alarm) => vec![Charge::of(Class::AlarmLog, 1), scans(alarm)],
        Resource::CompositeAlarm(_) => vec![Charge::of(Class::AlarmComposite, 1)],
        Resource::Dashboard(_) => vec![Charge::of(Class::Dashboard, 1)],
    }
}

fn scans(alarm: &LogAlarmResource) -> Charge {
    let ends = (alarm.start_offset, Some(alarm.end_offset));
    let schedule = Schedule::read(&alarm.schedule, ends.0, ends.1);
    let runs = schedule.ok().and_then(|schedule| {
        Decimal::from(MONTH_MILLIS).checked_div(Decimal::from(schedule.interval()))
    });
    let range = Decimal::from(alarm.start_offset - alarm.end_offset) / Decimal::from(3600);
    match runs {
        Some(runs) => Charge::Scans {
            alarm: alarm.name.clone(),
            hours: (runs * range).normalize(),
        },
        None => Charge::Unknown(format!(
            "log alarm `{}`: its schedule `{}` does not say how often its query scans",
            alarm.name, alarm.schedule
        )),
    }
}

fn metric(filter: &MetricFilterResource) -> Charge {
    let dimensions: Vec<&str> = filter.dimensions.keys().map(String::as_str).collect();
    let (namespace, name) = (&filter.namespace, &filter.metric);
    Charge::Metric {
        identity: format!("{namespace}/{name}{{{}}}", dimensions.join(",")),
        varies: !dimensions.is_empty(),
    }
}

fn shape(alarm: &AlarmResource) -> AlarmShape<'_> {
    let single = alarm.metric.iter().map(|metric| metric.period);
    let listed = alarm
        .queries
        .iter()
        .filter_map(|query| query.metric.as_ref());
    let metrics = single.chain(listed.map(|metric| metric.period));
    let expressions = alarm
        .queries
        .iter()
        .filter_map(|query| query.expression.as_deref());
    AlarmShape {
        name: &alarm.name,
        watched: metrics
            .map(WatchedShape::Metric)
            .chain(expressions.map(WatchedShape::Expression))
            .collect(),
    }
}
