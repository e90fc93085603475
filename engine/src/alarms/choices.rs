//! Every choice about alarms that AWS does not document, in one place, with its reason.

/// Buckets fetched beyond N for a sliding window. CloudWatch publishes one value, N = 3 → 5 buckets; the number
/// matters only where data are missing.
pub const EXTRA_PERIODS: usize = 2;

/// Contributors of one alarm that are kept in ALARM (user guide, alarms over several series). Which ones are kept
/// is not said: here the first in the order of the query's answer.
pub(super) const MOST_CONTRIBUTORS_IN_ALARM: usize = 100;

/// Series that one evaluation takes; beyond them the alarm is in `PARTIAL_DATA` (user guide).
pub(super) const MOST_SERIES: usize = 500;

/// The reason of a contributor that a query no longer returns (user guide, alarms and missing data).
pub(super) const VANISHED: &str = "No data was returned for this contributor";
