use std::borrow::Cow;

use super::env::Env;
use super::higher;
use super::subquery;
use crate::func::{Site, arithmetic, cast, element, like, negate, subscript};
use crate::plan::{Node, Scalar};
use crate::refusal::{By, Judged, Refusal};
use crate::sql::ast::Comparison;
use crate::types::Type;
use crate::value::{Value, compare, equal};

type Found<'a> = Judged<Cow<'a, Value>>;

/// The value of an expression for a row.
pub(crate) fn eval<'a>(scalar: &'a Scalar, row: &'a [Value], env: &Env<'_>) -> Found<'a> {
    match &scalar.node {
        Node::Constant(value) => Ok(Cow::Borrowed(value)),
        Node::Column(place) => row
            .get(*place)
            .map(Cow::Borrowed)
            .ok_or_else(|| bug("a column")),
        Node::Compare(comparison, one, other) => {
            let (one, other) = (eval(one, row, env)?, eval(other, row, env)?);
            Ok(boolean(compared(*comparison, &one, &other)))
        }
        Node::And(one, other) => logical(one, other, row, env, false),
        Node::Or(one, other) => logical(one, other, row, env, true),
        Node::Not(inner) => Ok(match &*eval(inner, row, env)? {
            Value::Boolean(value) => Cow::Owned(Value::Boolean(!value)),
            _ => Cow::Owned(Value::Null),
        }),
        Node::IsNull(inner) => Ok(Cow::Owned(Value::Boolean(eval(inner, row, env)?.is_null()))),
        Node::Matches(text, pattern) => Ok(match &*eval(text, row, env)? {
            Value::Varchar(text) => Cow::Owned(Value::Boolean(pattern.is_match(text))),
            _ => Cow::Owned(Value::Null),
        }),
        Node::In(value, all) => is_in(value, all, row, env),
        Node::Case(branches, otherwise) => {
            for (when, then) in branches {
                if eval(when, row, env)?.is_true() {
                    return eval(then, row, env);
                }
            }
            otherwise
                .as_ref()
                .map_or(Ok(Cow::Owned(Value::Null)), |otherwise| {
                    eval(otherwise, row, env)
                })
        }
        Node::Coalesce(all) => {
            for one in all {
                let value = eval(one, row, env)?;
                if !value.is_null() {
                    return Ok(value);
                }
            }
            Ok(Cow::Owned(Value::Null))
        }
        _ => computed(scalar, row, env).map(Cow::Owned),
    }
}

/// A broken promise of the judge; it is said instead of answering.
fn bug(what: &str) -> Box<Refusal> {
    let mut refusal = Refusal::value(
        "INTERNAL_ERROR",
        format!("{what} was not resolved before the query ran"),
    );
    refusal.by = By::Belfry;
    refusal
}

fn boolean<'a>(value: Option<bool>) -> Cow<'a, Value> {
    Cow::Owned(value.map_or(Value::Null, Value::Boolean))
}

/// Trino's comparisons; `None` where a NULL leaves it open.
pub(super) fn compared(comparison: Comparison, one: &Value, other: &Value) -> Option<bool> {
    if one.is_null() || other.is_null() {
        return None;
    }
    match comparison {
        Comparison::Equal => equal(one, other),
        Comparison::NotEqual => equal(one, other).map(|equal| !equal),
        _ if is_nan(one) || is_nan(other) => Some(false),
        Comparison::Less => Some(compare(one, other).is_lt()),
        Comparison::LessOrEqual => Some(compare(one, other).is_le()),
        Comparison::Greater => Some(compare(one, other).is_gt()),
        Comparison::GreaterOrEqual => Some(compare(one, other).is_ge()),
    }
}

fn is_nan(value: &Value) -> bool {
    matches!(value, Value::Double(number) if number.is_nan())
}

/// AND (`decides` is false) and OR (true): the second side is not looked at where the first decides.
fn logical<'a>(
    one: &'a Scalar,
    other: &'a Scalar,
    row: &'a [Value],
    env: &Env<'_>,
    decides: bool,
) -> Found<'a> {
    let first = match &*eval(one, row, env)? {
        Value::Boolean(value) if *value == decides => return Ok(boolean(Some(decides))),
        Value::Boolean(_) => Some(!decides),
        _ => None,
    };
    Ok(match (&*eval(other, row, env)?, first) {
        (Value::Boolean(value), _) if *value == decides => boolean(Some(decides)),
        (Value::Boolean(_), Some(_)) => boolean(Some(!decides)),
        _ => boolean(None),
    })
}

fn is_in<'a>(value: &'a Scalar, all: &'a [Scalar], row: &'a [Value], env: &Env<'_>) -> Found<'a> {
    let value = eval(value, row, env)?;
    if value.is_null() {
        return Ok(boolean(None));
    }
    let mut open = false;
    for one in all {
        let one = eval(one, row, env)?;
        match compared(Comparison::Equal, &value, &one) {
            Some(true) => return Ok(boolean(Some(true))),
            Some(false) => {}
            None => open = true,
        }
    }
    Ok(boolean(if open { None } else { Some(false) }))
}

fn values(all: &[Scalar], row: &[Value], env: &Env<'_>) -> Judged<Vec<Value>> {
    all.iter()
        .map(|one| eval(one, row, env).map(Cow::into_owned))
        .collect()
}

fn computed(scalar: &Scalar, row: &[Value], env: &Env<'_>) -> Judged<Value> {
    match &scalar.node {
        Node::Handed(place) => env
            .handed
            .get(*place)
            .cloned()
            .ok_or_else(|| bug("a value from outside")),
        Node::Call(overload, arguments) => {
            let found = values(arguments, row, env)?;
            if !overload.nulls && found.iter().any(Value::is_null) {
                return Ok(Value::Null);
            }
            let types: Vec<Type> = arguments
                .iter()
                .map(|argument| argument.of.clone())
                .collect();
            (overload.run)(
                &found,
                &Site {
                    types: &types,
                    result: &scalar.of,
                },
            )
        }
        Node::Arithmetic(operator, one, other) => {
            let (left, right) = (eval(one, row, env)?, eval(other, row, env)?);
            arithmetic(*operator, &left, &right, [&one.of, &other.of, &scalar.of])
        }
        Node::Negate(inner) => negate(&*eval(inner, row, env)?, &scalar.of),
        Node::IsDistinct(one, other) => {
            let (one, other) = (eval(one, row, env)?, eval(other, row, env)?);
            Ok(Value::Boolean(one != other))
        }
        Node::Like(text, pattern, escape) => {
            let (text, pattern) = (eval(text, row, env)?, eval(pattern, row, env)?);
            let escape = escape
                .as_ref()
                .map(|escape| eval(escape, row, env))
                .transpose()?;
            let open = text.is_null()
                || pattern.is_null()
                || escape.as_ref().is_some_and(|escape| escape.is_null());
            match open {
                true => Ok(Value::Null),
                false => like(
                    text.as_str(),
                    pattern.as_str(),
                    escape.as_ref().map(|escape| escape.as_str()),
                )
                .map(Value::Boolean),
            }
        }
        Node::NullIf(value, one, other) => {
            let equal = compared(
                Comparison::Equal,
                &*eval(one, row, env)?,
                &*eval(other, row, env)?,
            );
            if equal == Some(true) {
                Ok(Value::Null)
            } else {
                eval(value, row, env).map(Cow::into_owned)
            }
        }
        _ => composed(scalar, row, env),
    }
}

/// What is made of parts, and what is asked of other queries.
fn composed(scalar: &Scalar, row: &[Value], env: &Env<'_>) -> Judged<Value> {
    match &scalar.node {
        Node::Try(inner) => caught(eval(inner, row, env).map(Cow::into_owned)),
        Node::Cast(inner, safe) => {
            let value = eval(inner, row, env)?;
            let cast = cast(&value, &inner.of, &scalar.of);
            if *safe { caught(cast) } else { cast }
        }
        Node::Bound(place) => env
            .bound
            .get(*place)
            .cloned()
            .ok_or_else(|| bug("a parameter")),
        Node::Higher(call) => higher::value(call, row, env),
        Node::Row(all) => Ok(Value::Row(values(all, row, env)?.into())),
        Node::Array(all) => Ok(Value::array(values(all, row, env)?)),
        Node::Subscript(of, index) => {
            let (of, index) = (eval(of, row, env)?, eval(index, row, env)?);
            subscript(&of, &index)
        }
        Node::Field(of, place) => {
            let of = eval(of, row, env)?;
            let place = i64::try_from(*place).unwrap_or(i64::MAX - 1) + 1;
            if of.is_null() {
                Ok(Value::Null)
            } else {
                element(&of, place)
            }
        }
        Node::Lookup(of, numbers) => {
            let place = usize::try_from(eval(of, row, env)?.as_whole()).unwrap_or(usize::MAX);
            Ok(numbers
                .get(place)
                .map_or(Value::Null, |number| Value::Whole(*number)))
        }
        Node::Subquery(kind, plan, handed) => {
            let handed = values(handed, row, env)?;
            subquery::answer(kind, plan, handed, row, env)
        }
        _ => Err(bug("an expression")),
    }
}

/// TRY catches what these errors name (Trino documentation, "Conditional expressions").
fn caught(found: Judged<Value>) -> Judged<Value> {
    const CAUGHT: [&str; 4] = [
        "DIVISION_BY_ZERO",
        "INVALID_CAST_ARGUMENT",
        "INVALID_FUNCTION_ARGUMENT",
        "NUMERIC_VALUE_OUT_OF_RANGE",
    ];
    match found {
        Err(refusal) if CAUGHT.contains(&refusal.name) => Ok(Value::Null),
        other => other,
    }
}
