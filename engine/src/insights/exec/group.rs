use super::eval::{eval, with};
use super::rows::Row;
use crate::base::{FastMap, Millis};
use crate::insights::RunOptions;
use crate::insights::agg::Accumulator;
use crate::insights::choices::GroupOrder;
use crate::insights::plan::{AggregateCall, Scalar, Slot, Stats};
use crate::insights::value::{Number, Value};

/// The groups of a `stats`, in the order they were first seen.
pub(super) struct Groups<'p> {
    stats: &'p Stats,
    /// From a key's bytes to its place in `groups`.
    places: FastMap<Box<[u8]>, usize>,
    groups: Vec<Group>,
    /// Spare room for building keys.
    key: Vec<u8>,
    /// The place of the next row among all rows.
    next: Place,
}

/// The part of the source that a row stands in, and its number in it.
type Place = (usize, u64);

struct Group {
    /// Where it was first seen.
    first: Place,
    key: Box<[u8]>,
    values: Vec<Value<'static>>,
    accumulators: Vec<Box<dyn Accumulator>>,
}

impl<'p> Groups<'p> {
    pub(super) fn new(stats: &'p Stats) -> Self {
        Self {
            stats,
            places: FastMap::default(),
            groups: Vec::new(),
            key: Vec::new(),
            next: (0, 0),
        }
    }

    /// Whether the answer is the same in whatever order rows are added and groups merged.
    pub(super) fn fit_any_order(&self) -> bool {
        let mut calls = self.stats.aggregates.iter();
        calls.all(|call| (call.aggregate.start)(call.parameter).fits_any_order())
    }

    /// The next rows are those of this part of the source, in order.
    pub(super) fn start_part(&mut self, number: usize) {
        self.next = (number, 0);
    }

    /// Adds one row.
    pub(super) fn add<'r>(&mut self, row: &[Value<'r>], options: &RunOptions)
    where
        'p: 'r,
    {
        let stats = self.stats;
        let place = self.place(row, options);
        let here = self.next;
        self.next.1 += 1;
        let Some(group) = self.groups.get_mut(place) else {
            return;
        };
        group.first = group.first.min(here);
        let mut read = NumberRead::default();
        for (call, accumulator) in stats.aggregates.iter().zip(&mut group.accumulators) {
            match &call.argument {
                Some(Scalar::Slot(slot)) if accumulator.takes_numbers() => {
                    if let Some(number) = read.number(row, *slot) {
                        accumulator.add_number(number);
                    }
                }
                _ => add_value(call, accumulator.as_mut(), row, options),
            }
        }
    }

    /// The place of the row's group, which is a new one if it has to be.
    fn place<'r>(&mut self, row: &[Value<'r>], options: &RunOptions) -> usize
    where
        'p: 'r,
    {
        let stats = self.stats;
        if stats.keys.is_empty() && !self.groups.is_empty() {
            return 0;
        }
        self.key.clear();
        if let Some((last, keys)) = stats.keys.split_last() {
            for key in keys {
                with(key, row, options, |value| {
                    write_key(&mut self.key, value, Text::Delimited);
                });
            }
            with(last, row, options, |value| {
                write_key(&mut self.key, value, Text::ToTheEnd);
            });
        }
        match self.places.get(self.key.as_slice()) {
            Some(place) => *place,
            None => self.start(stats.keys.iter().map(|key| eval(key, row, options))),
        }
    }

    /// A new group with the key that was written.
    fn start<'r>(&mut self, keys: impl Iterator<Item = Value<'r>>) -> usize {
        let key: Box<[u8]> = self.key.as_slice().into();
        let values = keys.map(|key| groupable(key).into_owned()).collect();
        let start = |call: &AggregateCall| (call.aggregate.start)(call.parameter);
        let accumulators = self.stats.aggregates.iter().map(start).collect();
        self.insert(Group {
            first: self.next,
            key,
            values,
            accumulators,
        })
    }

    fn insert(&mut self, group: Group) -> usize {
        let place = self.groups.len();
        self.places.insert(group.key.clone(), place);
        self.groups.push(group);
        place
    }

    /// Adds the groups of other input; of later input, where the order matters.
    pub(super) fn merge(&mut self, later: Self) {
        for group in later.groups {
            match self.places.get(&group.key) {
                Some(place) => {
                    if let Some(mine) = self.groups.get_mut(*place) {
                        mine.first = mine.first.min(group.first);
                        let pairs = mine.accumulators.iter_mut().zip(group.accumulators);
                        pairs.for_each(|(mine, theirs)| mine.merge(theirs.into_any()));
                    }
                }
                None => {
                    self.insert(group);
                }
            }
        }
    }

    /// The rows of the groups: by the first key that is a moment, newest first; else as first seen.
    pub(super) fn finish(mut self, width: usize, options: &RunOptions) -> Vec<Row> {
        if self.groups.is_empty() && self.stats.choices.row_of_nothing && self.stats.keys.is_empty()
        {
            self.key.clear();
            self.start(std::iter::empty());
        }
        let stats = self.stats;
        self.groups.sort_by_key(|group| group.first);
        let mut rows: Vec<Row> = self
            .groups
            .into_iter()
            .map(|group| finish_group(stats, group, width, options))
            .collect();
        let keys = stats.keys.len();
        if stats.choices.drops_missing_keys {
            rows.retain(|row| row.values.iter().take(keys).all(|key| !key.is_null()));
        }
        match (stats.choices.group_order, first_moment(&rows, keys)) {
            (GroupOrder::NewestFirst, Some(slot)) => {
                rows.sort_by_key(|row| std::cmp::Reverse(moment(row, slot)));
            }
            (GroupOrder::OldestFirst, Some(slot)) => rows.sort_by_key(|row| moment(row, slot)),
            _ => {}
        }
        rows
    }
}

/// The number that was last read from a row, for aggregates of one field that stand side by side.
#[derive(Default)]
struct NumberRead(Option<(Slot, Option<Number>)>);

impl NumberRead {
    fn number(&mut self, row: &[Value<'_>], slot: Slot) -> Option<Number> {
        let read = || (slot, row.get(slot).and_then(Value::number));
        match self.0 {
            Some((known, number)) if known == slot => number,
            _ => self.0.insert(read()).1,
        }
    }
}

fn add_value(
    call: &AggregateCall,
    accumulator: &mut dyn Accumulator,
    row: &[Value<'_>],
    options: &RunOptions,
) {
    let at = call.time.and_then(|slot| row.get(slot));
    let at = match at {
        Some(Value::Timestamp(at)) => *at,
        Some(_) => return,
        None => Millis(0),
    };
    let Some(argument) = &call.argument else {
        return accumulator.add(&Value::Integer(1), at);
    };
    with(argument, row, options, |value| {
        if is_groupable(value) {
            accumulator.add(value, at);
        }
    });
}

/// Whether a value is there for `stats`.
fn is_groupable(value: &Value<'_>) -> bool {
    !matches!(value, Value::Null | Value::Structure(_))
}

/// Maps and lists are not supported by `stats` (CloudWatch Logs user guide); there they are missing.
fn groupable(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Structure(_) => Value::Null,
        other => other,
    }
}

/// How a reader of a key would find where a text in it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    /// By the length before it.
    Delimited,
    /// It is the rest of the key.
    ToTheEnd,
}

/// Keys are one where their texts are; a length before each but the last keeps them apart, a zero byte marks
/// a missing one.
#[inline]
fn write_key(key: &mut Vec<u8>, value: &Value<'_>, place: Text) {
    if !is_groupable(value) {
        key.push(0);
        return;
    }
    // A moment's text says no more than its number, and takes far longer to write.
    if let Value::Timestamp(at) = value {
        key.push(2);
        key.extend_from_slice(&at.0.to_le_bytes());
        return;
    }
    let text = value.display().unwrap_or_default();
    key.push(1);
    if place == Text::Delimited {
        key.extend_from_slice(&text.len().to_le_bytes());
    }
    key.extend_from_slice(text.as_bytes());
}

fn finish_group(stats: &Stats, group: Group, width: usize, options: &RunOptions) -> Row {
    let mut values = group.values;
    values.resize(width, Value::Null);
    for (call, accumulator) in stats.aggregates.iter().zip(group.accumulators) {
        if let Some(place) = values.get_mut(call.slot) {
            *place = accumulator.finish();
        }
    }
    if let Some((bins, offset)) = &stats.offset {
        for bin in bins {
            if let Some(Value::Timestamp(at)) = values.get_mut(*bin) {
                *at = at.plus(*offset);
            }
        }
    }
    for (slot, scalar) in &stats.items {
        let value = eval(scalar, &values, options).into_owned();
        if let Some(place) = values.get_mut(*slot) {
            *place = value;
        }
    }
    Row {
        values,
        at: Millis(0),
        position: None,
    }
}

fn first_moment(rows: &[Row], keys: usize) -> Option<usize> {
    (0..keys).find(|slot| {
        rows.iter()
            .any(|row| matches!(row.values.get(*slot), Some(Value::Timestamp(_))))
    })
}

fn moment(row: &Row, slot: usize) -> Option<Millis> {
    match row.values.get(slot) {
        Some(Value::Timestamp(at)) => Some(*at),
        _ => None,
    }
}
