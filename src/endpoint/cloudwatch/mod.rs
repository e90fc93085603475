//! CloudWatch: metrics, alarms, dashboards.
//!
//! What comes in: the operations of awsJson 1.0, rpc-v2-cbor and query/XML, all the same document. What goes
//! out: what the engine's rooms answer, in the API's shapes. Log and anomaly alarms, entities, streams
//! and insight rules are refused by name. To add an operation: write its file and name it in the table of
//! `service.rs`; members shared by requests are read in `read.rs`, alarms are written in `alarm.rs`.

pub(super) mod put_metric_data;
mod get_metric_data;
mod get_metric_statistics;
mod list_metrics;
mod put_log_alarm;
mod put_metric_alarm;
mod put_alarm_mute_rule;
mod put_composite_alarm;
mod describe_alarms;
mod describe_alarms_for_metric;
mod describe_alarm_contributors;
mod describe_alarm_history;
mod set_alarm_state;
mod enable_alarm_actions;
mod disable_alarm_actions;
mod delete_alarm_mute_rule;
mod delete_alarms;
mod put_dashboard;
mod get_alarm_mute_rule;
mod get_dashboard;
mod list_alarm_mute_rules;
mod list_dashboards;
mod delete_dashboards;
mod tag_resource;
mod untag_resource;
mod list_tags_for_resource;
mod action_configuration;
mod alarm;
mod alarm_family;
mod alarm_metric;
mod alarm_types;
mod alarm_window;
mod composite_alarm;
mod dashboard_name;
mod log_alarm;
mod mute_rule;
mod page;
mod read;
mod resource;
mod service;

pub use service::SERVICE;
