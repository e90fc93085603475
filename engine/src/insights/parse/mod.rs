//! Tokens to [`Ast`](super::ast::Ast).
//!
//! The parser never stops at the first mistake: a command that cannot be read leaves a diagnostic and
//! reading goes on behind the next `|`. To add a command: a reader in a file of its own and a line in
//! [`COMMANDS`].

mod access;
mod arithmetic;
mod command;
mod commands;
mod cursor;
mod expr;
mod items;
mod parse_command;
mod source;

pub(super) use access::steps;
pub(super) use command::parse;
pub use commands::{COMMANDS, Command};
