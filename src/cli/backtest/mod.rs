//! `belfry backtest`: the suite's alarms against recorded logs or metrics.
//!
//! What comes in: recorded files, or an environment and a range of time; a revision to compare with; labelled incidents; a
//! budget. What goes out: a report as text, JSON, Markdown or CSV, and annotations for GitHub. Nothing is written.

mod arguments;
mod from_environment;
mod from_files;
mod price;
mod run;
mod source;

pub(super) use arguments::Arguments;
pub(super) use run::run;
