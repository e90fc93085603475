use super::calls::{AggregateCall, SortKey, WindowCall};
use super::operator::{Join, Plan};
use super::scalar::{Node, Scalar, SubqueryKind};
use std::sync::Arc;

/// Marks in every scan which columns the query reads; `needed` are those of the plan's rows.
pub(crate) fn mark_used(plan: &mut Plan, needed: &[bool]) {
    match plan {
        Plan::Single => {}
        Plan::Values(rows) => rows.iter_mut().flatten().for_each(subqueries),
        Plan::Scan(scan) => {
            let mut used = needed.to_vec();
            scan.pruning
                .iter()
                .for_each(|condition| see(&mut used, condition));
            used.resize(scan.types.len(), false);
            scan.used = used;
        }
        Plan::Filter(input, condition) => {
            let mut inside = needed.to_vec();
            see(&mut inside, condition);
            subqueries(condition);
            mark_used(input, &inside);
        }
        Plan::Project(input, items) => {
            let mut inside = Vec::new();
            for (item, needed) in items.iter_mut().zip(needed) {
                if *needed {
                    see(&mut inside, item);
                    subqueries(item);
                } else {
                    // Nobody reads it; an error in it would not be met by Trino either.
                    item.node = Node::Constant(crate::value::Value::Null);
                }
            }
            mark_used(input, &inside);
        }
        Plan::Aggregate {
            input, keys, calls, ..
        } => {
            let mut inside = Vec::new();
            let parts = keys
                .iter_mut()
                .chain(calls.iter_mut().flat_map(AggregateCall::parts));
            for part in parts {
                see(&mut inside, part);
                subqueries(part);
            }
            mark_used(input, &inside);
        }
        Plan::Window(input, calls) => {
            let mut inside = needed.to_vec();
            for part in calls.iter_mut().flat_map(WindowCall::parts) {
                see(&mut inside, part);
                subqueries(part);
            }
            mark_used(input, &inside);
        }
        Plan::Join(join) => mark_join(join, needed),
        Plan::Sort(input, keys) => {
            let mut inside = needed.to_vec();
            for SortKey { by, .. } in keys {
                see(&mut inside, by);
                subqueries(by);
            }
            mark_used(input, &inside);
        }
        Plan::Limit(input, ..) => mark_used(input, needed),
        Plan::Distinct(input) => mark_used(input, &all()),
        Plan::Set { left, right, .. } => {
            mark_used(left, &all());
            mark_used(right, &all());
        }
        Plan::Unnest { input, arrays, .. } => {
            let mut inside = needed.to_vec();
            for array in arrays {
                see(&mut inside, array);
                subqueries(array);
            }
            mark_used(input, &inside);
        }
    }
}

/// As many columns as any row has.
fn all() -> Vec<bool> {
    vec![true; 4096]
}

fn see(needed: &mut Vec<bool>, scalar: &Scalar) {
    for place in scalar.columns() {
        if needed.len() <= place {
            needed.resize(place + 1, false);
        }
        if let Some(needed) = needed.get_mut(place) {
            *needed = true;
        }
    }
}

fn mark_join(join: &mut Join, needed: &[bool]) {
    let mut inside = needed.to_vec();
    if let Some(on) = &mut join.on {
        see(&mut inside, on);
        subqueries(on);
    }
    inside.resize(join.widths.0 + join.widths.1, false);
    let (left, right) = inside.split_at(join.widths.0);
    mark_used(&mut join.left, left);
    mark_used(&mut join.right, right);
}

/// The plans of subqueries inside an expression.
fn subqueries(scalar: &mut Scalar) {
    let old = std::mem::replace(
        scalar,
        Scalar::constant(
            crate::value::Value::Null,
            crate::types::Type::Unknown,
            scalar.span,
        ),
    );
    let new = old.replaced::<std::convert::Infallible>(&mut |part| {
        let Node::Subquery(kind, plan, handed) = &part.node else {
            return Ok(None);
        };
        let (mut kind, mut plan, mut handed) = (kind.clone(), Plan::clone(plan), handed.clone());
        let needed = match &mut *kind {
            SubqueryKind::Exists => Vec::new(),
            SubqueryKind::Value => all(),
            SubqueryKind::Compare(value, ..) => {
                subqueries(value);
                all()
            }
        };
        handed.iter_mut().for_each(subqueries);
        mark_used(&mut plan, &needed);
        let node = Node::Subquery(kind, Arc::new(plan), handed);
        Ok(Some(Scalar::new(node, part.of.clone(), part.span)))
    });
    *scalar = match new {
        Ok(new) => new,
        Err(never) => match never {},
    };
}
