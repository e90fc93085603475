//! The rules of composite alarms: `ALARM(a) AND NOT OK(b)`.
//!
//! In comes the text of an `AlarmRule`; out comes an [`AlarmRule`] that says which alarms it reads and, given
//! their states, whether it holds, or a diagnostic with the place. To add a function: a variant in
//! `expression`, and the place in `parser` that reads it.

mod alarm_rule;
mod expression;
mod lexer;
mod parser;

pub use alarm_rule::AlarmRule;
pub use expression::{Amount, RuleExpression};
