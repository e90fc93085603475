use super::literal;
use crate::base::FastSet;
use crate::events::{FieldScanner, Literal, LogType};
use crate::insights::plan::{Input, Key, Operator, Plan, Scalar, Slot};

/// The part of a plan that looks at one event at a time, and the order of what it lets through.
pub(super) struct Scan<'p> {
    /// Operations on single events, in order.
    pub(super) rowwise: Vec<&'p Operator>,
    /// Slots filled from the event itself.
    pub(super) system: Vec<(Slot, &'p Input)>,
    /// Slots filled from its JSON, in the order of the scanner's names.
    pub(super) discovered: Vec<Slot>,
    /// Where lines of AWS's own formats hold some of them.
    pub(super) columns: Vec<Column>,
    /// Finds the JSON fields.
    pub(super) scanner: FieldScanner,
    /// Whether the answer depends on the events' moments.
    pub(super) times: bool,
    /// Text without which no filter lets an event through.
    pub(super) literal: Option<Literal>,
    /// The order of `sort`, most important key first.
    pub(super) order: Vec<Key>,
    /// What follows once the rows are in order.
    pub(super) rest: &'p [Operator],
    /// The slots that anything behind the scan reads.
    pub(super) kept: FastSet<Slot>,
}

/// A field that lines of a log type hold at a place of their own.
pub(super) struct Column {
    pub(super) log_type: LogType,
    /// Counted from 0.
    pub(super) place: usize,
    pub(super) slot: Slot,
}

fn columns(json: &[(Slot, &String)]) -> Vec<Column> {
    let fields = json.iter().flat_map(|field| {
        LogType::WITH_COLUMNS
            .iter()
            .map(move |log_type| (*log_type, field))
    });
    let column = |(log_type, (slot, name)): (LogType, &(Slot, &String))| {
        let place = log_type
            .columns()
            .iter()
            .position(|column| column == name)?;
        Some(Column {
            log_type,
            place,
            slot: *slot,
        })
    };
    fields.filter_map(column).collect()
}

static DISCOVER: Operator = Operator::Discover;

/// Splits the operations on events at the first that needs more than one row and an order. A `sort`
/// before that only adds to the order, so that filters behind it still run on single events.
pub(super) fn prepare(plan: &Plan) -> Scan<'_> {
    let operators = &plan.events.operators;
    let streams = |op: &&Operator| op.is_rowwise() || matches!(op, Operator::Sort(_));
    let split = operators.iter().take_while(streams).count();
    let (front, rest) = operators.split_at(split);
    let json: Vec<(Slot, &String)> = plan
        .inputs
        .iter()
        .filter_map(|(slot, input)| match input {
            Input::Json(name) => Some((*slot, name)),
            _ => None,
        })
        .collect();
    let names = json.iter().map(|(_, name)| name.as_str());
    let discovered: Vec<Slot> = json.iter().map(|(slot, _)| *slot).collect();
    Scan {
        rowwise: rowwise(front, &discovered),
        system: system(plan),
        columns: columns(&json),
        scanner: FieldScanner::new(names, plan.choices.fields_per_event),
        discovered,
        times: plan.stages.is_empty() || !rest.is_empty() || reads_times(plan),
        literal: literal::required(front, &plan.inputs),
        order: order(front),
        rest,
        kept: kept(plan, front, rest),
    }
}

/// The single-row operations, with the JSON read just before the first that needs it.
fn rowwise<'p>(front: &'p [Operator], discovered: &[Slot]) -> Vec<&'p Operator> {
    let mut steps: Vec<&Operator> = front.iter().filter(|op| op.is_rowwise()).collect();
    if discovered.is_empty() {
        return steps;
    }
    let needs = |op: &&Operator| {
        let mut needs = false;
        op.for_each_slot(&mut |slot| needs |= discovered.contains(&slot));
        needs
    };
    let at = steps.iter().position(needs).unwrap_or(steps.len());
    steps.insert(at, &DISCOVER);
    steps
}

/// Whether a slot holds the moment.
fn reads_times(plan: &Plan) -> bool {
    let mut inputs = plan.inputs.iter();
    inputs.any(|(_, input)| matches!(input, Input::Timestamp))
}

fn system(plan: &Plan) -> Vec<(Slot, &Input)> {
    let inputs = plan.inputs.iter();
    inputs
        .filter(|(_, input)| !matches!(input, Input::Json(_)))
        .map(|(slot, input)| (*slot, input))
        .collect()
}

/// A later `sort` is more important, and an earlier one breaks its ties.
fn order(front: &[Operator]) -> Vec<Key> {
    let sorts = front.iter().rev().filter_map(|op| match op {
        Operator::Sort(keys) => Some(keys),
        _ => None,
    });
    sorts.flatten().copied().collect()
}

fn kept(plan: &Plan, front: &[Operator], rest: &[Operator]) -> FastSet<Slot> {
    let mut kept = FastSet::default();
    let mut keep = |slot: Slot| {
        kept.insert(slot);
    };
    order(front).iter().for_each(|key| keep(key.slot));
    rest.iter().for_each(|op| op.for_each_slot(&mut keep));
    match plan.stages.first() {
        Some((stats, _)) => {
            let arguments = stats.aggregates.iter().filter_map(|a| a.argument.as_ref());
            let read: Vec<&Scalar> = stats.keys.iter().chain(arguments).collect();
            read.iter()
                .for_each(|scalar| scalar.for_each_slot(&mut keep));
            let times = stats.aggregates.iter().filter_map(|a| a.time);
            times.for_each(keep);
        }
        None => plan.columns.iter().for_each(|column| keep(column.slot)),
    }
    kept
}
