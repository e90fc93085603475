//! What one log line becomes, and why not more.
//!
//! What comes in: a line, the suite's metric filters and alarms. What goes out: a [`LineReport`]: of each filter whether its
//! pattern matches and which part of it does not, the datum that is published; of embedded metrics the data and what
//! CloudWatch drops silently; the fields that Logs Insights discovers; the alarms that read each datum. Every answer is
//! the engine's own: a part of a pattern is judged by running that part as a pattern of its own.

mod delimited;
mod expression;
mod parts;
mod report;

pub use parts::{Part, parts};
pub use report::{Alarmed, Datum, Field, FilterReport, LineReport, Suite, explain};
