use super::append_cols;
use super::aws_only;
use super::command_order;
use super::expr::{Resolver, resolve_condition, resolve_row};
use super::extract;
use super::join;
use super::member;
use super::others;
use super::patterns;
use super::row_order;
use super::scope::{Holds, Origin, Scope, already_defined};
use super::stats;
use super::structured;
use super::totals;
use super::unnest;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{
    Ast, AwsOnly, Command, CommandKind, Expr, ExprKind, Item, Name, SortKey,
};
use crate::insights::choices::Choices;
use crate::insights::plan::{Column, Key, Operator, Plan, Segment, Slot};

/// Resolves a whole query. The plan is of use only if the diagnostics hold no error.
pub(in crate::insights) fn resolve(ast: &Ast, choices: Choices) -> (Plan, Vec<Diagnostic>) {
    finish(commands(&ast.commands, choices))
}

/// Resolves commands; more can follow.
pub(super) fn commands(commands: &[Command], choices: Choices) -> Resolver {
    let mut resolver = Resolver {
        diagnostics: Vec::new(),
        scope: Scope::default(),
        operators: Vec::new(),
        first: None,
        stages: Vec::new(),
        order: command_order::Order::default(),
        notes: Vec::new(),
        needs: Vec::new(),
        joined: None,
        choices,
        aws_only: Vec::new(),
        standard_only: Vec::new(),
        results: Vec::new(),
        fresh: Vec::new(),
        asks_range: None,
    };
    for (index, command) in commands.iter().enumerate() {
        command_order::check(&mut resolver, command);
        if let Some(name) = standard_only(&command.kind) {
            resolver.standard_only.push((name, command.span));
        }
        let next = commands.get(index + 1).map(|next| &next.kind);
        match &command.kind {
            // `diff` resolves the `pattern` before it, for both time ranges.
            CommandKind::Pattern(_) if matches!(next, Some(CommandKind::Diff(_))) => {}
            CommandKind::Diff(earlier) => {
                let before = commands.get(..index).unwrap_or_default();
                patterns::diff(&mut resolver, before, *earlier, command.span);
            }
            _ => resolve_command(&mut resolver, command),
        }
    }
    resolver
}

/// The word of a command that log groups of class Infrequent Access do not know (user guide, "Logs Insights QL commands
/// supported in log classes"; of `anomaly` an earlier edition of it).
fn standard_only(kind: &CommandKind) -> Option<&'static str> {
    match kind {
        CommandKind::Pattern(_) => Some("pattern"),
        CommandKind::Diff(_) => Some("diff"),
        CommandKind::FilterIndex(_) => Some("filterIndex"),
        CommandKind::Unmask => Some("unmask"),
        CommandKind::AwsOnly(AwsOnly::Anomaly) => Some("anomaly"),
        _ => None,
    }
}

fn resolve_command(resolver: &mut Resolver, command: &Command) {
    match &command.kind {
        CommandKind::Fields(items) => {
            fields(resolver, items);
            resolver.fresh.clear();
        }
        CommandKind::Display(items) => {
            display(resolver, items);
            resolver.fresh.clear();
        }
        CommandKind::Filter(expr) => {
            if let Some(scalar) = resolve_condition(resolver, expr) {
                resolver.operators.push(Operator::Filter(scalar));
            }
        }
        CommandKind::Stats { items, by, offset } => stats::resolve(resolver, items, by, *offset),
        CommandKind::Sort(keys) => sort(resolver, keys),
        CommandKind::Limit(count) => resolver.operators.push(Operator::Limit(*count)),
        CommandKind::Tail(count) => resolver.operators.push(Operator::Tail(*count)),
        CommandKind::Dedup(names) => {
            let slots = names
                .iter()
                .filter_map(|name| key(resolver, name, "`dedup`"));
            let slots = slots.collect();
            resolver.operators.push(Operator::Dedup(slots));
        }
        CommandKind::Parse(parse) => extract::resolve(resolver, parse),
        CommandKind::Logfmt { source, name } => structured::logfmt(resolver, source, name),
        CommandKind::Csv { source, names } => structured::csv(resolver, source, names),
        CommandKind::JsonField { field, path, name } => {
            structured::json_field(resolver, field, path, name);
        }
        CommandKind::Unnest { list, name } => unnest::unnest(resolver, list, name),
        CommandKind::Expand(name) => unnest::expand(resolver, name),
        // Calls of saved queries are expanded before anything is resolved.
        CommandKind::Unmask | CommandKind::Saved(_) => {}
        CommandKind::Lookup(lookup) => others::lookup(resolver, lookup),
        CommandKind::FilterIndex(expr) => filter_index(resolver, expr),
        CommandKind::Join(join) => join::resolve(resolver, join),
        CommandKind::AppendCols(append) => append_cols::resolve(resolver, append),
        CommandKind::Pattern(expr) => patterns::pattern(resolver, expr, command.span),
        CommandKind::AwsOnly(only) => aws_only::resolve(resolver, only, command.span),
        over_rows => resolve_over_rows(resolver, over_rows, command.span),
    }
}

fn resolve_over_rows(resolver: &mut Resolver, kind: &CommandKind, span: Span) {
    match kind {
        CommandKind::FillMissing(values) => totals::fill_missing(resolver, values, span),
        CommandKind::FillDown(names) => row_order::fill_down(resolver, names, span),
        CommandKind::Accum { field, name } => row_order::accum(resolver, field, name.as_ref()),
        CommandKind::Autoregress {
            field,
            prefix,
            from,
            to,
        } => row_order::autoregress(resolver, field, prefix.as_ref(), *from..=*to),
        CommandKind::AddTotals {
            name,
            row,
            column,
            fields,
        } => totals::add_totals(resolver, name.as_ref(), (*row, *column), fields, span),
        CommandKind::Sessionize { fields, gap, name } => {
            row_order::sessionize(resolver, fields, *gap, name.as_ref(), span);
        }
        CommandKind::CountFrequent(names) => totals::count_frequent(resolver, names, span),
        CommandKind::Outlier {
            remove,
            factor,
            lower,
            mark,
            fields,
        } => totals::outlier(
            resolver,
            *remove,
            factor.as_deref(),
            (*lower, *mark),
            fields,
        ),
        _ => {}
    }
}

fn filter_index(resolver: &mut Resolver, expr: &Expr) {
    if let Some(scalar) = resolve_condition(resolver, expr) {
        resolver.operators.push(Operator::Filter(scalar));
    }
    resolver.notes.push(
        "`filterIndex` reads all events here; CloudWatch reads only those that an index of the field knows"
            .to_owned(),
    );
}

fn fields(resolver: &mut Resolver, items: &[Item]) {
    resolver.scope.listed = true;
    for item in items {
        if let ExprKind::Field(name) = &item.expr.kind
            && item.alias.is_none()
            && let Some((Origin::Parsed, first)) = resolver.scope.origin(&name.name)
        {
            let error = already_defined(&name.name, item.expr.span, first);
            resolver.diagnostics.push(error.help(
                "results of `parse` are columns already; `display` chooses and orders columns",
            ));
        } else if let Some((label, slot)) = column(resolver, item) {
            resolver.scope.show(&label, slot);
        }
    }
}

fn display(resolver: &mut Resolver, items: &[Item]) {
    resolver.scope.listed = true;
    let columns: Vec<_> = items
        .iter()
        .filter_map(|item| column(resolver, item))
        .collect();
    resolver.scope.columns.clear();
    for (label, slot) in columns {
        resolver.scope.show(&label, slot);
    }
}

/// The column of an item of `fields` or `display`, computing what is not a plain field.
fn column(resolver: &mut Resolver, item: &Item) -> Option<(String, Slot)> {
    let span = item.expr.span;
    if let (ExprKind::Field(name), None) = (&item.expr.kind, &item.alias) {
        return Some((name.name.clone(), resolver.read_name(name)?));
    }
    if item.alias.is_none() {
        resolver.suspect_text(&item.expr);
    }
    let scalar = resolve_row(resolver, &item.expr)?;
    let slot = resolver.scope.allocate();
    let holds = member::holds(resolver, &item.expr);
    resolver.operators.push(Operator::Compute { slot, scalar });
    let column = match &item.alias {
        Some(alias) => {
            if holds != Holds::Plain {
                resolver.fresh.push(alias.name.clone());
            }
            resolver.define(&alias.name, slot, Origin::Alias, alias.span);
            (alias.name.clone(), slot)
        }
        None => {
            resolver
                .scope
                .insert(&item.label, slot, Origin::Alias, span);
            (item.label.clone(), slot)
        }
    };
    resolver.scope.holds(&column.0, holds);
    Some(column)
}

fn sort(resolver: &mut Resolver, keys: &[SortKey]) {
    let mut resolved = Vec::new();
    for key in keys {
        let bin = behind_bin(resolver, &key.name);
        if let Some(slot) = bin.or_else(|| self::key(resolver, &key.name, "`sort`")) {
            let descending = key.descending;
            resolved.push(Key { slot, descending });
        }
    }
    resolver.operators.push(Operator::Sort(resolved));
}

/// Behind `stats … by bin(…)` published dashboards of AWS sort by `@timestamp`, which is gone by then.
fn behind_bin(resolver: &mut Resolver, name: &Name) -> Option<Slot> {
    let is_gone = name.name == "@timestamp" && resolver.scope.find("@timestamp").is_none();
    let bin = resolver
        .scope
        .bin
        .filter(|_| is_gone && !resolver.choices.refuses_sort_by_gone_time)?;
    let message = "`@timestamp` is gone behind `stats`; rows are sorted by their `bin`";
    let warning = Diagnostic::warning(&query::SORT_BY_GONE_TIMESTAMP, name.span, message);
    let warning = warning.help("name the bin, as in `by bin(5m) as time`, and sort by that name");
    resolver.diagnostics.push(warning);
    Some(bin)
}

/// The slot of a name that is compared, which maps and lists cannot be.
pub(super) fn key(resolver: &mut Resolver, name: &Name, place: &str) -> Option<Slot> {
    let slot = resolver.read_name(name)?;
    let span = name.span;
    let kind = ExprKind::Field(name.clone());
    member::refuse_structure(resolver, &Expr { kind, span }, place);
    Some(slot)
}

pub(super) fn finish(mut resolver: Resolver) -> (Plan, Vec<Diagnostic>) {
    if let Some(span) = resolver.order.early_sort.filter(|_| !resolver.order.used) {
        let message = "`sort` before `stats` has no effect on the answer";
        let warning = Diagnostic::warning(&query::SORT_BEFORE_STATS, span, message);
        let warning = warning.help("sort behind `stats`, by one of its columns");
        resolver.diagnostics.push(warning);
    }
    if !resolver.scope.listed {
        default_columns(&mut resolver);
    }
    let columns = std::mem::take(&mut resolver.scope.columns);
    let limited = resolver.order.limited;
    resolver.close_segment();
    let first = resolver.first.unwrap_or_default();
    let (inputs, reads, events) = (first.inputs, first.reads, first.segment);
    let (notes, needs, aws_only) = (resolver.notes, resolver.needs, resolver.aws_only);
    let standard_only = resolver.standard_only;
    let plan = Plan {
        asks_range: resolver.asks_range,
        notes,
        needs,
        choices: resolver.choices,
        aws_only,
        standard_only,
        inputs,
        reads,
        events,
        stages: resolver.stages,
        columns,
        limited,
    };
    (plan, resolver.diagnostics)
}

/// Without `fields`, `display` and `stats` the answer shows `@timestamp` and `@message`, and behind them
/// what `parse` found.
fn default_columns(resolver: &mut Resolver) {
    if resolver.choices.shows_parsed_alone && !resolver.scope.columns.is_empty() {
        return;
    }
    let parsed: Vec<Column> = std::mem::take(&mut resolver.scope.columns);
    for name in ["@timestamp", "@message"] {
        if let Some(slot) = resolver.read(name, Span::default()) {
            resolver.scope.show(name, slot);
        }
    }
    for column in parsed {
        resolver.scope.show(&column.label, column.slot);
    }
}

/// The segment of events with its inputs.
#[derive(Debug, Default)]
pub(super) struct First {
    pub(super) inputs: Vec<(Slot, crate::insights::plan::Input)>,
    pub(super) reads: Vec<(String, Span)>,
    pub(super) segment: Segment,
}
