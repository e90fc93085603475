//! Trino's query language: text → [`ast::Query`].
//!
//! What comes in is the text of one query; what goes out is its syntax tree, in which every node knows the place that
//! Trino's messages name, or a refusal at the first token that does not fit. What Trino's grammar has and this crate
//! does not answer (table samples, lambdas, row pattern recognition…) is refused by name. To add syntax: a node in
//! `ast.rs` and the function that reads it, in the file of its kind.

pub(crate) mod ast;
mod expression;
mod lex;
mod literal;
mod parser;
mod primary;
mod query;
mod relation;
mod special;

pub(crate) use parser::{parse, parse_expression};
