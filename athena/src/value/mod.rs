//! Values of Trino's types.
//!
//! What comes in are constants, fields of lines, and what functions make of them. What goes out are comparisons,
//! hashes for grouping, and texts: those that `CAST(x AS varchar)` gives, and those that Athena's results show. To add a
//! kind of value: a variant in `kind.rs`, its order in `order.rs`, its texts in `text.rs`.

mod decimal;
mod kind;
mod number_text;
mod order;
mod text;
mod time_text;
mod zone;

pub(crate) use decimal::{Decimal, divide_rounded, divide_scaled, rescale, ten_to};
pub(crate) use kind::Value;
pub(crate) use number_text::java_double;
pub(crate) use order::{compare, equal, ordered};
pub(crate) use text::{answer_text, varchar_text};
pub(crate) use time_text::{civil_of, micros_of, timestamp_text};
pub(crate) use zone::Zone;
