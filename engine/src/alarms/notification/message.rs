use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::subject::subject;
use super::trigger::trigger;
use crate::alarms::reason::json_time;
use crate::alarms::{Alarm, CompositeAlarm, LogAlarm, MetricAlarm, StateChange, region_name};

/// Where a notification comes from, and what goes with it.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// Twelve digits.
    pub account: &'a str,
    /// `us-east-1`.
    pub region: &'a str,
    /// The alarm's tags: those that its configuration propagates are sent.
    pub tags: &'a BTreeMap<String, String>,
    /// Whether a mute rule held the action back until now.
    pub after_mute_window: bool,
}

/// The SNS subject and message that CloudWatch sends for a change of state. Members stand in the order of
/// the documented schema; their set is that of messages recorded in February 2026 (metric alarms) and in
/// 2021 and 2022 (composite alarms), and documented for log alarms and contributors.
pub fn notification(change: &StateChange, sender: &Sender<'_>) -> (String, String) {
    let mut message = match &change.alarm {
        Alarm::Metric(alarm) => metric(change, alarm, sender),
        Alarm::Composite(alarm) => composite(change, alarm, sender),
        Alarm::Log(alarm) => log(change, alarm, sender),
    };
    if let Some(contributor) = change.contributor() {
        message.insert("AlarmContributorId".into(), json!(contributor.id()));
        let attributes = json!(contributor.attributes);
        message.insert("AlarmContributorAttributes".into(), attributes);
    }
    if let Some(tags) = tags(change, sender) {
        message.insert("AlarmTags".into(), tags);
    }
    let message = Value::Object(message).to_string();
    (subject(change, sender.region), message)
}

fn metric(change: &StateChange, alarm: &MetricAlarm, sender: &Sender<'_>) -> Map<String, Value> {
    let mut message = timed(change, sender);
    message.insert("Trigger".into(), trigger(alarm));
    message
}

fn log(change: &StateChange, alarm: &LogAlarm, sender: &Sender<'_>) -> Map<String, Value> {
    let mut message = timed(change, sender);
    let query = &alarm.query;
    message.insert("LogGroups".into(), json!(query.log_groups));
    message.insert("QueryString".into(), json!(query.query_string));
    let aggregation = json!(query.aggregation.text());
    message.insert("AggregationExpression".into(), aggregation);
    if let Some(execution) = &change.query_execution {
        message.insert("QueryExecutionId".into(), json!(execution));
    }
    message
}

/// What metric and log alarms have in common.
fn timed(change: &StateChange, sender: &Sender<'_>) -> Map<String, Value> {
    let alarm = &change.alarm;
    let [ok, in_alarm, insufficient_data] = alarm.actions();
    object(json!({
        "AlarmName": alarm.name(),
        "AlarmDescription": alarm.description(),
        "AWSAccountId": sender.account,
        "AlarmConfigurationUpdatedTimestamp": json_time(change.configured),
        "ActionExecutedAfterMuteWindow": sender.after_mute_window,
        "NewStateValue": change.new.value.as_str(),
        "NewStateReason": change.new.reason,
        "StateChangeTime": json_time(change.new.transitioned),
        "Region": region_name(sender.region),
        "AlarmArn": arn(alarm, sender),
        "OldStateValue": change.old.value.as_str(),
        "OKActions": ok,
        "AlarmActions": in_alarm,
        "InsufficientDataActions": insufficient_data,
    }))
}

/// A state set by hand has no triggering children; the list stands there all the same (recorded).
fn composite(
    change: &StateChange,
    alarm: &CompositeAlarm,
    sender: &Sender<'_>,
) -> Map<String, Value> {
    let children: Vec<_> = change
        .triggering_children
        .iter()
        .map(|child| {
            let timestamp = json_time(child.transitioned);
            json!({
                "Arn": child.arn,
                "State": { "Value": child.value.as_str(), "Timestamp": timestamp },
            })
        })
        .collect();
    let mut message = object(json!({
        "AlarmName": alarm.name,
        "AlarmDescription": alarm.description,
        "AWSAccountId": sender.account,
        "NewStateValue": change.new.value.as_str(),
        "NewStateReason": change.new.reason,
        "StateChangeTime": json_time(change.new.transitioned),
        "Region": region_name(sender.region),
        "AlarmArn": arn(&change.alarm, sender),
        "OKActions": alarm.ok_actions,
        "AlarmActions": alarm.alarm_actions,
        "InsufficientDataActions": alarm.insufficient_data_actions,
        "OldStateValue": change.old.value.as_str(),
        "AlarmRule": alarm.rule.text(),
        "TriggeringChildren": children,
    }));
    if sender.after_mute_window {
        message.insert("ActionExecutedAfterMuteWindow".into(), json!(true));
    }
    message
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn arn(alarm: &Alarm, sender: &Sender<'_>) -> String {
    let (region, account) = (sender.region, sender.account);
    format!(
        "arn:aws:cloudwatch:{region}:{account}:alarm:{}",
        alarm.name()
    )
}

/// `AlarmTags`, where the alarm's configuration propagates tags.
fn tags(change: &StateChange, sender: &Sender<'_>) -> Option<Value> {
    let propagation = change.alarm.tags_propagation()?;
    let sent = propagation.sent(sender.tags)?;
    let tag = |(key, value): (&String, &String)| json!({ "Key": key, "Value": value });
    Some(sent.into_iter().map(tag).collect())
}
