use std::collections::BTreeMap;

use aws_sdk_cloudwatch::types::{AlarmMuteRuleStatus, AlarmType, HistoryItemType, ScanBy};
use aws_smithy_types::DateTime;
use belfry_engine::base::Millis;

use super::actions::{COMPOSITES, LISTS};
use super::{CloudError, Session};
use crate::iam::{Action, On, WATCH};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "describe_alarm_history",
        "cloudwatch:DescribeAlarmHistory",
        On::Everything(COMPOSITES),
        WATCH,
    ),
    Action::new(
        "describe_alarm_contributors",
        "cloudwatch:DescribeAlarmContributors",
        On::Alarms,
        WATCH,
    ),
    Action::new(
        "list_alarm_mute_rules",
        "cloudwatch:ListAlarmMuteRules",
        On::Everything(LISTS),
        WATCH,
    ),
];

/// One entry of an alarm's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When.
    pub at: Millis,
    /// `StateUpdate`, `Action`, `ConfigurationUpdate` …
    pub kind: String,
    /// CloudWatch's summary.
    pub summary: String,
    /// JSON text.
    pub data: String,
}

impl Session {
    /// The history of an alarm up to `until`, newest first, one page (DescribeAlarmHistory).
    pub async fn alarm_history(
        &self,
        name: &str,
        kind: HistoryKind,
        until: Millis,
    ) -> Result<Vec<HistoryEntry>, CloudError> {
        let item = match kind {
            HistoryKind::States => HistoryItemType::StateUpdate,
            HistoryKind::Actions => HistoryItemType::Action,
        };
        let answer = self
            .cloudwatch()
            .describe_alarm_history()
            .alarm_name(name)
            .alarm_types(AlarmType::MetricAlarm)
            .alarm_types(AlarmType::CompositeAlarm)
            .alarm_types(AlarmType::LogAlarm)
            .history_item_type(item)
            .end_date(DateTime::from_millis(until.0))
            .scan_by(ScanBy::TimestampDescending)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("DescribeAlarmHistory", name, &e))?;
        let items = answer.alarm_history_items().iter().filter_map(|item| {
            Some(HistoryEntry {
                at: Millis(item.timestamp()?.to_millis().ok()?),
                kind: item.history_item_type()?.as_str().to_owned(),
                summary: item.history_summary().unwrap_or_default().to_owned(),
                data: item.history_data().unwrap_or_default().to_owned(),
            })
        });
        Ok(items.filter(|item| item.at <= until).collect())
    }

    /// The series of an alarm over many that are in ALARM, in the order of their attributes (DescribeAlarmContributors).
    pub async fn alarm_contributors(
        &self,
        name: &str,
    ) -> Result<Vec<AlarmContributor>, CloudError> {
        let client = self.cloudwatch();
        let mut found = Vec::new();
        let mut token = None;
        loop {
            let request = client.describe_alarm_contributors().alarm_name(name);
            let answer = request
                .set_next_token(token)
                .send()
                .await
                .map_err(|e| CloudError::from_sdk("DescribeAlarmContributors", name, &e))?;
            found.extend(answer.alarm_contributors().iter().map(|contributor| {
                let since = contributor.state_transitioned_timestamp();
                AlarmContributor {
                    attributes: contributor
                        .contributor_attributes()
                        .into_iter()
                        .flatten()
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect(),
                    reason: contributor.state_reason().unwrap_or_default().to_owned(),
                    since: since.and_then(|time| time.to_millis().ok()).map(Millis),
                }
            }));
            token = answer.next_token().map(str::to_owned);
            if token.is_none() {
                break;
            }
        }
        found.sort_by(|a, b| a.attributes.cmp(&b.attributes));
        Ok(found)
    }

    /// The names of the mute rules that hold the alarm's actions back at present (ListAlarmMuteRules).
    pub async fn active_mute_rules(&self, name: &str) -> Result<Vec<String>, CloudError> {
        let answer = self
            .cloudwatch()
            .list_alarm_mute_rules()
            .alarm_name(name)
            .statuses(AlarmMuteRuleStatus::Active)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("ListAlarmMuteRules", name, &e))?;
        let rules = answer.alarm_mute_rule_summaries().iter();
        let arns = rules.filter_map(|rule| rule.alarm_mute_rule_arn());
        Ok(arns
            .map(|arn| arn.rsplit(':').next().unwrap_or(arn).to_owned())
            .collect())
    }
}

/// A series of an alarm over many that is in ALARM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmContributor {
    /// What it is grouped by.
    pub attributes: BTreeMap<String, String>,
    /// CloudWatch's reason.
    pub reason: String,
    /// Since when.
    pub since: Option<Millis>,
}

/// What of an alarm's history is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryKind {
    /// Changes of state.
    States,
    /// Actions that were run.
    Actions,
}
