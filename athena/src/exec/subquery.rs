use std::sync::Arc;

use super::env::Env;
use super::eval::{compared, eval};
use super::open::{open, stream};
use crate::plan::{Plan, SubqueryKind};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::Comparison;
use crate::value::Value;

/// A subquery's answer for the values that were handed into it.
pub(crate) enum Answered {
    Value(Value),
    Column(Vec<Value>),
}

/// What the subquery says for a row. It runs once for the same values from outside.
pub(super) fn answer(
    kind: &SubqueryKind,
    plan: &Arc<Plan>,
    handed: Vec<Value>,
    row: &[Value],
    env: &Env<'_>,
) -> Judged<Value> {
    let key = (Arc::as_ptr(plan).addr(), handed);
    let known = env
        .shared
        .answered
        .lock()
        .ok()
        .and_then(|known| known.get(&key).cloned());
    let answered = match known {
        Some(answered) => answered,
        None => {
            let inside = Env {
                shared: env.shared,
                handed: &key.1,
                bound: &[],
            };
            let new = Arc::new(run(kind, plan, &inside)?);
            if let Ok(mut known) = env.shared.answered.lock() {
                known.insert(key, Arc::clone(&new));
            }
            new
        }
    };
    match (kind, &*answered) {
        (SubqueryKind::Compare(value, comparison, all), Answered::Column(column)) => {
            let value = eval(value, row, env)?;
            Ok(quantified(&value, *comparison, *all, column))
        }
        (_, Answered::Value(value)) => Ok(value.clone()),
        (_, Answered::Column(_)) => Ok(Value::Null),
    }
}

fn run(kind: &SubqueryKind, plan: &Plan, env: &Env<'_>) -> Judged<Answered> {
    let (mut found, mut several) = (Vec::new(), false);
    let most = match kind {
        SubqueryKind::Compare(..) => usize::MAX,
        SubqueryKind::Value => 2,
        SubqueryKind::Exists => 1,
    };
    stream(&open(plan, env)?, env, &mut |row| {
        several = !found.is_empty();
        found.push(row.first().cloned().unwrap_or(Value::Null));
        Ok(found.len() < most)
    })?;
    match kind {
        SubqueryKind::Exists => Ok(Answered::Value(Value::Boolean(!found.is_empty()))),
        SubqueryKind::Compare(..) => Ok(Answered::Column(found)),
        SubqueryKind::Value if several => Err(Refusal::value(
            "SUBQUERY_MULTIPLE_ROWS",
            "Scalar sub-query has returned multiple rows",
        )),
        SubqueryKind::Value => Ok(Answered::Value(
            found.into_iter().next().unwrap_or(Value::Null),
        )),
    }
}

/// ANY and ALL with three values of truth.
fn quantified(value: &Value, comparison: Comparison, all: bool, column: &[Value]) -> Value {
    let mut open = false;
    for of in column {
        match compared(comparison, value, of) {
            Some(holds) if holds != all => return Value::Boolean(!all),
            Some(_) => {}
            None => open = true,
        }
    }
    if open {
        Value::Null
    } else {
        Value::Boolean(all)
    }
}
