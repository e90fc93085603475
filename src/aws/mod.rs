//! The only room that names the AWS SDK.
//!
//! What comes in: a [`Target`] (which account, region, address) and what to observe, write or run.
//! What goes out: plain values of the other rooms, and [`CloudError`] where AWS refuses. To add a
//! service: a client accessor in `session.rs` and a file named after the service. Every file that calls has a table
//! `ACTIONS` of what IAM must allow for it, listed in `actions.rs`.

mod actions;
mod adopt;
mod alarm_actions;
mod alarm_standings;
mod alarm_values;
mod alarm_watch;
mod alarms;
mod bucket_configuration;
mod buckets;
mod athena_queries;
mod athena_runs;
mod athena_statements;
mod athena_tables;
mod athena_workgroups;
mod budget_limits;
mod budget_shapes;
mod budget_writes;
mod claims;
mod budgets;
mod cloud;
mod load_balancers;
mod local_fleet;
mod composite_alarms;
mod cost_metrics;
mod cost_monitors;
mod costs;
mod dashboards;
mod described_alarms;
mod described_log_alarm;
mod destroy;
mod error;
mod guard;
mod identity;
mod in_process;
mod local;
mod log_alarms;
mod log_delivery;
mod log_events;
mod log_groups;
mod log_tail;
mod metric_filters;
mod metric_values;
mod mute_rules;
mod number;
mod paced;
mod objects;
mod queries;
mod query_definitions;
mod session;
mod side_by_side;
mod subscription_filters;
mod subscriptions;
mod topic_subscriptions;
mod topics;
mod widget_queries;
mod widgets;

pub use actions::actions;
pub use alarm_actions::{AlarmContributor, HistoryEntry, HistoryKind};
pub use alarm_standings::AlarmStanding;
pub use athena_runs::{AthenaRan, AthenaRequest, AthenaWatch};
pub use cloud::AwsCloud;
pub use cost_metrics::CostDatum;
pub use costs::{Answered, LEVEL};
pub use error::CloudError;
pub use identity::Identity;
pub use local::{LocalState, Published};
pub use local_fleet::{LocalFleet, TargetStanding};
pub use log_delivery::LogDelivery;
pub use log_events::FoundEvents;
pub use log_tail::{LogTail, TailEvent};
pub use metric_values::Values;
pub use queries::{QueryRequest, Ran, Running, Watch};
pub use session::{Session, Target};
pub use widgets::Widgets;
