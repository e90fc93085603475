//! Values of a running query: what a field, an expression or a group key holds.
//!
//! In come JSON leaves, system fields and literals; out go numbers, text and truth by the coercion
//! rules of Logs Insights, and the order that `sort` uses. One file per matter: `number` (numeric text
//! and exact comparison), `compare` (`= != < <= > >=`), `order` (natural sort), `text` (printing), `structure`, `part`, `json`,
//! `logfmt` and `csv` (maps and lists).

mod compare;
mod csv;
mod java;
mod json;
mod logfmt;
mod number;
mod order;
mod part;
mod structure;
mod text;
mod variant;

pub(super) use compare::{Comparison, compare};
pub(super) use csv::parse_csv;
pub(super) use java::java_text;
pub(super) use json::parse_structure;
pub(super) use logfmt::parse_logfmt;
pub(super) use number::{Number, parse_number};
pub(super) use order::{natural_order, sort_number};
pub(super) use part::Part;
pub(super) use structure::{Step, Structure};
pub(super) use text::float_text;
pub(super) use variant::Value;
