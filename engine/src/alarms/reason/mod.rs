//! Why an alarm has its state: texts and reason data in CloudWatch's words.
//!
//! In comes an [`Evaluation`](super::Evaluation), out come `StateReason` and `StateReasonData`. To add a kind of
//! wording, a variant of [`Wording`] and its noun.

mod data;
mod text;
mod verdict;
mod words;

pub(in crate::alarms) use data::json_time;
pub use data::reason_data;
pub use text::reason;
use verdict::verdict;
pub use words::Wording;
