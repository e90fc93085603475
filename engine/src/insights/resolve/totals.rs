//! `addtotals`, `outlier`, `countFrequent` and `fillmissing`: commands over columns of numbers and counts.

use super::commands::key;
use super::expr::{Resolver, literal};
use super::row_order::{columns, new};
use super::stats;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{Expr, ExprKind, Item, Name};
use crate::insights::choices;
use crate::insights::period::Period;
use crate::insights::plan::{Key, Operator, Scalar, Slot};
use crate::insights::whole::{AddTotals, FillMissing, Outlier};

/// `addtotals fieldname=name row=b col=b name, …`
pub(super) fn add_totals(
    resolver: &mut Resolver,
    name: Option<&Name>,
    (row, column): (bool, bool),
    fields: &[Name],
    span: Span,
) {
    let slots = if fields.is_empty() {
        columns(resolver, "addtotals", span)
    } else {
        let slots = fields
            .iter()
            .filter_map(|field| key(resolver, field, "`addtotals`"));
        slots.collect()
    };
    let row = row.then(|| match name {
        Some(name) => new(resolver, &name.name, name.span),
        None => new(resolver, "Total", span),
    });
    resolver.over_rows(AddTotals {
        fields: slots,
        row,
        column,
    });
}

/// `outlier action=a param=n uselower=b mark=b name …`
pub(super) fn outlier(
    resolver: &mut Resolver,
    remove: bool,
    factor: Option<&str>,
    (lower, mark): (bool, bool),
    fields: &[Name],
) {
    let factor = factor.and_then(|written| written.parse().ok());
    let mut slots = Vec::new();
    for field in fields {
        let Some(slot) = key(resolver, field, "`outlier`") else {
            continue;
        };
        resolver.scope.forget_members(&field.name);
        let mark = mark.then(|| {
            new(
                resolver,
                &format!("{}{}", field.name, choices::OUTLIER_MARK),
                field.span,
            )
        });
        slots.push((slot, mark));
    }
    resolver.over_rows(Outlier {
        remove,
        factor: factor.unwrap_or(choices::OUTLIER_FACTOR),
        lower,
        fields: slots,
    });
}

/// `countFrequent name, …`: counts by group, the most frequent first.
pub(super) fn count_frequent(resolver: &mut Resolver, names: &[Name], span: Span) {
    let field = |name: &Name| Item {
        expr: Expr {
            kind: ExprKind::Field(name.clone()),
            span: name.span,
        },
        alias: None,
        label: name.name.clone(),
    };
    let by: Vec<Item> = names.iter().map(field).collect();
    stats::resolve(resolver, &[count(span)], &by, None);
    if let Some(slot) = resolver.scope.find(COUNT) {
        let descending = true;
        let key = Key { slot, descending };
        resolver.operators.push(Operator::Sort(vec![key]));
    }
    resolver
        .notes
        .push("`countFrequent` counts exactly here; CloudWatch approximates".to_owned());
}

/// The column of counts.
const COUNT: &str = "_approxcount";

fn count(span: Span) -> Item {
    let name = |name: &str| Name {
        name: name.to_owned(),
        cuts: Vec::new(),
        span,
    };
    let kind = ExprKind::Call {
        name: name("count"),
        arguments: Vec::new(),
        star: true,
    };
    Item {
        expr: Expr { kind, span },
        alias: Some(name(COUNT)),
        label: COUNT.to_owned(),
    }
}

/// `fillmissing with literal for name, …`
pub(super) fn fill_missing(resolver: &mut Resolver, values: &[(Expr, Name)], span: Span) {
    let stats = resolver.stages.last().map(|(stats, _)| stats);
    let offset = stats.and_then(|stats| stats.offset.as_ref());
    let offset = offset.map_or(0, |(_, millis)| *millis);
    let Some((bin, period, keys)) = bins(resolver) else {
        let message = "no `stats … by bin(…)` comes before `fillmissing`";
        let error = Diagnostic::error(&query::NO_BINS, span, message);
        resolver.diagnostics.push(error.help(
            "group by bins first: `stats count(*) as n by bin(5m) | fillmissing with 0 for n`",
        ));
        return;
    };
    let mut filled = Vec::new();
    for (value, name) in values {
        if let (Some(value), Some(slot)) = (literal(value), resolver.read_name(name)) {
            filled.push((slot, value));
        }
    }
    resolver.over_rows(FillMissing {
        bin,
        period,
        offset,
        whole_range: resolver.choices.fills_whole_range,
        keys,
        values: filled,
    });
}

/// The key of the last `stats` that is a bin, its period, and the other keys. Keys are the first slots.
fn bins(resolver: &Resolver) -> Option<(Slot, Period, Vec<Slot>)> {
    let (stats, _) = resolver.stages.last()?;
    let period = |key: &Scalar| match key {
        Scalar::Moment(_, _, period) => Some(*period),
        _ => None,
    };
    let mut keys = stats.keys.iter().enumerate();
    let (bin, period) = keys.find_map(|(slot, key)| Some((slot, period(key)?)))?;
    let others = (0..stats.keys.len()).filter(|slot| *slot != bin).collect();
    Some((bin, period, others))
}
