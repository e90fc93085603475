use belfry_engine::base::FastMap;
use indexmap::IndexSet;

use super::Row;
use super::env::Env;
use super::gather::gather;
use super::open::Open;
use crate::refusal::Judged;
use crate::sql::ast::SetOperator;

/// Each different row once, in the order of the first.
pub(super) fn distinct(input: &Open<'_>, env: &Env<'_>) -> Judged<Vec<Row>> {
    let states = gather(input, env, &Rows::default, &|kept: &mut Rows, row| {
        if !kept.contains(row) {
            kept.insert(row.to_vec());
        }
        Ok(true)
    })?;
    let all: Rows = states.into_iter().flatten().collect();
    Ok(all.into_iter().collect())
}

type Rows = IndexSet<Row, foldhash::fast::RandomState>;

fn all_rows(input: &Open<'_>, env: &Env<'_>) -> Judged<Vec<Row>> {
    let states = gather(input, env, &Vec::new, &|kept: &mut Vec<Row>, row| {
        kept.push(row.to_vec());
        Ok(true)
    })?;
    Ok(states.into_iter().flatten().collect())
}

/// UNION, INTERSECT and EXCEPT; with ALL a row counts as often as it stands there.
pub(super) fn rows(
    operator: SetOperator,
    all: bool,
    (left, right): (Open<'_>, Open<'_>),
    env: &Env<'_>,
) -> Judged<Vec<Row>> {
    let mut left = match all {
        true => all_rows(&left, env)?,
        false => distinct(&left, env)?,
    };
    let right = all_rows(&right, env)?;
    if operator == SetOperator::Union {
        left.extend(right);
        return Ok(if all {
            left
        } else {
            left.into_iter().collect::<Rows>().into_iter().collect()
        });
    }
    let mut counts: FastMap<Row, u64> = FastMap::default();
    for row in right {
        *counts.entry(row).or_default() += 1;
    }
    let wanted = operator == SetOperator::Intersect;
    left.retain(
        |row| match counts.get_mut(row).filter(|count| **count > 0) {
            Some(count) => {
                *count -= u64::from(all);
                wanted
            }
            None => !wanted,
        },
    );
    Ok(left)
}
