use super::Row;
use super::env::Env;
use super::eval::eval;
use super::gather::gather;
use super::group;
use super::join::{Probe, outer_rows};
use super::set;
use super::sort;
use super::unnest::unnested;
use super::window;
use crate::plan::{Plan, Scalar, Scan};
use crate::refusal::Judged;
use crate::scan::{Part, parts};
use crate::sql::ast::{JoinKind, SetOperator};
use crate::value::Value;

/// An operator that is ready to give rows. Those that need all rows before they give one have them already.
pub(super) enum Open<'p> {
    Rows(Vec<Row>),
    Scan(&'p Scan, Vec<Part>),
    Filter(Box<Self>, &'p Scalar),
    Project(Box<Self>, &'p [Scalar]),
    Probe(Box<Self>, Probe<'p>),
    Unnest {
        input: Box<Self>,
        arrays: &'p [Scalar],
        ordinality: bool,
        outer: bool,
    },
    Chain(Vec<Self>),
}

/// What takes rows; `false` for no more.
pub(super) type Sink<'s> = dyn FnMut(&[Value]) -> Judged<bool> + 's;

/// All rows of a plan, in order.
pub(crate) fn rows(plan: &Plan, env: &Env<'_>) -> Judged<Vec<Row>> {
    let all = gather(
        &open(plan, env)?,
        env,
        &Vec::new,
        &|rows: &mut Vec<Row>, row| {
            rows.push(row.to_vec());
            Ok(true)
        },
    )?;
    Ok(all.into_iter().flatten().collect())
}

/// Makes a plan ready.
pub(super) fn open<'p>(plan: &'p Plan, env: &Env<'_>) -> Judged<Open<'p>> {
    Ok(match plan {
        Plan::Single => Open::Rows(vec![Vec::new()]),
        Plan::Values(all) => {
            let row = |items: &Vec<Scalar>| {
                items
                    .iter()
                    .map(|item| eval(item, &[], env).map(|value| value.into_owned()))
                    .collect()
            };
            Open::Rows(all.iter().map(row).collect::<Judged<_>>()?)
        }
        Plan::Scan(scan) => {
            let width = scan.types.len();
            let test = |known: &[(usize, Value)]| holds(scan, known, width, env);
            Open::Scan(
                scan,
                parts(scan, env.shared.objects, env.shared.now, &test)?,
            )
        }
        Plan::Filter(input, condition) => Open::Filter(Box::new(open(input, env)?), condition),
        Plan::Project(input, items) => Open::Project(Box::new(open(input, env)?), items),
        Plan::Aggregate {
            input,
            keys,
            sets,
            calls,
        } => Open::Rows(group::rows(&open(input, env)?, keys, sets, calls, env)?),
        Plan::Window(input, calls) => Open::Rows(window::rows(rows(input, env)?, calls, env)?),
        Plan::Join(join) => {
            let left = open(&join.left, env)?;
            match join.kind {
                JoinKind::Right | JoinKind::Full => Open::Rows(outer_rows(&left, join, env)?),
                JoinKind::Cross | JoinKind::Inner | JoinKind::Left => {
                    Open::Probe(Box::new(left), Probe::new(join, env)?)
                }
            }
        }
        Plan::Sort(input, keys) => Open::Rows(sort::rows(&open(input, env)?, keys, None, env)?),
        Plan::Limit(input, offset, limit) => Open::Rows(limited(input, *offset, *limit, env)?),
        Plan::Distinct(input) => Open::Rows(set::distinct(&open(input, env)?, env)?),
        Plan::Set {
            operator: SetOperator::Union,
            all: true,
            left,
            right,
        } => Open::Chain(vec![open(left, env)?, open(right, env)?]),
        Plan::Set {
            operator,
            all,
            left,
            right,
        } => Open::Rows(set::rows(
            *operator,
            *all,
            (open(left, env)?, open(right, env)?),
            env,
        )?),
        Plan::Unnest {
            input,
            arrays,
            ordinality,
            outer,
        } => {
            let (ordinality, outer) = (*ordinality, *outer);
            Open::Unnest {
                input: Box::new(open(input, env)?),
                arrays,
                ordinality,
                outer,
            }
        }
    })
}

/// Whether a partition or file can have rows: the conditions whose columns are known hold.
fn holds(scan: &Scan, known: &[(usize, Value)], width: usize, env: &Env<'_>) -> Judged<bool> {
    let mut row = vec![Value::Null; width];
    for (place, value) in known {
        if let Some(slot) = row.get_mut(*place) {
            *slot = value.clone();
        }
    }
    for condition in &scan.pruning {
        let decided = condition
            .columns()
            .iter()
            .all(|place| known.iter().any(|(of, _)| of == place));
        if decided && !eval(condition, &row, env)?.is_true() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The rows between the offset and the limit; nothing behind them is read.
fn limited(input: &Plan, offset: u64, limit: Option<u64>, env: &Env<'_>) -> Judged<Vec<Row>> {
    let most = limit.map(|limit| limit.saturating_add(offset));
    let count = |of: u64| usize::try_from(of).unwrap_or(usize::MAX);
    let mut kept: Vec<Row> = match (input, most) {
        (Plan::Sort(input, keys), Some(most)) => {
            sort::rows(&open(input, env)?, keys, Some(count(most)), env)?
        }
        (input, None) => rows(input, env)?,
        (_, Some(0)) => Vec::new(),
        (input, Some(most)) => {
            let mut kept: Vec<Row> = Vec::new();
            stream(&open(input, env)?, env, &mut |row| {
                kept.push(row.to_vec());
                Ok(kept.len() < count(most))
            })?;
            kept
        }
    };
    kept.truncate(most.map_or(usize::MAX, count));
    Ok(kept.split_off(count(offset).min(kept.len())))
}

/// Gives all rows of an operator, one by one. Whether the sink wants more.
pub(super) fn stream(open: &Open<'_>, env: &Env<'_>, sink: &mut Sink<'_>) -> Judged<bool> {
    match open {
        Open::Rows(rows) => {
            for row in rows {
                if !sink(row)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Open::Scan(scan, parts) => super::gather::scan_in_order(scan, parts, env, sink),
        Open::Chain(all) => {
            for one in all {
                if !stream(one, env, sink)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        step => {
            let Some(input) = input_of(step) else {
                return Ok(true);
            };
            stream(input, env, &mut |row| through(step, row, env, sink))
        }
    }
}

/// What a step gets its rows from.
pub(super) fn input_of<'o, 'p>(open: &'o Open<'p>) -> Option<&'o Open<'p>> {
    match open {
        Open::Filter(input, _)
        | Open::Project(input, _)
        | Open::Probe(input, _)
        | Open::Unnest { input, .. } => Some(input),
        Open::Rows(_) | Open::Scan(..) | Open::Chain(_) => None,
    }
}

/// One row through one step.
pub(super) fn through(
    step: &Open<'_>,
    row: &[Value],
    env: &Env<'_>,
    sink: &mut Sink<'_>,
) -> Judged<bool> {
    match step {
        Open::Filter(_, condition) => match eval(condition, row, env)?.is_true() {
            true => sink(row),
            false => Ok(true),
        },
        Open::Project(_, items) => {
            let new: Judged<Row> = items
                .iter()
                .map(|item| eval(item, row, env).map(|value| value.into_owned()))
                .collect();
            sink(&new?)
        }
        Open::Probe(_, probe) => probe.through(row, env, sink),
        Open::Unnest {
            arrays,
            ordinality,
            outer,
            ..
        } => unnested(row, arrays, (*ordinality, *outer), env, sink),
        Open::Rows(_) | Open::Scan(..) | Open::Chain(_) => sink(row),
    }
}
