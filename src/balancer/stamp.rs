use std::time::Duration;

use belfry_engine::base::Millis;

/// `2026-04-20T10:00:00.007123Z`: a moment, and so long after it.
pub(super) fn stamp(at: Millis, after: Duration) -> String {
    let micros = i64::try_from(after.as_micros()).unwrap_or(i64::MAX);
    let whole = at.0.saturating_mul(1000).saturating_add(micros);
    let second = Millis::from_seconds(whole.div_euclid(1_000_000));
    let fraction = whole.rem_euclid(1_000_000);
    format!("{}.{fraction:06}Z", second.strftime("%Y-%m-%dT%H:%M:%S"))
}
