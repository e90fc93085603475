//! What a judged query is: typed expressions and the operators that answer it.
//!
//! What comes in is what `analyze` found right; what goes out is what `exec` runs. Every [`Scalar`] has its Trino type,
//! every coercion is a cast that is written out. To add an operator: a variant of [`Plan`], its rows in `exec`.

mod calls;
mod higher;
mod operator;
mod push;
mod scalar;
mod used;

pub(crate) use calls::{AggregateCall, Edge, FrameUnit, SortKey, WindowCall, WindowKind};
pub(crate) use higher::{Higher, HigherKind};
pub(crate) use operator::{Join, Plan, Scan};
pub(crate) use push::push_filters;
pub(crate) use scalar::{Node, Scalar, SubqueryKind, and, conjuncts};
pub(crate) use used::mark_used;
