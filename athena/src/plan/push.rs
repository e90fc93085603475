use super::operator::{Join, Plan};
use super::scalar::{Node, Scalar, and, conjuncts};
use crate::sql::ast::{JoinKind, SetOperator};

/// Moves conditions as near to the tables as they can go, as Trino does, so that only the partitions are read that the
/// query is about.
pub(crate) fn push_filters(plan: Plan) -> Plan {
    push(plan, Vec::new())
}

/// The plan with conditions on its rows.
fn push(plan: Plan, mut conditions: Vec<Scalar>) -> Plan {
    match plan {
        Plan::Filter(input, condition) => {
            conditions.extend(conjuncts(condition));
            push(*input, conditions)
        }
        Plan::Project(input, items) => {
            let (inside, outside) = split(conditions, |condition| {
                let simple = |place: &usize| {
                    items
                        .get(*place)
                        .is_some_and(|item| !item.any(&is_subquery))
                };
                condition.columns().iter().all(simple)
            });
            let inside = inside
                .into_iter()
                .map(|condition| substituted(condition, &items));
            let input = push(*input, inside.collect());
            filtered(Plan::Project(Box::new(input), items), outside)
        }
        Plan::Scan(mut scan) => {
            let outside = |condition: &Scalar| {
                let columns = condition.columns();
                !condition.any(&is_subquery)
                    && !columns.is_empty()
                    && columns.iter().all(|place| scan.is_outside(*place))
            };
            let (pruning, rest) = split(conditions, outside);
            scan.pruning.extend(pruning);
            filtered(Plan::Scan(scan), rest)
        }
        plan @ Plan::Aggregate { .. } => push_aggregate(plan, conditions),
        Plan::Join(join) => push_join(*join, conditions),
        Plan::Set {
            operator: operator @ SetOperator::Union,
            all,
            left,
            right,
        } => {
            let left = Box::new(push(*left, conditions.clone()));
            let right = Box::new(push(*right, conditions));
            Plan::Set {
                operator,
                all,
                left,
                right,
            }
        }
        Plan::Sort(input, keys) => Plan::Sort(Box::new(push(*input, conditions)), keys),
        Plan::Distinct(input) => Plan::Distinct(Box::new(push(*input, conditions))),
        mut other => {
            for input in inputs(&mut other) {
                let old = std::mem::replace(input, Plan::Single);
                *input = push_filters(old);
            }
            filtered(other, conditions)
        }
    }
}

/// Conditions on what rows are grouped by may as well be asked before.
fn push_aggregate(plan: Plan, conditions: Vec<Scalar>) -> Plan {
    let Plan::Aggregate {
        input,
        keys,
        sets,
        calls,
    } = plan
    else {
        return filtered(plan, conditions);
    };

    let of_key = |condition: &Scalar| condition.columns().iter().all(|place| *place < keys.len());
    let single =
        sets.len() == 1 && !keys.is_empty() && sets.iter().all(|set| set.len() == keys.len());
    let (inside, rest) = split(conditions, |condition| {
        single && of_key(condition) && !condition.columns().is_empty()
    });
    let inside = inside
        .into_iter()
        .map(|condition| substituted(condition, &keys));
    let input = Box::new(push(*input, inside.collect()));
    filtered(
        Plan::Aggregate {
            input,
            keys,
            sets,
            calls,
        },
        rest,
    )
}

/// What an operator reads that lets no condition through.
fn inputs(plan: &mut Plan) -> Vec<&mut Plan> {
    match plan {
        Plan::Window(input, _) | Plan::Limit(input, ..) | Plan::Unnest { input, .. } => vec![input],
        Plan::Set { left, right, .. } => vec![left, right],
        _ => Vec::new(),
    }
}

fn push_join(join: Join, conditions: Vec<Scalar>) -> Plan {
    let Join {
        kind,
        left,
        right,
        widths,
        on,
    } = join;
    let inner = matches!(kind, JoinKind::Cross | JoinKind::Inner);
    let (mut together, mut before) = (Vec::new(), conditions);
    if inner {
        before.extend(on.into_iter().flat_map(conjuncts));
    } else {
        together.extend(on.into_iter().flat_map(conjuncts));
    }
    // Conditions on the side that keeps all its rows may go to it, others not.
    let to_left = inner || kind == JoinKind::Left;
    let to_right = inner || kind == JoinKind::Right;
    let reads = |condition: &Scalar, left: bool| {
        let columns = condition.columns();
        !columns.is_empty() && columns.iter().all(|place| (*place < widths.0) == left)
    };
    let (of_left, rest) = split(before, |condition| to_left && reads(condition, true));
    let (of_right, rest) = split(rest, |condition| to_right && reads(condition, false));
    let of_right = of_right
        .into_iter()
        .map(|condition| condition.moved(&|place| place - widths.0));
    let (left, right) = (push(left, of_left), push(right, of_right.collect()));
    let (mut kind, mut after) = (kind, rest);
    if inner {
        together = std::mem::take(&mut after);
        kind = if together.is_empty() {
            JoinKind::Cross
        } else {
            JoinKind::Inner
        };
    }
    let on = and(together);
    filtered(
        Plan::Join(Box::new(Join {
            kind,
            left,
            right,
            widths,
            on,
        })),
        after,
    )
}

fn is_subquery(part: &Scalar) -> bool {
    matches!(part.node, Node::Subquery(..))
}

fn split(all: Vec<Scalar>, is: impl Fn(&Scalar) -> bool) -> (Vec<Scalar>, Vec<Scalar>) {
    all.into_iter().partition(is)
}

fn filtered(plan: Plan, conditions: Vec<Scalar>) -> Plan {
    match and(conditions) {
        Some(condition) => Plan::Filter(Box::new(plan), condition),
        None => plan,
    }
}

/// The condition with the columns' expressions in their place.
fn substituted(condition: Scalar, items: &[Scalar]) -> Scalar {
    let new = condition.replaced::<std::convert::Infallible>(&mut |part| {
        Ok(match part.node {
            Node::Column(place) => items.get(place).cloned(),
            _ => None,
        })
    });
    match new {
        Ok(new) => new,
        Err(never) => match never {},
    }
}
