//! Values of a running query: what a field, an expression or a group key holds.
//!
//! In come JSON leaves, system fields and literals; out go numbers, text and truth by the coercion
//! rules of Logs Insights, and the order that `sort` uses. One file per matter: `number` (numeric text
//! and exact comparison), `compare` (`= != < <= > >=`), `order` (natural sort), `text` (printing).

mod compare;
mod number;
mod order;
mod text;
mod variant;

pub(super) use compare::{Comparison, compare};
pub(super) use number::{Number, parse_number};
pub(super) use order::natural_order;
pub(super) use text::float_text;
pub(super) use variant::Value;
