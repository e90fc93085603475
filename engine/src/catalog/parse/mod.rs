//! The text of a statement → [`Statement`](super::Statement), or a mistake with its line and column.
//!
//! To add a statement: a file with the function that reads what follows its first words, and a line in
//! `statement.rs`.

mod alter;
mod create;
mod cursor;
mod format;
mod kind;
mod reserved;
mod show;
mod statement;
mod words;
