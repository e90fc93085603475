use super::group::Grouping;
use crate::plan::{AggregateCall, Node, Plan, Scalar};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;

/// What an aggregation gives, and how expressions are rewritten to be about it.
pub(super) struct Aggregation {
    keys: Vec<Scalar>,
    sets: Vec<Vec<usize>>,
    calls: Vec<AggregateCall>,
}

impl Aggregation {
    pub(super) fn new(grouping: Grouping) -> Self {
        Self {
            keys: grouping.keys,
            sets: grouping.sets,
            calls: Vec::new(),
        }
    }

    /// The expression about the aggregation's rows: keys and calls become columns, and no other column may be left.
    pub(super) fn rewrite(&mut self, scalar: Scalar, text: &str) -> Judged<Scalar> {
        let whole = scalar.span;
        // Calls are found first, so that each has its place before the places behind them are known.
        let mut calls = Vec::new();
        collect(&scalar, &mut calls);
        for call in calls {
            if !self.calls.contains(&call) {
                self.calls.push(call);
            }
        }
        let (keys, known, sets) = (&self.keys, &self.calls, &self.sets);
        scalar.replaced(&mut |part| {
            if let Some(place) = keys.iter().position(|key| key == part) {
                return Ok(Some(Scalar::column(place, part.of.clone(), part.span)));
            }
            match &part.node {
                Node::Aggregate(call) => {
                    let place = known.iter().position(|known| known == &**call).unwrap_or(0);
                    Ok(Some(Scalar::new(Node::Column(CALLS + place), part.of.clone(), part.span)))
                }
                Node::Grouping(columns) => {
                    let mut places = Vec::new();
                    for column in columns {
                        let place = keys.iter().position(|key| key == column);
                        places.push(place.ok_or_else(|| Refusal::athena("INVALID_ARGUMENTS", part.span, "The arguments to GROUPING must be expressions referenced by the GROUP BY at the associated query level"))?);
                    }
                    let set_place = Scalar::new(Node::Column(SETS), Type::BigInt, part.span);
                    let bits = |set: &Vec<usize>| places.iter().fold(0_i64, |all, place| all * 2 + i64::from(!set.contains(place)));
                    Ok(Some(Scalar::new(Node::Lookup(Box::new(set_place), sets.iter().map(bits).collect()), Type::BigInt, part.span)))
                }
                Node::Column(_) => {
                    let shown = text.get(whole.start..whole.end).unwrap_or_default();
                    let message = format!("'{shown}' must be an aggregate expression or appear in GROUP BY clause");
                    Err(Refusal::athena("EXPRESSION_NOT_AGGREGATE", whole, message))
                }
                _ => Ok(None),
            }
        })
    }

    /// The columns of the aggregation's rows, with the number of the grouping set.
    pub(super) fn width(&self) -> usize {
        self.keys.len() + self.calls.len() + 1
    }

    /// The plan, now that all calls are known.
    pub(super) fn plan(&self, input: Plan) -> Plan {
        let (keys, sets, calls) = (self.keys.clone(), self.sets.clone(), self.calls.clone());
        Plan::Aggregate {
            input: Box::new(input),
            keys,
            sets,
            calls,
        }
    }

    /// The expression with the places of calls and grouping sets, now that all calls are known.
    pub(super) fn placed(&self, scalar: Scalar) -> Scalar {
        let (keys, calls) = (self.keys.len(), self.calls.len());
        scalar.moved(&|place| match place {
            SETS.. => keys + calls,
            CALLS.. => keys + place - CALLS,
            _ => place,
        })
    }
}

/// Columns from here on are calls until their number is known.
const CALLS: usize = 1 << 24;
/// The column of the grouping set.
const SETS: usize = 1 << 25;

fn collect(scalar: &Scalar, calls: &mut Vec<AggregateCall>) {
    scalar.each(&mut |part| {
        if let Node::Aggregate(call) = &part.node {
            calls.push((**call).clone());
        }
    });
}

/// Whether it has a call of an aggregate function that stands for a group.
pub(super) fn is_aggregated(scalar: &Scalar) -> bool {
    scalar.any(&|part| matches!(part.node, Node::Aggregate(_) | Node::Grouping(_)))
}
