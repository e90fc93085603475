//! What is wrong with a text somebody wrote: one value, rendered for the terminal, as JSON, or as
//! AWS's own error shapes.
//!
//! A room that reads a language collects [`Diagnostic`]s and goes on, so that one run shows every
//! mistake. To add a code: an entry in the table of its language under `codes/`; numbers are never
//! used again.

mod codes;
mod diagnostic;
mod render;
mod span;
mod suggest;

pub use codes::{
    ALL_CODES, Code, alarm_rule, check, dashboard, metric_math, metrics_insights, pattern, query,
    suite, test,
};
pub use diagnostic::{Diagnostic, Help, Label, Severity, has_errors};
pub use render::{render_json, render_text};
pub use span::Span;
pub use suggest::nearest;
