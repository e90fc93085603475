use std::cell::RefCell;
use std::sync::Arc;

use belfry_engine::base::FastMap;
use regex::{Captures, Regex};

use super::java_regex::{Dialect, read_pattern};
use super::overload::{BIGINT, BOOLEAN, FIRST, Overload, Parameter, Site, VARCHAR, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::Value;

const V: Parameter = Parameter::Varchar;
const N: Parameter = Parameter::BigInt;

pub(super) const TABLE: &[Overload] = &[
    plain("regexp_like", &[V, V], BOOLEAN, |args, _| {
        Ok(Value::Boolean(
            pattern(args)?.is_match(at(args, 0).as_str()),
        ))
    }),
    plain("regexp_extract", &[V, V], FIRST, extract),
    plain("regexp_extract", &[V, V, N], FIRST, extract),
    plain("regexp_extract_all", &[V, V], texts, extract_all),
    plain("regexp_extract_all", &[V, V, N], texts, extract_all),
    plain("regexp_replace", &[V, V], VARCHAR, replace),
    plain("regexp_replace", &[V, V, V], VARCHAR, replace),
    plain("regexp_split", &[V, V], texts, |args, _| {
        let parts = pattern(args)?;
        Ok(Value::array(
            parts.split(at(args, 0).as_str()).map(Value::text).collect(),
        ))
    }),
    plain("regexp_count", &[V, V], BIGINT, |args, _| {
        Ok(super::text::count(
            pattern(args)?.find_iter(at(args, 0).as_str()),
        ))
    }),
    plain(
        "regexp_position",
        &[V, V],
        |_| Type::Integer,
        |args, _| {
            let text = at(args, 0).as_str();
            let found = pattern(args)?.find(text).map(|found| found.start());
            let before = found.and_then(|start| text.get(..start));
            let place = before
                .map(|before| i64::try_from(before.chars().count()).unwrap_or(i64::MAX - 1) + 1);
            Ok(Value::Whole(place.unwrap_or(-1)))
        },
    ),
];

fn texts(types: &[Type]) -> Type {
    Type::array(FIRST(types))
}

thread_local! {
    /// Patterns that were met, and whether they ask for ends of lines; most queries have one or two.
    static KNOWN: RefCell<FastMap<Arc<str>, (Regex, bool)>> = RefCell::default();
}

/// The most patterns that are kept.
const MOST: usize = 256;

/// The pattern of the second argument, which is put to the first.
fn pattern(args: &[Value]) -> Judged<Regex> {
    let Value::Varchar(text) = at(args, 1) else {
        return Err(Refusal::argument("a pattern is NULL"));
    };
    let (pattern, line_ends) = read(text)?;
    if line_ends && at(args, 0).as_str().ends_with('\n') {
        return Err(Refusal::beyond(format!(
            "regular expression `{text}`: `$` and the flag `m` over a text that ends in a line feed are not supported here"
        ))
        .help("write `\\z` for the end of the text, or trim the text"));
    }
    Ok(pattern)
}

fn read(text: &Arc<str>) -> Judged<(Regex, bool)> {
    if let Some(known) = KNOWN.with_borrow(|known| known.get(text).cloned()) {
        return Ok(known);
    }
    let new = read_pattern(text, Dialect::Joni)
        .and_then(|(pattern, line_ends)| {
            let pattern = Regex::new(&pattern).map_err(|error| error.to_string())?;
            Ok((pattern, line_ends))
        })
        .map_err(|reason| Refusal::beyond(format!("regular expression `{text}`: {reason}")))?;
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(Arc::clone(text), new.clone());
    });
    Ok(new)
}

fn group(args: &[Value], pattern: &Regex) -> Judged<usize> {
    let number = args.get(2).map_or(0, Value::as_whole);
    let groups = pattern.captures_len() - 1;
    if number < 0 {
        return Err(Refusal::argument("Group cannot be negative"));
    }
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    if number > groups {
        return Err(Refusal::argument(format!(
            "Pattern has {groups} groups. Cannot access group {number}"
        )));
    }
    Ok(number)
}

fn text_of(captures: &Captures<'_>, group: usize) -> Value {
    captures
        .get(group)
        .map_or(Value::Null, |found| Value::text(found.as_str()))
}

fn extract(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let pattern = pattern(args)?;
    let group = group(args, &pattern)?;
    let found = pattern.captures(at(args, 0).as_str());
    Ok(found.map_or(Value::Null, |captures| text_of(&captures, group)))
}

fn extract_all(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let pattern = pattern(args)?;
    let group = group(args, &pattern)?;
    let all = pattern.captures_iter(at(args, 0).as_str());
    Ok(Value::array(
        all.map(|captures| text_of(&captures, group)).collect(),
    ))
}

fn replace(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let pattern = pattern(args)?;
    let new = args.get(2).map_or("", Value::as_str);
    let mut wrong = None;
    let replaced = pattern.replace_all(at(args, 0).as_str(), |captures: &Captures<'_>| {
        expanded(new, captures).unwrap_or_else(|refusal| {
            wrong = Some(refusal);
            String::new()
        })
    });
    match wrong {
        Some(refusal) => Err(refusal),
        None => Ok(Value::text(&replaced)),
    }
}

/// The replacement with `$1`, `${name}` and backslashes replaced.
fn expanded(new: &str, captures: &Captures<'_>) -> Judged<String> {
    let mut out = String::new();
    let mut rest = new.chars().peekable();
    let wrong = || Refusal::argument("Illegal replacement sequence: unknown group reference");
    while let Some(at) = rest.next() {
        match at {
            '\\' => out.push(rest.next().ok_or_else(|| {
                Refusal::argument(
                    "Illegal replacement sequence: character to be escaped is missing",
                )
            })?),
            '$' if rest.next_if_eq(&'{').is_some() => {
                let name: String = rest.by_ref().take_while(|at| *at != '}').collect();
                let found = captures.name(&name).map(|found| found.as_str());
                out.push_str(found.unwrap_or_default());
            }
            '$' => {
                let first = rest
                    .next()
                    .and_then(|digit| digit.to_digit(10))
                    .ok_or_else(wrong)?;
                let mut group = usize::try_from(first).unwrap_or(0);
                // More digits belong to the number as long as there are so many groups.
                while let Some(digit) = rest.peek().and_then(|digit| digit.to_digit(10)) {
                    let longer = group * 10 + usize::try_from(digit).unwrap_or(0);
                    if longer >= captures.len() {
                        break;
                    }
                    group = longer;
                    rest.next();
                }
                if group >= captures.len() {
                    return Err(wrong());
                }
                out.push_str(captures.get(group).map_or("", |found| found.as_str()));
            }
            _ => out.push(at),
        }
    }
    Ok(out)
}
