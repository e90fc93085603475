//! What people used to other languages write, and what would work here.
//!
//! In comes a word that Logs Insights does not know; out comes the advice for it, or nothing. To add one: a line
//! in the table of its file.

mod commands;
mod functions;
mod words;

pub(super) use commands::command;
pub(super) use functions::function;
pub(super) use words::word;
