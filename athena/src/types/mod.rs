//! Trino's types: how they are written, what becomes what by itself, and what two have in common.
//!
//! What comes in are types as queries and tables write them; what goes out is a [`Type`], or a refusal. To add a type:
//! a variant in `kind.rs`, its name in `name.rs`, and what it may become in `coerce.rs`.

mod coerce;
mod kind;
mod name;

pub(crate) use coerce::{can_become, common};
pub(crate) use kind::Type;
pub(crate) use name::{of_hive, of_name};
