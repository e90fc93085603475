//! Limits that AWS documents, and choices without a plausible alternative: names and marks that the guide does
//! not show, bounds that keep memory in check.

/// From how many values on AWS is known to estimate percentiles. Below, published tables agree with nearest
/// rank; above, the answer says in a note that AWS's may differ.
pub(in crate::insights) const PERCENTILES_ESTIMATED_FROM: u64 = 238;

/// Whether the default of a saved query's parameter goes in as it is written where it is a period, `true`, `false` or
/// a list, and not as a text in quotes. The guide shows texts with and without quotes for the same meaning and
/// numbers without; of the others it shows none, and a period in quotes would mean nothing anywhere.
pub(in crate::insights) const DEFAULTS_MAY_BE_ANY_LITERAL: bool = true;

/// What the name of an `outlier` mark adds to the field's; the guide names no column.
pub(in crate::insights) const OUTLIER_MARK: &str = "_outlier";

/// What stands between identity and ordinal in a session id; the guide shows none.
pub(in crate::insights) const SESSION_SEPARATOR: &str = "_";

/// The longest look back of `autoregress`; the guide names none.
pub(in crate::insights) const MAXIMUM_LOOK_BACK: usize = 100;

/// The pause of `sessionize` without `maxspan`, in milliseconds (user guide of 2026).
pub(in crate::insights) const SESSION_GAP: i64 = 30 * 60 * 1000;

/// Interquartile ranges of `outlier` without `param` (user guide of 2026).
pub(in crate::insights) const OUTLIER_FACTOR: f64 = 2.5;

/// The greatest `limit` (user guide of 2026 and API).
pub(in crate::insights) const MAXIMUM_LIMIT: usize = 100_000;

/// Rows that `appendcols` takes where `max` is not written (user guide of 2026).
pub(in crate::insights) const APPENDED_ROWS: usize = 10_000;

/// Different keys on the right side of `join` (user guide of 2026).
pub(in crate::insights) const MAXIMUM_JOIN_KEYS: usize = 50_000;

/// Rows that `join` makes, so that a key which many rows share does not exhaust the memory; the guide names no
/// limit. More are refused.
pub(in crate::insights) const MAXIMUM_JOINED: usize = 1_000_000;

/// `stats` commands in one query (user guide of 2026).
pub(in crate::insights) const MAXIMUM_STATS: usize = 10;

/// Characters of a query (StartQuery).
pub(in crate::insights) const MAXIMUM_QUERY_CHARACTERS: usize = 10_000;

/// Fields discovered in one JSON event (user guide of 2026): the first in document order are kept.
pub(in crate::insights) const FIELDS_PER_EVENT: usize = 200;
