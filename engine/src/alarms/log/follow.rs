use super::reason_data::reason_data;
use super::{QueryRun, RunOutcome, StoredLogAlarm};
use crate::alarms::{
    Alarm, AlarmEvaluation, ChangeOf, Contributor, ContributorChange, ContributorEvaluation,
    Evaluation, EvaluationState, Point, StateChange, StateValue, Wording, evaluate, reason,
};
use crate::base::Millis;
use crate::metrics::Datapoint;

impl StoredLogAlarm {
    /// Evaluates the newest runs; the changes of state, contributors first.
    pub(in crate::alarms) fn evaluate(&mut self, now: Millis) -> Vec<StateChange> {
        if !std::mem::take(&mut self.is_due) {
            return Vec::new();
        }
        self.warm(now);
        let evaluation = self.explain();
        self.evaluation = self.evaluation_state(&evaluation);
        match evaluation {
            AlarmEvaluation::WarmUp => Vec::new(),
            AlarmEvaluation::NotEvaluated(why) => {
                let value = StateValue::InsufficientData;
                let is_new = self.state.value != value || self.state.reason != why;
                let change = is_new.then(|| self.turn(value, why, None, ChangeOf::Alarm, now));
                change.flatten().into_iter().collect()
            }
            AlarmEvaluation::Series(evaluation) => self
                .follow(&evaluation, ChangeOf::Alarm, now)
                .into_iter()
                .collect(),
            AlarmEvaluation::Contributors { series, .. } => self.follow_contributors(&series, now),
            AlarmEvaluation::NoSeries(evaluation) => self.follow_nothing(&evaluation, now),
        }
    }

    /// What the evaluation of the newest runs sees. Where some or all of them failed nothing is judged.
    pub(in crate::alarms) fn explain(&self) -> AlarmEvaluation {
        if self.in_warm_up {
            return AlarmEvaluation::WarmUp;
        }
        if let Some(why) = self.failures() {
            return AlarmEvaluation::NotEvaluated(why);
        }
        let rule = self.alarm.rule();
        if self.alarm.query.aggregation.by().is_empty() {
            let points = self.points(Some(&Contributor::default()));
            return AlarmEvaluation::Series(evaluate(&rule, &points));
        }
        let newest = self.runs.back().map(series_of).unwrap_or_default();
        if newest.is_empty() {
            return AlarmEvaluation::NoSeries(evaluate(&rule, &self.points(None)));
        }
        let judged = newest.iter().map(|(contributor, _)| ContributorEvaluation {
            contributor: contributor.clone(),
            evaluation: evaluate(&rule, &self.points(Some(contributor))),
        });
        AlarmEvaluation::Contributors {
            series: judged.collect(),
            is_partial: matches!(
                self.runs.back().map(|run| &run.outcome),
                Some(RunOutcome::Complete {
                    is_partial: true,
                    ..
                })
            ),
        }
    }

    /// The N newest runs of one series, oldest first. Runs that have not been yet are missing, as is a series that
    /// a run did not return.
    fn points(&self, contributor: Option<&Contributor>) -> Vec<Point> {
        let newest = self.runs.back().map_or(self.configured, |run| run.at);
        let interval = self.alarm.query.schedule.interval();
        let periods = i64::try_from(self.alarm.query_results_to_evaluate).unwrap_or(i64::MAX);
        let at = |age: i64| newest.plus(-interval.saturating_mul(age));
        let point = |start: Millis| {
            let run = self.runs.iter().find(|run| run.at == start);
            let series = run.map(series_of).unwrap_or_default();
            let found = series.iter().find(|(c, _)| Some(c) == contributor);
            let datapoint = found.and_then(|(_, value)| *value).map(|value| Datapoint {
                timestamp: start,
                value,
                sample_count: 1.0,
            });
            Point::new(start, datapoint)
        };
        (0..periods).rev().map(|age| point(at(age))).collect()
    }

    /// Why nothing can be judged: runs have failed. The wording is in AWS's manner.
    fn failures(&self) -> Option<String> {
        let mut failed = self.runs.iter().filter_map(|run| match &run.outcome {
            RunOutcome::Failed(why) => Some(why),
            RunOutcome::Complete { .. } => None,
        });
        let (count, newest) = (failed.clone().count(), failed.next_back()?);
        let total = self.runs.len();
        Some(format!(
            "Insufficient Data: {count} out of the last {total} query results failed: {newest}"
        ))
    }

    fn evaluation_state(&self, evaluation: &AlarmEvaluation) -> Option<EvaluationState> {
        let is_failed = |run: &QueryRun| matches!(run.outcome, RunOutcome::Failed(_));
        match evaluation {
            AlarmEvaluation::WarmUp => Some(EvaluationState::InWarmUp),
            AlarmEvaluation::NotEvaluated(_) if self.runs.iter().all(is_failed) => {
                Some(EvaluationState::EvaluationError)
            }
            AlarmEvaluation::NotEvaluated(_) => Some(EvaluationState::EvaluationFailure),
            AlarmEvaluation::Contributors {
                is_partial: true, ..
            } => Some(EvaluationState::PartialData),
            _ => None,
        }
    }

    /// Ends the warm-up where its time is over, or where N runs are there.
    fn warm(&mut self, now: Millis) {
        let Some(warm_up) = self.alarm.warm_up.filter(|_| self.in_warm_up) else {
            return;
        };
        let is_over = now >= self.created.plus(warm_up.minutes.saturating_mul(60_000));
        let is_full = !warm_up.whole && self.runs.len() >= self.alarm.query_results_to_evaluate;
        self.in_warm_up = !(is_over || is_full);
    }

    fn follow(
        &mut self,
        evaluation: &Evaluation,
        of: ChangeOf,
        now: Millis,
    ) -> Option<StateChange> {
        let value = evaluation
            .state
            .filter(|state| *state != self.state.value)?;
        let reason = reason(evaluation, Wording::QueryResults)?;
        let data = reason_data(self, now);
        self.turn(value, reason, Some(data), of, now)
    }

    fn follow_contributors(
        &mut self,
        series: &[ContributorEvaluation],
        now: Millis,
    ) -> Vec<StateChange> {
        let followed = self.contributors.follow(series, Wording::QueryResults, now);
        let (summary, changes) = followed;
        let of = ChangeOf::alarm_after(&changes);
        let mut changes = self.of_contributors(changes);
        if summary.state() != self.state.value {
            changes.extend(self.turn(summary.state(), summary.reason(), None, of, now));
        }
        changes
    }

    /// The newest run returned no group at all: the treatment of missing data decides about the alarm.
    fn follow_nothing(&mut self, evaluation: &Evaluation, now: Millis) -> Vec<StateChange> {
        if evaluation.state.is_none() {
            return Vec::new();
        }
        let changes = self.contributors.clear(now);
        let of = match evaluation.state {
            Some(StateValue::Ok) => ChangeOf::alarm_after(&changes),
            _ => ChangeOf::Alarm,
        };
        let mut changes = self.of_contributors(changes);
        changes.extend(self.follow(evaluation, of, now));
        changes
    }

    fn of_contributors(&self, changes: Vec<ContributorChange>) -> Vec<StateChange> {
        let alarm = self.as_alarm();
        let mut changes = StateChange::of_contributors(changes, &alarm, self.configured);
        for change in &mut changes {
            change.query_execution = self.runs.back().map(|run| run.id.clone());
        }
        changes
    }

    pub(in crate::alarms) fn as_alarm(&self) -> Alarm {
        Alarm::Log(Box::new(self.alarm.clone()))
    }

    /// Takes a state; the change where the value is a new one.
    pub(in crate::alarms) fn turn(
        &mut self,
        value: StateValue,
        reason: String,
        reason_data: Option<String>,
        of: ChangeOf,
        now: Millis,
    ) -> Option<StateChange> {
        let states = self.state.take(value, reason, reason_data, now)?;
        Some(StateChange {
            of,
            query_execution: self.runs.back().map(|run| run.id.clone()),
            ..StateChange::of_alarm(self.as_alarm(), self.configured, states)
        })
    }
}

fn series_of(run: &QueryRun) -> &[(Contributor, Option<f64>)] {
    match &run.outcome {
        RunOutcome::Complete { series, .. } => series,
        RunOutcome::Failed(_) => &[],
    }
}
