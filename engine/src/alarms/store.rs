use std::collections::BTreeMap;

use crate::base::Millis;
use crate::metrics::{Grid, MetricError, MetricStore, evaluate_on_grid};

use super::history::ConfigurationUpdate;
use super::validate::validate;
use super::{
    AlarmMetric, AlarmState, EXTRA_PERIODS, HistoryItem, MetricAlarm, Point, Rule, StateChange,
    StateValue, StoredAlarm, evaluation_grid, evaluation_slot, judge, reason, reason_data,
};

/// How long history is kept.
const HISTORY_MILLIS: i64 = 30 * 86_400_000;

/// All alarms of an account.
#[derive(Debug)]
pub struct AlarmStore {
    alarms: BTreeMap<String, StoredAlarm>,
    /// Oldest first.
    history: Vec<HistoryItem>,
    extra_periods: usize,
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
            history: Vec::new(),
            extra_periods,
        }
    }

    /// Creates or replaces an alarm; refuses what PutMetricAlarm refuses. A new alarm begins in
    /// INSUFFICIENT_DATA, a replaced one keeps its state and reason; both are due at once.
    pub fn put(&mut self, alarm: MetricAlarm, now: Millis) -> Result<(), MetricError> {
        validate(&alarm)?;
        let (kind, state) = match self.alarms.remove(&alarm.name) {
            Some(old) => (ConfigurationUpdate::Update, old.state),
            None => (ConfigurationUpdate::Create, unchecked(now)),
        };
        let stored = StoredAlarm {
            state,
            configured: now,
            evaluated: None,
            alarm,
        };
        self.note(HistoryItem::configuration_update(kind, &stored, now));
        self.alarms.insert(stored.alarm.name.clone(), stored);
        Ok(())
    }

    /// All alarms by name.
    pub fn alarms(&self) -> &BTreeMap<String, StoredAlarm> {
        &self.alarms
    }

    /// Removes an alarm; whether it was there. History outlives it.
    pub fn delete(&mut self, name: &str, now: Millis) -> bool {
        let Some(stored) = self.alarms.remove(name) else {
            return false;
        };
        let kind = ConfigurationUpdate::Delete;
        self.note(HistoryItem::configuration_update(kind, &stored, now));
        true
    }

    /// EnableAlarmActions and DisableAlarmActions; whether the alarm is there.
    pub fn enable_actions(&mut self, name: &str, enabled: bool, now: Millis) -> bool {
        let Some(stored) = self.alarms.get_mut(name) else {
            return false;
        };
        stored.alarm.actions_enabled = enabled;
        stored.configured = now;
        let item = HistoryItem::configuration_update(ConfigurationUpdate::Update, stored, now);
        self.note(item);
        true
    }

    /// SetAlarmState: lasts until the next evaluation. `None` where the value is the one it had.
    pub fn set_state(
        &mut self,
        name: &str,
        value: StateValue,
        reason: &str,
        reason_data: Option<&str>,
        now: Millis,
    ) -> Result<Option<StateChange>, MetricError> {
        let limit = |is_wrong: bool, member: &str, limit: usize, given: &str| match is_wrong {
            true => Err(MetricError {
                code: "ValidationError",
                message: format!(
                    "1 validation error detected: Value '{given}' at '{member}' failed to satisfy \
                     constraint: Member must have length less than or equal to {limit}"
                ),
            }),
            false => Ok(()),
        };
        limit(reason.chars().count() > 1023, "stateReason", 1023, reason)?;
        let data = reason_data.unwrap_or_default();
        limit(data.chars().count() > 4000, "stateReasonData", 4000, data)?;
        let stored = self.alarms.get_mut(name).ok_or_else(|| MetricError {
            code: "ResourceNotFound",
            message: format!("Alarm {name} does not exist"),
        })?;
        let change = stored.become_(
            value,
            reason.to_owned(),
            reason_data.map(str::to_owned),
            now,
        );
        Ok(change.inspect(|change| self.note(HistoryItem::state_update(change))))
    }

    /// Evaluates every alarm that is due at `now` (each minute; every ten seconds where the period is
    /// shorter than a minute; at once after a put) and returns the changes of state, by name.
    pub fn evaluate(&mut self, metrics: &MetricStore, now: Millis) -> Vec<StateChange> {
        let extra = self.extra_periods;
        let changes: Vec<_> = self
            .alarms
            .values_mut()
            .filter_map(|stored| stored.evaluate(metrics, now, extra))
            .collect();
        for change in &changes {
            self.note(HistoryItem::state_update(change));
        }
        changes
    }

    /// The history, newest first.
    pub fn history(&self) -> Vec<&HistoryItem> {
        self.history.iter().rev().collect()
    }

    /// Notes that an action was run for an alarm.
    pub fn record_action(&mut self, alarm: &str, action: &str, ok: bool, now: Millis) {
        self.note(HistoryItem::action(alarm, action, ok, now));
    }

    fn note(&mut self, item: HistoryItem) {
        let oldest = item.timestamp.plus(-HISTORY_MILLIS);
        let expired = self.history.partition_point(|old| old.timestamp < oldest);
        self.history.drain(..expired);
        self.history.push(item);
    }
}

impl StoredAlarm {
    fn evaluate(
        &mut self,
        metrics: &MetricStore,
        now: Millis,
        extra: usize,
    ) -> Option<StateChange> {
        let slot = evaluation_slot(&self.alarm, now);
        if self.evaluated.is_some_and(|last| last >= slot) {
            return None;
        }
        self.evaluated = Some(slot);
        let points = range(
            &self.alarm,
            metrics,
            evaluation_grid(&self.alarm, now, extra),
        )?;
        let rule = Rule::of(&self.alarm);
        let judgement = judge(&rule, &points)?;
        if judgement.state == self.state.value {
            return None;
        }
        let has_datapoints = self.alarm.datapoints_to_alarm.is_some();
        let reason = reason(&rule, has_datapoints, &judgement);
        let data = reason_data(&self.alarm, &judgement, now);
        self.become_(judgement.state, reason, Some(data), now)
    }

    /// Takes a state; the change where the value is a new one.
    fn become_(
        &mut self,
        value: StateValue,
        reason: String,
        reason_data: Option<String>,
        now: Millis,
    ) -> Option<StateChange> {
        let is_new = value != self.state.value;
        let state = AlarmState {
            value,
            reason,
            reason_data,
            updated: now,
            transitioned: if is_new { now } else { self.state.transitioned },
        };
        let old = std::mem::replace(&mut self.state, state);
        is_new.then(|| StateChange {
            alarm: self.alarm.clone(),
            configured: self.configured,
            old,
            new: self.state.clone(),
        })
    }
}

/// The points of the range, oldest first; `None` where the metric math cannot be evaluated, which a put
/// refuses already.
fn range(alarm: &MetricAlarm, metrics: &MetricStore, grid: Grid) -> Option<Vec<Point>> {
    let values = match &alarm.metric {
        AlarmMetric::Single(stat) => metrics.statistic(stat, grid),
        AlarmMetric::Math(queries) => evaluate_on_grid(metrics, queries, grid).ok()?,
    };
    let width = grid.period.saturating_mul(1000);
    let starts = (0..).map(|i| grid.start.plus(width.saturating_mul(i)));
    Some(starts.zip(values).collect())
}

fn unchecked(now: Millis) -> AlarmState {
    AlarmState {
        value: StateValue::InsufficientData,
        reason: "Unchecked: Initial alarm creation".to_owned(),
        reason_data: None,
        updated: now,
        transitioned: now,
    }
}
