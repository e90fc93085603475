use belfry_engine::base::{FastMap, FastSet};

use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::Value;

fn firsts<'a>(rows: &'a [&'a [Value]]) -> impl Iterator<Item = &'a Value> {
    rows.iter().filter_map(|row| row.first())
}

/// NULL for no rows.
fn unless_empty(rows: &[&[Value]], value: Value) -> Value {
    if rows.is_empty() { Value::Null } else { value }
}

pub(super) fn array(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    Ok(unless_empty(
        rows,
        Value::array(firsts(rows).cloned().collect()),
    ))
}

/// The most bytes of a text that Trino puts together by itself.
const LONGEST: usize = 1_048_576;

/// The texts with the separators of their rows between them.
pub(super) fn texts(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let mut all = String::new();
    for (place, row) in rows.iter().enumerate() {
        let text = |place: usize| row.get(place).map_or("", Value::as_str);
        if place > 0 {
            all.push_str(text(1));
        }
        all.push_str(text(0));
        if all.len() > LONGEST {
            return Err(Refusal::beyond(
                "`listagg` of more than 1048576 bytes is not supported here",
            ));
        }
    }
    Ok(unless_empty(rows, Value::text(&all)))
}

pub(super) fn distinct(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let seen: FastSet<&Value> = firsts(rows).collect();
    Ok(Value::Whole(i64::try_from(seen.len()).unwrap_or(i64::MAX)))
}

/// The place of each key in the order of their first rows.
struct Keys {
    places: FastMap<Value, usize>,
    entries: Vec<(Value, Vec<Value>)>,
}

fn by_key(rows: &[&[Value]]) -> Vec<(Value, Vec<Value>)> {
    let mut keys = Keys {
        places: FastMap::default(),
        entries: Vec::new(),
    };
    for row in rows {
        let (Some(key), value) = (row.first(), row.get(1).cloned().unwrap_or(Value::Null)) else {
            continue;
        };
        let next = keys.entries.len();
        let place = *keys.places.entry(key.clone()).or_insert(next);
        if place == next {
            keys.entries.push((key.clone(), Vec::new()));
        }
        if let Some((_, values)) = keys.entries.get_mut(place) {
            values.push(value);
        }
    }
    keys.entries
}

pub(super) fn histogram(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let count = |values: &Vec<Value>| Value::Whole(i64::try_from(values.len()).unwrap_or(i64::MAX));
    let entries = by_key(rows)
        .into_iter()
        .map(|(key, values)| (key, count(&values)));
    Ok(unless_empty(rows, Value::Map(entries.collect())))
}

/// The first value of each key.
pub(super) fn map(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let first = |values: Vec<Value>| values.into_iter().next().unwrap_or(Value::Null);
    let entries = by_key(rows)
        .into_iter()
        .map(|(key, values)| (key, first(values)));
    Ok(unless_empty(rows, Value::Map(entries.collect())))
}

pub(super) fn multimap(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let entries = by_key(rows)
        .into_iter()
        .map(|(key, values)| (key, Value::array(values)));
    Ok(unless_empty(rows, Value::Map(entries.collect())))
}

#[expect(clippy::cast_precision_loss, reason = "a mean of doubles")]
pub(super) fn geometric_mean(rows: &[&[Value]], _: &Type) -> Judged<Value> {
    let sum: f64 = firsts(rows).map(|value| value.as_double().ln()).sum();
    Ok(unless_empty(
        rows,
        Value::Double((sum / rows.len() as f64).exp()),
    ))
}
