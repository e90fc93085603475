use super::env::Env;
use super::eval::eval;
use crate::func::map_of;
use crate::plan::{Higher, HigherKind, Scalar};
use crate::refusal::{Judged, Refusal};
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
    match call.kind {
        HigherKind::ZipWith => {
            let Some(second) = &call.start else {
                return Ok(Value::Null);
            };
            let second = eval(second, row, env)?;
            if second.is_null() {
                return Ok(Value::Null);
            }
            let (one, other) = (array.items(), second.items());
            let item = |of: &[Value], place: usize| of.get(place).cloned().unwrap_or(Value::Null);
            let pair = |place: usize| of(body, &[item(one, place), item(other, place)]);
            let all: Judged<Vec<Value>> = (0..one.len().max(other.len())).map(pair).collect();
            return all.map(Value::array);
        }
        HigherKind::Sort => {
            let compare =
                |one: &Value, other: &Value| match of(body, &[one.clone(), other.clone()])? {
                    Value::Whole(order @ -1..=1) => Ok(order),
                    _ => Err(Refusal::argument(
                        "Lambda comparator must return either -1, 0, or 1",
                    )),
                };
            return sorted(array.items().to_vec(), &compare).map(Value::array);
        }
        kind if kind.of_map() => {
            let mut found = Vec::new();
            for (key, value) in array.entries() {
                let made = of(body, &[key.clone(), value.clone()])?;
                match kind {
                    HigherKind::MapFilter if !made.is_true() => {}
                    HigherKind::MapFilter => found.push((key.clone(), value.clone())),
                    HigherKind::TransformKeys => found.push((made, value.clone())),
                    _ => found.push((key.clone(), made)),
                }
            }
            return map_of(found.into_iter());
        }
        _ => {}
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
        _ => Value::array(found),
    })
}

/// In the order of a comparison that a query wrote; refused where it contradicts itself.
fn sorted(
    mut all: Vec<Value>,
    compare: &dyn Fn(&Value, &Value) -> Judged<i64>,
) -> Judged<Vec<Value>> {
    all = merged(all, compare)?;
    for (place, one) in all.iter().enumerate() {
        let next = all.get(place + 1);
        if next.is_some_and(|next| compare(one, next).is_ok_and(|order| order > 0)) {
            return Err(Refusal::beyond(
                "`array_sort` by a comparison that contradicts itself is not supported here",
            ));
        }
    }
    Ok(all)
}

/// Equal items stay in their order.
fn merged(
    mut all: Vec<Value>,
    compare: &dyn Fn(&Value, &Value) -> Judged<i64>,
) -> Judged<Vec<Value>> {
    if all.len() < 2 {
        return Ok(all);
    }
    let right = all.split_off(all.len() / 2);
    let mut left = merged(all, compare)?.into_iter().peekable();
    let mut right = merged(right, compare)?.into_iter().peekable();
    let mut found = Vec::new();
    loop {
        let from_right = match (left.peek(), right.peek()) {
            (Some(one), Some(other)) => compare(one, other)? > 0,
            (one, _) => one.is_none(),
        };
        let next = if from_right {
            right.next()
        } else {
            left.next()
        };
        match next {
            Some(next) => found.push(next),
            None => return Ok(found),
        }
    }
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
