use super::refusal::refuse;
use super::{EvaluationWindow, MetricAlarm, StoredAlarm, evaluation_grid};
use crate::base::Millis;
use crate::metrics::{Grid, MetricError, MetricStore};

/// A time after creation in which an alarm is not evaluated (user guide, alarm warm-up periods).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarmUp {
    /// 1 to 2,880.
    pub minutes: i64,
    /// Whether the whole time passes even if data fill the evaluation window before.
    pub whole: bool,
}

/// What PutMetricAlarm refuses of a warm-up, in AWS's manner.
pub(super) fn validate_warm_up(alarm: &MetricAlarm) -> Result<(), MetricError> {
    validate_minutes(alarm.warm_up)
}

/// The length of a warm-up.
pub(super) fn validate_minutes(warm_up: Option<WarmUp>) -> Result<(), MetricError> {
    let Some(warm_up) = warm_up else {
        return Ok(());
    };
    refuse(!(1..=2880).contains(&warm_up.minutes), || {
        let given = warm_up.minutes;
        format!("WarmUpPeriodDurationInMinutes must be between 1 and 2880; it is {given}")
    })
}

impl StoredAlarm {
    /// Ends the warm-up where its time is over, or where data reach back to the start of the evaluation window:
    /// created at 10:00, three periods of five minutes, first data at 10:04, evaluated from 10:19 on (the page's
    /// example).
    pub(super) fn warm(&mut self, metrics: &MetricStore, slot: Millis) {
        let Some(warm_up) = self.alarm.warm_up.filter(|_| self.in_warm_up) else {
            return;
        };
        let end = self.created.plus(warm_up.minutes.saturating_mul(60_000));
        let is_full = || !warm_up.whole && is_window_full(&self.alarm, metrics, slot);
        if slot >= end || is_full() {
            self.in_warm_up = false;
        }
    }
}

/// Whether there are data in the first minute of the window, or in the period before it: of metric math, data of any of its
/// metrics, since an expression has a value wherever one of them has (the page speaks of data and not of whose). A Metrics
/// Insights query names no metric; its warm-up lasts as long as it says.
fn is_window_full(alarm: &MetricAlarm, metrics: &MetricStore, slot: Millis) -> bool {
    let period = alarm.period();
    let count = alarm.evaluation_periods;
    let window = alarm.evaluation_window.as_ref();
    let wall_clock = window.and_then(|w: &EvaluationWindow| w.buckets(period, count, slot));
    let start = match wall_clock.as_ref().and_then(|buckets| buckets.first()) {
        Some((start, _)) => *start,
        None => evaluation_grid(alarm, slot, 0).start,
    };
    let width = period.min(60);
    let grid = Grid {
        start: start.plus(-period.saturating_mul(1000)),
        period: width,
        count: usize::try_from(period / width).unwrap_or_default() + 1,
    };
    let stats = alarm.metric.stats();
    stats
        .iter()
        .any(|stat| metrics.statistic(stat, grid).iter().any(Option::is_some))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alarms::cases::alarm;
    use crate::alarms::{AlarmMetric, AlarmStore};
    use crate::metrics::{DatumValues, MetricDataQuery, MetricDatum, QueryKind, Unit};

    #[test]
    fn a_warm_up_of_metric_math_ends_with_the_data_of_any_of_its_metrics() {
        let config = serde_json::json!({
            "EvaluationPeriods": 2,
            "WarmUpConfiguration": { "WarmUpPeriodDurationInMinutes": 60 },
        });
        let mut math = alarm(&config);
        let AlarmMetric::Single(stat) = math.metric.clone() else {
            unreachable!("the case's alarm watches one metric");
        };
        let query = |id: &str, kind, return_data| MetricDataQuery {
            id: id.to_owned(),
            kind,
            label: None,
            return_data,
        };
        let mut other = stat.clone();
        other.id.name = "other".into();
        let text = "m1 + m2".to_owned();
        let sum = QueryKind::Expression { text, period: None };
        math.metric = AlarmMetric::Math(vec![
            query("m1", QueryKind::Metric(stat), false),
            query("m2", QueryKind::Metric(other.clone()), false),
            query("e", sum, true),
        ]);
        let minute = |number: i64| Millis(1_770_285_600_000).plus(number * 60_000);
        let mut store = AlarmStore::default();
        store.put(math, minute(0)).unwrap();
        let mut metrics = MetricStore::default();
        let ended = (1..10).find(|number| {
            let datum = MetricDatum {
                id: other.id.clone(),
                values: DatumValues::Distribution(vec![(0.0, 1.0)]),
                unit: Unit::None,
                timestamp: minute(*number),
                high_resolution: false,
            };
            store.evaluate(&metrics, minute(*number));
            if *number >= 3 {
                metrics.put(&datum, minute(*number)).unwrap();
            }
            !store.alarms()["alarm"].in_warm_up
        });
        assert_eq!(ended, Some(5));
    }

    /// The page's example: created at 10:00, three periods of five minutes, first data at 10:04.
    #[test]
    fn a_warm_up_ends_when_data_fill_the_window_and_does_not_come_back() {
        let config = serde_json::json!({
            "Period": 300, "EvaluationPeriods": 3,
            "WarmUpConfiguration": { "WarmUpPeriodDurationInMinutes": 60 },
        });
        let minute = |number: i64| Millis(1_770_285_600_000).plus(number * 60_000);
        let mut store = AlarmStore::default();
        store.put(alarm(&config), minute(0)).unwrap();
        let mut metrics = MetricStore::default();
        let mut ended = None;
        for number in 0..30 {
            store.evaluate(&metrics, minute(number));
            let is_warm = !store.alarms()["alarm"].in_warm_up;
            ended = ended.or_else(|| is_warm.then_some(number));
            if number >= 4 {
                let datum = MetricDatum {
                    id: alarm(&config).metric.stats()[0].id.clone(),
                    values: DatumValues::Distribution(vec![(0.0, 1.0)]),
                    unit: Unit::None,
                    timestamp: minute(number),
                    high_resolution: false,
                };
                metrics.put(&datum, minute(number)).unwrap();
            }
        }
        assert_eq!(ended, Some(19));
        store.put(alarm(&config), minute(30)).unwrap();
        assert!(!store.alarms()["alarm"].in_warm_up);
    }
}
