//! [`Ast`](super::ast::Ast) to [`Plan`](super::plan::Plan): names become slots, calls find their
//! functions, and the rules about what may be defined, seen and follow what are checked.
//!
//! Like the parser it goes on after a mistake, so that one run shows all of them. AWS refuses all of
//! these with MalformedQueryException.

mod aggregate;
mod append_cols;
mod aws_only;
mod call;
mod command_order;
mod commands;
mod expr;
mod extract;
mod join;
mod member;
mod others;
mod pattern;
mod patterns;
mod row_order;
mod scope;
mod stats;
mod structured;
mod suspicious;
mod system;
mod totals;
mod unnest;

pub(super) use commands::resolve;
pub(super) use scope::refused_field;
