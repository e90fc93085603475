use belfry_engine::diag::Span;

use super::expression::mismatch;
use super::judge::Judge;
use super::scope::Scope;
use crate::func::{Overload, arithmetic_type, temporal};
use crate::plan::{Node, Scalar};
use crate::refusal::Judged;
use crate::sql::ast::{Comparison, Expr, Kind, Operator};
use crate::types::{Type, common};
use crate::value::Value;

impl Judge<'_> {
    pub(super) fn arithmetic(
        &mut self,
        operator: Operator,
        one: &Expr,
        other: &Expr,
        (at, span): (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        let (one, other) = (self.expr(one, scope)?, self.expr(other, scope)?);
        if let Some((left, right, result)) = arithmetic_type(operator, &one.of, &other.of) {
            let sides = (
                Box::new(Self::coerced(one, &left)),
                Box::new(Self::coerced(other, &right)),
            );
            return Ok(Scalar::new(
                Node::Arithmetic(operator, sides.0, sides.1),
                result,
                span,
            ));
        }
        let Some(temporal) = temporal(operator, &one.of, &other.of) else {
            return Err(mismatch(
                at,
                format!(
                    "Cannot apply operator: {} {} {}",
                    one.of,
                    operator.sign(),
                    other.of
                ),
            ));
        };
        let [left, right] = temporal.sides;
        let run = TEMPORAL
            .iter()
            .find(|overload| overload.name == operator.sign());
        let Some(run) = run else {
            return Err(mismatch(
                at,
                format!(
                    "Cannot apply operator: {} {} {}",
                    one.of,
                    operator.sign(),
                    other.of
                ),
            ));
        };
        let sides = vec![Self::coerced(one, &left), Self::coerced(other, &right)];
        Ok(Scalar::new(Node::Call(run, sides), temporal.result, span))
    }

    pub(super) fn negate(
        &mut self,
        inner: &Expr,
        at: Span,
        span: Span,
        scope: &Scope,
    ) -> Judged<Scalar> {
        // -2147483648 and its like are literals of their own.
        if let Kind::Integer(text) = &inner.kind
            && let Ok(number) = format!("-{text}").parse::<i64>()
        {
            let small = i32::try_from(number).is_ok();
            let of = if small { Type::Integer } else { Type::BigInt };
            return Ok(Scalar::constant(Value::Whole(number), of, span));
        }
        let inner = self.expr(inner, scope)?;
        let known =
            inner.of.is_number() || matches!(inner.of, Type::IntervalDay | Type::IntervalMonth);
        match (known, &inner.of) {
            (true, _) => {
                let of = inner.of.clone();
                Ok(Scalar::new(Node::Negate(Box::new(inner)), of, span))
            }
            (false, Type::Unknown) => Ok(inner),
            (false, of) => Err(mismatch(at, format!("Cannot negate {of}"))),
        }
    }

    /// `||`: of texts, arrays, or an array and an item.
    pub(super) fn concat(
        &mut self,
        one: &Expr,
        other: &Expr,
        (at, span): (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        let (one, other) = (self.expr(one, scope)?, self.expr(other, scope)?);
        let wrong = || {
            mismatch(
                at,
                format!(
                    "Unexpected parameters ({}, {}) for function concat. Expected: concat(array(E), E) E, concat(E, array(E)) E, concat(array(E)) E, concat(varchar)",
                    one.of, other.of
                ),
            )
        };
        let (sides, of) = match (&one.of, &other.of) {
            (Type::Varchar(_) | Type::Unknown, Type::Varchar(_) | Type::Unknown) => {
                ((one, other), Type::VARCHAR)
            }
            (Type::Array(left), Type::Array(right)) => {
                let of = Type::array(common(left, right).ok_or_else(wrong)?);
                ((Self::coerced(one, &of), Self::coerced(other, &of)), of)
            }
            (Type::Array(left), right) => {
                let item = common(left, right).ok_or_else(wrong)?;
                let of = Type::array(item.clone());
                let other = Self::coerced(other, &item);
                let single = Scalar::new(Node::Array(vec![other]), of.clone(), span);
                ((Self::coerced(one, &of), single), of)
            }
            (left, Type::Array(right)) => {
                let item = common(left, right).ok_or_else(wrong)?;
                let of = Type::array(item.clone());
                let one = Self::coerced(one, &item);
                let single = Scalar::new(Node::Array(vec![one]), of.clone(), span);
                ((single, Self::coerced(other, &of)), of)
            }
            _ => return Err(wrong()),
        };
        let name = crate::func::find("concat");
        let wanted = |overload: &&&Overload| {
            matches!(of, Type::Array(_))
                == (overload.parameters.first() != Some(&crate::func::Parameter::Varchar))
        };
        let overload = name
            .iter()
            .find(wanted)
            .ok_or_else(|| mismatch(at, "concat".to_owned()))?;
        Ok(Scalar::new(
            Node::Call(overload, vec![sides.0, sides.1]),
            of,
            span,
        ))
    }

    /// Comparisons, BETWEEN, IN and IS DISTINCT FROM.
    pub(super) fn comparison(&mut self, expr: &Expr, scope: &Scope) -> Judged<Scalar> {
        let (at, span) = (expr.at, expr.span);
        match &expr.kind {
            Kind::Compare(comparison, one, other) => {
                let (one, other) = (self.expr(one, scope)?, self.expr(other, scope)?);
                compare(*comparison, one, other, at, span)
            }
            Kind::Between(value, low, high) => self.between([value, low, high], (at, span), scope),
            Kind::In(value, items) => {
                let value = self.expr(value, scope)?;
                let items = self.exprs(items, scope)?;
                let mut all = value.of.clone();
                for item in &items {
                    all = common(&all, &item.of).ok_or_else(|| {
                        mismatch(
                            item.span,
                            format!(
                                "IN value and list items must be the same type: {}",
                                value.of
                            ),
                        )
                    })?;
                }
                let items = items
                    .into_iter()
                    .map(|item| Self::coerced(item, &all))
                    .collect();
                Ok(Scalar::boolean(
                    Node::In(Box::new(Self::coerced(value, &all)), items),
                    span,
                ))
            }
            Kind::IsDistinct(one, other) => {
                let (one, other) = (self.expr(one, scope)?, self.expr(other, scope)?);
                let Some(both) = common(&one.of, &other.of) else {
                    return Err(mismatch(
                        at,
                        format!(
                            "Cannot apply operator: {} IS DISTINCT FROM {}",
                            one.of, other.of
                        ),
                    ));
                };
                let sides = (
                    Box::new(Self::coerced(one, &both)),
                    Box::new(Self::coerced(other, &both)),
                );
                Ok(Scalar::boolean(Node::IsDistinct(sides.0, sides.1), span))
            }
            _ => Err(crate::refusal::Refusal::unsupported(
                expr.at,
                "this expression is not supported here",
            )),
        }
    }

    /// `value BETWEEN low AND high`
    fn between(
        &mut self,
        sides: [&Expr; 3],
        (at, span): (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        let value = self.expr(sides[0], scope)?;
        let (low, high) = (self.expr(sides[1], scope)?, self.expr(sides[2], scope)?);
        let both = |other: &Scalar| common(&value.of, &other.of).filter(Type::is_orderable);
        let all = both(&low)
            .zip(both(&high))
            .and_then(|(low, high)| common(&low, &high));
        let Some(all) = all else {
            return Err(mismatch(
                at,
                format!(
                    "Cannot check if {} is BETWEEN {} and {}",
                    value.of, low.of, high.of
                ),
            ));
        };
        let value = Self::coerced(value, &all);
        let low = Scalar::boolean(
            Node::Compare(
                Comparison::GreaterOrEqual,
                Box::new(value.clone()),
                Box::new(Self::coerced(low, &all)),
            ),
            span,
        );
        let high = Scalar::boolean(
            Node::Compare(
                Comparison::LessOrEqual,
                Box::new(value),
                Box::new(Self::coerced(high, &all)),
            ),
            span,
        );
        Ok(Scalar::boolean(
            Node::And(Box::new(low), Box::new(high)),
            span,
        ))
    }
}

/// Two values compared, if their types have one in common that has an order.
pub(super) fn compare(
    comparison: Comparison,
    one: Scalar,
    other: Scalar,
    at: Span,
    span: Span,
) -> Judged<Scalar> {
    let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let both = common(&one.of, &other.of).filter(|both| !ordered || both.is_orderable());
    let Some(both) = both else {
        let refusal = mismatch(
            at,
            format!(
                "Cannot apply operator: {} {} {}",
                one.of,
                comparison.sign(),
                other.of
            ),
        );
        let text_and_number = (matches!(one.of, Type::Varchar(_)) && other.of.is_number())
            || (matches!(other.of, Type::Varchar(_)) && one.of.is_number());
        return Err(match text_and_number {
            true => refusal.help("a text never becomes a number by itself; use TRY_CAST(… AS integer), or compare with a text in quotes"),
            false => refusal,
        });
    };
    let sides = (
        Box::new(Judge::coerced(one, &both)),
        Box::new(Judge::coerced(other, &both)),
    );
    Ok(Scalar::boolean(
        Node::Compare(comparison, sides.0, sides.1),
        span,
    ))
}

/// The operators on times and intervals, as functions of their two sides.
const TEMPORAL: &[Overload] = &[of_time("+"), of_time("-"), of_time("*"), of_time("/")];

const fn of_time(name: &'static str) -> Overload {
    Overload {
        name,
        parameters: &[],
        variadic: false,
        result: |_| Type::Unknown,
        nulls: false,
        run: match name.as_bytes() {
            b"+" => |args, site| run(Operator::Add, args, site.types),
            b"-" => |args, site| run(Operator::Subtract, args, site.types),
            b"*" => |args, site| run(Operator::Multiply, args, site.types),
            _ => |args, site| run(Operator::Divide, args, site.types),
        },
    }
}

fn run(operator: Operator, args: &[Value], types: &[Type]) -> Judged<Value> {
    let found = match types {
        [one, other] => temporal(operator, one, other),
        _ => None,
    };
    found.map_or(Ok(Value::Null), |found| (found.run)(args))
}
