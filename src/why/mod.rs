//! Why an alarm fired or stayed silent, in plain words.
//!
//! What comes in: an alarm as the service describes it ([`DescribedAlarm`]), the values that [`Reading`] asks for,
//! and what the log groups behind its metrics hold. What goes out: an [`Explanation`]. The decision is not told
//! again here: it is the engine's own evaluation, shown bucket by bucket. To add a reason: its code in [`Cause`] and its words
//! in `verdict.rs`.

mod as_query;
mod composite;
mod contributor;
mod described;
mod evidence;
mod explanation;
mod judge;
mod log;
mod reading;
mod source;
mod verdict;
mod words;

pub use as_query::as_query;
pub use composite::RuleTruth;
pub use contributor::ContributorShown;
pub use described::{Described, DescribedAlarm, ReportedState};
pub use evidence::{FeedingFilter, Looked, Place, metric_in_words, watched};
pub use explanation::{
    Actions, Bucket, Cause, Count, Evaluated, Explanation, Line, MetricEvidence, Reported, Source,
};
pub use judge::judge;
pub use log::{LogReading, evaluated_runs, log_rule_in_words};
pub use reading::{Asked, Reading, Values};
pub use source::embedded_pattern;
pub use verdict::{Ruled, cause, decisive_range, evaluated, rule_in_words};
pub use words::{number, sign};
