//! Commands with a query in brackets, for properties.

use proptest::prelude::*;

use super::source_strategy::source_clause;
use super::strategy::{expr, name, names, period, plain, span, whole};
use crate::insights::ast::*;
use crate::insights::earlier::Earlier;
use crate::insights::source::Source;

/// A name that stands in front of fields.
fn side() -> impl Strategy<Value = Name> {
    "[a-z]{1,3}|[a-z] [0-9]".prop_map(|name| Name {
        name,
        cuts: Vec::new(),
        span: span(),
    })
}

/// The query of a command in brackets.
fn enclosed(source: impl Strategy<Value = Option<Source>>) -> impl Strategy<Value = Box<Ast>> {
    (source, prop::collection::vec(plain(), 1..3))
        .prop_map(|(source, kinds)| Box::new(whole(source, kinds)))
}

pub(super) fn join() -> impl Strategy<Value = CommandKind> {
    let key = |side: &Name, field: Name| {
        let behind = side.name.len() + 1;
        let inside = field.cuts.iter().map(|at| at + behind);
        Name {
            name: format!("{}.{}", side.name, field.name),
            cuts: std::iter::once(side.name.len()).chain(inside).collect(),
            span: span(),
        }
    };
    let sides = (side(), side(), name(), name());
    let query = enclosed(source_clause().prop_map(Some));
    (any::<bool>(), sides, query).prop_map(move |(keep_left, (left, right, a, b), query)| {
        CommandKind::Join(Join {
            keep_left,
            left_key: key(&left, a),
            right_key: key(&right, b),
            left,
            right,
            query,
        })
    })
}

pub(super) fn append_cols() -> impl Strategy<Value = CommandKind> {
    let query = enclosed(prop::option::of(source_clause()));
    (any::<bool>(), prop::option::of(1..99_usize), query).prop_map(|(overwrite, most, query)| {
        CommandKind::AppendCols(AppendCols {
            overwrite,
            most,
            query,
        })
    })
}

/// Commands without a local meaning, and `diff`.
pub(super) fn aws() -> impl Strategy<Value = CommandKind> {
    let relevant = (prop::option::of(names()), expr()).prop_map(|(fields, condition)| {
        let fields = fields.unwrap_or_default();
        CommandKind::AwsOnly(AwsOnly::RelevantFields { fields, condition })
    });
    let ranges = vec![Earlier::Period, Earlier::Day, Earlier::Week, Earlier::Month];
    prop_oneof![
        relevant,
        Just(()).prop_map(|()| CommandKind::AwsOnly(AwsOnly::Anomaly)),
        Just(()).prop_map(|()| CommandKind::AwsOnly(AwsOnly::Estimate)),
        period().prop_map(|period| CommandKind::AwsOnly(AwsOnly::LogCompare(period))),
        prop::sample::select(ranges).prop_map(CommandKind::Diff),
    ]
}
