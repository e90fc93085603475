use super::refusal::refuse;
use super::{EvaluationWindow, MetricAlarm, StoredAlarm, evaluation_grid};
use crate::alarms::AlarmMetric;
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
    validate_minutes(alarm.warm_up)?;
    let is_whole = alarm.warm_up.is_none_or(|warm_up| warm_up.whole);
    let is_math = matches!(alarm.metric, AlarmMetric::Math(_));
    refuse(is_math && !is_whole, || {
        "a warm-up that ends with the first data of metric math is not evaluated by this endpoint; set \
         OnlyStartEvaluatingAfterWarmUpPeriodEnds to true"
            .to_owned()
    })
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

/// Whether there are data in the first minute of the window, or in the period before it.
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
    use crate::alarms::AlarmStore;
    use crate::alarms::cases::alarm;
    use crate::metrics::{DatumValues, MetricDatum, Unit};

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
