//! `belfry query`: a saved query or any text, over an environment's log groups or over a file.
//!
//! What comes in: a name of the suite or a text, and where to look. What goes out: a table, one JSON object, or CSV.
//! The text is compiled here first, so that a mistake is shown at its place and costs no call.

mod arguments;
mod list;
mod over_environment;
mod over_file;
mod run;
mod since;
mod subject;

pub(super) use arguments::Arguments;
pub(super) use run::run;
