use super::{Because, EvaluatedPoint, Evaluation, Part, Point, Rule};
use crate::alarms::{StateValue, TreatMissingData};

/// Judges a range of points, oldest first.
///
/// The rule is that of the user guide's page on missing data: the N newest values of the whole range decide
/// where there are N of them, and the treatment plays no part; else it fills the rest. The page leaves one
/// state open: only breaching values, fewer than M, too young to alarm. The state is kept then.
pub fn evaluate(rule: &Rule, points: &[Point]) -> Evaluation {
    let datapoints = parts(rule, points);
    let count = |part: Part| datapoints.iter().filter(|e| e.part == part).count();
    let (breaching, good) = (count(Part::Breaching), count(Part::NotBreaching));
    let (because, state) = if count(Part::TooFewSamples) > 0 {
        (Because::LowSampleCount, None)
    } else if breaching + good >= rule.evaluation_periods {
        (
            Because::EnoughData,
            Some(state_if(breaching >= rule.needed())),
        )
    } else {
        fill(rule, points, breaching, good)
    };
    Evaluation {
        rule: *rule,
        datapoints,
        because,
        state,
    }
}

/// The state where fewer than N values are in the range.
fn fill(
    rule: &Rule,
    points: &[Point],
    breaching: usize,
    good: usize,
) -> (Because, Option<StateValue>) {
    let missing = rule.evaluation_periods - breaching - good;
    let filled = |breaching| (Because::Filled, Some(state_if(breaching >= rule.needed())));
    match rule.treatment {
        TreatMissingData::Breaching => filled(breaching + missing),
        TreatMissingData::NotBreaching => filled(breaching),
        TreatMissingData::Ignore if breaching + good == 0 => (Because::NoData, None),
        TreatMissingData::Missing if breaching + good == 0 => {
            (Because::NoData, Some(StateValue::InsufficientData))
        }
        TreatMissingData::Ignore | TreatMissingData::Missing => {
            if breaching >= rule.needed() {
                (Because::EnoughBreaching, Some(StateValue::Alarm))
            } else if good > 0 {
                (Because::SomeNotBreaching, Some(StateValue::Ok))
            } else if is_lasting(rule, points) {
                (Because::LastingBreach, Some(StateValue::Alarm))
            } else {
                (Because::PrematureBreach, None)
            }
        }
    }
}

/// Only breaching values, fewer than M: ALARM once the oldest of them is M periods old, with `missing`.
fn is_lasting(rule: &Rule, points: &[Point]) -> bool {
    let has_value = |point: &Point| rule.is_breaching(point).is_some();
    let Some(oldest) = points.iter().position(has_value) else {
        return false;
    };
    rule.treatment == TreatMissingData::Missing && points.len() - oldest >= rule.needed()
}

fn state_if(alarm: bool) -> StateValue {
    if alarm {
        StateValue::Alarm
    } else {
        StateValue::Ok
    }
}

/// The part of each bucket: the N newest values count, and as many of the newest missing ones as make N.
fn parts(rule: &Rule, points: &[Point]) -> Vec<EvaluatedPoint> {
    let values = points.iter().filter(|p| rule.is_breaching(p).is_some());
    let mut values = values.count().min(rule.evaluation_periods);
    let mut missing = rule.evaluation_periods - values;
    let mut is_wanted = |has_value: bool| {
        let left = if has_value { &mut values } else { &mut missing };
        let wanted = *left > 0;
        *left = left.saturating_sub(1);
        wanted
    };
    let newest_first = points.iter().rev().map(|point| {
        let breaches = rule.is_breaching(point);
        let part = match is_wanted(breaches.is_some()) {
            true => part(rule, point, breaches),
            false => Part::Ignored,
        };
        EvaluatedPoint {
            point: *point,
            part,
        }
    });
    let mut parts: Vec<_> = newest_first.collect();
    parts.reverse();
    parts
}

fn part(rule: &Rule, point: &Point, breaches: Option<bool>) -> Part {
    let is_low = |minimum| point.datapoint.is_some_and(|d| d.sample_count < minimum);
    match breaches {
        Some(_) if rule.minimum_samples.is_some_and(is_low) => Part::TooFewSamples,
        Some(true) => Part::Breaching,
        Some(false) => Part::NotBreaching,
        None => match rule.treatment {
            TreatMissingData::Breaching => Part::FilledBreaching,
            TreatMissingData::NotBreaching => Part::FilledNotBreaching,
            TreatMissingData::Ignore | TreatMissingData::Missing => Part::Missing,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::alarms::ComparisonOperator;
    use crate::base::Millis;
    use crate::metrics::Datapoint;

    fn rule(n: usize, m: usize, treatment: TreatMissingData) -> Rule {
        Rule {
            operator: ComparisonOperator::GreaterThanThreshold,
            threshold: Some(5.0),
            evaluation_periods: n,
            datapoints_to_alarm: Some(m),
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
            Point::new(timestamp, datapoint)
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
            let state = |values: &[Option<bool>]| evaluate(&rule, &points(values)).state;
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
            let expected = state_if(breaching >= rule.needed());
            let evaluation = evaluate(&rule, &points(&values));
            prop_assert_eq!(evaluation.state, Some(expected));
            prop_assert_eq!(evaluation.because, Because::EnoughData);
            prop_assert_eq!(evaluation.filled(), 0);
            prop_assert_eq!(evaluation.looked_at().count(), rule.evaluation_periods);
        }
    }

    #[test]
    fn every_bucket_says_what_part_it_played() {
        let parts = |treatment, values: &[Option<bool>]| {
            let evaluation = evaluate(&rule(3, 2, treatment), &points(values));
            let parts: Vec<_> = evaluation.datapoints.iter().map(|e| e.part).collect();
            (parts, evaluation.because, evaluation.state)
        };
        let values = [Some(true), None, Some(true), None, None];
        assert_eq!(
            parts(TreatMissingData::NotBreaching, &values),
            (
                vec![
                    Part::Breaching,
                    Part::Ignored,
                    Part::Breaching,
                    Part::Ignored,
                    Part::FilledNotBreaching
                ],
                Because::Filled,
                Some(StateValue::Alarm)
            )
        );
        let values = [Some(true), None, Some(false), Some(true), Some(false)];
        assert_eq!(
            parts(TreatMissingData::Breaching, &values),
            (
                vec![
                    Part::Ignored,
                    Part::Ignored,
                    Part::NotBreaching,
                    Part::Breaching,
                    Part::NotBreaching
                ],
                Because::EnoughData,
                Some(StateValue::Ok)
            )
        );
        let values = [None, None, None, None, Some(true)];
        assert_eq!(
            parts(TreatMissingData::Missing, &values).1,
            Because::PrematureBreach
        );
    }

    #[test]
    fn a_value_without_a_band_is_missing() {
        let mut rule = rule(1, 1, TreatMissingData::Missing);
        rule.threshold = None;
        let evaluation = evaluate(&rule, &points(&[Some(true)]));
        assert_eq!(evaluation.state, Some(StateValue::InsufficientData));
    }
}
