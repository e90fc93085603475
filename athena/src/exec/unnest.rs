use super::env::Env;
use super::eval::eval;
use super::open::Sink;
use crate::plan::Scalar;
use crate::refusal::Judged;
use crate::types::Type;
use crate::value::Value;

/// The columns that an array or map becomes: fields of rows, or key and value, or the item.
pub(crate) fn columns_of(of: &Type) -> Vec<Type> {
    match of {
        Type::Array(of) => match &**of {
            Type::Row(fields) => fields.iter().map(|(_, of)| of.clone()).collect(),
            of => vec![of.clone()],
        },
        Type::Map(key, value) => vec![(**key).clone(), (**value).clone()],
        _ => Vec::new(),
    }
}

/// A row for each item; shorter arrays are filled with NULLs.
pub(super) fn unnested(
    row: &[Value],
    arrays: &[Scalar],
    (ordinality, outer): (bool, bool),
    env: &Env<'_>,
    sink: &mut Sink<'_>,
) -> Judged<bool> {
    let mut items: Vec<(Vec<Vec<Value>>, usize)> = Vec::new();
    for array in arrays {
        let value = eval(array, row, env)?;
        let width = columns_of(&array.of).len();
        let is_row = matches!(&array.of, Type::Array(of) if matches!(**of, Type::Row(_)));
        let all = match &*value {
            Value::Map(entries) => entries
                .iter()
                .map(|(key, value)| vec![key.clone(), value.clone()])
                .collect(),
            value => value
                .items()
                .iter()
                .map(|item| match (item, is_row) {
                    (Value::Row(fields), true) => fields.to_vec(),
                    (_, true) => vec![Value::Null; width],
                    (item, false) => vec![item.clone()],
                })
                .collect(),
        };
        items.push((all, width));
    }
    let mut count = items.iter().map(|(all, _)| all.len()).max().unwrap_or(0);
    let empty = count == 0 && outer;
    if empty {
        count = 1;
    }
    for place in 0..count {
        let mut new = row.to_vec();
        for (all, width) in &items {
            match all.get(place) {
                Some(values) => new.extend(values.iter().cloned()),
                None => new.extend(std::iter::repeat_n(Value::Null, *width)),
            }
        }
        if ordinality {
            let number = i64::try_from(place).unwrap_or(i64::MAX - 1) + 1;
            new.push(if empty {
                Value::Null
            } else {
                Value::Whole(number)
            });
        }
        if !sink(&new)? {
            return Ok(false);
        }
    }
    Ok(true)
}
