use belfry_engine::base::FastSet;

use super::overload::{BIGINT, BOOLEAN, FIRST, Overload, Parameter, Site, VARCHAR, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, equal, ordered, varchar_text};

const A: Parameter = Parameter::ArrayOf(0);
const T: Parameter = Parameter::Any(0);
const N: Parameter = Parameter::BigInt;

pub(super) const TABLE: &[Overload] = &[
    plain("cardinality", &[A], BIGINT, |args, _| {
        Ok(super::text::count(at(args, 0).items().iter()))
    }),
    plain("contains", &[A, T], BOOLEAN, contains),
    plain("element_at", &[A, N], item, |args, _| {
        element(at(args, 0), at(args, 1).as_whole())
    }),
    plain("array_distinct", &[A], FIRST, |args, _| {
        let mut seen = FastSet::default();
        let items = at(args, 0)
            .items()
            .iter()
            .filter(|item| seen.insert((*item).clone()));
        Ok(Value::array(items.cloned().collect()))
    }),
    plain("array_sort", &[A], FIRST, |args, _| {
        let mut items = at(args, 0).items().to_vec();
        items.sort_by(ordered);
        Ok(Value::array(items))
    }),
    plain("array_max", &[A], item, |args, _| {
        Ok(extreme(at(args, 0), true))
    }),
    plain("array_min", &[A], item, |args, _| {
        Ok(extreme(at(args, 0), false))
    }),
    plain("array_position", &[A, T], BIGINT, |args, _| {
        let place = at(args, 0)
            .items()
            .iter()
            .position(|item| equal(item, at(args, 1)) == Some(true));
        Ok(Value::Whole(
            place
                .and_then(|place| i64::try_from(place).ok())
                .map_or(0, |place| place + 1),
        ))
    }),
    plain("array_remove", &[A, T], FIRST, |args, _| {
        let kept = at(args, 0)
            .items()
            .iter()
            .filter(|item| equal(item, at(args, 1)) != Some(true));
        Ok(Value::array(kept.cloned().collect()))
    }),
    plain("array_join", &[A, Parameter::Varchar], VARCHAR, join),
    plain(
        "array_join",
        &[A, Parameter::Varchar, Parameter::Varchar],
        VARCHAR,
        join,
    ),
    plain("arrays_overlap", &[A, A], BOOLEAN, overlap),
    plain("array_union", &[A, A], FIRST, |args, _| {
        let mut seen = FastSet::default();
        let all = at(args, 0).items().iter().chain(at(args, 1).items());
        Ok(Value::array(
            all.filter(|item| seen.insert((*item).clone()))
                .cloned()
                .collect(),
        ))
    }),
    plain("array_intersect", &[A, A], FIRST, |args, _| {
        Ok(common(args, true))
    }),
    plain("array_except", &[A, A], FIRST, |args, _| {
        Ok(common(args, false))
    }),
    plain("slice", &[A, N, N], FIRST, slice),
    plain("reverse", &[A], FIRST, |args, _| {
        Ok(Value::array(
            at(args, 0).items().iter().rev().cloned().collect(),
        ))
    }),
    Overload {
        nulls: true,
        ..plain(
            "repeat",
            &[T, N],
            |types| Type::array(FIRST(types)),
            |args, _| {
                if at(args, 1).is_null() {
                    return Ok(Value::Null);
                }
                let count = usize::try_from(at(args, 1).as_whole()).unwrap_or(0);
                match count > 10_000 {
                    true => Err(Refusal::argument(
                        "count argument of repeat function must be less than or equal to 10000",
                    )),
                    false => Ok(Value::array(vec![at(args, 0).clone(); count])),
                }
            },
        )
    },
    plain(
        "flatten",
        &[Parameter::ArrayOfArrays(0)],
        item,
        |args, _| {
            let items = at(args, 0).items().iter().flat_map(Value::items);
            Ok(Value::array(items.cloned().collect()))
        },
    ),
    Overload {
        variadic: true,
        ..plain("concat", &[A, A], FIRST, |args, _| {
            Ok(Value::array(
                args.iter().flat_map(Value::items).cloned().collect(),
            ))
        })
    },
];

fn item(types: &[Type]) -> Type {
    match types.first() {
        Some(Type::Array(of)) => (**of).clone(),
        _ => Type::Unknown,
    }
}

/// NULL where it is not found but could be one of the NULLs.
fn contains(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let mut open = false;
    for item in at(args, 0).items() {
        match equal(item, at(args, 1)) {
            Some(true) => return Ok(Value::Boolean(true)),
            Some(false) => {}
            None => open = true,
        }
    }
    Ok(if open {
        Value::Null
    } else {
        Value::Boolean(false)
    })
}

/// `element_at(array, index)`: from the end for negative numbers, NULL outside.
pub(crate) fn element(array: &Value, index: i64) -> Judged<Value> {
    if index == 0 {
        return Err(Refusal::argument("SQL array indices start at 1"));
    }
    let items = array.items();
    let distance = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    let place = if index > 0 {
        Some(distance - 1)
    } else {
        items.len().checked_sub(distance)
    };
    Ok(place
        .and_then(|place| items.get(place))
        .cloned()
        .unwrap_or(Value::Null))
}

/// `array[index]` and `map[key]`: outside they are errors.
pub(crate) fn subscript(of: &Value, index: &Value) -> Judged<Value> {
    match (of, index) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Map(entries), key) => {
            let found = entries.iter().find(|(of, _)| of == key);
            let key_text = || match key {
                Value::Varchar(text) => text.to_string(),
                other => varchar_text(other, &Type::Unknown),
            };
            found
                .map(|(_, value)| value.clone())
                .ok_or_else(|| Refusal::argument(format!("Key not present in map: {}", key_text())))
        }
        (Value::Row(fields), Value::Whole(index)) => {
            let place = index
                .checked_sub(1)
                .and_then(|place| usize::try_from(place).ok());
            Ok(place
                .and_then(|place| fields.get(place))
                .cloned()
                .unwrap_or(Value::Null))
        }
        (array, index) => {
            let (index, count) = (index.as_whole(), array.items().len());
            if index == 0 {
                return Err(Refusal::argument("SQL array indices start at 1"));
            }
            if index < 0 {
                return Err(Refusal::argument(format!(
                    "Array subscript is negative: {index}"
                )));
            }
            let place = usize::try_from(index - 1).unwrap_or(usize::MAX);
            array.items().get(place).cloned().ok_or_else(|| {
                Refusal::argument(format!(
                    "Array subscript must be less than or equal to array length: {index} > {count}"
                ))
            })
        }
    }
}

/// NULL where the array has a NULL.
fn extreme(array: &Value, greatest: bool) -> Value {
    let items = array.items();
    if items.iter().any(Value::is_null) {
        return Value::Null;
    }
    let found = match greatest {
        true => items.iter().max_by(|one, other| ordered(one, other)),
        false => items.iter().min_by(|one, other| ordered(one, other)),
    };
    found.cloned().unwrap_or(Value::Null)
}

fn join(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let of = site
        .types
        .first()
        .map_or(Type::Unknown, |of| item(std::slice::from_ref(of)));
    if matches!(
        of,
        Type::Array(_) | Type::Map(..) | Type::Row(_) | Type::Varbinary
    ) {
        return Err(Refusal::argument(format!("Input type {of} not supported")));
    }
    let null = args.get(2).map(Value::as_str);
    let texts = at(args, 0).items().iter().filter_map(|item| match item {
        Value::Null => null.map(str::to_owned),
        item => Some(varchar_text(item, &of)),
    });
    Ok(Value::text(
        &texts.collect::<Vec<_>>().join(at(args, 1).as_str()),
    ))
}

fn overlap(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (one, other) = (at(args, 0).items(), at(args, 1).items());
    let found = one
        .iter()
        .any(|item| other.iter().any(|of| equal(item, of) == Some(true)));
    let has_null = |items: &[Value]| items.iter().any(Value::is_null);
    let open = (has_null(one) && !other.is_empty()) || (has_null(other) && !one.is_empty());
    Ok(match (found, open) {
        (true, _) => Value::Boolean(true),
        (false, true) => Value::Null,
        (false, false) => Value::Boolean(false),
    })
}

fn common(args: &[Value], wanted: bool) -> Value {
    let other: FastSet<Value> = at(args, 1).items().iter().cloned().collect();
    let mut seen = FastSet::default();
    let kept = at(args, 0)
        .items()
        .iter()
        .filter(|item| other.contains(*item) == wanted && seen.insert((*item).clone()));
    Value::array(kept.cloned().collect())
}

fn slice(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (items, start, length) = (
        at(args, 0).items(),
        at(args, 1).as_whole(),
        at(args, 2).as_whole(),
    );
    if length < 0 {
        return Err(Refusal::argument(
            "length must be greater than or equal to 0",
        ));
    }
    if start == 0 {
        return Err(Refusal::argument("SQL array indices start at 1"));
    }
    let distance = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
    let first = if start > 0 {
        Some(distance - 1)
    } else {
        items.len().checked_sub(distance)
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let part = first.map_or_else(Vec::new, |first| {
        items.iter().skip(first).take(length).cloned().collect()
    });
    Ok(Value::array(part))
}
