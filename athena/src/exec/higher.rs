use super::env::Env;
use super::eval::eval;
use crate::plan::{Higher, HigherKind, Scalar};
use crate::refusal::Judged;
use crate::value::Value;

/// The value of a call with lambda expressions.
pub(super) fn value(call: &Higher, row: &[Value], env: &Env<'_>) -> Judged<Value> {
    let array = eval(&call.array, row, env)?;
    if array.is_null() {
        return Ok(Value::Null);
    }
    let Some(body) = call.bodies.first() else {
        return Ok(Value::Null);
    };
    let of = |body: &Scalar, parameters: &[Value]| bound(body, parameters, call.first, row, env);
    if call.kind == HigherKind::Reduce {
        let mut state = match &call.start {
            Some(start) => eval(start, row, env)?.into_owned(),
            None => Value::Null,
        };
        for item in array.items() {
            state = of(body, &[state, item.clone()])?;
        }
        return match call.bodies.get(1) {
            Some(last) => of(last, &[state]),
            None => Ok(state),
        };
    }
    let mut found = Vec::new();
    for item in array.items() {
        found.push(of(body, std::slice::from_ref(item))?);
    }
    Ok(match call.kind {
        HigherKind::Filter => {
            let pairs = array.items().iter().zip(&found);
            let kept = pairs.filter(|(_, holds)| holds.is_true());
            Value::array(kept.map(|(item, _)| item.clone()).collect())
        }
        HigherKind::AnyMatch => matched(&found, true, true),
        HigherKind::NoneMatch => matched(&found, true, false),
        HigherKind::AllMatch => matched(&found, false, false),
        HigherKind::Transform | HigherKind::Reduce => Value::array(found),
    })
}

/// The answer where one decides, NULL where a NULL leaves it open, else the opposite.
fn matched(all: &[Value], decides: bool, answer: bool) -> Value {
    if all.contains(&Value::Boolean(decides)) {
        Value::Boolean(answer)
    } else if all.iter().any(Value::is_null) {
        Value::Null
    } else {
        Value::Boolean(!answer)
    }
}

/// The body with its parameters' values, behind those of the lambda expressions around.
fn bound(
    body: &Scalar,
    parameters: &[Value],
    first: usize,
    row: &[Value],
    env: &Env<'_>,
) -> Judged<Value> {
    let around = env.bound.get(..first).unwrap_or_default();
    let all: Vec<Value> = around.iter().chain(parameters).cloned().collect();
    let inside = Env {
        shared: env.shared,
        handed: env.handed,
        bound: &all,
    };
    eval(body, row, &inside).map(|value| value.into_owned())
}
