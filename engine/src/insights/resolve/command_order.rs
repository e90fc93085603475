use super::expr::Resolver;
use super::{aws_only, patterns};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{AwsOnly, Command, CommandKind};
use crate::insights::choices;

/// What the rules about the order of commands need to remember.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The first `sort` or `limit` since the last `stats`; a `limit` takes precedence.
    pub(super) ordered: Option<(Span, &'static str)>,
    /// A `sort` before the first `stats`.
    pub(super) early_sort: Option<Span>,
    dedup: Option<Span>,
    stats: usize,
    pub(super) limited: bool,
    /// Whether a command depends on the order of rows.
    pub(super) used: bool,
    joined: Option<Span>,
    pub(super) estimate: Option<Span>,
}

/// What may stand behind what: each command is held against those before it.
pub(super) fn check(resolver: &mut Resolver, command: &Command) {
    aws_only::check_last(resolver, command.span);
    let order = &mut resolver.order;
    let is_limit = matches!(command.kind, CommandKind::Limit(_) | CommandKind::Tail(_));
    if let (Some(dedup), false) = (order.dedup, is_limit) {
        let message = "only `limit` may follow `dedup`";
        let error = Diagnostic::error(&query::COMMAND_ORDER, command.span, message);
        let help = "`dedup` keeps the first rows of the order that comes before it: `sort @timestamp desc | dedup name`";
        resolver
            .diagnostics
            .push(error.also(dedup, "`dedup` is here").help(help));
    }
    match &command.kind {
        CommandKind::Sort(_) => order.ordered = order.ordered.or(Some((command.span, "sort"))),
        CommandKind::Limit(_) | CommandKind::Tail(_) => {
            order.ordered = Some((command.span, "limit"));
            order.limited = true;
        }
        CommandKind::Dedup(_) => order.dedup = order.dedup.or(Some(command.span)),
        CommandKind::Stats { .. } | CommandKind::CountFrequent(_) => {
            check_stats(resolver, command.span);
        }
        CommandKind::Accum { .. }
        | CommandKind::Autoregress { .. }
        | CommandKind::FillDown(_)
        | CommandKind::AppendCols(_) => order.used = true,
        CommandKind::Join(_) => check_join(resolver, command.span),
        CommandKind::Pattern(_) => patterns::check_unsorted(resolver, command.span),
        CommandKind::AwsOnly(AwsOnly::Estimate) => order.estimate = Some(command.span),
        _ => {}
    }
}

fn check_join(resolver: &mut Resolver, span: Span) {
    let Some(first) = resolver.order.joined.replace(span) else {
        return;
    };
    let message = "a query holds at most one `join`";
    let error = Diagnostic::error(&query::JOIN, span, message);
    resolver.diagnostics.push(
        error
            .also(first, "the first is here")
            .help("`filter field in (SOURCE … | fields field)` compares with other groups too"),
    );
}

fn check_stats(resolver: &mut Resolver, span: Span) {
    let order = &mut resolver.order;
    let early = order.early_sort.take().map(|first| (first, "sort"));
    match early.or(order.ordered.take()) {
        Some((first, "sort")) if order.stats == 0 => order.early_sort = Some(first),
        Some((first, word)) => {
            let message = format!("`{word}` may not come before the last `stats`");
            let error = Diagnostic::error(&query::COMMAND_ORDER, first, message);
            let error = error.also(span, "`stats` follows here");
            resolver.diagnostics.push(error);
        }
        None => {}
    }
    order.stats += 1;
    if order.stats == choices::MAXIMUM_STATS + 1 {
        let message = format!("a query holds at most {} `stats`", choices::MAXIMUM_STATS);
        resolver
            .diagnostics
            .push(Diagnostic::error(&query::TOO_MANY_STATS, span, message));
    }
}
