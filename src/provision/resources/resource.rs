use serde_json::Value;

use super::{
    AlarmResource, BucketResource, BudgetResource, CompositeAlarmResource, DashboardResource,
    DatabaseResource, LoadBalancerResource, LogAlarmResource, LogGroupResource,
    MetricFilterResource, MuteRuleResource, NamedQueryResource, QueryResource,
    SubscriptionResource, TableResource, TopicResource, WorkgroupResource,
};
use crate::provision::Address;

/// Names and values in the order in which they are shown.
pub type Attributes = Vec<(&'static str, Value)>;

/// A resource of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Resource {
    /// An SNS topic.
    Topic(TopicResource),
    /// Who receives what a topic is told.
    Subscription(SubscriptionResource),
    /// A bucket for logs of load balancers.
    Bucket(BucketResource),
    /// Attributes of a load balancer.
    LoadBalancer(LoadBalancerResource),
    /// A log group.
    LogGroup(LogGroupResource),
    /// A metric filter.
    MetricFilter(MetricFilterResource),
    /// A saved query.
    Query(QueryResource),
    /// A workgroup of Athena.
    Workgroup(WorkgroupResource),
    /// A database of Athena's catalogue.
    Database(DatabaseResource),
    /// A table of Athena's catalogue.
    Table(TableResource),
    /// A named query of Athena.
    NamedQuery(NamedQueryResource),
    /// A budget.
    Budget(BudgetResource),
    /// A metric alarm.
    Alarm(AlarmResource),
    /// A log alarm.
    LogAlarm(LogAlarmResource),
    /// A composite alarm.
    CompositeAlarm(CompositeAlarmResource),
    /// A mute rule.
    MuteRule(MuteRuleResource),
    /// A dashboard.
    Dashboard(DashboardResource),
}

impl Resource {
    /// What it is called in plans.
    pub fn address(&self) -> Address {
        match self {
            Self::Topic(topic) => topic.address(),
            Self::Subscription(subscription) => subscription.address(),
            Self::Bucket(bucket) => bucket.address(),
            Self::LoadBalancer(balancer) => balancer.address(),
            Self::LogGroup(log_group) => log_group.address(),
            Self::MetricFilter(filter) => filter.address(),
            Self::Query(query) => query.address(),
            Self::Workgroup(workgroup) => workgroup.address(),
            Self::Database(database) => database.address(),
            Self::Table(table) => table.address(),
            Self::NamedQuery(query) => query.address(),
            Self::Budget(budget) => budget.address(),
            Self::Alarm(alarm) => alarm.address(),
            Self::LogAlarm(alarm) => alarm.address(),
            Self::CompositeAlarm(alarm) => alarm.address(),
            Self::MuteRule(rule) => rule.address(),
            Self::Dashboard(dashboard) => dashboard.address(),
        }
    }

    /// What it holds beside its name.
    pub fn attributes(&self) -> Attributes {
        match self {
            Self::Topic(topic) => topic.attributes(),
            Self::Subscription(subscription) => subscription.attributes(),
            Self::Bucket(bucket) => bucket.attributes(),
            Self::LoadBalancer(balancer) => balancer.attributes(),
            Self::LogGroup(log_group) => log_group.attributes(),
            Self::MetricFilter(filter) => filter.attributes(),
            Self::Query(query) => query.attributes(),
            Self::Workgroup(workgroup) => workgroup.attributes(),
            Self::Database(database) => database.attributes(),
            Self::Table(table) => table.attributes(),
            Self::NamedQuery(query) => query.attributes(),
            Self::Budget(budget) => budget.attributes(),
            Self::Alarm(alarm) => alarm.attributes(),
            Self::LogAlarm(alarm) => alarm.attributes(),
            Self::CompositeAlarm(alarm) => alarm.attributes(),
            Self::MuteRule(rule) => rule.attributes(),
            Self::Dashboard(dashboard) => dashboard.attributes(),
        }
    }

    /// What must exist before it.
    pub fn references(&self) -> Vec<Address> {
        match self {
            Self::Topic(_) | Self::Bucket(_) | Self::LogGroup(_) | Self::Dashboard(_) => Vec::new(),
            Self::Subscription(subscription) => subscription.references(),
            Self::LoadBalancer(balancer) => balancer.references(),
            Self::MetricFilter(filter) => filter.references(),
            Self::Query(query) => query.references(),
            Self::Workgroup(workgroup) => workgroup.references(),
            Self::Database(database) => database.references(),
            Self::Table(table) => table.references(),
            Self::NamedQuery(query) => query.references(),
            Self::Budget(budget) => budget.references(),
            Self::Alarm(alarm) => alarm.references(),
            Self::LogAlarm(alarm) => alarm.references(),
            Self::CompositeAlarm(alarm) => alarm.references(),
            Self::MuteRule(rule) => rule.references(),
        }
    }

    /// Of the resources of one lane AWS takes one change at a time (for a second it answers
    /// `OperationAbortedException`): the metric filters of a log group are in the lane of the group.
    pub fn lane(&self) -> Address {
        match self {
            Self::MetricFilter(filter) => filter.lane(),
            Self::Subscription(subscription) => subscription.lane(),
            _ => self.address(),
        }
    }
}
