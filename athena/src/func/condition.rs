use super::overload::{Overload, Parameter, VARCHAR, plain};
use crate::value::Value;

/// What is decided before a query runs; `if`, `coalesce`, `nullif` and `try` are part of the language.
pub(super) const TABLE: &[Overload] = &[Overload {
    nulls: true,
    ..plain("typeof", &[Parameter::Any(0)], VARCHAR, |_, site| {
        let of = site.types.first();
        Ok(of.map_or(Value::Null, |of| Value::text(&of.to_string())))
    })
}];
