use super::aggregate;
use super::call::timestamp;
use super::expr::{Resolver, resolve_item, resolve_row};
use super::member;
use super::scope::{Origin, Scope};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::agg::{self, Aggregate, Arguments};
use crate::insights::ast::{Expr, ExprKind, Item};
use crate::insights::choices;
use crate::insights::period::Period;
use crate::insights::plan::{AggregateCall, Scalar, Segment, Slot, Stats};

/// A `stats` in the making: the rows it will give, and the aggregates it needs.
pub(super) struct Gathering {
    /// The names of the new rows.
    pub(super) scope: Scope,
    /// How many keys come first.
    pub(super) keys: usize,
    pub(super) aggregates: Vec<AggregateCall>,
    items: Vec<(Slot, Scalar)>,
}

/// Resolves one `stats`; afterwards the resolver's scope holds its keys and results only.
pub(super) fn resolve(
    resolver: &mut Resolver,
    items: &[Item],
    by: &[Item],
    offset: Option<(Period, Span)>,
) {
    let mut gathering = Gathering {
        scope: Scope::after_stats(),
        keys: by.len(),
        aggregates: Vec::new(),
        items: Vec::new(),
    };
    let keys = by
        .iter()
        .map(|item| key(resolver, &mut gathering, item))
        .collect();
    for written in items {
        item(resolver, &mut gathering, written);
    }
    gathering.scope.bin = only_bin(by);
    let span = items
        .first()
        .map_or_else(Span::default, |item| item.expr.span);
    aggregate::check_alone(resolver, &gathering, span);
    let offset = offset.and_then(|(period, span)| self::offset(resolver, by, period, span));
    resolver.results.clear();
    resolver.close_segment();
    resolver.scope = gathering.scope;
    let stats = Stats {
        choices: resolver.choices,
        is_over_time: by.iter().any(is_bin),
        offset,
        keys,
        aggregates: gathering.aggregates,
        items: gathering.items,
    };
    resolver.stages.push((stats, Segment::default()));
}

fn is_bin(item: &Item) -> bool {
    matches!(&item.expr.kind, ExprKind::Call { name, .. } if name.name.eq_ignore_ascii_case("bin"))
}

/// The place of the one key that is a `bin`; keys come first in the new rows.
fn only_bin(by: &[Item]) -> Option<Slot> {
    let mut bins = by.iter().enumerate().filter(|(_, item)| is_bin(item));
    let (slot, _) = bins.next()?;
    bins.next().is_none().then_some(slot)
}

/// `offset period`: the keys that are `bin(…)`, and the period in milliseconds.
fn offset(
    resolver: &mut Resolver,
    by: &[Item],
    period: Period,
    span: Span,
) -> Option<(Vec<Slot>, i64)> {
    let bins: Vec<Slot> = (0..by.len())
        .filter(|slot| by.get(*slot).is_some_and(is_bin))
        .collect();
    let millis = period.millis();
    let (code, message, help) = if resolver.scope.after_stats {
        let help = "it stands in the first `stats`, which reads the events";
        (
            &query::COMMAND_ORDER,
            "`offset` shifts the time of the events that are read",
            help,
        )
    } else if bins.is_empty() {
        let help = "group by bins: `stats count(*) by bin(5m) offset 1h`";
        (
            &query::NO_BINS,
            "`offset` shifts bins, and no key is a `bin(…)`",
            help,
        )
    } else if millis.is_none() {
        let help = "months, quarters and years differ in length; write days";
        (
            &query::ARGUMENT_KIND,
            "`offset` takes a period of fixed length",
            help,
        )
    } else {
        resolver.notes.push(choices::OFFSET_NOTE.to_owned());
        let ahead = resolver.choices.offset_looks_ahead;
        return millis.map(|millis| (bins, if ahead { -millis } else { millis }));
    };
    resolver
        .diagnostics
        .push(Diagnostic::error(code, span, message).help(help));
    None
}

/// A key that cannot be resolved stands as a missing value; the query is refused anyway.
fn key(resolver: &mut Resolver, gathering: &mut Gathering, item: &Item) -> Scalar {
    resolver.suspect_text(&item.expr);
    let scalar = resolve_row(resolver, &item.expr);
    member::refuse_structure(resolver, &item.expr, "a key of `stats`");
    let slot = gathering.scope.allocate();
    name(resolver, gathering, item, slot);
    scalar.unwrap_or(Scalar::Literal(crate::insights::value::Value::Null))
}

fn item(resolver: &mut Resolver, gathering: &mut Gathering, item: &Item) {
    let slot = match resolve_item(resolver, gathering, &item.expr) {
        Some(Scalar::Slot(slot)) if item.alias.is_none() => slot,
        Some(scalar) => {
            let slot = gathering.scope.allocate();
            gathering.items.push((slot, scalar));
            slot
        }
        None => gathering.scope.allocate(),
    };
    name(resolver, gathering, item, slot);
}

/// Names a column of the new rows. An alias must be new among the names before and after, as AWS
/// refuses `stats avg(x) as x`; a key that is a plain field keeps its name.
fn name(resolver: &mut Resolver, gathering: &mut Gathering, item: &Item, slot: Slot) {
    let holds = member::holds(resolver, &item.expr);
    let Some(alias) = &item.alias else {
        gathering
            .scope
            .insert(&item.label, slot, Origin::Alias, item.expr.span);
        gathering.scope.holds(&item.label, holds);
        gathering.scope.show(&item.label, slot);
        return;
    };
    resolver.results.push((alias.name.clone(), alias.span));
    let before = resolver.scope.origin(&alias.name);
    match before {
        Some((_, first)) => resolver.diagnostics.push(super::scope::already_defined(
            &alias.name,
            alias.span,
            first,
        )),
        None => gathering.scope.define(
            &alias.name,
            slot,
            Origin::Alias,
            alias.span,
            &mut resolver.diagnostics,
        ),
    }
    gathering
        .scope
        .insert(&alias.name, slot, Origin::Alias, alias.span);
    gathering.scope.holds(&alias.name, holds);
    gathering.scope.show(&alias.name, slot);
}

impl Gathering {
    /// Adds an aggregate and gives the slot of its result.
    pub(super) fn aggregate(
        &mut self,
        resolver: &mut Resolver,
        aggregate: &'static Aggregate,
        span: Span,
        arguments: &[Expr],
        star: bool,
    ) -> Option<Scalar> {
        if !aggregate::takes(aggregate.arguments, arguments.len(), star) {
            let name = aggregate.name;
            let message = format!("`{name}` is written `{}`", aggregate.signature);
            return resolver.error(Diagnostic::error(&query::ARGUMENT_COUNT, span, message));
        }
        let aggregate = agg::chosen(aggregate, &resolver.choices);
        let (argument, parameter) = aggregate::split(aggregate.arguments, arguments);
        let argument = match argument {
            Some(expr) => {
                member::refuse_structure(resolver, expr, "an aggregate");
                Some(resolve_row(resolver, expr)?)
            }
            None => None,
        };
        let parameter = match parameter {
            Some(expr) => aggregate::parameter(resolver, aggregate, expr)?,
            None => 0.0,
        };
        let time = match aggregate.arguments {
            Arguments::OneInTime | Arguments::OneAndPeriodInTime => {
                Some(timestamp(resolver, aggregate.name, span)?)
            }
            _ => None,
        };
        let slot = self.scope.allocate();
        self.aggregates.push(AggregateCall {
            aggregate,
            argument,
            parameter,
            time,
            slot,
        });
        Some(Scalar::Slot(slot))
    }
}
