use super::{
    AlarmMetric, AlarmStore, ContributorEvaluation, Evaluation, MetricAlarm, Point, Rule, evaluate,
    evaluation_grid, evaluation_slot,
};
use crate::base::Millis;
use crate::metrics::{Grid, MetricStore, evaluate_on_grid};

/// What the evaluation of a metric alarm at one moment saw and decided.
#[derive(Clone, Debug, PartialEq)]
pub enum AlarmEvaluation {
    /// Nothing was looked at: the alarm is in its warm-up.
    WarmUp,
    /// Nothing was looked at, and why: what it watches is not known here.
    NotEvaluated(String),
    /// One series was judged.
    Series(Evaluation),
    /// Many were, each for itself, in the order of the query's answer.
    Contributors(Vec<ContributorEvaluation>),
    /// The query returned no series at all: the treatment of missing data was applied to the alarm.
    NoSeries(Evaluation),
}

impl AlarmStore {
    /// What an evaluation of a metric alarm at `now` sees and decides, over the data that the store holds, or what
    /// that of a log alarm's newest runs does; `None` where there is no such alarm of these kinds. Evaluating decides by the same value. `now` is any moment: the buckets
    /// are those of the evaluation that was due then. Only the warm-up is that of the present.
    pub fn explain(
        &self,
        name: &str,
        metrics: &MetricStore,
        now: Millis,
    ) -> Option<AlarmEvaluation> {
        if let Some(stored) = self.logs.get(name) {
            return Some(stored.explain());
        }
        let stored = self.alarms.get(name)?;
        if stored.in_warm_up {
            return Some(AlarmEvaluation::WarmUp);
        }
        Some(of_alarm(&stored.alarm, metrics, now, self.extra_periods))
    }
}

/// What the evaluation of `alarm` at `now` sees; `extra` buckets beyond N are fetched for a sliding window.
pub(super) fn of_alarm(
    alarm: &MetricAlarm,
    metrics: &MetricStore,
    now: Millis,
    extra: usize,
) -> AlarmEvaluation {
    if let Some(band) = alarm.threshold.band() {
        return AlarmEvaluation::NotEvaluated(unknown_band(band));
    }
    let window = alarm.evaluation_window.as_ref();
    let (period, count) = (alarm.period(), alarm.evaluation_periods);
    let slot = evaluation_slot(alarm, now);
    let points = match window.and_then(|window| window.buckets(period, count, slot)) {
        Some(buckets) => wall_clock_range(alarm, metrics, &buckets),
        None => range(alarm, metrics, evaluation_grid(alarm, now, extra)),
    };
    match points {
        Ok(points) => AlarmEvaluation::Series(evaluate(&Rule::of(alarm), &points)),
        Err(why) => AlarmEvaluation::NotEvaluated(why),
    }
}

/// Why an alarm on a band stays in INSUFFICIENT_DATA here.
fn unknown_band(id: &str) -> String {
    format!(
        "Insufficient Data: the anomaly detection band {id} is not known here, because the model behind \
         ANOMALY_DETECTION_BAND is not published. CloudWatch evaluates this alarm; this endpoint does not."
    )
}

/// The points of a wall-clock window, oldest first. Buckets of metric math all have the width of the period,
/// which a put makes sure of.
fn wall_clock_range(
    alarm: &MetricAlarm,
    metrics: &MetricStore,
    buckets: &[(Millis, i64)],
) -> Result<Vec<Point>, String> {
    let Some((start, _)) = buckets.first() else {
        return Ok(Vec::new());
    };
    let grid = |start, period, count| Grid {
        start,
        period,
        count,
    };
    let AlarmMetric::Single(stat) = &alarm.metric else {
        return range(alarm, metrics, grid(*start, alarm.period(), buckets.len()));
    };
    let point = |&(start, width): &(Millis, i64)| {
        let mut values = metrics.statistic(stat, grid(start, width, 1));
        Point::new(start, values.pop().flatten())
    };
    Ok(buckets.iter().map(point).collect())
}

/// The points of the range, oldest first. The error is that of metric math, which a put refuses already.
fn range(alarm: &MetricAlarm, metrics: &MetricStore, grid: Grid) -> Result<Vec<Point>, String> {
    let values = match &alarm.metric {
        AlarmMetric::Single(stat) => metrics.statistic(stat, grid),
        AlarmMetric::Math(queries) => {
            evaluate_on_grid(metrics, queries, grid).map_err(|error| error.message)?
        }
    };
    let points = grid.starts().zip(values);
    Ok(points
        .map(|(start, value)| Point::new(start, value))
        .collect())
}
