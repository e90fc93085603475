//! What a person types and what the shell gets back: one file per command.
//!
//! What comes in: the command line and the environment, read once in `settings.rs`. What goes out: text
//! on the two writers of [`Context`] and an exit code of `exit.rs`. To add a command: a file with
//! `Arguments` (clap) and `run(cx, arguments)`, and its line in the enum and the table of `app.rs`.

mod address;
mod adopt;
mod app;
mod apply;
mod ask;
mod athena;
mod backtest;
mod check;
mod completions;
mod connection;
mod context;
mod cost;
mod destroy;
mod drift;
mod endpoint;
mod error;
mod estimate;
mod exit;
mod explain;
mod explain_line;
mod globals;
mod iam;
mod interrupt;
mod plan;
mod prices;
mod plan_file;
mod pull;
mod query;
mod scoring_service;
mod serve;
mod settings;
mod tail;
mod test;
mod trace;
mod unevaluated;
mod up;
mod why;

pub use app::main;
pub use context::Context;
pub use error::{CommandError, Kind};
pub use exit::Exit;
pub use globals::{ColorWhen, Format, Globals};
pub use settings::Settings;
