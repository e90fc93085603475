use belfry_engine::base::FastMap;

use super::Row;
use super::env::Env;
use super::eval::eval;
use super::gather::gather;
use super::open::{Open, Sink, rows};
use crate::plan::{Join, Node, Scalar, conjuncts};
use crate::refusal::Judged;
use crate::sql::ast::{Comparison, JoinKind};
use crate::value::Value;

/// The right side of a join, and how rows of the left find theirs.
pub(super) struct Probe<'p> {
    join: &'p Join,
    right: Vec<Row>,
    /// Equal expressions of the left and the right side.
    keys: Vec<(Scalar, Scalar)>,
    /// The rows of the right side by the values of their keys.
    by_key: FastMap<Vec<Value>, Vec<usize>>,
    /// What must hold besides.
    rest: Vec<Scalar>,
}

impl<'p> Probe<'p> {
    pub(super) fn new(join: &'p Join, env: &Env<'_>) -> Judged<Self> {
        let right = rows(&join.right, env)?;
        let (mut keys, mut rest) = (Vec::new(), Vec::new());
        for condition in join.on.clone().into_iter().flat_map(conjuncts) {
            match key(&condition, join.widths.0) {
                Some(pair) => keys.push(pair),
                None => rest.push(condition),
            }
        }
        let mut by_key: FastMap<Vec<Value>, Vec<usize>> = FastMap::default();
        for (place, row) in right.iter().enumerate().filter(|_| !keys.is_empty()) {
            let of: Judged<Vec<Value>> = keys
                .iter()
                .map(|(_, of)| eval(of, row, env).map(|value| value.into_owned()))
                .collect();
            // NULL equals nothing.
            let of = of?;
            if !of.iter().any(Value::is_null) {
                by_key.entry(of).or_default().push(place);
            }
        }
        Ok(Self {
            join,
            right,
            keys,
            by_key,
            rest,
        })
    }

    /// The places of the rows on the right that belong to a row on the left.
    fn matches(
        &self,
        left: &[Value],
        env: &Env<'_>,
        found: &mut dyn FnMut(usize, &[Value]) -> Judged<bool>,
    ) -> Judged<bool> {
        let all: Vec<usize>;
        let candidates: &[usize] = if self.keys.is_empty() {
            all = (0..self.right.len()).collect();
            &all
        } else {
            let of: Judged<Vec<Value>> = self
                .keys
                .iter()
                .map(|(of, _)| eval(of, left, env).map(|value| value.into_owned()))
                .collect();
            self.by_key.get(&of?).map_or(&[], Vec::as_slice)
        };
        let mut row: Row = Vec::with_capacity(self.join.widths.0 + self.join.widths.1);
        for place in candidates {
            row.clear();
            row.extend_from_slice(left);
            row.extend_from_slice(self.right.get(*place).map_or(&[], Vec::as_slice));
            let mut holds = true;
            for condition in &self.rest {
                holds = holds && eval(condition, &row, env)?.is_true();
            }
            // NaN is in no order and equals nothing, though it groups with itself.
            if holds && !self.keys.iter().any(|(of, _)| matches!(eval(of, left, env).as_deref(), Ok(Value::Double(of)) if of.is_nan())) && !found(*place, &row)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A row of the left side with all that belong to it.
    pub(super) fn through(
        &self,
        left: &[Value],
        env: &Env<'_>,
        sink: &mut Sink<'_>,
    ) -> Judged<bool> {
        let mut met = false;
        let more = self.matches(left, env, &mut |_, row| {
            met = true;
            sink(row)
        })?;
        if !more || met || self.join.kind != JoinKind::Left {
            return Ok(more);
        }
        let mut row = left.to_vec();
        row.resize(self.join.widths.0 + self.join.widths.1, Value::Null);
        sink(&row)
    }
}

/// The sides of an equation between the two sides of a join.
fn key(condition: &Scalar, width: usize) -> Option<(Scalar, Scalar)> {
    let Node::Compare(Comparison::Equal, one, other) = &condition.node else {
        return None;
    };
    let is_left = |of: &Scalar| {
        let columns = of.columns();
        let inside =
            !columns.is_empty() && !of.any(&|part| matches!(part.node, Node::Subquery(..)));
        inside
            .then(|| columns.iter().all(|place| *place < width))
            .filter(|left| *left || columns.iter().all(|place| *place >= width))
    };
    let (left, right) = match (is_left(one)?, is_left(other)?) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return None,
    };
    Some((
        (**left).clone(),
        (**right).clone().moved(&|place| place - width),
    ))
}

/// The rows of RIGHT and FULL joins.
pub(super) fn outer_rows(left: &Open<'_>, join: &Join, env: &Env<'_>) -> Judged<Vec<Row>> {
    let probe = Probe::new(join, env)?;
    let lefts = gather(left, env, &Vec::new, &|kept: &mut Vec<Row>, row| {
        kept.push(row.to_vec());
        Ok(true)
    })?;
    let (mut found, mut met) = (Vec::new(), vec![false; probe.right.len()]);
    for row in lefts.into_iter().flatten() {
        let before = found.len();
        probe.matches(&row, env, &mut |place, both| {
            if let Some(met) = met.get_mut(place) {
                *met = true;
            }
            found.push(both.to_vec());
            Ok(true)
        })?;
        if found.len() == before && join.kind == JoinKind::Full {
            let mut row = row;
            row.resize(join.widths.0 + join.widths.1, Value::Null);
            found.push(row);
        }
    }
    for (row, _) in probe.right.iter().zip(&met).filter(|(_, met)| !**met) {
        let mut both = vec![Value::Null; join.widths.0];
        both.extend_from_slice(row);
        found.push(both);
    }
    Ok(found)
}
