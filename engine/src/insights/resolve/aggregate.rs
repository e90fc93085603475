use super::expr::{Resolver, literal};
use super::stats::Gathering;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::agg::{Aggregate, Arguments};
use crate::insights::ast::{Expr, ExprKind};
use crate::insights::value::Value;

/// The most values that `topk` gives (user guide of 2026), and the most ranges of a `histogram`.
const MOST: i64 = 10_000;

/// Whether an aggregate can be called with so many arguments.
pub(super) fn takes(arguments: Arguments, found: usize, star: bool) -> bool {
    match arguments {
        Arguments::StarOrOne => star || found <= 1,
        Arguments::One | Arguments::OneInTime => !star && found == 1,
        Arguments::OneAndPercent
        | Arguments::OneAndPeriodInTime
        | Arguments::OneAndCount
        | Arguments::CountAndOne => !star && found == 2,
    }
}

/// The expression that is aggregated, and the argument that is written out.
pub(super) fn split(form: Arguments, arguments: &[Expr]) -> (Option<&Expr>, Option<&Expr>) {
    match (form, arguments) {
        (Arguments::CountAndOne, [count, expr]) => (Some(expr), Some(count)),
        (_, arguments) => (arguments.first(), arguments.get(1)),
    }
}

/// The written argument as a number; a period in milliseconds.
pub(super) fn parameter(
    resolver: &mut Resolver,
    aggregate: &Aggregate,
    expr: &Expr,
) -> Option<f64> {
    let (found, expected) = match aggregate.arguments {
        Arguments::OneAndPercent => (percent(expr), "a percentile is a number from 0 to 100"),
        Arguments::OneAndPeriodInTime => (
            period(expr),
            "a period of fixed length stands here, such as `1m`",
        ),
        _ => (count(expr), "a whole number from 1 to 10000 stands here"),
    };
    if found.is_none() {
        let error = Diagnostic::error(&query::ARGUMENT_KIND, expr.span, expected);
        resolver.error(error);
    }
    found
}

fn percent(expr: &Expr) -> Option<f64> {
    let number = number(expr)?.as_f64()?;
    (0.0..=100.0).contains(&number).then_some(number)
}

fn count(expr: &Expr) -> Option<f64> {
    match number(expr)? {
        Value::Integer(count) if (1..=MOST).contains(&count) => Value::Integer(count).as_f64(),
        _ => None,
    }
}

fn period(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        ExprKind::Period(period) => Value::Integer(period.millis()?).as_f64(),
        _ => None,
    }
}

fn number(expr: &Expr) -> Option<Value<'static>> {
    match &expr.kind {
        ExprKind::Number(_) => literal(expr),
        _ => None,
    }
}

/// `topk` may stand neither beside another aggregate nor with `by` (user guide of 2026).
pub(super) fn check_alone(resolver: &mut Resolver, gathering: &Gathering, span: Span) {
    let mut calls = gathering.aggregates.iter();
    let topk = calls.any(|call| call.aggregate.arguments == Arguments::CountAndOne);
    if !topk || (gathering.aggregates.len() == 1 && gathering.keys == 0) {
        return;
    }
    let message = "`topk` stands alone in its `stats`, without `by`";
    let error = Diagnostic::error(&query::AGGREGATE_PLACE, span, message);
    resolver.error(error.help("`stats count(*) as n by name | sort n desc` counts each value"));
}
