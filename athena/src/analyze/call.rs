use belfry_engine::diag::Span;

use super::expression::{mismatch, same_type};
use super::judge::Judge;
use super::scope::Scope;
use crate::aggregate;
use crate::func::{self, MORE_WAYS, OTHERS, resolve};
use crate::plan::{Node, Scalar};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Call, Expr};
use crate::types::{Type, common};
use crate::value::Value;

/// Names of functions that only windows have.
pub(super) const WINDOWS: [&str; 11] = [
    "row_number",
    "rank",
    "dense_rank",
    "percent_rank",
    "cume_dist",
    "ntile",
    "lag",
    "lead",
    "first_value",
    "last_value",
    "nth_value",
];

/// Forms of the language that are written as calls.
const FORMS: [&str; 10] = [
    "coalesce",
    "date",
    "format",
    "nullif",
    "if",
    "try",
    "now",
    "current_timestamp",
    "current_date",
    "localtimestamp",
];

impl Judge<'_> {
    pub(super) fn call(
        &mut self,
        call: &Call,
        places: (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        let name = call.name.key();
        if let Some(over) = &call.over {
            return self.window_call(call, over, places, scope);
        }
        if WINDOWS.contains(&name.as_str()) {
            let message = format!("Window function {name} requires an OVER clause");
            return Err(Refusal::athena("MISSING_OVER", places.0, message));
        }
        if !aggregate::find(&name).is_empty() {
            let call = self.aggregate_call(call, places, scope)?;
            let of = call.result.clone();
            return Ok(Scalar::new(Node::Aggregate(Box::new(call)), of, places.1));
        }
        let only_aggregates =
            call.star || call.distinct || !call.order.is_empty() || call.filter.is_some();
        if only_aggregates && self.is_function(&name) {
            let message = format!(
                "DISTINCT, ORDER BY, FILTER and * stand only with aggregate functions, and {name} is none"
            );
            return Err(Refusal::athena("FUNCTION_NOT_AGGREGATE", places.0, message));
        }
        let arguments: Vec<&Expr> = call.arguments.iter().collect();
        self.call_named(&name, &arguments, places, scope)
    }

    fn is_function(&self, name: &str) -> bool {
        FORMS.contains(&name) || !func::find(name).is_empty() || super::lambda::kind(name).is_some()
    }

    /// A function of one row.
    pub(super) fn call_named(
        &mut self,
        name: &str,
        arguments: &[&Expr],
        (at, span): (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        if let Some(form) = self.form(name, arguments, (at, span), scope)? {
            return Ok(form);
        }
        // `array_sort` is also a function of an array alone.
        if let Some(kind) = super::lambda::kind(name)
            && (arguments.len() != 1 || func::find(name).is_empty())
        {
            return self.higher(kind, (name, arguments), (at, span), scope);
        }
        let overloads = func::find(name);
        if overloads.is_empty() {
            return Err(unknown(name, at));
        }
        let arguments: Vec<Scalar> = arguments
            .iter()
            .map(|argument| self.expr(argument, scope))
            .collect::<Judged<_>>()?;
        let types: Vec<Type> = arguments
            .iter()
            .map(|argument| argument.of.clone())
            .collect();
        let Some((overload, wanted)) = resolve(&overloads, &types) else {
            let expected: Vec<String> = overloads.iter().map(ToString::to_string).collect();
            return Err(unexpected(name, &types, &expected, at));
        };
        let of = (overload.result)(&wanted);
        let arguments = arguments
            .into_iter()
            .zip(&wanted)
            .map(|(argument, of)| Self::coerced(argument, of));
        Ok(Scalar::new(
            Node::Call(overload, arguments.collect()),
            of,
            span,
        ))
    }

    fn form(
        &mut self,
        name: &str,
        arguments: &[&Expr],
        (at, span): (Span, Span),
        scope: &Scope,
    ) -> Judged<Option<Scalar>> {
        if !FORMS.contains(&name) {
            return Ok(None);
        }
        let wrong = || {
            Refusal::athena(
                "SYNTAX_ERROR",
                at,
                format!("Invalid number of arguments for '{name}' function"),
            )
        };
        if matches!(
            name,
            "now" | "current_timestamp" | "current_date" | "localtimestamp"
        ) {
            return self.moment(name, arguments, span, scope).map(Some);
        }
        let all: Vec<Scalar> = arguments
            .iter()
            .map(|argument| self.expr(argument, scope))
            .collect::<Judged<_>>()?;
        Ok(Some(match (name, all.len()) {
            ("coalesce", 2..) => {
                let (all, of) = same_type(all, "All COALESCE operands must be the same type")?;
                Scalar::new(Node::Coalesce(all), of, span)
            }
            ("nullif", 2) => null_if(all, (at, span)).ok_or_else(wrong)??,
            ("if", 2 | 3) => {
                let mut all = all.into_iter();
                let Some(condition) = all.next() else {
                    return Err(wrong());
                };
                if !matches!(condition.of, Type::Boolean | Type::Unknown) {
                    return Err(mismatch(
                        condition.span,
                        format!(
                            "IF condition must evaluate to a boolean: actual type {}",
                            condition.of
                        ),
                    ));
                }
                let (mut values, of) =
                    same_type(all.collect(), "Result types for IF must be the same")?;
                let otherwise = (values.len() == 2)
                    .then(|| values.pop())
                    .flatten()
                    .map(Box::new);
                let then = values.pop().ok_or_else(wrong)?;
                Scalar::new(Node::Case(vec![(condition, then)], otherwise), of, span)
            }
            ("date", 1) => as_date(all.into_iter().next().ok_or_else(wrong)?, (at, span))?,
            ("format", 2..) => {
                let pattern = all.first().map(|pattern| pattern.of.clone());
                if !matches!(pattern, Some(Type::Varchar(_) | Type::Unknown)) {
                    let types: Vec<Type> = all.into_iter().map(|argument| argument.of).collect();
                    return Err(unexpected(name, &types, &[], at));
                }
                Scalar::new(Node::Call(&func::FORMAT, all), Type::VARCHAR, span)
            }
            ("try", 1) => {
                let inner = all.into_iter().next().ok_or_else(wrong)?;
                let of = inner.of.clone();
                Scalar::new(Node::Try(Box::new(inner)), of, span)
            }
            _ => return Err(wrong()),
        }))
    }

    /// The moment at which the query began; Athena's has milliseconds.
    fn moment(
        &mut self,
        name: &str,
        arguments: &[&Expr],
        span: Span,
        scope: &Scope,
    ) -> Judged<Scalar> {
        let digits = match arguments {
            [] => 3,
            [digits] => match self.expr(digits, scope)?.node {
                Node::Constant(Value::Whole(digits @ 0..=6)) => u8::try_from(digits).unwrap_or(3),
                _ => {
                    return Err(Refusal::unsupported(
                        span,
                        "0 to 6 digits behind the seconds are supported here",
                    ));
                }
            },
            _ => {
                return Err(Refusal::athena(
                    "SYNTAX_ERROR",
                    span,
                    format!("{name} takes at most a number of digits"),
                ));
            }
        };
        let now = Scalar::constant(self.now(), Type::TimestampTz(3), span);
        Ok(match name {
            "current_date" => Self::coerced(now, &Type::Date),
            "localtimestamp" => Self::coerced(now, &Type::Timestamp(digits)),
            _ if digits == 3 => now,
            _ => Self::coerced(now, &Type::TimestampTz(digits)),
        })
    }
}

/// `date(x)`: a cast of a text or time.
fn as_date(inner: Scalar, (at, span): (Span, Span)) -> Judged<Scalar> {
    match inner.of {
        Type::Varchar(_)
        | Type::Date
        | Type::Timestamp(_)
        | Type::TimestampTz(_)
        | Type::Unknown => Ok(Scalar::new(
            Node::Cast(Box::new(inner), false),
            Type::Date,
            span,
        )),
        of => Err(unexpected("date", &[of], &["date(x)".to_owned()], at)),
    }
}

/// `nullif(one, other)`; `None` where there are not two.
fn null_if(all: Vec<Scalar>, (at, span): (Span, Span)) -> Option<Judged<Scalar>> {
    let [one, other] = <[Scalar; 2]>::try_from(all).ok()?;
    let Some(both) = common(&one.of, &other.of) else {
        let message = format!(
            "Types are not comparable with NULLIF: {} vs {}",
            one.of, other.of
        );
        return Some(Err(mismatch(at, message)));
    };
    let of = one.of.clone();
    let sides = (
        Box::new(Judge::coerced(one.clone(), &both)),
        Box::new(Judge::coerced(other, &both)),
    );
    let node = Node::NullIf(Box::new(one), sides.0, sides.1);
    Some(Ok(Scalar::new(node, of, span)))
}

fn unknown(name: &str, at: Span) -> Box<Refusal> {
    if OTHERS.contains(&name) {
        return Refusal::unsupported(
            at,
            format!("Trino's function `{name}` is not supported here"),
        );
    }
    let message = format!("Function '{name}' not registered");
    let refusal = Refusal::athena("FUNCTION_NOT_FOUND", at, message);
    let known = func::names()
        .chain(aggregate::names())
        .chain(FORMS)
        .chain(WINDOWS);
    match belfry_engine::diag::nearest(name, known) {
        Some(near) => refusal.help(format!("there is a function `{near}`")),
        None => refusal,
    }
}

pub(super) fn unexpected(
    name: &str,
    types: &[Type],
    expected: &[String],
    at: Span,
) -> Box<Refusal> {
    let other = |of: &Type| {
        matches!(
            of,
            Type::Varbinary | Type::IntervalDay | Type::IntervalMonth
        )
    };
    if MORE_WAYS.contains(&name) && types.iter().any(other) {
        let message = format!("Trino's function `{name}` of such values is not supported here");
        return Refusal::unsupported(at, message);
    }
    let types: Vec<String> = types.iter().map(Type::to_string).collect();
    let expected = if expected.is_empty() {
        String::new()
    } else {
        format!(" Expected: {}", expected.join(", "))
    };
    let message = format!(
        "Unexpected parameters ({}) for function {name}.{expected}",
        types.join(", ")
    );
    Refusal::athena("TYPE_MISMATCH", at, message)
}
