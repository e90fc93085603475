use crate::base::Millis;
use crate::metrics::Datapoint;

use super::{AlarmMetric, ComparisonOperator, MetricAlarm, StateValue, TreatMissingData};

/// A bucket of the range: its start, and its datapoint where it has one.
pub type Point = (Millis, Option<Datapoint>);

/// What decides about a range of points, taken from an alarm's configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// How to compare; not an operator of bands.
    pub operator: ComparisonOperator,
    /// With what.
    pub threshold: f64,
    /// N.
    pub evaluation_periods: usize,
    /// M.
    pub datapoints_to_alarm: usize,
    /// What missing points mean.
    pub treatment: TreatMissingData,
    /// Judge no point with fewer samples: percentile alarms that ignore low sample counts.
    pub minimum_samples: Option<f64>,
}

impl Rule {
    /// The rule of `alarm`, defaults filled in.
    pub fn of(alarm: &MetricAlarm) -> Self {
        Self {
            operator: alarm.comparison_operator,
            threshold: alarm.threshold,
            evaluation_periods: alarm.evaluation_periods,
            datapoints_to_alarm: alarm
                .datapoints_to_alarm
                .unwrap_or(alarm.evaluation_periods),
            treatment: alarm.effective_treatment(),
            minimum_samples: minimum_samples(alarm),
        }
    }

    /// Whether `value` breaches.
    pub fn is_breaching(&self, value: f64) -> bool {
        self.operator
            .breaches(value, self.threshold)
            .unwrap_or(false)
    }
}

/// What the points of a range say.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The state they give.
    pub state: StateValue,
    /// The real points that were judged, newest first.
    pub judged: Vec<Datapoint>,
    /// How many missing points the treatment filled; 0 where it plays no part.
    pub filled: usize,
    /// The buckets looked at, newest first: the judged ones and as many missing ones as make N.
    pub evaluated: Vec<Point>,
}

/// Judges a range of points, oldest first; `None` keeps the present state.
///
/// The rule is that of the user guide's page on missing data: the N newest real points of the whole range
/// decide where there are N of them, and the treatment plays no part; else it fills the rest. The page
/// leaves one state open: only breaching points, fewer than M, too young to alarm. The state is kept then.
pub fn judge(rule: &Rule, points: &[Point]) -> Option<Judgement> {
    let real: Vec<_> = points
        .iter()
        .rev()
        .filter_map(|(_, point)| *point)
        .take(rule.evaluation_periods)
        .collect();
    if has_low_samples(rule, &real) {
        return None;
    }
    let missing = rule.evaluation_periods - real.len();
    let state = if missing == 0 {
        Some(state_if(breaching(rule, &real) >= rule.datapoints_to_alarm))
    } else {
        fill(rule, points, &real, missing)
    }?;
    let is_filling = matches!(
        rule.treatment,
        TreatMissingData::Breaching | TreatMissingData::NotBreaching
    );
    Some(Judgement {
        state,
        filled: if is_filling { missing } else { 0 },
        evaluated: looked_at(points, real.len(), missing),
        judged: real,
    })
}

/// The state where fewer than N real points are in the range.
fn fill(rule: &Rule, points: &[Point], real: &[Datapoint], missing: usize) -> Option<StateValue> {
    let needed = rule.datapoints_to_alarm;
    let breaching = breaching(rule, real);
    match rule.treatment {
        TreatMissingData::Breaching => Some(state_if(breaching + missing >= needed)),
        TreatMissingData::NotBreaching => Some(state_if(breaching >= needed)),
        TreatMissingData::Ignore if real.is_empty() => None,
        TreatMissingData::Missing if real.is_empty() => Some(StateValue::InsufficientData),
        TreatMissingData::Ignore | TreatMissingData::Missing => {
            if breaching >= needed {
                Some(StateValue::Alarm)
            } else if breaching < real.len() {
                Some(StateValue::Ok)
            } else {
                premature(rule, points)
            }
        }
    }
}

/// Only breaching points, fewer than M: ALARM once the oldest of them is M periods old, with `missing`.
fn premature(rule: &Rule, points: &[Point]) -> Option<StateValue> {
    let oldest = points.iter().position(|(_, point)| point.is_some())?;
    let age = points.len() - oldest;
    let is_old_enough = age >= rule.datapoints_to_alarm;
    (rule.treatment == TreatMissingData::Missing && is_old_enough).then_some(StateValue::Alarm)
}

fn state_if(alarm: bool) -> StateValue {
    if alarm {
        StateValue::Alarm
    } else {
        StateValue::Ok
    }
}

fn breaching(rule: &Rule, real: &[Datapoint]) -> usize {
    real.iter().filter(|p| rule.is_breaching(p.value)).count()
}

/// Newest first, the `real` newest buckets with data and the `missing` newest ones without.
fn looked_at(points: &[Point], real: usize, missing: usize) -> Vec<Point> {
    let (mut real, mut missing) = (real, missing);
    let mut is_wanted = |point: &&Point| {
        let left = if point.1.is_some() {
            &mut real
        } else {
            &mut missing
        };
        let wanted = *left > 0;
        *left = left.saturating_sub(1);
        wanted
    };
    let newest_first = points.iter().rev();
    newest_first
        .filter(|point| is_wanted(point))
        .copied()
        .collect()
}

fn has_low_samples(rule: &Rule, real: &[Datapoint]) -> bool {
    rule.minimum_samples
        .is_some_and(|minimum| real.iter().any(|point| point.sample_count < minimum))
}

/// The fewest samples the alarm's percentile is judged on, where it ignores low sample counts.
fn minimum_samples(alarm: &MetricAlarm) -> Option<f64> {
    if alarm.evaluate_low_sample_count_percentile.as_deref() != Some("ignore") {
        return None;
    }
    match &alarm.metric {
        AlarmMetric::Single(stat) => samples_for(&stat.statistic.to_string()),
        AlarmMetric::Math(_) => None,
    }
}

/// 10/(1−p) from the median up, 10/p below it (user guide, percentiles with low samples). `p0`, `p100` and
/// what is no percentile have no such number and are always judged.
fn samples_for(statistic: &str) -> Option<f64> {
    let percent: f64 = statistic.strip_prefix('p')?.parse().ok()?;
    let rest = if percent >= 50.0 {
        100.0 - percent
    } else {
        percent
    };
    // Samples are counted whole, and 10 / (1 - 0.99) is a little above 1,000 in binary.
    (rest > 0.0).then(|| (1000.0 / rest - 1e-6).ceil())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule(n: usize, m: usize, treatment: TreatMissingData) -> Rule {
        Rule {
            operator: ComparisonOperator::GreaterThanThreshold,
            threshold: 5.0,
            evaluation_periods: n,
            datapoints_to_alarm: m,
            treatment,
            minimum_samples: None,
        }
    }

    /// `None` is missing, `true` breaching.
    fn points(values: &[Option<bool>]) -> Vec<Point> {
        let point = |(timestamp, value): (Millis, &Option<bool>)| {
            let datapoint = value.map(|breaching| Datapoint {
                timestamp,
                value: if breaching { 10.0 } else { 0.0 },
                sample_count: 1.0,
            });
            (timestamp, datapoint)
        };
        let starts = (0..).map(|minute| Millis(minute * 60_000));
        starts.zip(values).map(point).collect()
    }

    fn any_rule() -> impl Strategy<Value = (Rule, Vec<Option<bool>>)> {
        let sizes = (1_usize..6).prop_flat_map(|n| (Just(n), 1..=n, 0..4_usize));
        sizes.prop_flat_map(|(n, m, treatment)| {
            let rule = rule(n, m, TreatMissingData::ALL[treatment]);
            let values = prop::collection::vec(prop::option::of(any::<bool>()), n + 2);
            (Just(rule), values)
        })
    }

    proptest! {
        #[test]
        fn a_worse_point_never_ends_an_alarm((rule, values) in any_rule()) {
            let state = |values: &[Option<bool>]| judge(&rule, &points(values)).map(|j| j.state);
            if state(&values) == Some(StateValue::Alarm) {
                for at in 0..values.len() {
                    let mut worse = values.clone();
                    worse[at] = worse[at].map(|_| true);
                    prop_assert_eq!(state(&worse), Some(StateValue::Alarm));
                }
            }
        }

        #[test]
        fn with_n_real_points_the_treatment_plays_no_part((rule, values) in any_rule()) {
            let values: Vec<_> = values.into_iter().map(|v| v.or(Some(false))).collect();
            let breaching = values.iter().rev().flatten().take(rule.evaluation_periods);
            let breaching = breaching.filter(|breaching| **breaching).count();
            let expected = state_if(breaching >= rule.datapoints_to_alarm);
            let judgement = judge(&rule, &points(&values)).unwrap();
            prop_assert_eq!(judgement.state, expected);
            prop_assert_eq!(judgement.filled, 0);
            prop_assert_eq!(judgement.evaluated.len(), rule.evaluation_periods);
        }
    }

    #[test]
    fn low_sample_counts_are_those_of_the_user_guide() {
        let table = [
            ("p99", Some(1000.0)),
            ("p99.9", Some(10_000.0)),
            ("p90", Some(100.0)),
            ("p50", Some(20.0)),
            ("p10", Some(100.0)),
            ("p100", None),
            ("Average", None),
        ];
        for (statistic, samples) in table {
            assert_eq!(samples_for(statistic), samples, "{statistic}");
        }
    }
}
