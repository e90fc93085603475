use super::{Point, Rule};
use crate::alarms::StateValue;
use crate::metrics::Datapoint;

/// What one evaluation of one series saw, how it judged each point, and what follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The rule that was applied.
    pub rule: Rule,
    /// The whole evaluation range, oldest first, each bucket with the part it played.
    pub datapoints: Vec<EvaluatedPoint>,
    /// Which branch of the rule decided.
    pub because: Because,
    /// The state that follows; `None` keeps the present one.
    pub state: Option<StateValue>,
}

/// A bucket of the range, judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EvaluatedPoint {
    /// The bucket.
    pub point: Point,
    /// Its part in the decision.
    pub part: Part,
}

/// The part of a bucket in an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It has a value that breaches.
    Breaching,
    /// It has a value that does not.
    NotBreaching,
    /// It has a value made of too few samples for its percentile, which keeps the state.
    TooFewSamples,
    /// It has no value, and the treatment of missing data counts it as breaching.
    FilledBreaching,
    /// It has no value, and the treatment counts it as not breaching.
    FilledNotBreaching,
    /// It has no value, was looked at and counts as nothing.
    Missing,
    /// The N newest values are younger, or enough missing buckets are: it plays no part.
    Ignored,
}

/// Which branch of the evaluation rule decided (user guide, "Configuring how CloudWatch alarms treat missing
/// data").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// N values are in the range: the newest N decide, and the treatment plays no part.
    EnoughData,
    /// Fewer than N values: the rest was filled by the treatment.
    Filled,
    /// No value at all: INSUFFICIENT_DATA with `missing`, the present state with `ignore`.
    NoData,
    /// Fewer than N values, but M of them breach.
    EnoughBreaching,
    /// Fewer than N values, fewer than M breach, and one of them does not.
    SomeNotBreaching,
    /// Only breaching values, fewer than M, and the oldest is M periods old: ALARM with `missing`.
    LastingBreach,
    /// Only breaching values, fewer than M, and too young (or `ignore`): the state is kept.
    PrematureBreach,
    /// A percentile has too few samples: the state is kept.
    LowSampleCount,
}

impl Evaluation {
    /// The values that were judged, newest first.
    pub fn judged(&self) -> impl DoubleEndedIterator<Item = (Datapoint, bool)> {
        self.datapoints.iter().rev().filter_map(|evaluated| {
            let breaches = match evaluated.part {
                Part::Breaching => true,
                Part::NotBreaching => false,
                _ => return None,
            };
            Some((evaluated.point.datapoint?, breaches))
        })
    }

    /// How many missing points the treatment filled.
    pub fn filled(&self) -> usize {
        let is_filled = |e: &&EvaluatedPoint| {
            matches!(e.part, Part::FilledBreaching | Part::FilledNotBreaching)
        };
        self.datapoints.iter().filter(is_filled).count()
    }

    /// The buckets that were looked at, newest first: `evaluatedDatapoints` of the reason data.
    pub fn looked_at(&self) -> impl Iterator<Item = &Point> {
        let newest_first = self.datapoints.iter().rev();
        newest_first
            .filter(|evaluated| evaluated.part != Part::Ignored)
            .map(|evaluated| &evaluated.point)
    }
}
