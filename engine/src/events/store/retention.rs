use super::LogError;
use crate::base::Millis;

/// The retentions that PutRetentionPolicy takes, in days (API reference, PutRetentionPolicy).
pub const RETENTION_DAYS: [i64; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

/// One day in milliseconds.
pub(super) const DAY: i64 = 24 * 3600 * 1000;

/// Checks a number of days as PutRetentionPolicy does.
pub(super) fn check_retention(days: i64) -> Result<(), LogError> {
    if RETENTION_DAYS.contains(&days) {
        return Ok(());
    }
    Err(LogError::invalid(format!(
        "1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: \
         Member must satisfy enum value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, \
         731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]"
    )))
}

/// The moment before which events are expired.
pub(super) fn horizon(retention_days: Option<i64>, now: Millis) -> Millis {
    retention_days.map_or(Millis(i64::MIN), |days| now.plus(-days * DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_listed_numbers_of_days_are_taken() {
        assert!(check_retention(30).is_ok());
        assert!(check_retention(0).is_err());
        assert!(check_retention(2).is_err());
    }
}
