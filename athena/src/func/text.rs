use super::overload::{BIGINT, BOOLEAN, FIRST, Overload, Parameter, Site, VARCHAR, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::Value;

const V: Parameter = Parameter::Varchar;
const N: Parameter = Parameter::BigInt;

pub(super) const TABLE: &[Overload] = &[
    plain("lower", &[V], FIRST, |args, _| {
        Ok(Value::text(&letters(at(args, 0), lower)))
    }),
    plain("upper", &[V], FIRST, |args, _| {
        Ok(Value::text(&letters(at(args, 0), upper)))
    }),
    plain("length", &[V], BIGINT, |args, _| {
        Ok(count(at(args, 0).as_str().chars()))
    }),
    plain("reverse", &[V], FIRST, |args, _| {
        let text: String = at(args, 0).as_str().chars().rev().collect();
        Ok(Value::text(&text))
    }),
    plain("trim", &[V], FIRST, |args, _| {
        Ok(Value::text(at(args, 0).as_str().trim_matches(is_white)))
    }),
    plain("ltrim", &[V], FIRST, |args, _| {
        Ok(Value::text(
            at(args, 0).as_str().trim_start_matches(is_white),
        ))
    }),
    plain("rtrim", &[V], FIRST, |args, _| {
        Ok(Value::text(at(args, 0).as_str().trim_end_matches(is_white)))
    }),
    plain("trim", &[V, V], FIRST, |args, _| {
        Ok(Value::text(
            at(args, 0)
                .as_str()
                .trim_matches(|of| at(args, 1).as_str().contains(of)),
        ))
    }),
    plain("ltrim", &[V, V], FIRST, |args, _| {
        Ok(Value::text(at(args, 0).as_str().trim_start_matches(|of| {
            at(args, 1).as_str().contains(of)
        })))
    }),
    plain("rtrim", &[V, V], FIRST, |args, _| {
        Ok(Value::text(
            at(args, 0)
                .as_str()
                .trim_end_matches(|of| at(args, 1).as_str().contains(of)),
        ))
    }),
    plain("replace", &[V, V], FIRST, |args, _| {
        Ok(replace(at(args, 0).as_str(), at(args, 1).as_str(), ""))
    }),
    plain("replace", &[V, V, V], VARCHAR, |args, _| {
        Ok(replace(
            at(args, 0).as_str(),
            at(args, 1).as_str(),
            at(args, 2).as_str(),
        ))
    }),
    plain("strpos", &[V, V], BIGINT, |args, _| {
        Ok(Value::Whole(nth_place(args, 1)))
    }),
    plain("strpos", &[V, V, N], BIGINT, |args, _| {
        match at(args, 2).as_whole() {
            0 => Err(Refusal::argument(
                "'instance' must be a positive or negative number.",
            )),
            instance => Ok(Value::Whole(nth_place(args, instance))),
        }
    }),
    plain("substr", &[V, N], FIRST, substring),
    plain("substr", &[V, N, N], FIRST, substring),
    plain("substring", &[V, N], FIRST, substring),
    plain("substring", &[V, N, N], FIRST, substring),
    plain("split", &[V, V], texts, split),
    plain("split", &[V, V, N], texts, split),
    plain("split_part", &[V, V, N], FIRST, split_part),
    plain("starts_with", &[V, V], BOOLEAN, |args, _| {
        Ok(Value::Boolean(
            at(args, 0).as_str().starts_with(at(args, 1).as_str()),
        ))
    }),
    plain("chr", &[N], |_| Type::Varchar(Some(1)), chr),
    plain("codepoint", &[V], |_| Type::Integer, codepoint),
    plain("lpad", &[V, N, V], VARCHAR, |args, _| pad(args, true)),
    plain("rpad", &[V, N, V], VARCHAR, |args, _| pad(args, false)),
    plain("translate", &[V, V, V], VARCHAR, translate),
    Overload {
        variadic: true,
        ..plain("concat", &[V, V], VARCHAR, |args, _| {
            Ok(Value::text(
                &args.iter().map(Value::as_str).collect::<String>(),
            ))
        })
    },
    Overload {
        variadic: true,
        nulls: true,
        ..plain("concat_ws", &[V, V], VARCHAR, concat_ws)
    },
    plain(
        "concat_ws",
        &[V, Parameter::ArrayOf(0)],
        VARCHAR,
        |args, _| {
            let mut all = vec![at(args, 0).clone()];
            all.extend_from_slice(at(args, 1).items());
            Ok(joined(&all))
        },
    ),
];

fn texts(types: &[Type]) -> Type {
    Type::array(FIRST(types))
}

fn letters(of: &Value, change: fn(char) -> char) -> String {
    of.as_str().chars().map(change).collect()
}

/// Trino changes letter by letter: one that would become several stays, as `ß` does.
fn upper(of: char) -> char {
    let mut all = of.to_uppercase();
    all.next().filter(|_| all.len() == 0).unwrap_or(of)
}

fn lower(of: char) -> char {
    match of {
        'İ' => 'i',
        _ => {
            let mut all = of.to_lowercase();
            all.next().filter(|_| all.len() == 0).unwrap_or(of)
        }
    }
}

/// Whitespace as Java's `Character.isWhitespace` has it: no-break spaces are none.
fn is_white(at: char) -> bool {
    let no_break = matches!(at, '\u{a0}' | '\u{2007}' | '\u{202f}');
    (at.is_whitespace() && !no_break && at != '\u{85}') || ('\u{1c}'..='\u{1f}').contains(&at)
}

pub(super) fn count(all: impl Iterator) -> Value {
    Value::Whole(i64::try_from(all.count()).unwrap_or(i64::MAX))
}

/// An empty search puts the replacement before each character and at the end.
fn replace(text: &str, search: &str, new: &str) -> Value {
    Value::text(&text.replace(search, new))
}

/// The place of the n-th occurrence, from the end for negative numbers; 0 for none.
fn nth_place(args: &[Value], instance: i64) -> i64 {
    let (text, search) = (at(args, 0).as_str(), at(args, 1).as_str());
    if search.is_empty() {
        return 1;
    }
    let nth = usize::try_from(instance.unsigned_abs() - 1).unwrap_or(usize::MAX);
    let starts = |text: &str| {
        let step = |from: usize| {
            let next = from + text.get(from..)?.find(search)?;
            Some(next)
        };
        let mut all = Vec::new();
        let mut from = 0;
        while let Some(found) = step(from) {
            all.push(found);
            from = found
                + text
                    .get(found..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8);
        }
        all
    };
    let all = starts(text);
    let found = if instance > 0 {
        all.get(nth)
    } else {
        all.len().checked_sub(nth + 1).and_then(|at| all.get(at))
    };
    let before = found.and_then(|at| text.get(..*at));
    before.map_or(0, |before| {
        i64::try_from(before.chars().count()).unwrap_or(i64::MAX - 1) + 1
    })
}

/// Places count from 1, negative ones from the end; outside the text there is nothing.
fn substring(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let text = at(args, 0).as_str();
    let (start, length) = (
        at(args, 1).as_whole(),
        args.get(2).map_or(i64::MAX, Value::as_whole),
    );
    let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let first = if start > 0 { start - 1 } else { count + start };
    if start == 0 || first < 0 || length <= 0 {
        return Ok(Value::text(""));
    }
    let number = |of: i64| usize::try_from(of).unwrap_or(usize::MAX);
    let part: String = text
        .chars()
        .skip(number(first))
        .take(number(length))
        .collect();
    Ok(Value::text(&part))
}

fn split(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (text, by) = (at(args, 0).as_str(), at(args, 1).as_str());
    if by.is_empty() {
        return Err(Refusal::argument(
            "The delimiter may not be the empty string",
        ));
    }
    let parts: Vec<Value> = match args.get(2).map(Value::as_whole) {
        Some(limit) if limit <= 0 => return Err(Refusal::argument("Limit must be positive")),
        Some(limit) => {
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            text.splitn(limit, by).map(Value::text).collect()
        }
        None => text.split(by).map(Value::text).collect(),
    };
    Ok(Value::array(parts))
}

fn split_part(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (text, by, place) = (
        at(args, 0).as_str(),
        at(args, 1).as_str(),
        at(args, 2).as_whole(),
    );
    let Some(place) = place
        .checked_sub(1)
        .and_then(|place| usize::try_from(place).ok())
    else {
        return Err(Refusal::argument("Index must be greater than zero"));
    };
    // Nothing divides it: every character is a part.
    if by.is_empty() {
        let found = text.chars().nth(place);
        return Ok(found.map_or(Value::Null, |found| Value::text(&found.to_string())));
    }
    Ok(text.split(by).nth(place).map_or(Value::Null, Value::text))
}

fn chr(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let number = at(args, 0).as_whole();
    let found = u32::try_from(number).ok().and_then(char::from_u32);
    found
        .map(|found| Value::text(&found.to_string()))
        .ok_or_else(|| Refusal::argument(format!("Not a valid Unicode code point: {number}")))
}

fn codepoint(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let mut all = at(args, 0).as_str().chars();
    match (all.next(), all.next()) {
        (Some(only), None) => Ok(Value::Whole(i64::from(u32::from(only)))),
        _ => Err(Refusal::argument(
            "Input string must be a single character string",
        )),
    }
}

/// The greatest length that Trino fills to.
const LONGEST_PADDING: i64 = i32::MAX as i64;

fn pad(args: &[Value], left: bool) -> Judged<Value> {
    let (text, size, with) = (
        at(args, 0).as_str(),
        at(args, 1).as_whole(),
        at(args, 2).as_str(),
    );
    if with.is_empty() {
        return Err(Refusal::argument("Padding string must not be empty"));
    }
    if !(0..=LONGEST_PADDING).contains(&size) {
        return Err(Refusal::argument(
            "Target length must be in the range [0..2147483647]",
        ));
    }
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let missing = size.saturating_sub(text.chars().count());
    let filling: String = with.chars().cycle().take(missing).collect();
    let kept: String = text.chars().take(size).collect();
    Ok(Value::text(&if left {
        filling + &kept
    } else {
        kept + &filling
    }))
}

fn translate(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (from, to) = (at(args, 1).as_str(), at(args, 2).as_str());
    let change = |of: char| match from.chars().position(|at| at == of) {
        Some(place) => to.chars().nth(place),
        None => Some(of),
    };
    let text: String = at(args, 0).as_str().chars().filter_map(change).collect();
    Ok(Value::text(&text))
}

fn concat_ws(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    match args.first() {
        Some(Value::Null) | None => Ok(Value::Null),
        Some(_) => Ok(joined(args)),
    }
}

/// The texts behind the first with the first between them; NULLs are left out.
fn joined(all: &[Value]) -> Value {
    let texts = all.iter().skip(1).filter(|value| !value.is_null());
    let texts: Vec<&str> = texts.map(Value::as_str).collect();
    Value::text(&texts.join(at(all, 0).as_str()))
}
