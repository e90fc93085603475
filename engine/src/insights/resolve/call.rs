use super::expr::{Expressions, Resolver};
use crate::diag::{Diagnostic, Span, nearest, query};
use crate::insights::agg::AGGREGATES;
use crate::insights::ast::{Expr, ExprKind, Name};
use crate::insights::func::{Call, FUNCTIONS, Function, Given, MANY, Prepare};
use crate::insights::habits;
use crate::insights::period::Period;
use crate::insights::plan::{Scalar, Slot};

impl Expressions<'_> {
    pub(super) fn call(
        &mut self,
        span: Span,
        name: &Name,
        arguments: &[Expr],
        star: bool,
    ) -> Option<Scalar> {
        if let Some(aggregate) = AGGREGATES.iter().find(|a| a.is_named(&name.name)) {
            return match self.gathering.as_deref_mut() {
                Some(gathering) => {
                    gathering.aggregate(self.resolver, aggregate, span, arguments, star)
                }
                None => self.misplaced_aggregate(name),
            };
        }
        match FUNCTIONS.iter().find(|f| f.is_named(&name.name)) {
            Some(function) => self.function(function, span, arguments, star),
            None => {
                let error = unknown_function(name);
                self.resolver.error(error)
            }
        }
    }

    fn misplaced_aggregate(&mut self, name: &Name) -> Option<Scalar> {
        let message = format!(
            "the aggregate `{}` stands only in an item of `stats`",
            name.name
        );
        let error = Diagnostic::error(&query::AGGREGATE_PLACE, name.span, message);
        self.resolver.error(match self.resolver.scope.after_stats {
            true => error.help(format!(
                "behind `stats` its result is a name: the one after `as`, or its text in backticks, such as `` `{}(*)` ``",
                name.name
            )),
            false => error.help(format!("`stats {}(…) by name` aggregates", name.name)),
        })
    }

    fn function(
        &mut self,
        function: &'static Function,
        span: Span,
        arguments: &[Expr],
        star: bool,
    ) -> Option<Scalar> {
        let (least, most) = function.arguments;
        if star || !(least..=most).contains(&arguments.len()) {
            return self
                .resolver
                .error(wrong_count(function, span, arguments.len()));
        }
        match (function.call, arguments) {
            (Call::Query(of_query), _) => {
                if function.name != "now" {
                    self.resolver.asks_range.get_or_insert(function.name);
                }
                Some(Scalar::Query(of_query))
            }
            (Call::Values(of_values), _) => Some(Scalar::Call(of_values, self.each(arguments)?)),
            (Call::Prepared(prepare), _) => self.prepared(function, prepare, arguments),
            (Call::Moment(moment), [value, period]) => {
                let value = self.scalar(value);
                let period = self.period(function, period)?;
                Some(Scalar::Moment(moment, Box::new(value?), period))
            }
            (Call::Bin, [period]) => {
                let period = self.period(function, period);
                let at = self.timestamp(function.name, span);
                Some(Scalar::Moment(
                    |at, period| period.floor(at),
                    Box::new(Scalar::Slot(at?)),
                    period?,
                ))
            }
            _ => self
                .resolver
                .error(wrong_count(function, span, arguments.len())),
        }
    }

    fn prepared(
        &mut self,
        function: &Function,
        prepare: Prepare,
        arguments: &[Expr],
    ) -> Option<Scalar> {
        let scalars = self.each(arguments);
        let text = |expr| match expr {
            &Expr {
                kind: ExprKind::Text(ref text),
                ..
            } => Some(text.as_str()),
            _ => None,
        };
        let texts = arguments.iter().map(text).collect();
        match prepare(&Given { texts }) {
            Ok(prepared) => Some(Scalar::Prepared(prepared, scalars?)),
            Err(mistake) => {
                let span = arguments
                    .get(mistake.argument)
                    .map_or_else(Span::default, |a| a.span);
                let message = format!(
                    "argument {} of `{}`: {}",
                    mistake.argument + 1,
                    function.name,
                    mistake.reason
                );
                self.resolver
                    .error(Diagnostic::error(&query::ARGUMENT_KIND, span, message))
            }
        }
    }

    fn timestamp(&mut self, function: &str, span: Span) -> Option<Slot> {
        timestamp(self.resolver, function, span)
    }

    fn period(&mut self, function: &Function, expr: &Expr) -> Option<Period> {
        let ExprKind::Period(period) = &expr.kind else {
            let message = format!("`{}` takes a period such as `5m` here", function.name);
            self.resolver
                .error(Diagnostic::error(&query::ARGUMENT_KIND, expr.span, message));
            return None;
        };
        let capped = period.capped();
        if capped != *period {
            let message = format!(
                "the period acts as {} units, the most that have an effect",
                capped.count
            );
            self.resolver.diagnostics.push(
                Diagnostic::warning(&query::PERIOD_CAPPED, expr.span, message)
                    .help("write it in a larger unit: `5m` instead of `300s`"),
            );
        }
        Some(capped)
    }
}

/// The slot of `@timestamp`, which `bin`, `earliest` and `latest` read.
pub(super) fn timestamp(resolver: &mut Resolver, function: &str, span: Span) -> Option<Slot> {
    let gone = resolver.scope.after_stats && resolver.scope.find("@timestamp").is_none();
    if !gone {
        return resolver.read("@timestamp", span);
    }
    let message = format!("`{function}` reads `@timestamp`, which does not exist after `stats`");
    resolver.diagnostics.push(
        Diagnostic::error(&query::TIMESTAMP_GONE, span, message)
            .help("carry a moment through the first `stats`, as in `by bin(5m) as t`, and use `datefloor(t, 1h)`"),
    );
    None
}

fn unknown_function(name: &Name) -> Diagnostic {
    let message = format!("unknown function `{}`", name.name);
    let error = Diagnostic::error(&query::UNKNOWN_FUNCTION, name.span, message)
        .label("not a function of Logs Insights");
    let names = FUNCTIONS
        .iter()
        .flat_map(|f| std::iter::once(&f.name).chain(f.aliases))
        .chain(
            AGGREGATES
                .iter()
                .flat_map(|a| std::iter::once(&a.name).chain(a.aliases)),
        )
        .copied();
    if let Some(advice) = habits::function(&name.name) {
        return error.help(advice);
    }
    match nearest(&name.name, names) {
        Some(near) => error.replace(name.span, near, "a function with a similar name exists"),
        None => error,
    }
}

fn wrong_count(function: &Function, span: Span, found: usize) -> Diagnostic {
    let (least, most) = function.arguments;
    let expected = match (least, most) {
        (least, MANY) => format!("at least {least}"),
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least} to {most}"),
    };
    let name = function.name;
    let noun = if (least, most) == (1, 1) {
        "argument"
    } else {
        "arguments"
    };
    let message = format!("`{name}` takes {expected} {noun}, found {found}");
    Diagnostic::error(&query::ARGUMENT_COUNT, span, message)
        .help(format!("it is written `{}`", function.signature))
}
