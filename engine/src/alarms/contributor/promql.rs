use std::collections::BTreeMap;

use super::{Contributor, ContributorChange, Contributors, SeriesSummary};
use crate::alarms::StateValue;
use crate::base::Millis;

/// `EvaluationCriteria.PromQLCriteria`: every series that the query returns is breaching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromQlCriteria {
    /// Up to 10,000 characters. PromQL itself is not evaluated here.
    pub query: String,
    /// Seconds for which a series must be returned without a break before it is in ALARM.
    pub pending_period: i64,
    /// Seconds for which it must be absent before it is OK again.
    pub recovery_period: i64,
}

/// The states behind a PromQL alarm, given what its query returned at each evaluation. It begins in OK.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PromQlAlarm {
    contributors: Contributors,
    /// Since when a series has been what its state is not: returned while OK, absent while in ALARM.
    turning: BTreeMap<Contributor, Millis>,
}

impl PromQlAlarm {
    /// OK, or ALARM while any contributor is.
    pub fn state(&self) -> StateValue {
        self.summary().state()
    }

    /// How many contributors are in ALARM.
    pub fn summary(&self) -> SeriesSummary {
        SeriesSummary {
            in_alarm: self.contributors.len(),
            total: None,
        }
    }

    /// The contributors in ALARM.
    pub fn contributors(&self) -> &Contributors {
        &self.contributors
    }

    /// Takes what the query returned at `now`; evaluations come in order of time.
    pub fn follow(
        &mut self,
        criteria: &PromQlCriteria,
        returned: &[Contributor],
        now: Millis,
    ) -> Vec<ContributorChange> {
        let in_alarm = self.contributors.in_alarm();
        let in_alarm = in_alarm.map(|(contributor, _)| contributor.clone());
        let absent: Vec<_> = in_alarm.filter(|c| !returned.contains(c)).collect();
        let breaching = returned.iter().filter(|c| !self.contributors.has(c));
        let breaching: Vec<_> = breaching.cloned().collect();
        self.turning
            .retain(|c, _| absent.contains(c) || breaching.contains(c));
        let mut changes = Vec::new();
        for (contributors, alarm, period) in [
            (breaching, true, criteria.pending_period),
            (absent, false, criteria.recovery_period),
        ] {
            for contributor in contributors {
                let since = *self.turning.entry(contributor.clone()).or_insert(now);
                if now >= since.plus(period.saturating_mul(1000)) {
                    self.turning.remove(&contributor);
                    let change = self
                        .contributors
                        .turn(&contributor, alarm, String::new, now);
                    changes.extend(change);
                }
            }
        }
        changes
    }

    /// Puts a contributor into ALARM, as [`Self::follow`] does after the pending period.
    #[cfg(test)]
    pub(crate) fn raise(&mut self, contributor: &Contributor, now: Millis) {
        self.contributors.raise(contributor, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The states after each evaluation of one series, once a minute; `1` is returned, `0` absent.
    fn states(pending_period: i64, recovery_period: i64, returned: &str) -> String {
        let criteria = PromQlCriteria {
            query: "up == 0".to_owned(),
            pending_period,
            recovery_period,
        };
        let mut alarm = PromQlAlarm::default();
        let series = [Contributor::new([("job", "a")])];
        let minutes = (0..).map(|minute| Millis(minute * 60_000));
        let state = |(now, seen): (Millis, char)| {
            alarm.follow(&criteria, if seen == '1' { &series } else { &[] }, now);
            if alarm.state() == StateValue::Alarm {
                'A'
            } else {
                'o'
            }
        };
        minutes.zip(returned.chars()).map(state).collect()
    }

    #[test]
    fn a_series_pends_and_recovers_without_a_break() {
        assert_eq!(states(120, 120, "1110001110"), "ooAAAoooAA");
        assert_eq!(states(120, 120, "1101100111001"), "oooooooooAAAA");
        assert_eq!(states(0, 0, "0101"), "oAoA");
    }
}
