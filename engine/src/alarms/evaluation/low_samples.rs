use crate::alarms::{AlarmMetric, MetricAlarm};

/// The fewest samples the alarm's percentile is judged on, where it ignores low sample counts.
pub(super) fn minimum_samples(alarm: &MetricAlarm) -> Option<f64> {
    if alarm.evaluate_low_sample_count_percentile.as_deref() != Some("ignore") {
        return None;
    }
    match &alarm.metric {
        AlarmMetric::Single(stat) => samples_for(&stat.statistic.to_string()),
        AlarmMetric::Math(_) => None,
    }
}

/// 10/(1−p) from the median up, 10/p below it (user guide, percentiles with low samples). `p0`, `p100` and
/// what is no percentile have no such number and are always judged.
fn samples_for(statistic: &str) -> Option<f64> {
    let percent: f64 = statistic.strip_prefix('p')?.parse().ok()?;
    let rest = if percent >= 50.0 {
        100.0 - percent
    } else {
        percent
    };
    // Samples are counted whole, and 10 / (1 - 0.99) is a little above 1,000 in binary.
    (rest > 0.0).then(|| (1000.0 / rest - 1e-6).ceil())
}

#[cfg(test)]
mod tests {
    use super::samples_for;

    #[test]
    fn low_sample_counts_are_those_of_the_user_guide() {
        let table = [
            ("p99", Some(1000.0)),
            ("p99.9", Some(10_000.0)),
            ("p90", Some(100.0)),
            ("p50", Some(20.0)),
            ("p10", Some(100.0)),
            ("p100", None),
            ("Average", None),
        ];
        for (statistic, samples) in table {
            assert_eq!(samples_for(statistic), samples, "{statistic}");
        }
    }
}
