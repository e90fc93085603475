use super::{
    AlarmMetric, AlarmStore, Contributor, ContributorEvaluation, Evaluation, MetricAlarm, Point,
    Rule, evaluate, evaluation_grid, evaluation_slot,
};
use crate::base::Millis;
use crate::metrics::{
    Datapoint, Grid, GridAnswer, GridSeries, MetricStat, MetricStore, series_on_grid,
};

/// What the evaluation of a metric alarm at one moment saw and decided.
#[derive(Clone, Debug, PartialEq)]
pub enum AlarmEvaluation {
    /// Nothing was looked at: the alarm is in its warm-up.
    WarmUp,
    /// Nothing was looked at, and why: what it watches is not known here.
    NotEvaluated(String),
    /// One series was judged.
    Series(Evaluation),
    /// Many were, each for itself.
    Contributors {
        /// In the order of the query's answer.
        series: Vec<ContributorEvaluation>,
        /// Whether there were more than one evaluation takes.
        is_partial: bool,
    },
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
    match points(alarm, metrics, now, extra) {
        Ok(points) => points,
        Err(why) => AlarmEvaluation::NotEvaluated(why),
    }
}

/// The error is that of metric math, which a put refuses already.
fn points(
    alarm: &MetricAlarm,
    metrics: &MetricStore,
    now: Millis,
    extra: usize,
) -> Result<AlarmEvaluation, String> {
    let rule = Rule::of(alarm);
    let (grid, buckets) = range(alarm, now, extra);
    let queries = match (&alarm.metric, buckets) {
        (AlarmMetric::Single(stat), Some(buckets)) => {
            let points = wall_clock_points(stat, metrics, &buckets);
            return Ok(AlarmEvaluation::Series(evaluate(&rule, &points)));
        }
        (AlarmMetric::Single(stat), None) => {
            let points = on_grid(grid, metrics.statistic(stat, grid));
            return Ok(AlarmEvaluation::Series(evaluate(&rule, &points)));
        }
        (AlarmMetric::Math(queries), _) => queries,
    };
    let mut answer = series_on_grid(metrics, queries, grid).map_err(|error| error.message)?;
    if answer.is_grouped {
        return contributors(&rule, grid, answer);
    }
    let values = match answer.series.pop() {
        Some(series) if answer.series.is_empty() => series.points,
        None => vec![None; grid.count],
        Some(_) => return Err("the expression gives more than one time series".to_owned()),
    };
    Ok(AlarmEvaluation::Series(evaluate(
        &rule,
        &on_grid(grid, values),
    )))
}

/// Every group of a Metrics Insights query is judged for itself; where there is none, the treatment of missing
/// data speaks for the alarm.
fn contributors(rule: &Rule, grid: Grid, answer: GridAnswer) -> Result<AlarmEvaluation, String> {
    if answer.series.is_empty() {
        let nothing = on_grid(grid, vec![None; grid.count]);
        return Ok(AlarmEvaluation::NoSeries(evaluate(rule, &nothing)));
    }
    if answer.series.iter().any(|series| series.group.is_empty()) {
        let why = "metric math over the groups of a query is not evaluated in alarms here";
        return Err(why.to_owned());
    }
    let judged = |series: GridSeries| ContributorEvaluation {
        contributor: Contributor::new(series.group),
        evaluation: evaluate(rule, &on_grid(grid, series.points)),
    };
    Ok(AlarmEvaluation::Contributors {
        series: answer.series.into_iter().map(judged).collect(),
        is_partial: !answer.is_complete,
    })
}

/// The buckets of an evaluation: a grid, and for a wall-clock window their own widths. Buckets of metric math all
/// have the width of the period, which a put makes sure of.
fn range(alarm: &MetricAlarm, now: Millis, extra: usize) -> (Grid, Option<Vec<(Millis, i64)>>) {
    let window = alarm.evaluation_window.as_ref();
    let (period, count) = (alarm.period(), alarm.evaluation_periods);
    let slot = evaluation_slot(alarm, now);
    let buckets = window.and_then(|window| window.buckets(period, count, slot));
    let first = buckets.as_ref().and_then(|buckets| buckets.first());
    match first {
        None => (evaluation_grid(alarm, now, extra), None),
        Some((start, _)) => {
            let grid = Grid {
                start: *start,
                period,
                count,
            };
            (grid, buckets)
        }
    }
}

fn wall_clock_points(
    stat: &MetricStat,
    metrics: &MetricStore,
    buckets: &[(Millis, i64)],
) -> Vec<Point> {
    let point = |&(start, period): &(Millis, i64)| {
        let grid = Grid {
            start,
            period,
            count: 1,
        };
        let mut values = metrics.statistic(stat, grid);
        Point::new(start, values.pop().flatten())
    };
    buckets.iter().map(point).collect()
}

fn on_grid(grid: Grid, values: Vec<Option<Datapoint>>) -> Vec<Point> {
    let points = grid.starts().zip(values);
    points
        .map(|(start, value)| Point::new(start, value))
        .collect()
}

/// Why an alarm on a band stays in INSUFFICIENT_DATA here.
fn unknown_band(id: &str) -> String {
    format!(
        "Insufficient Data: the anomaly detection band {id} is not known here, because the model behind \
         ANOMALY_DETECTION_BAND is not published. CloudWatch evaluates this alarm; this endpoint does not."
    )
}
