use std::collections::{BTreeMap, VecDeque};

use super::validate::validate;
use super::{DueRun, LogAlarm, QueryRun, RunOutcome, ScheduledQuery, StoredLogAlarm};
use crate::alarms::state::unchecked;
use crate::alarms::{
    AlarmStore, ChangeOf, ConfigurationUpdate, Contributors, HistoryItem, StateChange, StateValue,
};
use crate::base::Millis;
use crate::insights::QueryResults;
use crate::metrics::MetricError;

/// The reason of a log alarm whose query was replaced; AWS says that it becomes INSUFFICIENT_DATA and not with
/// which text.
const QUERY_CHANGED: &str = "Unchecked: the scheduled query of the alarm was changed";

impl AlarmStore {
    /// Creates or replaces a log alarm; refuses what PutLogAlarm refuses. A new one begins in INSUFFICIENT_DATA. A
    /// replaced one keeps state and runs, unless its query, aggregation, schedule or log groups change: then
    /// it begins anew (user guide).
    pub fn put_log(
        &mut self,
        alarm: LogAlarm,
        now: Millis,
    ) -> Result<Vec<StateChange>, MetricError> {
        validate(&alarm)?;
        self.refuse_other_kind(&alarm.name, "LogAlarm")?;
        let name = alarm.name.clone();
        let (kind, stored, change) = match self.logs.remove(&name) {
            None => (ConfigurationUpdate::Create, fresh(alarm, now), None),
            Some(old) => {
                let (stored, change) = replaced(old, alarm, now);
                (ConfigurationUpdate::Update, stored, change)
            }
        };
        self.note(HistoryItem::log_configuration(kind, &stored, now));
        self.logs.insert(name, stored);
        Ok(self.settle(change.into_iter().collect(), now))
    }

    /// All log alarms by name.
    pub fn log_alarms(&self) -> &BTreeMap<String, StoredLogAlarm> {
        &self.logs
    }

    /// The queries that are due at `now`, each once, by name of alarm; the next ones are due an interval later.
    pub fn due_runs(&mut self, now: Millis) -> Vec<DueRun> {
        let mut due = Vec::new();
        for (name, stored) in &mut self.logs {
            if stored.next_run > now {
                continue;
            }
            let (query, at) = (&stored.alarm.query, stored.next_run);
            due.push(DueRun {
                alarm: name.clone(),
                at,
                text: query.query_string.clone(),
                log_groups: query.log_groups.clone(),
                range: query.schedule.range(at),
            });
            stored.next_run = query.schedule.next(now);
        }
        due
    }

    /// When the next query is due.
    pub fn next_run(&self) -> Option<Millis> {
        self.logs.values().map(|stored| stored.next_run).min()
    }

    /// Hands back what came of a due run; the next [`AlarmStore::evaluate`] follows it.
    pub fn take_run(&mut self, run: &DueRun, id: String, results: Result<QueryResults, String>) {
        let Some(stored) = self.logs.get_mut(&run.alarm) else {
            return;
        };
        let aggregation = &stored.alarm.query.aggregation;
        let outcome = match results {
            Ok(results) => RunOutcome::read(aggregation, &results),
            Err(why) => RunOutcome::Failed(why),
        };
        stored.push_run(QueryRun {
            id,
            at: run.at,
            outcome,
        });
    }
}

impl StoredLogAlarm {
    /// Notes a run; as many as are evaluated are kept.
    pub(in crate::alarms) fn push_run(&mut self, run: QueryRun) {
        self.runs.push_back(run);
        let kept = self.alarm.query_results_to_evaluate;
        let extra = self.runs.len().saturating_sub(kept);
        self.runs.drain(..extra);
        self.is_due = true;
    }
}

fn fresh(alarm: LogAlarm, now: Millis) -> StoredLogAlarm {
    StoredLogAlarm {
        state: unchecked(now),
        configured: now,
        created: now,
        in_warm_up: alarm.warm_up.is_some(),
        evaluation: None,
        contributors: Contributors::default(),
        runs: VecDeque::new(),
        next_run: alarm.query.schedule.next(now),
        is_due: false,
        alarm,
    }
}

fn replaced(
    old: StoredLogAlarm,
    alarm: LogAlarm,
    now: Millis,
) -> (StoredLogAlarm, Option<StateChange>) {
    let is_reset = !is_same_query(&old.alarm.query, &alarm.query);
    let mut stored = fresh(alarm, now);
    stored.created = old.created;
    stored.in_warm_up &= old.in_warm_up;
    stored.state = old.state;
    if is_reset {
        let value = StateValue::InsufficientData;
        let reason = QUERY_CHANGED.to_owned();
        let change = stored.turn(value, reason, None, ChangeOf::Alarm, now);
        return (stored, change);
    }
    stored.contributors = old.contributors;
    stored.next_run = old.next_run;
    for run in old.runs {
        stored.push_run(run);
    }
    (stored, None)
}

/// Role and tags do not change what a run answers.
fn is_same_query(old: &ScheduledQuery, new: &ScheduledQuery) -> bool {
    old.query_string == new.query_string
        && old.log_groups == new.log_groups
        && old.schedule == new.schedule
        && old.aggregation == new.aggregation
}
