//! Every choice that AWS does not document, in one place, with its reason. Change one here and the
//! engine follows; results that depend on one say so in their notes where it can surprise.

/// Whether `!=`, `not like` and `not in` hold for a missing field. The guide's `join` page keeps missing
/// values with an extra `or !ispresent(f)`, which is only needed if they do not.
pub(super) const MISSING_IS_NOT_EQUAL: bool = false;

/// Whether `stats` without `by` gives a row when no event came in. SQL gives one; no AWS page says so.
pub(super) const STATS_OF_NOTHING_GIVES_A_ROW: bool = false;

/// The percentile of no values. Public console exports show 0 where `avg` is left out.
pub(super) const PERCENTILE_OF_NOTHING: i64 = 0;

/// From how many values on AWS is known to estimate percentiles. Below, published tables agree with nearest
/// rank; above, the answer says in a note that AWS's may differ.
pub(super) const PERCENTILES_ESTIMATED_FROM: u64 = 238;

/// Whether `unnest` keeps a row whose list is missing. The guide says what becomes of values that are no
/// lists, not of missing ones; a missing list is read as an empty one.
pub(super) const UNNEST_KEEPS_ROWS_WITHOUT_LIST: bool = false;

/// Whether `expand` keeps a row whose field holds no array, as `parse` keeps rows where nothing matches.
/// The guide is silent.
pub(super) const EXPAND_KEEPS_ROWS_WITHOUT_ARRAY: bool = true;

/// Whether `fillmissing` reaches over the whole time range of the query instead of from the first to the
/// last bin present. The guide speaks of empty bins and does not say between what; the other keys are
/// filled for each combination that occurs.
pub(super) const FILLMISSING_SPANS_THE_RANGE: bool = false;

/// Whether a number in the path of `json field` counts the elements of a list, as it does in the names of
/// flattened fields. The guide says `dot notation` and shows keys only.
pub(super) const NUMBERS_IN_PATHS_COUNT_ELEMENTS: bool = true;

/// Whether `accum` leaves a row without a number empty instead of showing the sum so far. The guide is
/// silent.
pub(super) const ACCUM_SKIPS_MISSING: bool = false;

/// Whether the default of a saved query's parameter goes in as it is written where it is a period, `true`, `false` or
/// a list, and not as a text in quotes. The guide shows texts with and without quotes for the same meaning and
/// numbers without; of the others it shows none, and a period in quotes would mean nothing anywhere.
pub(super) const DEFAULTS_MAY_BE_ANY_LITERAL: bool = true;

/// What the name of an `outlier` mark adds to the field's; the guide names no column.
pub(super) const OUTLIER_MARK: &str = "_outlier";

/// What stands between identity and ordinal in a session id; the guide shows none.
pub(super) const SESSION_SEPARATOR: &str = "_";

/// Whether `sort @timestamp` behind `stats … by bin(…)` sorts by the bin. The guide says that only keys and
/// results exist there; dashboards that AWS and others publish sort so all the same, and AWS draws them.
pub(super) const TIMESTAMP_SORTS_BY_BIN: bool = true;

/// The longest look back of `autoregress`; the guide names none.
pub(super) const MAXIMUM_LOOK_BACK: usize = 100;

/// The pause of `sessionize` without `maxspan`, in milliseconds (user guide of 2026).
pub(super) const SESSION_GAP: i64 = 30 * 60 * 1000;

/// Interquartile ranges of `outlier` without `param` (user guide of 2026).
pub(super) const OUTLIER_FACTOR: f64 = 2.5;

/// Rows of an answer without `limit` (user guide of 2026; the guide of 2022 said 1,000).
pub(super) const DEFAULT_LIMIT: usize = 10_000;

/// The greatest `limit` (user guide of 2026 and API).
pub(super) const MAXIMUM_LIMIT: usize = 100_000;

/// Different keys on the right side of `join` (user guide of 2026).
pub(super) const MAXIMUM_JOIN_KEYS: usize = 50_000;

/// Rows that `join` makes, so that a key which many rows share does not exhaust the memory; the guide names no
/// limit. More are refused.
pub(super) const MAXIMUM_JOINED: usize = 1_000_000;

/// Fields discovered in one JSON event (user guide of 2026): the first in document order are kept.
pub(super) const FIELDS_PER_EVENT: usize = 200;

/// `stats` commands in one query (user guide of 2026).
pub(super) const MAXIMUM_STATS: usize = 10;

/// Characters of a query (StartQuery).
pub(super) const MAXIMUM_QUERY_CHARACTERS: usize = 10_000;

/// How `values` lists its values: the guide says that it gives the different ones, not in which order or
/// how they print.
pub(super) const VALUES_NOTE: &str = "`values` lists values as JSON in the order they were first seen; CloudWatch does not document its order";

/// How `topk` answers: the guide shows neither its shape nor what comes first.
pub(super) const TOPK_NOTE: &str = "`topk` lists values as JSON, most frequent first and exact; CloudWatch does not document its output";

/// The formula of `rate`: the guide says "per-interval rate of change" and no more.
pub(super) const RATE_NOTE: &str = "`rate` is (last - first) / (time between them / period); CloudWatch does not document its formula";

/// How `histogram` names its ranges: the guide says a map of equal-width ranges to counts.
pub(super) const HISTOGRAM_NOTE: &str = "`histogram` names its ranges `[from,to)` between the least and the greatest number; CloudWatch does not document its keys";

/// How `pattern` groups: AWS publishes neither its clustering nor its kinds of values.
pub(super) const PATTERN_NOTE: &str = "`pattern` groups by a model of its own; CloudWatch does not publish its method, so that its patterns and counts may differ";

/// How `diff` compares; its columns are not documented either.
pub(super) const DIFF_NOTE: &str = "`diff` groups by a model of its own and names its columns itself; CloudWatch publishes neither, so that its answer may differ";

/// What `offset` means: the guide says that it shifts bins "for time-shifted comparisons".
pub(super) const OFFSET_NOTE: &str = "`offset` reads the events of the time range shifted back and shows their bins at the time of the range; CloudWatch does not document which way it shifts";
