use std::fmt;

/// The kinds of resources, in the order in which they are made: what others refer to comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An SNS topic.
    Topic,
    /// Who receives what a topic is told.
    Subscription,
    /// A bucket for logs of load balancers.
    Bucket,
    /// Attributes of a load balancer.
    LoadBalancer,
    /// A log group.
    LogGroup,
    /// A metric filter.
    MetricFilter,
    /// A saved query.
    Query,
    /// A workgroup of Athena.
    Workgroup,
    /// A database of Athena's catalogue.
    Database,
    /// A table of Athena's catalogue.
    Table,
    /// A named query of Athena.
    NamedQuery,
    /// A budget.
    Budget,
    /// A metric alarm.
    Alarm,
    /// A log alarm.
    LogAlarm,
    /// A composite alarm.
    CompositeAlarm,
    /// A mute rule.
    MuteRule,
    /// A dashboard.
    Dashboard,
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Self; 17] = [
        Self::Topic,
        Self::Subscription,
        Self::Bucket,
        Self::LoadBalancer,
        Self::LogGroup,
        Self::MetricFilter,
        Self::Query,
        Self::Workgroup,
        Self::Database,
        Self::Table,
        Self::NamedQuery,
        Self::Budget,
        Self::Alarm,
        Self::LogAlarm,
        Self::CompositeAlarm,
        Self::MuteRule,
        Self::Dashboard,
    ];

    /// The kinds of alarms: an account knows a name once among all of them.
    pub const ALARMS: [Self; 3] = [Self::Alarm, Self::LogAlarm, Self::CompositeAlarm];

    /// As it stands in addresses and in the plan's JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Subscription => "subscription",
            Self::Bucket => "bucket",
            Self::LoadBalancer => "load_balancer",
            Self::LogGroup => "log_group",
            Self::MetricFilter => "metric_filter",
            Self::Query => "query",
            Self::Workgroup => "workgroup",
            Self::Database => "database",
            Self::Table => "table",
            Self::NamedQuery => "named_query",
            Self::Budget => "budget",
            Self::Alarm => "alarm",
            Self::LogAlarm => "log_alarm",
            Self::CompositeAlarm => "composite_alarm",
            Self::MuteRule => "mute_rule",
            Self::Dashboard => "dashboard",
        }
    }

    /// Whether a resource of this kind is deleted when it leaves the suite. Log groups and buckets hold data, topics the
    /// subscriptions of people, workgroups the history of their queries, and tables are how data are found: all of these
    /// are kept. Load balancers are others'.
    pub fn is_deleted(self) -> bool {
        !matches!(
            self,
            Self::LogGroup
                | Self::Topic
                | Self::Bucket
                | Self::LoadBalancer
                | Self::Workgroup
                | Self::Database
                | Self::Table
        )
    }
}

impl Kind {
    /// Why a resource of a kind that is not deleted is kept; a subscription, where it cannot be ended.
    pub fn kept_because(self) -> &'static str {
        match self {
            Self::LoadBalancer => "it is made elsewhere; its attributes stay as they are",
            Self::Workgroup => "it holds the history of its queries",
            Self::Database | Self::Table => "data are found by it",
            Self::Topic => "others may listen to it",
            Self::Subscription => "nobody has confirmed it; SNS forgets it within days",
            _ => "it holds data",
        }
    }
}

/// What a resource is called in plans: `alarm.fraud-5xx`. Orders by kind, then by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The kind.
    pub kind: Kind,
    /// The name in AWS; of a metric filter `LOG-GROUP:NAME`, since its name counts in its group only.
    pub name: String,
}

impl Address {
    /// The address of `name` among the resources of `kind`.
    pub fn new(kind: Kind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
        }
    }

    /// The same for a resource that may live in another region than the environment's: `NAME@REGION` there.
    pub fn regional(kind: Kind, name: &str, region: Option<&str>) -> Self {
        match region {
            None => Self::new(kind, name),
            Some(region) => Self::new(kind, format!("{name}@{region}")),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind.name(), self.name)
    }
}
