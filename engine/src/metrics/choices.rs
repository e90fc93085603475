//! What is done where AWS does not say what it does. One name each, so that a measurement against AWS can
//! change it in one place.

/// How a percentile falls between samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentileMethod {
    /// The least sample that at least the given share of the samples does not exceed.
    NearestRank,
    /// On the straight line between the two samples around the rank.
    Linear,
}

/// CloudWatch's percentile algorithm is not published. Nearest rank answers with a value that was measured.
pub const PERCENTILE_METHOD: PercentileMethod = PercentileMethod::NearestRank;

/// Up to this many different values a bucket's distribution is exact. Above it, values are rounded to the
/// middle of the steps of [`STEP`], as the CloudWatch agent's own format (SEH1) does: at most 5 % off.
pub(super) const LARGEST_EXACT_DISTRIBUTION: usize = 20_000;

/// The ratio between neighbouring steps of a rounded distribution.
pub(super) const STEP: f64 = 1.1;

/// How far a query's buckets may reach: more buckets than this are refused rather than computed.
pub(super) const MOST_BUCKETS: usize = 1_000_000;

/// Metrics Insights: whether `label != 'value'` takes a metric that has no such dimension. The user guide says only
/// that the value must not match; as in SQL, a value that is not there compares with nothing.
pub(super) const METRIC_WITHOUT_LABEL_IS_UNEQUAL: bool = false;

/// The value of a group for metrics without its label (user guide, "GROUP BY").
pub(super) const MISSING_LABEL: &str = "Other";

// Without a name, because they are shapes and not numbers:
//
// * Periods below a minute are answered from high-resolution samples only (`store.rs`).
// * Buckets begin at multiples of the period since the epoch; the first one holds StartTime, the last one
//   begins before EndTime, and both count all of their samples (`get_metric_data.rs`).
// * A boolean, an object or an array as a metric filter's dimension counts as missing, as does an empty
//   text (`filter.rs`).
// * A statistic reads back in its shortest spelling: `p99.90` as `p99.9` (`statistic.rs`). Whether AWS keeps the text as it was
//   sent is not recorded; a suite's plan takes both spellings for the same.
// * Of the two counts of dropped embedded metrics, `EMFParsingErrors` holds documents whose time is none, and
//   `EMFValidationErrors` all else (`embedded_dropped.rs`).
// * The smallest part of an embedded metric document that has a mistake is dropped, not all of it
//   (`embedded.rs`).
// * Metrics Insights takes samples of all units together, and of more than 10,000 metrics the first in order of
//   their dimensions (`sql/run.rs`).
// * A search's schema with a namespace alone finds metrics without dimensions (`search/matches.rs`); terms cut by
//   humps and digits alone keep letter case, terms with separators do not (`search/term.rs`); what it finds is labelled
//   by what differs (`label.rs`).
// * A dynamic label stands alone for each series of an expression, where a plain one has the series' own label behind
//   it; its numbers, times and durations are written as `label_text.rs` says.
// * LOG and LOG10 of a value that is not positive drop the point; STDDEV is that of the population; MIN, MAX
//   and STDDEV across series take the values that are there (`math/functions/`).
