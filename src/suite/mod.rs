//! `belfry.toml`, `dashboards/*.json`, `queries/insights/*.cwli` and `queries/athena/*.sql` as a checked model.
//!
//! What comes in: a folder and the name of an environment. What goes out: a [`Suite`] with every
//! variable replaced and every query, pattern and body checked by the engine, or [`SuiteError`] with
//! all mistakes at once, each at its place in its file. To add a section: a file with its struct and
//! `read`, and a line in `load.rs`. A key is known as soon as `read` asks for it.

mod alarm;
mod alarm_actions;
mod alarm_head;
mod bucket;
mod load_balancer;
mod tags;
mod alarm_metric;
mod composite_alarm;
mod allowance;
mod athena;
mod athena_queries;
mod budget;
mod dashboards;
mod environment;
mod findings;
mod health_check;
mod fixes;
mod json_place;
mod load;
mod log_alarm;
mod log_group;
mod metric_filter;
mod model;
mod mute_rule;
pub(crate) mod names;
mod queries;
mod query_header;
mod query_parameter;
pub(crate) mod section;
mod subscription;
#[cfg(test)]
mod tests;
mod topic;
pub(crate) mod variables;

pub use alarm::{Alarm, Limit};
pub use alarm_actions::AlarmActions;
pub use alarm_head::AlarmHead;
pub use alarm_metric::{MathQuery, Metric, MetricStat, Watch};
pub use allowance::Allowance;
pub use athena::{Athena, LogTable};
pub use athena_queries::AthenaQuery;
pub use bucket::Bucket;
pub use budget::{Budget, BudgetNotification};
pub use composite_alarm::{CompositeAlarm, Suppressor};
pub use dashboards::{Dashboard, substituted};
pub use environment::Environment;
pub use findings::{FileFindings, SuiteError};
pub use fixes::{apply, fixed};
pub use health_check::HealthCheck;
pub use load::{FILE_NAME, Request, find_folder};
pub use load_balancer::{DeliveredLogs, LoadBalancer};
pub use log_alarm::LogAlarm;
pub use log_group::LogGroup;
pub use metric_filter::MetricFilter;
pub(crate) use metric_filter::UNITS;
pub use model::Suite;
pub use mute_rule::MuteRule;
pub use queries::SavedQuery;
pub use subscription::Subscription;
pub use topic::Topic;
