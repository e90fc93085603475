use std::collections::{BTreeMap, BTreeSet};

use belfry_engine::alarms::{
    AlarmMetric, ComparisonOperator, EXTRA_PERIODS, MetricAlarm, TreatMissingData,
};
use belfry_engine::base::Millis;
use belfry_engine::events::InputLogEvent;
use belfry_engine::metrics::{MetricDatum, MetricId};

use super::Course;
use crate::replay::{Happening, Replay, ReplayError, Stage};
use crate::suite::Suite;

/// One version of the suite under the recording.
#[derive(Debug)]
pub struct Trial {
    /// `working tree`, or the revision.
    pub name: String,
    replay: Replay,
    happenings: Vec<Happening>,
    /// The metrics that each metric alarm reads.
    watched: BTreeMap<String, Vec<MetricId>>,
    /// Of these, the ones that got a datum.
    seen: BTreeSet<MetricId>,
    /// How far back an alarm looks, in milliseconds.
    reach: i64,
    tidied: Millis,
    /// The metric alarms.
    metric_alarms: Vec<MetricAlarm>,
    /// Until when an alarm may fire only because the recording has just begun.
    unsure: BTreeMap<String, Millis>,
}

/// Datapoints that nobody looks at are dropped this often.
const TIDY: i64 = 3_600_000;

impl Trial {
    /// The suite in an account of its own, from `at` on.
    pub async fn of(name: &str, suite: &Suite, at: Millis) -> Result<Self, ReplayError> {
        let mut replay = Stage::of(suite, at).await?.replay();
        replay.discard_events();
        let alarms = replay.account().alarms.alarms().values();
        let alarms: Vec<MetricAlarm> = alarms.map(|stored| stored.alarm.clone()).collect();
        let ids = |alarm: &MetricAlarm| {
            let stats = alarm.metric.stats().into_iter();
            let ids: Vec<MetricId> = stats.map(|stat| stat.id.clone()).collect();
            (alarm.name.clone(), ids)
        };
        Ok(Self {
            name: name.to_owned(),
            replay,
            happenings: Vec::new(),
            watched: alarms.iter().map(ids).collect(),
            seen: BTreeSet::new(),
            reach: alarms.iter().map(reach).max().unwrap_or(TIDY),
            tidied: at,
            unsure: alarms
                .iter()
                .filter_map(|alarm| unsure(alarm, at))
                .collect(),
            metric_alarms: alarms,
        })
    }

    /// The metric alarms of the version.
    pub fn metric_alarms(&self) -> &[MetricAlarm] {
        &self.metric_alarms
    }

    /// The alarms of the version.
    pub fn alarms(&self) -> BTreeSet<String> {
        let alarms = &self.replay.account().alarms;
        let metric = alarms.alarms().values();
        let metric = metric.filter(|stored| stored.alarm.threshold.band().is_none());
        let metric = metric.map(|stored| &stored.alarm.name);
        let others = alarms.log_alarms().keys().chain(alarms.composites().keys());
        metric.chain(others).cloned().collect()
    }

    /// The alarms that are not evaluated: they compare with a band that CloudWatch alone can make.
    pub(super) fn unevaluated(&self) -> impl Iterator<Item = &str> {
        let alarms = self.metric_alarms.iter();
        let banded = alarms.filter(|alarm| alarm.threshold.band().is_some());
        banded.map(|alarm| alarm.name.as_str())
    }

    /// Metric filters that made a thousand dimension values within an hour, each once.
    pub(super) fn crowded(&mut self) -> Vec<String> {
        let warnings = self.replay.take_dimension_warnings();
        let mut words: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        words.sort();
        words.dedup();
        words
    }

    /// The log alarms of the version.
    pub(super) fn log_alarms(&self) -> impl Iterator<Item = &str> {
        let alarms = self.replay.account().alarms.log_alarms().keys();
        alarms.map(String::as_str)
    }

    pub(super) fn log(
        &mut self,
        group: &str,
        events: &[InputLogEvent],
        now: Millis,
    ) -> Result<(), ReplayError> {
        self.replay.log(group, events, now)?;
        self.tidy();
        Ok(())
    }

    pub(super) fn put(&mut self, datum: &MetricDatum, now: Millis) -> Result<(), ReplayError> {
        self.replay.put(datum, now)?;
        self.tidy();
        Ok(())
    }

    pub(super) fn refused(&self) -> u64 {
        self.replay.account().extraction_failures.values().sum()
    }

    fn tidy(&mut self) {
        let now = self.replay.now();
        if now.0 - self.tidied.0 < TIDY {
            return;
        }
        self.note_seen();
        self.replay.forget_before(now.plus(-self.reach));
        self.happenings.extend(self.replay.take_happenings());
        self.tidied = now;
    }

    fn note_seen(&mut self) {
        for id in self.watched.values().flatten() {
            if !self.seen.contains(id) && self.replay.account().metrics.has(id) {
                self.seen.insert(id.clone());
            }
        }
    }

    /// What happened up to `end`.
    pub(super) fn finish(mut self, end: Millis) -> Course {
        self.note_seen();
        self.replay.advance(end);
        self.happenings.extend(self.replay.take_happenings());
        let mut unfed = BTreeMap::new();
        for (alarm, ids) in &self.watched {
            let missing = ids.iter().filter(|id| !self.seen.contains(*id));
            let missing: Vec<MetricId> = missing.cloned().collect();
            if !missing.is_empty() {
                unfed.insert(alarm.clone(), missing);
            }
        }
        let alarms = self.alarms();
        let mut course = Course::of(self.name, alarms, &self.happenings, unfed);
        course.leave_out_beginnings(&self.unsure);
        course
    }
}

/// How far back an evaluation of the alarm looks, a period and an hour to spare: hourly evaluations look at the top
/// of the hour, wall-clock windows at whole periods, and some events come late.
fn reach(alarm: &MetricAlarm) -> i64 {
    let periods = alarm.evaluation_periods + EXTRA_PERIODS + 2;
    let periods = i64::try_from(periods).unwrap_or(i64::MAX);
    let span = alarm.period().saturating_mul(periods).saturating_mul(1000);
    span.saturating_add(2 * TIDY)
}

/// Until when an alarm of this kind may fire only because nothing is known of the time before the recording: it takes
/// missing data for a breach, or little data, or works out something of both.
fn unsure(alarm: &MetricAlarm, at: Millis) -> Option<(String, Millis)> {
    let is_low = matches!(
        alarm.comparison_operator,
        ComparisonOperator::LessThanThreshold | ComparisonOperator::LessThanOrEqualToThreshold
    );
    let is_missing = alarm.effective_treatment() == TreatMissingData::Breaching;
    let is_math = matches!(alarm.metric, AlarmMetric::Math(_));
    let until = at.plus(alarm.span().saturating_mul(1000));
    (is_low || is_missing || is_math).then(|| (alarm.name.clone(), until))
}
