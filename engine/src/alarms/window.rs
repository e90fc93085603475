use crate::base::Millis;
use crate::metrics::Grid;

use super::{EvaluationWindow, MetricAlarm};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY_SECONDS: i64 = 86_400;

/// The moment up to which data are judged by an evaluation at `now`; an alarm is due when it moves.
/// Periods of a minute and more: each minute; shorter ones: every ten seconds; where N periods cover more
/// than a day: once an hour, on data up to the top of that hour (user guide, alarm evaluation). Wall-clock windows: each minute.
pub fn evaluation_slot(alarm: &MetricAlarm, now: Millis) -> Millis {
    let is_wall_clock = matches!(
        alarm.evaluation_window,
        Some(EvaluationWindow::WallClock { .. })
    );
    let interval = match alarm.period() {
        _ if is_wall_clock => MINUTE,
        _ if alarm.span() > DAY_SECONDS => HOUR,
        period if period < 60 => MINUTE / 6,
        _ => MINUTE,
    };
    now.floor_to(interval)
}

/// The buckets of an evaluation at `now`: the newest ends at the current minute and the others step back
/// by the period, so they slide and are not multiples of it. `extra` buckets beyond N are fetched.
pub fn evaluation_grid(alarm: &MetricAlarm, now: Millis, extra: usize) -> Grid {
    let count = alarm.evaluation_periods + extra;
    let buckets = i64::try_from(count).unwrap_or(i64::MAX);
    let span = alarm.period().saturating_mul(buckets).saturating_mul(1000);
    Grid {
        start: evaluation_slot(alarm, now).plus(-span),
        period: alarm.period(),
        count,
    }
}
