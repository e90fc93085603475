use belfry_engine::alarms::{AlarmEvaluation, AlarmStore, MetricAlarm};

use super::{Reading, Values};

/// The engine's evaluation of `alarm` at the moment of `reading`, over what the service answered. The error is
/// the engine's refusal.
pub fn judge(
    alarm: &MetricAlarm,
    reading: &Reading,
    answers: &[Values],
) -> Result<AlarmEvaluation, String> {
    let (mut alarm, metrics) = reading.store(alarm, answers);
    // A warm-up is the service's to tell; the question here is what the data say.
    alarm.warm_up = None;
    let name = alarm.name.clone();
    let mut alarms = AlarmStore::default();
    alarms
        .put(alarm, reading.moment)
        .map_err(|error| error.message)?;
    alarms
        .explain(&name, &metrics, reading.moment)
        .ok_or_else(|| "the alarm was not kept".to_owned())
}
