//! Queries as text again: `Ast` to a text that reads as the same `Ast`.
//!
//! Brackets stand only where they are needed, names have backticks only where they are needed. To add a
//! command: an arm in `command` and one in the tests' strategy.

mod command;
mod expr;
mod lookup;
mod name;
mod others;
mod saved;
mod source;
mod text;

pub(super) use text::Quoted;

#[cfg(test)]
mod enclosed;
#[cfg(test)]
mod source_strategy;
#[cfg(test)]
mod strategy;
#[cfg(test)]
mod tests;
