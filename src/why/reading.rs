use std::collections::BTreeMap;

use belfry_engine::alarms::{
    AlarmMetric, EXTRA_PERIODS, MetricAlarm, evaluation_grid, evaluation_slot,
};
use belfry_engine::base::Millis;
use belfry_engine::metrics::{
    DatumValues, MetricDatum, MetricStat, MetricStore, QueryKind, Statistic, StatisticSet, Unit,
};

/// What GetMetricData is asked so that the engine can judge an alarm at a moment as the service did.
///
/// The buckets of an alarm slide with the minute; those of GetMetricData are multiples of the period. So the plain
/// statistics are read minute by minute (samples, sum, least, greatest), from which every wider bucket follows exactly.
/// A percentile does not follow from those of its minutes: it is read in buckets of the alarm's period, which are
/// the alarm's own only where the moment is a multiple of the period.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What to ask.
    pub stats: Vec<MetricStat>,
    /// From when, included.
    pub start: Millis,
    /// Until when, excluded.
    pub end: Millis,
    /// The moment that is judged.
    pub moment: Millis,
    /// Why this is not the moment that was asked about.
    pub moved: Option<String>,
    sources: Vec<Asked>,
}

/// Where the samples of one metric stand among the answers of GetMetricData.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// Four answers from here on: samples, sum, least, greatest.
    Totals(usize),
    /// The value and, after it, the number of samples.
    Whole(usize),
}

impl Asked {
    /// Adds to `stats` what must be asked to know `stat` in buckets of `resolution` seconds.
    pub fn ask(stat: &MetricStat, resolution: i64, stats: &mut Vec<MetricStat>) -> Self {
        let first = stats.len();
        let with = |statistic, period| MetricStat {
            statistic,
            period,
            ..stat.clone()
        };
        if stat.statistic.needs_values() {
            stats.push(stat.clone());
            stats.push(with(Statistic::SampleCount, stat.period));
            return Self::Whole(first);
        }
        stats.extend(TOTALS.map(|statistic| with(statistic, resolution)));
        Self::Totals(first)
    }

    /// What the answers say: one datum for each bucket that has samples.
    pub fn samples(self, answers: &[Values]) -> Vec<(Millis, DatumValues)> {
        let answer = |place: usize| answers.get(place).cloned().unwrap_or_default();
        match self {
            Self::Whole(first) => {
                let counts = answer(first + 1);
                let value = |(at, value): (Millis, f64)| {
                    let count = counts.get(&at).copied().unwrap_or(1.0);
                    (at, DatumValues::Distribution(vec![(value, count)]))
                };
                answer(first).into_iter().map(value).collect()
            }
            Self::Totals(first) => {
                let [sums, least, greatest] = [1, 2, 3].map(|offset| answer(first + offset));
                let set = |(at, sample_count): (Millis, f64)| {
                    let set = StatisticSet {
                        sample_count,
                        sum: *sums.get(&at)?,
                        minimum: *least.get(&at)?,
                        maximum: *greatest.get(&at)?,
                    };
                    Some((at, DatumValues::StatisticSet(set)))
                };
                answer(first).into_iter().filter_map(set).collect()
            }
        }
    }
}

const TOTALS: [Statistic; 4] = [
    Statistic::SampleCount,
    Statistic::Sum,
    Statistic::Minimum,
    Statistic::Maximum,
];
const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// The values of one statistic, by the start of their bucket.
pub type Values = BTreeMap<Millis, f64>;

impl Reading {
    /// What to ask about `alarm` as it stood at `at`; `now` is the present. The error says what cannot be read.
    pub fn of(alarm: &MetricAlarm, at: Millis, now: Millis) -> Result<Self, String> {
        let asked = evaluation_slot(alarm, at);
        let widest = widest_whole(alarm);
        let moment = match (widest, is_sliding(alarm)) {
            (Some(period), true) => asked.floor_to(period * 1000),
            _ => asked,
        };
        let buckets = buckets(alarm, moment);
        let (Some(first), Some(last)) = (buckets.first(), buckets.last()) else {
            return Err("the alarm looks at no bucket".to_owned());
        };
        if widest.is_some() && buckets.iter().any(|bucket| !is_aligned(*bucket)) {
            return Err(
                "its percentile is taken over calendar periods that GetMetricData does not answer"
                    .to_owned(),
            );
        }
        let moved = (moment != asked).then(|| {
            format!(
                "CloudWatch answers {} only in buckets that are multiples of {} s; the alarm's own at {} are not, \
                 so the evaluation of {} is explained",
                statistic_words(alarm),
                widest.unwrap_or_default(),
                clock(asked),
                clock(moment),
            )
        });
        let resolution = resolution(alarm);
        check_age(first.0, now, resolution)?;
        let mut reading = Self {
            stats: Vec::new(),
            start: first.0,
            end: last.0.plus(last.1 * 1000),
            moment,
            moved,
            sources: Vec::new(),
        };
        for stat in alarm.metric.stats() {
            let asked = Asked::ask(stat, resolution, &mut reading.stats);
            reading.sources.push(asked);
        }
        Ok(reading)
    }

    /// A store with the answers, and the alarm that reads them there: each metric under a name of its own, so that
    /// a metric which the alarm reads under two statistics does not meet itself.
    pub fn store(&self, alarm: &MetricAlarm, answers: &[Values]) -> (MetricAlarm, MetricStore) {
        let mut alarm = alarm.clone();
        let mut store = MetricStore::default();
        for (place, stat) in stats_mut(&mut alarm.metric).into_iter().enumerate() {
            stat.id.name = format!("{} ({place})", stat.id.name).into();
            stat.unit = None;
            let Some(source) = self.sources.get(place) else {
                continue;
            };
            for (timestamp, values) in source.samples(answers) {
                let datum = MetricDatum {
                    id: stat.id.clone(),
                    values,
                    unit: Unit::None,
                    timestamp,
                    high_resolution: stat.period < 60,
                };
                // Answers of the service lie within the limits of what it takes.
                let _ = store.put(&datum, timestamp);
            }
            if let Asked::Whole(_) = source {
                // Each bucket holds one value: the answer itself.
                stat.statistic = Statistic::Maximum;
            }
        }
        (alarm, store)
    }

    /// How many samples each metric of the alarm has from `start` to before `end`, in the order of the alarm.
    pub fn sample_counts(&self, answers: &[Values], (start, end): (Millis, Millis)) -> Vec<f64> {
        let count = |source: &Asked| {
            let place = match source {
                Asked::Totals(first) => *first,
                Asked::Whole(first) => first + 1,
            };
            let values = answers.get(place);
            values.map_or(0.0, |values| {
                values.range(start..end).map(|(_, count)| count).sum()
            })
        };
        self.sources.iter().map(count).collect()
    }
}

fn stats_mut(metric: &mut AlarmMetric) -> Vec<&mut MetricStat> {
    match metric {
        AlarmMetric::Single(stat) => vec![stat],
        AlarmMetric::Math(queries) => queries
            .iter_mut()
            .filter_map(|query| match &mut query.kind {
                QueryKind::Metric(stat) => Some(stat),
                QueryKind::Expression { .. } => None,
            })
            .collect(),
    }
}

/// Start and width in seconds of every bucket that an evaluation at `moment` looks at, oldest first.
pub(super) fn buckets(alarm: &MetricAlarm, moment: Millis) -> Vec<(Millis, i64)> {
    let (period, count) = (alarm.period(), alarm.evaluation_periods);
    let window = alarm.evaluation_window.as_ref();
    window
        .and_then(|window| window.buckets(period, count, moment))
        .unwrap_or_else(|| {
            let grid = evaluation_grid(alarm, moment, EXTRA_PERIODS);
            grid.starts().map(|start| (start, period)).collect()
        })
}

fn is_sliding(alarm: &MetricAlarm) -> bool {
    let window = alarm.evaluation_window.as_ref();
    window.is_none_or(|window| window.buckets(60, 1, Millis(0)).is_none())
}

fn is_aligned((start, width): (Millis, i64)) -> bool {
    start.floor_to(width * 1000) == start
}

/// The width of the buckets that must be read whole: those of percentiles, where they are wider than what
/// slides.
fn widest_whole(alarm: &MetricAlarm) -> Option<i64> {
    let stats = alarm.metric.stats().into_iter();
    let whole = stats.filter(|stat| stat.statistic.needs_values());
    let widest = whole.map(|stat| stat.period).max()?;
    (widest > resolution(alarm)).then_some(widest)
}

/// The width of what is read: what every bucket of the alarm is made of.
fn resolution(alarm: &MetricAlarm) -> i64 {
    match alarm.period() < 60 {
        true => 10,
        false => 60,
    }
}

/// CloudWatch forgets fine datapoints (user guide, "Metrics retention"): seconds after three hours, minutes after
/// fifteen days.
fn check_age(first: Millis, now: Millis, resolution: i64) -> Result<(), String> {
    let (kept, words) = match resolution < 60 {
        true => (3 * HOUR, "datapoints under a minute for three hours"),
        false => (15 * DAY, "datapoints of a minute for fifteen days"),
    };
    if first >= now.plus(-kept) {
        return Ok(());
    }
    Err(format!(
        "CloudWatch keeps {words}; the buckets of that moment begin at {}",
        clock(first)
    ))
}

/// `Sum`, or all of them where there are several.
pub(super) fn statistic_words(alarm: &MetricAlarm) -> String {
    let mut words: Vec<String> = Vec::new();
    for stat in alarm.metric.stats() {
        let word = stat.statistic.to_string();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(", ")
}

/// `2026-11-22 00:17:00 UTC`.
pub(super) fn clock(moment: Millis) -> String {
    moment.strftime("%Y-%m-%d %H:%M:%S UTC")
}
