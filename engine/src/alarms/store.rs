use std::collections::BTreeMap;

use crate::base::Millis;
use crate::metrics::{MetricError, MetricStore};

use super::history::ConfigurationUpdate;
use super::mute::HeldAction;
use super::refusal::{constraint, invalid, refuse};
use super::state::unchecked;
use super::validate::validate;
use super::{
    ChangeOf, Contributors, EXTRA_PERIODS, HistoryItem, MetricAlarm, MuteRule, StateChange,
    StateValue, StoredAlarm, StoredComposite, StoredLogAlarm,
};

/// How long history is kept.
const HISTORY_MILLIS: i64 = 30 * 86_400_000;

/// Metrics Insights alarms of an account in a region (user guide).
const MOST_METRICS_INSIGHTS: usize = 200;

/// All alarms of an account.
#[derive(Clone, Debug)]
pub struct AlarmStore {
    pub(super) alarms: BTreeMap<String, StoredAlarm>,
    pub(super) composites: BTreeMap<String, StoredComposite>,
    pub(super) logs: BTreeMap<String, StoredLogAlarm>,
    pub(super) mutes: BTreeMap<String, MuteRule>,
    /// Actions that mute rules hold back, oldest first.
    pub(super) held: Vec<HeldAction>,
    /// The composite alarms that are evaluated, each after what it reads; `None` after a rule has changed.
    pub(super) order: Option<Vec<String>>,
    /// What stands before the name in the ARN of an alarm.
    pub(super) arn_head: String,
    /// Oldest first.
    history: Vec<HistoryItem>,
    /// Every change of state, where it is asked for.
    pub(super) timeline: Option<Vec<StateChange>>,
    pub(super) extra_periods: usize,
}

impl Default for AlarmStore {
    fn default() -> Self {
        Self::with_extra_periods(EXTRA_PERIODS)
    }
}

impl AlarmStore {
    /// A store whose evaluations fetch `extra_periods` buckets beyond N.
    pub fn with_extra_periods(extra_periods: usize) -> Self {
        Self {
            alarms: BTreeMap::new(),
            composites: BTreeMap::new(),
            logs: BTreeMap::new(),
            mutes: BTreeMap::new(),
            held: Vec::new(),
            order: None,
            arn_head: arn_head("000000000000", "us-east-1"),
            history: Vec::new(),
            timeline: None,
            extra_periods,
        }
    }

    /// The store of an account in a region: reasons and rules of composite alarms name alarms by ARN.
    #[must_use]
    pub fn of_account(self, account: &str, region: &str) -> Self {
        Self {
            arn_head: arn_head(account, region),
            ..self
        }
    }

    /// `arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME`.
    pub fn arn(&self, name: &str) -> String {
        format!("{}{name}", self.arn_head)
    }

    /// Creates or replaces an alarm; refuses what PutMetricAlarm refuses. A new alarm begins in
    /// INSUFFICIENT_DATA, a replaced one keeps its state and reason; both are due at once.
    pub fn put(&mut self, alarm: MetricAlarm, now: Millis) -> Result<(), MetricError> {
        validate(&alarm)?;
        self.refuse_other_kind(&alarm.name, "MetricAlarm")?;
        self.refuse_too_many(&alarm)?;
        let old = self.alarms.remove(&alarm.name);
        let kind = match old {
            Some(_) => ConfigurationUpdate::Update,
            None => ConfigurationUpdate::Create,
        };
        let has_warm_up = alarm.warm_up.is_some();
        let stored = StoredAlarm {
            created: old.as_ref().map_or(now, |old| old.created),
            in_warm_up: has_warm_up && old.as_ref().is_none_or(|old| old.in_warm_up),
            contributors: old
                .as_ref()
                .map_or_else(Contributors::default, |old| old.contributors.clone()),
            evaluation: old.as_ref().and_then(|old| old.evaluation),
            state: old.map_or_else(|| unchecked(now), |old| old.state),
            configured: now,
            evaluated: None,
            alarm,
        };
        self.note(HistoryItem::configuration_update(kind, &stored, now));
        self.alarms.insert(stored.alarm.name.clone(), stored);
        Ok(())
    }

    /// All metric alarms by name.
    pub fn alarms(&self) -> &BTreeMap<String, StoredAlarm> {
        &self.alarms
    }

    /// Removes an alarm of any kind; whether it was there. History outlives it. What DeleteAlarms refuses is
    /// said by [`Self::check_delete`].
    pub fn delete(&mut self, name: &str, now: Millis) -> bool {
        let kind = ConfigurationUpdate::Delete;
        let item = if let Some(stored) = self.alarms.remove(name) {
            HistoryItem::configuration_update(kind, &stored, now)
        } else if let Some(stored) = self.composites.remove(name) {
            self.order = None;
            HistoryItem::composite_configuration(kind, &stored, now)
        } else if let Some(stored) = self.logs.remove(name) {
            HistoryItem::log_configuration(kind, &stored, now)
        } else {
            return false;
        };
        self.note(item);
        true
    }

    /// `MetricAlarm`, `CompositeAlarm` or `LogAlarm`; names are unique over all of them.
    pub fn kind_of(&self, name: &str) -> Option<&'static str> {
        let kinds = [
            (self.alarms.contains_key(name), "MetricAlarm"),
            (self.composites.contains_key(name), "CompositeAlarm"),
            (self.logs.contains_key(name), "LogAlarm"),
        ];
        kinds.into_iter().find(|(is, _)| *is).map(|(_, kind)| kind)
    }

    pub(super) fn refuse_other_kind(&self, name: &str, kind: &str) -> Result<(), MetricError> {
        match self.kind_of(name) {
            Some(other) if other != kind => Err(invalid(format!(
                "An alarm of type {other} with the name {name} already exists"
            ))),
            _ => Ok(()),
        }
    }

    /// Metrics Insights alarms are limited by region (user guide).
    fn refuse_too_many(&self, alarm: &MetricAlarm) -> Result<(), MetricError> {
        if !alarm.metric.is_metrics_insights() {
            return Ok(());
        }
        let others = self.alarms.values().filter(|other| {
            other.alarm.name != alarm.name && other.alarm.metric.is_metrics_insights()
        });
        match others.count() >= MOST_METRICS_INSIGHTS {
            false => Ok(()),
            true => Err(MetricError {
                code: "LimitExceeded",
                message: format!(
                    "The maximum of {MOST_METRICS_INSIGHTS} Metrics Insights alarms has been reached."
                ),
            }),
        }
    }

    /// EnableAlarmActions and DisableAlarmActions; whether the alarm is there.
    pub fn enable_actions(&mut self, name: &str, enabled: bool, now: Millis) -> bool {
        let kind = ConfigurationUpdate::Update;
        let item = if let Some(stored) = self.alarms.get_mut(name) {
            stored.alarm.actions_enabled = enabled;
            stored.configured = now;
            HistoryItem::configuration_update(kind, stored, now)
        } else if let Some(stored) = self.composites.get_mut(name) {
            stored.alarm.actions_enabled = enabled;
            stored.configured = now;
            HistoryItem::composite_configuration(kind, stored, now)
        } else if let Some(stored) = self.logs.get_mut(name) {
            stored.alarm.actions_enabled = enabled;
            stored.configured = now;
            HistoryItem::log_configuration(kind, stored, now)
        } else {
            return false;
        };
        self.note(item);
        true
    }

    /// SetAlarmState: lasts until the next evaluation, which for a composite alarm comes with the next change of
    /// a child. The changes are that of the alarm, if its value is a new one, and of the composite alarms above.
    pub fn set_state(
        &mut self,
        name: &str,
        value: StateValue,
        reason: &str,
        reason_data: Option<&str>,
        now: Millis,
    ) -> Result<Vec<StateChange>, MetricError> {
        for (member, text, limit) in [
            ("stateReason", reason, 1023),
            ("stateReasonData", reason_data.unwrap_or_default(), 4000),
        ] {
            refuse(text.chars().count() > limit, || {
                let most = format!("have length less than or equal to {limit}");
                constraint(text, member, &most)
            })?;
        }
        let (reason, data) = (reason.to_owned(), reason_data.map(str::to_owned));
        let change = if let Some(stored) = self.alarms.get_mut(name) {
            stored.turn(value, reason, data, ChangeOf::Alarm, now)
        } else if let Some(stored) = self.composites.get_mut(name) {
            stored.turn(value, reason, data, Vec::new(), now)
        } else if let Some(stored) = self.logs.get_mut(name) {
            stored.turn(value, reason, data, ChangeOf::Alarm, now)
        } else {
            return Err(MetricError {
                code: "ResourceNotFound",
                message: format!("Alarm {name} does not exist"),
            });
        };
        Ok(self.settle(change.into_iter().collect(), now))
    }

    /// Evaluates every metric alarm that is due at `now` (each minute; every ten seconds where the period is
    /// shorter than a minute; at once after a put), then the composite alarms that read a changed one, and
    /// returns the changes of state: metric alarms by name, then composite alarms from below.
    pub fn evaluate(&mut self, metrics: &MetricStore, now: Millis) -> Vec<StateChange> {
        let extra = self.extra_periods;
        let mut changes: Vec<_> = self
            .alarms
            .values_mut()
            .flat_map(|stored| stored.evaluate(metrics, now, extra))
            .collect();
        changes.extend(
            self.logs
                .values_mut()
                .flat_map(|stored| stored.evaluate(now)),
        );
        self.settle(changes, now)
    }

    /// The contributors of an alarm that may have some.
    pub fn contributors_of(&self, name: &str) -> Option<&Contributors> {
        let metric = self.alarms.get(name).map(|stored| &stored.contributors);
        metric.or_else(|| self.logs.get(name).map(|stored| &stored.contributors))
    }

    /// The history, newest first.
    pub fn history(&self) -> Vec<&HistoryItem> {
        self.history.iter().rev().collect()
    }

    /// Notes that an action was run for a change of state.
    pub fn record_action(&mut self, change: &StateChange, action: &str, ok: bool, now: Millis) {
        self.note(HistoryItem::action(change, action, ok, now));
    }

    pub(super) fn note(&mut self, item: HistoryItem) {
        let oldest = item.timestamp.plus(-HISTORY_MILLIS);
        let expired = self.history.partition_point(|old| old.timestamp < oldest);
        self.history.drain(..expired);
        self.history.push(item);
    }
}

fn arn_head(account: &str, region: &str) -> String {
    format!("arn:aws:cloudwatch:{region}:{account}:alarm:")
}
