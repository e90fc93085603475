use super::alarm_evaluation::of_alarm;
use super::{
    Alarm, AlarmEvaluation, ChangeOf, ContributorEvaluation, Evaluation, EvaluationState,
    StateChange, StateValue, StoredAlarm, Wording, evaluation_slot, reason, reason_data,
};
use crate::alarms::choices::MOST_SERIES;
use crate::base::Millis;
use crate::metrics::MetricStore;

impl StoredAlarm {
    /// Evaluates the alarm where it is due; the changes of state, contributors first.
    pub(super) fn evaluate(
        &mut self,
        metrics: &MetricStore,
        now: Millis,
        extra: usize,
    ) -> Vec<StateChange> {
        let slot = evaluation_slot(&self.alarm, now);
        if self.evaluated.is_some_and(|last| last >= slot) {
            return Vec::new();
        }
        self.evaluated = Some(slot);
        self.warm(metrics, slot);
        if self.in_warm_up {
            return Vec::new();
        }
        self.evaluation = None;
        match of_alarm(&self.alarm, metrics, now, extra) {
            AlarmEvaluation::WarmUp => Vec::new(),
            AlarmEvaluation::NotEvaluated(why) => self.stay_unknown(why, now).into_iter().collect(),
            AlarmEvaluation::Series(evaluation) => self
                .follow(&evaluation, ChangeOf::Alarm, now)
                .into_iter()
                .collect(),
            AlarmEvaluation::Contributors { series, is_partial } => {
                let is_partial = is_partial || series.len() > MOST_SERIES;
                self.evaluation = is_partial.then_some(EvaluationState::PartialData);
                self.follow_contributors(&series, now)
            }
            AlarmEvaluation::NoSeries(evaluation) => self.follow_nothing(&evaluation, now),
        }
    }

    fn follow(
        &mut self,
        evaluation: &Evaluation,
        of: ChangeOf,
        now: Millis,
    ) -> Option<StateChange> {
        let state = evaluation
            .state
            .filter(|state| *state != self.state.value)?;
        let reason = reason(evaluation, Wording::Metric)?;
        let data = reason_data(&self.alarm, evaluation, now);
        self.turn(state, reason, Some(data), of, now)
    }

    /// An alarm over many series has a reason that counts them, and no reason data.
    fn follow_contributors(
        &mut self,
        series: &[ContributorEvaluation],
        now: Millis,
    ) -> Vec<StateChange> {
        let series = series.get(..MOST_SERIES).unwrap_or(series);
        let followed = self.contributors.follow(series, Wording::Contributor, now);
        let (summary, changes) = followed;
        let of = ChangeOf::alarm_after(&changes);
        let alarm = self.as_alarm();
        let mut changes = StateChange::of_contributors(changes, &alarm, self.configured);
        if summary.state() != self.state.value {
            changes.extend(self.turn(summary.state(), summary.reason(), None, of, now));
        }
        changes
    }

    /// The query returned no series at all: the treatment of missing data decides about the alarm.
    fn follow_nothing(&mut self, evaluation: &Evaluation, now: Millis) -> Vec<StateChange> {
        if evaluation.state.is_none() {
            return Vec::new();
        }
        let changes = self.contributors.clear(now);
        let of = match evaluation.state {
            Some(StateValue::Ok) => ChangeOf::alarm_after(&changes),
            _ => ChangeOf::Alarm,
        };
        let alarm = self.as_alarm();
        let mut changes = StateChange::of_contributors(changes, &alarm, self.configured);
        changes.extend(self.follow(evaluation, of, now));
        changes
    }

    /// INSUFFICIENT_DATA with a reason that says why nothing was evaluated.
    fn stay_unknown(&mut self, why: String, now: Millis) -> Option<StateChange> {
        let is_said = self.state.value == StateValue::InsufficientData && self.state.reason == why;
        if is_said {
            return None;
        }
        let value = StateValue::InsufficientData;
        self.turn(value, why, None, ChangeOf::Alarm, now)
    }

    pub(super) fn as_alarm(&self) -> Alarm {
        Alarm::Metric(Box::new(self.alarm.clone()))
    }

    /// Takes a state; the change where the value is a new one.
    pub(super) fn turn(
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
            ..StateChange::of_alarm(self.as_alarm(), self.configured, states)
        })
    }
}
