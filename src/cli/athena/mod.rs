//! `belfry athena`: the suite's SQL, or any, over files of load balancers' logs.
//!
//! What comes in: a name of `queries/athena/` or a text, and files. What goes out: a table, one JSON object, CSV or
//! Markdown, as Athena's results show values, with what Athena would have charged for the scan.

mod arguments;
mod files;
mod run;
mod saved;
mod write;

pub(super) use arguments::Arguments;
pub(super) use run::run;
