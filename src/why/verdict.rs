use belfry_engine::alarms::{Because, Evaluation, MetricAlarm, Part, StateValue};
use belfry_engine::base::Millis;

use super::reading::{buckets, statistic_words};
use super::words::{number, sign};
use super::{Bucket, Cause, Evaluated};
use crate::report::plural as count;

/// The rule of an alarm in one line: `Sum of FraudDetection ErrorCount > 10 in 1 of 1 buckets of 300 s; missing
/// buckets: notBreaching`.
pub fn rule_in_words(alarm: &MetricAlarm) -> String {
    let needed = alarm
        .datapoints_to_alarm
        .unwrap_or(alarm.evaluation_periods);
    format!(
        "{} {} in {needed} of {} buckets of {} s; missing buckets: {}",
        super::evidence::watched_in_words(alarm),
        threshold_in_words(alarm),
        alarm.evaluation_periods,
        alarm.period(),
        alarm.effective_treatment().as_str(),
    )
}

fn threshold_in_words(alarm: &MetricAlarm) -> String {
    let threshold = alarm.threshold.value();
    let threshold = threshold.map_or_else(|| "its band".to_owned(), number);
    format!("{} {threshold}", sign(alarm.comparison_operator))
}

/// What of an alarm of either kind an explanation says.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// What the values are: `Sum`, or the aggregation of a log alarm.
    pub(super) subject: String,
    /// `> 10`.
    pub(super) limit: String,
    /// Whether high values breach.
    pub(super) looks_up: bool,
    /// The treatment of missing data.
    pub(super) treatment: &'static str,
    /// What stands for one value: a bucket, or a run of a query.
    pub(super) bucket: &'static str,
}

impl Ruled {
    /// Of a metric alarm.
    pub fn of(alarm: &MetricAlarm) -> Self {
        Self {
            subject: statistic_words(alarm),
            limit: threshold_in_words(alarm),
            looks_up: sign(alarm.comparison_operator).starts_with('>'),
            treatment: alarm.effective_treatment().as_str(),
            bucket: "bucket",
        }
    }
}

/// The engine's evaluation, bucket by bucket, newest first.
pub fn evaluated(alarm: &MetricAlarm, moment: Millis, evaluation: &Evaluation) -> Evaluated {
    let widths = buckets(alarm, moment);
    let bucket =
        |(judged, (start, width)): (&belfry_engine::alarms::EvaluatedPoint, &(Millis, i64))| {
            let datapoint = judged.point.datapoint;
            let samples = datapoint.map(|point| point.sample_count);
            Bucket {
                start: start.to_rfc3339(),
                end: start.plus(width * 1000).to_rfc3339(),
                value: datapoint.map(|point| point.value),
                samples: samples.filter(|samples| *samples > 0.0),
                part: part(judged.part),
            }
        };
    let mut shown: Vec<_> = evaluation
        .datapoints
        .iter()
        .zip(&widths)
        .map(bucket)
        .collect();
    shown.reverse();
    Evaluated {
        moment: moment.to_rfc3339(),
        state: evaluation.state.map(StateValue::as_str),
        branch: branch(evaluation.because),
        decided: decided(&Ruled::of(alarm), evaluation),
        needed: evaluation.rule.needed(),
        periods: evaluation.rule.evaluation_periods,
        buckets: shown,
    }
}

/// From when (included) to when (excluded) the buckets reach that played a part.
pub fn decisive_range(
    alarm: &MetricAlarm,
    moment: Millis,
    evaluation: &Evaluation,
) -> Option<(Millis, Millis)> {
    let widths = buckets(alarm, moment);
    let parts = evaluation.datapoints.iter().zip(&widths);
    let mut decisive = parts
        .filter(|(judged, _)| judged.part != Part::Ignored)
        .map(|(_, (start, width))| (*start, start.plus(width * 1000)));
    let first = decisive.next()?;
    let last = decisive.next_back().unwrap_or(first);
    Some((first.0, last.1))
}

pub(super) fn part(part: Part) -> &'static str {
    match part {
        Part::Breaching => "breaching",
        Part::NotBreaching => "not_breaching",
        Part::TooFewSamples => "too_few_samples",
        Part::FilledBreaching => "filled_breaching",
        Part::FilledNotBreaching => "filled_not_breaching",
        Part::Missing => "missing",
        Part::Ignored => "not_needed",
    }
}

pub(super) fn branch(because: Because) -> &'static str {
    match because {
        Because::EnoughData => "enough_data",
        Because::Filled => "filled",
        Because::NoData => "no_data",
        Because::EnoughBreaching => "enough_breaching",
        Because::SomeNotBreaching => "some_not_breaching",
        Because::LastingBreach => "lasting_breach",
        Because::PrematureBreach => "premature_breach",
        Because::LowSampleCount => "low_sample_count",
    }
}

/// How many buckets played which part.
struct Tally {
    breaching: usize,
    good: usize,
    filled: usize,
    range: usize,
}

impl Tally {
    fn of(evaluation: &Evaluation) -> Self {
        let count = |part: Part| {
            evaluation
                .datapoints
                .iter()
                .filter(|d| d.part == part)
                .count()
        };
        Self {
            breaching: count(Part::Breaching),
            good: count(Part::NotBreaching),
            filled: count(Part::FilledBreaching) + count(Part::FilledNotBreaching),
            range: evaluation.datapoints.len(),
        }
    }
}

/// The branch that decided, in words.
pub(super) fn decided(ruled: &Ruled, evaluation: &Evaluation) -> String {
    let tally = Tally::of(evaluation);
    let (periods, needed) = (evaluation.rule.evaluation_periods, evaluation.rule.needed());
    let treatment = ruled.treatment;
    let values = tally.breaching + tally.good;
    let outcome = evaluation
        .state
        .map_or("the state is kept", StateValue::as_str);
    let range = count(tally.range, ruled.bucket);
    match evaluation.because {
        Because::EnoughData => format!(
            "{range} looked at; {} alone: {} of {periods} breach, {needed} needed: {outcome}",
            match periods {
                1 => "the newest value decides".to_owned(),
                periods => format!("the newest {periods} values decide"),
            },
            tally.breaching,
        ),
        Because::Filled => format!(
            "{} in {range}, {periods} wanted: {} missing filled as `{treatment}`; {} of {periods} breach, {needed} \
             needed: {outcome}",
            count(values, "value"),
            tally.filled,
            tally.breaching
                + if treatment == "breaching" {
                    tally.filled
                } else {
                    0
                },
        ),
        Because::NoData => {
            format!("no value in {range}, and missing data are treated as `{treatment}`: {outcome}")
        }
        Because::EnoughBreaching => format!(
            "{} in {range}, {} of them breach, {needed} needed: {outcome}",
            count(values, "value"),
            tally.breaching,
        ),
        Because::SomeNotBreaching => format!(
            "{} in {range}, {} of them breach, {needed} needed, and one does not breach: {outcome}",
            count(values, "value"),
            tally.breaching,
        ),
        Because::LastingBreach => format!(
            "only breaching values in {range}, fewer than the {needed} needed, but the oldest is {needed} periods old: \
             {outcome}"
        ),
        Because::PrematureBreach => format!(
            "only breaching values in {range}, fewer than the {needed} needed and younger than {needed} periods: \
             {outcome}"
        ),
        Because::LowSampleCount => format!(
            "a bucket has fewer samples than its percentile needs, and the alarm ignores such buckets: {outcome}"
        ),
    }
}

/// Why the alarm fired or stayed silent; `state` is the one that follows.
pub fn cause(ruled: &Ruled, evaluation: &Evaluation, state: StateValue) -> Cause {
    let tally = Tally::of(evaluation);
    let needed = evaluation.rule.needed();
    match (state, evaluation.because) {
        (_, Because::PrematureBreach | Because::LowSampleCount) => {
            Cause::new("state_kept", decided(ruled, evaluation))
        }
        (_, Because::NoData) => nothing(ruled, &tally),
        (StateValue::Alarm, Because::Filled) if tally.breaching < needed => Cause::new(
            "missing_data_breaches",
            format!(
                "{} of {} needed values are missing, and this alarm counts a missing one as breaching",
                tally.filled, evaluation.rule.evaluation_periods
            ),
        ),
        (StateValue::Alarm, _) => Cause::new(
            "threshold_crossed",
            format!(
                "{} breached: {}{}",
                count(tally.breaching, ruled.bucket),
                extreme(ruled, evaluation).unwrap_or_default(),
                filling(ruled, &tally, evaluation),
            ),
        ),
        (_, Because::Filled) if tally.breaching + tally.good == 0 => nothing(ruled, &tally),
        _ if tally.breaching > 0 => Cause::new(
            "too_few_breaches",
            format!(
                "only {} of the {needed} needed {}s breached: {}",
                tally.breaching,
                ruled.bucket,
                extreme(ruled, evaluation).unwrap_or_default()
            ),
        ),
        _ => Cause::new(
            "below_threshold",
            format!(
                "values were published, and none crosses the threshold: {}",
                extreme(ruled, evaluation).unwrap_or_default()
            ),
        ),
    }
}

fn nothing(ruled: &Ruled, tally: &Tally) -> Cause {
    let text = format!(
        "nothing was published in the {} looked at; missing data are treated as `{}`",
        count(tally.range, ruled.bucket),
        ruled.treatment
    );
    Cause::new("nothing_published", text)
}

fn filling(ruled: &Ruled, tally: &Tally, evaluation: &Evaluation) -> String {
    match tally.filled {
        0 => String::new(),
        filled if evaluation.because == Because::Filled => {
            format!(
                "; {} filled",
                count(filled, &format!("missing {}", ruled.bucket))
            )
        }
        _ => String::new(),
    }
}

/// The judged value nearest to or furthest beyond the threshold: `Sum was at most 9, the threshold is > 10`.
fn extreme(ruled: &Ruled, evaluation: &Evaluation) -> Option<String> {
    let looks_up = ruled.looks_up;
    let values = evaluation.judged().map(|(point, _)| point.value);
    let value = values.reduce(|one, other| match looks_up {
        true => one.max(other),
        false => one.min(other),
    })?;
    let word = if looks_up { "highest" } else { "lowest" };
    Some(format!(
        "the {word} {} was {}, the alarm asks for {}",
        ruled.subject,
        number(value),
        ruled.limit
    ))
}
