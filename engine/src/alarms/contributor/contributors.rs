use std::collections::{BTreeMap, BTreeSet};

use super::{Contributor, ContributorEvaluation, SeriesSummary};
use crate::alarms::choices::{MOST_CONTRIBUTORS_IN_ALARM, VANISHED};
use crate::alarms::{AlarmState, StateValue, Wording, reason};
use crate::base::Millis;

/// The contributors of an alarm that are in ALARM. All others are OK: a series begins there, goes back there when
/// it is no longer returned, and is not kept meanwhile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contributors {
    in_alarm: BTreeMap<Contributor, AlarmState>,
}

/// A change of state of one contributor.
#[derive(Clone, Debug, PartialEq)]
pub struct ContributorChange {
    /// Which.
    pub contributor: Contributor,
    /// Before.
    pub old: AlarmState,
    /// After: ALARM or OK.
    pub new: AlarmState,
}

impl Contributors {
    /// Those in ALARM, in the order of their attributes, with reason and time.
    pub fn in_alarm(&self) -> impl Iterator<Item = (&Contributor, &AlarmState)> {
        self.in_alarm.iter()
    }

    /// Takes the series that a query returned, in its order, each judged. A series whose evaluation keeps its
    /// state keeps it; one that was in ALARM and is not returned becomes OK, whatever TreatMissingData says.
    pub fn follow(
        &mut self,
        series: &[ContributorEvaluation],
        wording: Wording,
        now: Millis,
    ) -> (SeriesSummary, Vec<ContributorChange>) {
        let mut changes = self.vanish(series.iter().map(|s| &s.contributor), now);
        let mut in_alarm = 0;
        for judged in series {
            let contributor = &judged.contributor;
            let is_in_alarm = match judged.evaluation.state {
                None => self.in_alarm.contains_key(contributor),
                Some(state) => state == StateValue::Alarm,
            };
            in_alarm += usize::from(is_in_alarm);
            let reason = || reason(&judged.evaluation, wording).unwrap_or_default();
            changes.extend(self.turn(contributor, is_in_alarm, reason, now));
        }
        let summary = SeriesSummary {
            in_alarm,
            total: Some(series.len()),
        };
        (summary, changes)
    }

    /// Lets those in ALARM that are not among `returned` become OK.
    pub(super) fn vanish<'a>(
        &mut self,
        returned: impl Iterator<Item = &'a Contributor>,
        now: Millis,
    ) -> Vec<ContributorChange> {
        let returned: BTreeSet<&Contributor> = returned.collect();
        let in_alarm = self.in_alarm.keys().cloned();
        let gone: Vec<_> = in_alarm.filter(|c| !returned.contains(c)).collect();
        let become_ok = |c: Contributor| self.turn(&c, false, || VANISHED.to_owned(), now);
        gone.into_iter().filter_map(become_ok).collect()
    }

    /// Lets all become OK, as [`Self::follow`] does where nothing is returned.
    pub(in crate::alarms) fn clear(&mut self, now: Millis) -> Vec<ContributorChange> {
        self.vanish(std::iter::empty(), now)
    }

    /// Puts a contributor into ALARM.
    #[cfg(test)]
    pub(in crate::alarms) fn raise(&mut self, contributor: &Contributor, now: Millis) {
        self.turn(contributor, true, String::new, now);
    }

    /// Whether the contributor is in ALARM.
    pub(super) fn has(&self, contributor: &Contributor) -> bool {
        self.in_alarm.contains_key(contributor)
    }

    /// How many are in ALARM.
    pub(super) fn len(&self) -> usize {
        self.in_alarm.len()
    }

    /// Lets a contributor become ALARM or OK; the change, where there is one and it is kept.
    pub(super) fn turn(
        &mut self,
        contributor: &Contributor,
        alarm: bool,
        reason: impl FnOnce() -> String,
        now: Millis,
    ) -> Option<ContributorChange> {
        let is_full = self.in_alarm.len() >= MOST_CONTRIBUTORS_IN_ALARM;
        if alarm == self.has(contributor) || (alarm && is_full) {
            return None;
        }
        let state = |value, reason| AlarmState {
            value,
            reason,
            reason_data: None,
            updated: now,
            transitioned: now,
        };
        let (old, new) = if alarm {
            let new = state(StateValue::Alarm, reason());
            self.in_alarm.insert(contributor.clone(), new.clone());
            (state(StateValue::Ok, String::new()), new)
        } else {
            let old = self.in_alarm.remove(contributor)?;
            (old, state(StateValue::Ok, reason()))
        };
        Some(ContributorChange {
            contributor: contributor.clone(),
            old,
            new,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alarms::{ComparisonOperator, Point, Rule, TreatMissingData, evaluate};
    use crate::metrics::Datapoint;

    fn judged(name: &str, value: Option<f64>) -> ContributorEvaluation {
        let rule = Rule {
            operator: ComparisonOperator::LessThanThreshold,
            threshold: Some(1.0),
            evaluation_periods: 1,
            datapoints_to_alarm: Some(1),
            treatment: TreatMissingData::Ignore,
            minimum_samples: None,
        };
        let datapoint = value.map(|value| Datapoint {
            timestamp: Millis(0),
            value,
            sample_count: 1.0,
        });
        ContributorEvaluation {
            contributor: Contributor::new([("host", name)]),
            evaluation: evaluate(&rule, &[Point::new(Millis(0), datapoint)]),
        }
    }

    fn lines(changes: &[ContributorChange]) -> Vec<String> {
        let line = |change: &ContributorChange| {
            let host = &change.contributor.attributes["host"];
            format!(
                "{host} {}: {}",
                change.new.value.as_str(),
                change.new.reason
            )
        };
        changes.iter().map(line).collect()
    }

    #[test]
    fn each_series_has_its_own_state_and_one_that_vanishes_is_ok() {
        let mut contributors = Contributors::default();
        let wording = Wording::Contributor;
        let series = [
            judged("a", Some(0.0)),
            judged("b", Some(2.0)),
            judged("c", None),
        ];
        let (summary, changes) = contributors.follow(&series, wording, Millis(0));
        assert_eq!(
            summary.reason(),
            "1 out of 3 time series evaluated to ALARM"
        );
        assert_eq!(
            lines(&changes),
            [
                "a ALARM: Threshold Crossed: 1 datapoint was less than the threshold (1.0). The most recent \
                 datapoint which crossed the threshold: [0.0 (01/01/70 00:00:00)]."
            ]
        );
        let (summary, changes) = contributors.follow(&[judged("a", None)], wording, Millis(1));
        assert_eq!((summary.in_alarm, changes), (1, Vec::new()));
        let (summary, changes) = contributors.follow(&[judged("b", Some(0.0))], wording, Millis(2));
        assert_eq!(summary.state(), StateValue::Alarm);
        assert_eq!(
            lines(&changes)[0],
            "a OK: No data was returned for this contributor"
        );
        assert_eq!(changes[0].old.transitioned, Millis(0));
    }

    #[test]
    fn a_hundred_contributors_are_kept_in_alarm() {
        let mut contributors = Contributors::default();
        let series: Vec<_> = (0..150)
            .map(|i| judged(&format!("{i:03}"), Some(0.0)))
            .collect();
        let (summary, changes) = contributors.follow(&series, Wording::Contributor, Millis(0));
        assert_eq!((summary.in_alarm, changes.len()), (150, 100));
        assert_eq!(contributors.in_alarm().count(), 100);
        assert_eq!(summary.reason(), "100+ time series evaluated to ALARM");
    }
}
