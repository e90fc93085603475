use crate::iam::Action;

use super::{
    adopt, alarm_actions, alarm_standings, alarms, athena_queries, athena_runs, athena_statements,
    athena_tables, athena_workgroups, bucket_configuration, buckets, budgets, claims,
    composite_alarms, dashboards, described_alarms, destroy, identity, load_balancers, local_fleet,
    log_alarms, log_delivery, log_events, log_groups, log_tail, metric_filters, metric_values,
    mute_rules, objects, queries, query_definitions, subscription_filters, subscriptions,
    topic_subscriptions, topics, widget_queries, widgets,
};
use super::{budget_limits, budget_writes, cost_metrics, cost_monitors, costs};

/// Lists have no narrower resource than all (Service Authorization Reference: no resource types).
pub(super) const LISTS: &str = "lists know no narrower resource";
/// "You can't … composite alarms if your … permission has a narrower scope" (API reference of DescribeAlarms,
/// DescribeAlarmHistory and PutCompositeAlarm).
pub(super) const COMPOSITES: &str = "composite alarms are reached with the widest scope alone";
/// GetMetricData and ListMetrics have no resource types.
pub(super) const METRICS: &str = "metrics are no resources of IAM";
/// PutQueryDefinition, DeleteQueryDefinition and DescribeQueryDefinitions have no resource types.
pub(super) const QUERIES: &str = "saved queries are no resources of IAM";
/// StopQuery has no resource types, and GetQueryResults is asked by the id of a query alone.
pub(super) const RUNNING: &str = "running queries are no resources of IAM";

/// The tables of all files of this room.
const TABLES: &[&[Action]] = &[
    adopt::ACTIONS,
    alarm_actions::ACTIONS,
    alarm_standings::ACTIONS,
    alarms::ACTIONS,
    bucket_configuration::ACTIONS,
    buckets::ACTIONS,
    claims::ACTIONS,
    composite_alarms::ACTIONS,
    cost_metrics::ACTIONS,
    cost_monitors::ACTIONS,
    costs::ACTIONS,
    load_balancers::ACTIONS,
    local_fleet::ACTIONS,
    athena_queries::ACTIONS,
    athena_runs::ACTIONS,
    athena_statements::ACTIONS,
    athena_tables::ACTIONS,
    athena_workgroups::ACTIONS,
    budget_limits::ACTIONS,
    budget_writes::ACTIONS,
    budgets::ACTIONS,
    dashboards::ACTIONS,
    described_alarms::ACTIONS,
    destroy::ACTIONS,
    identity::ACTIONS,
    log_alarms::ACTIONS,
    log_delivery::ACTIONS,
    log_events::ACTIONS,
    log_groups::ACTIONS,
    log_tail::ACTIONS,
    metric_filters::ACTIONS,
    metric_values::ACTIONS,
    mute_rules::ACTIONS,
    objects::ACTIONS,
    queries::ACTIONS,
    query_definitions::ACTIONS,
    subscription_filters::ACTIONS,
    subscriptions::ACTIONS,
    topic_subscriptions::ACTIONS,
    topics::ACTIONS,
    widget_queries::ACTIONS,
    widgets::ACTIONS,
];

/// All calls to AWS and the actions of IAM that allow them.
pub fn actions() -> Vec<Action> {
    TABLES.concat()
}
