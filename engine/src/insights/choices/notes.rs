//! What an answer says where AWS leaves open how it comes about.

/// How `values` lists its values: the guide says that it gives the different ones, not in which order or
/// how they print.
pub(in crate::insights) const VALUES_NOTE: &str = "`values` lists values as JSON in the order they were first seen; CloudWatch does not document its order";

/// How `topk` answers: the guide shows neither its shape nor what comes first.
pub(in crate::insights) const TOPK_NOTE: &str = "`topk` lists values as JSON, most frequent first and exact; CloudWatch does not document its output";

/// The formula of `rate`: the guide says "per-interval rate of change" and no more.
pub(in crate::insights) const RATE_NOTE: &str = "`rate` is (last - first) / (time between them / period); CloudWatch does not document its formula";

/// How `histogram` names its ranges: the guide says a map of equal-width ranges to counts.
pub(in crate::insights) const HISTOGRAM_NOTE: &str = "`histogram` names its ranges `[from,to)` between the least and the greatest number; CloudWatch does not document its keys";

/// How `pattern` groups: AWS publishes neither its clustering nor its kinds of values.
pub(in crate::insights) const PATTERN_NOTE: &str = "`pattern` groups by a model of its own; CloudWatch does not publish its method, so that its patterns and counts may differ";

/// How `diff` compares; its columns are not documented either.
pub(in crate::insights) const DIFF_NOTE: &str = "`diff` groups by a model of its own and names its columns itself; CloudWatch publishes neither, so that its answer may differ";

/// What `offset` means: the guide says that it shifts bins "for time-shifted comparisons".
pub(in crate::insights) const OFFSET_NOTE: &str = "`offset` reads the events of the time range shifted back and shows their bins at the time of the range; CloudWatch does not document which way it shifts";
