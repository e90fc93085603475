use super::{AlarmShape, Class, WatchedShape};
use crate::provision::Resource;
use crate::provision::resources::{AlarmResource, MetricFilterResource};

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
/// queries, mute rules, and what the query of a log alarm scans.
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
        Resource::LogAlarm(_) => vec![Charge::of(Class::AlarmLog, 1)],
        Resource::CompositeAlarm(_) => vec![Charge::of(Class::AlarmComposite, 1)],
        Resource::Dashboard(_) => vec![Charge::of(Class::Dashboard, 1)],
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
