//! Text to tokens.
//!
//! In comes a query's text; out come [`Token`]s with byte spans, ending with [`TokenKind::End`], and
//! diagnostics for what is no token. Comments and white space vanish. A `/` starts a regex after `like`,
//! after `=~`, inside `parse`, and wherever no value stands before it; elsewhere it divides.

mod literal;
mod scan;
mod token;

pub(super) use scan::{is_parameter_name, lex, placeholder_length};
pub(super) use token::{Symbol, Token, TokenKind};
