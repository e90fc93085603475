//! One file per resource type: what it holds, what of it a suite desires, and its attributes.
//!
//! A type serves both sides: desired and observed states are compared attribute by attribute, so what AWS
//! leaves out or fills in is made alike here, when the value is built.

mod alarm;
mod alarm_actions;
mod bucket;
mod athena;
mod budget;
mod composite_alarm;
mod load_balancer;
mod log_bucket_policy;
mod dashboard;
mod log_alarm;
mod log_group;
mod metric_filter;
mod mute_rule;
mod query;
mod resource;
mod subscription;
mod topic;
pub mod topic_policy;

pub use alarm::{AlarmQuery, AlarmResource, WatchedMetric};
pub use alarm_actions::AlarmActions;
pub(crate) use athena::desired as athena;
pub use athena::{DatabaseResource, NamedQueryResource, TableResource, WorkgroupResource};
pub use bucket::{ABORT_DAYS, BucketResource, RULE};
pub use budget::{BudgetResource, BudgetSubscriber, BudgetThreshold};
pub use composite_alarm::CompositeAlarmResource;
pub use dashboard::DashboardResource;
pub use load_balancer::LoadBalancerResource;
pub use log_alarm::LogAlarmResource;
pub use log_group::LogGroupResource;
pub use metric_filter::MetricFilterResource;
pub use mute_rule::MuteRuleResource;
pub use query::QueryResource;
pub use resource::{Attributes, Resource};
pub use subscription::SubscriptionResource;
pub use topic::TopicResource;
