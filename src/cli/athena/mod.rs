//! `belfry athena`: the suite's SQL, or any, over files of load balancers' logs or in the environment.
//!
//! What comes in: a name of `queries/athena/` or a text, and files, if it is to run over these. What goes out: a table, one JSON object, CSV or
//! Markdown, as Athena's results show values, with what Athena would have charged for the scan.

mod arguments;
mod environment;
mod files;
mod limit;
mod mark;
mod reading;
mod run;
mod saved;
mod window;
mod write;

pub(super) use arguments::Arguments;
pub(super) use run::run;
