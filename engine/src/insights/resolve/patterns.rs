//! `pattern` and `diff`: masked texts are counted as `stats` counts groups, then clustered.

use super::commands;
use super::expr::{Resolver, resolve_row};
use super::member;
use super::scope::{Origin, Scope};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::agg::AGGREGATES;
use crate::insights::ast::{Command, CommandKind, Expr};
use crate::insights::choices::{self, Choices};
use crate::insights::earlier::Earlier;
use crate::insights::func::Prepared;
use crate::insights::others::{Cell, Need, Rows, Take};
use crate::insights::patterns::mask;
use crate::insights::plan::{AggregateCall, Column, Scalar, Segment, Slot, Stats};
use crate::insights::value::Value;
use crate::insights::whole;

/// `pattern expr`
pub(super) fn pattern(resolver: &mut Resolver, expr: &Expr, span: Span) {
    if refuse_after_stats(resolver, span, "pattern") {
        return;
    }
    group(resolver, Some(expr), span);
    let names = ["@pattern", "@ratio", "@sampleCount", "@severityLabel"];
    let columns = names.map(|name| column(resolver, name, span));
    resolver.over_rows(whole::Pattern { columns });
    resolver.notes.push(choices::PATTERN_NOTE.to_owned());
}

/// `diff`, over the `pattern` right before it or else over `@message`.
pub(super) fn diff(resolver: &mut Resolver, before: &[Command], earlier: Earlier, span: Span) {
    if refuse_after_stats(resolver, span, "diff") {
        return;
    }
    let (events, expr) = match before.split_last() {
        Some((
            Command {
                kind: CommandKind::Pattern(expr),
                ..
            },
            events,
        )) => (events, Some(expr)),
        _ => (before, None),
    };
    group(resolver, expr, span);
    let names = [
        "@pattern",
        "@sampleCount",
        "@differenceEventCount",
        "@differenceDescription",
        "@severityLabel",
    ];
    let columns = names.map(|name| column(resolver, name, span));
    let texts = Cell::default();
    resolver.over_rows(whole::Diff {
        columns,
        before: Cell::clone(&texts),
    });
    resolver.needs.push(earlier_texts(
        resolver.choices,
        events,
        expr,
        span,
        earlier,
        texts,
    ));
    resolver.notes.push(choices::DIFF_NOTE.to_owned());
}

/// The masked texts of the range before, found by the same commands.
fn earlier_texts(
    choices: Choices,
    events: &[Command],
    expr: Option<&Expr>,
    span: Span,
    earlier: Earlier,
    texts: Cell<whole::Masked>,
) -> Need {
    let mut other = commands::commands(events, choices);
    group(&mut other, expr, span);
    other.scope.columns = (0..other.scope.width)
        .map(|slot| Column {
            label: String::new(),
            slot,
        })
        .collect();
    // Its mistakes are those of the query itself.
    let (plan, _) = commands::finish(other);
    let take = Take::new(move |rows| {
        texts.get_or_init(|| whole::masked(rows));
        Ok(())
    });
    Need::Rows(Rows {
        source: None,
        plan: Box::new(plan),
        earlier: Some(earlier),
        most: usize::MAX,
        take,
    })
}

/// Counts the rows of each masked text; the text is in the first slot, the count in the second.
fn group(resolver: &mut Resolver, expr: Option<&Expr>, span: Span) {
    let scalar = match expr {
        Some(expr) => {
            member::refuse_structure(resolver, expr, "`pattern`");
            resolve_row(resolver, expr)
        }
        None => resolver.read("@message", span).map(Scalar::Slot),
    };
    let Some(scalar) = scalar else { return };
    let Some(count) = AGGREGATES
        .iter()
        .find(|aggregate| aggregate.is_named("count"))
    else {
        return;
    };
    let masked = Prepared::new(|arguments| {
        let text = arguments.first().and_then(Value::display);
        text.map_or(Value::Null, |text| Value::text(mask(&text)))
    });
    resolver.close_segment();
    resolver.scope = Scope::after_stats();
    let key = resolver.scope.allocate();
    let slot = resolver.scope.allocate();
    debug_assert_eq!(key, 0);
    let stats = Stats {
        keys: vec![Scalar::Prepared(masked, vec![scalar])],
        aggregates: vec![AggregateCall {
            aggregate: count,
            argument: None,
            parameter: 0.0,
            time: None,
            slot,
        }],
        items: Vec::new(),
        choices: resolver.choices,
        is_over_time: false,
        offset: None,
    };
    resolver.stages.push((stats, Segment::default()));
}

fn column(resolver: &mut Resolver, name: &str, span: Span) -> Slot {
    let slot = resolver.scope.allocate();
    resolver.scope.insert(name, slot, Origin::Alias, span);
    resolver.scope.show(name, slot);
    slot
}

/// Patterns are those of events: behind `stats` there are none.
fn refuse_after_stats(resolver: &mut Resolver, span: Span, command: &str) -> bool {
    if !resolver.scope.after_stats {
        return false;
    }
    let message =
        format!("`{command}` looks at events, and here are the results of a `stats` or `pattern`");
    let error = Diagnostic::error(&query::COMMAND_ORDER, span, message);
    resolver.diagnostics.push(error.help(match command {
        "diff" => "`diff` stands behind commands on events, or right behind `pattern`",
        _ => "`pattern` stands behind `filter`, `parse` and `fields`",
    }));
    true
}

/// `pattern` may not follow `sort` (CloudWatch Logs user guide, pattern analysis).
pub(super) fn check_unsorted(resolver: &mut Resolver, span: Span) {
    let order = &resolver.order;
    let sorted = order
        .ordered
        .filter(|(_, word)| *word == "sort")
        .map(|(span, _)| span);
    if let Some(sort) = sorted.or(order.early_sort) {
        let message = "`pattern` may not follow `sort`";
        let error = Diagnostic::error(&query::COMMAND_ORDER, span, message);
        let error = error.also(sort, "`sort` is here");
        resolver
            .diagnostics
            .push(error.help("sort behind it: `pattern @message | sort @sampleCount desc`"));
    }
}
