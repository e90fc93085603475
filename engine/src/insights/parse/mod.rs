//! Tokens to [`Ast`](super::ast::Ast).
//!
//! The parser never stops at the first mistake: a command that cannot be read leaves a diagnostic and
//! reading goes on behind the next `|`. To add a command: a reader in a file of its own and a line in
//! [`COMMANDS`].

mod access;
mod accum;
mod add_totals;
mod append_cols;
mod arithmetic;
mod autoregress;
mod aws_only;
mod command;
mod commands;
mod count_frequent;
mod cursor;
mod expand;
mod expr;
mod fill_down;
mod fill_missing;
mod filter_index;
mod hint;
mod items;
mod join;
mod json_field;
mod lookup;
mod options;
mod outlier;
mod parse_command;
mod patterns;
mod saved_call;
mod sessionize;
mod source;
mod subquery;
mod unmask;
mod unnest;
mod window;

pub(super) use access::steps;
#[cfg(test)]
pub(super) use command::parse;
pub(super) use command::{Parsed, read};
pub(super) use commands::{AWS_ONLY, OWN_MODEL};
pub use commands::{COMMANDS, Command};
pub(super) use saved_call::{CallSite, Given};
