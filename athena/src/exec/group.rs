use std::hash::BuildHasher;

use belfry_engine::base::FastMap;
use hashbrown::HashTable;
use indexmap::IndexSet;

use super::Row;
use super::env::Env;
use super::eval::eval;
use super::gather::gather;
use super::open::Open;
use super::sort::compare_keys;
use crate::aggregate::{Kind, State};
use crate::plan::{AggregateCall, Scalar};
use crate::refusal::Judged;
use crate::value::Value;

type Hasher = foldhash::fast::RandomState;

/// The groups that were met, in the order of their first rows.
struct Groups {
    hasher: Hasher,
    places: HashTable<usize>,
    groups: Vec<Group>,
    /// The key of the row at hand.
    key: Vec<Value>,
}

struct Group {
    /// The values of the keys, and the number of the grouping set.
    key: Vec<Value>,
    cells: Vec<Cell>,
}

/// What a call keeps of a group.
#[derive(Clone)]
pub(super) enum Cell {
    Stream(State),
    /// Arguments and keys of order of all rows, one after the other; each row has so many values.
    All(Vec<Value>, usize),
    /// Different arguments.
    Distinct(IndexSet<Vec<Value>, Hasher>),
}

/// The rows of an aggregation: keys, calls, the number of the grouping set.
pub(super) fn rows(
    input: &Open<'_>,
    keys: &[Scalar],
    sets: &[Vec<usize>],
    calls: &[AggregateCall],
    env: &Env<'_>,
) -> Judged<Vec<Row>> {
    let new = || Groups::new(keys.len());
    let states = gather(input, env, &new, &|groups: &mut Groups, row| {
        groups.add(row, keys, sets, calls, env).map(|()| true)
    })?;
    let mut all = Groups::new(keys.len());
    for state in states {
        all.merge(state)?;
    }
    // A set without keys has a row even where there are none to group.
    for (number, _) in sets.iter().enumerate().filter(|(_, set)| set.is_empty()) {
        let mut key = vec![Value::Null; keys.len()];
        key.push(Value::Whole(i64::try_from(number).unwrap_or(0)));
        all.place(&key, calls);
    }
    let finish = |group: Group| {
        let mut row = group.key;
        let set = row.pop().unwrap_or(Value::Null);
        for (cell, call) in group.cells.into_iter().zip(calls) {
            row.push(cell.finish(call)?);
        }
        row.push(set);
        Ok(row)
    };
    all.groups.into_iter().map(finish).collect()
}

impl Groups {
    fn new(keys: usize) -> Self {
        let hasher = FastMap::<u8, u8>::default().hasher().clone();
        Self {
            hasher,
            places: HashTable::new(),
            groups: Vec::new(),
            key: Vec::with_capacity(keys + 1),
        }
    }

    fn add(
        &mut self,
        row: &[Value],
        keys: &[Scalar],
        sets: &[Vec<usize>],
        calls: &[AggregateCall],
        env: &Env<'_>,
    ) -> Judged<()> {
        for (number, set) in sets.iter().enumerate() {
            let mut key = std::mem::take(&mut self.key);
            key.clear();
            for (place, of) in keys.iter().enumerate() {
                key.push(match set.contains(&place) {
                    true => eval(of, row, env)?.into_owned(),
                    false => Value::Null,
                });
            }
            key.push(Value::Whole(i64::try_from(number).unwrap_or(0)));
            let place = self.place(&key, calls);
            self.key = key;
            if let Some(group) = self.groups.get_mut(place) {
                for (cell, call) in group.cells.iter_mut().zip(calls) {
                    cell.add(call, row, env)?;
                }
            }
        }
        Ok(())
    }

    /// The place of a key's group, which is made where there is none.
    fn place(&mut self, key: &[Value], calls: &[AggregateCall]) -> usize {
        let (hash, groups) = (self.hasher.hash_one(key), &self.groups);
        let same = |place: &usize| groups.get(*place).is_some_and(|group| group.key == key);
        if let Some(place) = self.places.find(hash, same) {
            return *place;
        }
        let place = self.groups.len();
        let cells = calls.iter().map(Cell::new).collect();
        self.groups.push(Group {
            key: key.to_vec(),
            cells,
        });
        self.insert(hash, place);
        place
    }

    fn insert(&mut self, hash: u64, place: usize) {
        let (hasher, groups) = (&self.hasher, &self.groups);
        let rehash = |place: &usize| {
            groups
                .get(*place)
                .map_or(0, |group| hasher.hash_one(group.key.as_slice()))
        };
        self.places.insert_unique(hash, place, rehash);
    }

    fn merge(&mut self, other: Self) -> Judged<()> {
        for group in other.groups {
            let hash = self.hasher.hash_one(group.key.as_slice());
            let groups = &self.groups;
            let same = |place: &usize| {
                groups
                    .get(*place)
                    .is_some_and(|known| known.key == group.key)
            };
            match self
                .places
                .find(hash, same)
                .copied()
                .and_then(|place| self.groups.get_mut(place))
            {
                Some(known) => {
                    for (cell, other) in known.cells.iter_mut().zip(group.cells) {
                        cell.merge(other)?;
                    }
                }
                None => {
                    let place = self.groups.len();
                    self.groups.push(group);
                    self.insert(hash, place);
                }
            }
        }
        Ok(())
    }
}

impl Cell {
    pub(super) fn new(call: &AggregateCall) -> Self {
        let plain = call.order.is_empty();
        match call.function.kind {
            _ if call.distinct && plain => Self::Distinct(IndexSet::default()),
            Kind::Stream(state) if plain => Self::Stream(state(&call.result)),
            // Counting what is different needs each value once.
            Kind::Collect { .. } if call.function.name == "approx_distinct" => {
                Self::Distinct(IndexSet::default())
            }
            _ => Self::All(Vec::new(), call.arguments.len() + call.order.len()),
        }
    }

    pub(super) fn add(&mut self, call: &AggregateCall, row: &[Value], env: &Env<'_>) -> Judged<()> {
        if let Some(filter) = &call.filter
            && !eval(filter, row, env)?.is_true()
        {
            return Ok(());
        }
        // The usual case: one argument, which is not copied.
        if let (Self::Stream(state), [only]) = (&mut *self, call.arguments.as_slice()) {
            let value = eval(only, row, env)?;
            return match value.is_null() {
                true => Ok(()),
                false => state.add(std::slice::from_ref(&*value)),
            };
        }
        let arguments: Judged<Vec<Value>> = call
            .arguments
            .iter()
            .map(|argument| eval(argument, row, env).map(|value| value.into_owned()))
            .collect();
        let arguments = arguments?;
        if arguments.first().is_some_and(Value::is_null) && !takes_nulls(call) {
            return Ok(());
        }
        match self {
            Self::Stream(state) => state.add(&arguments)?,
            Self::All(all, _) => {
                all.extend(arguments);
                for key in &call.order {
                    all.push(eval(&key.by, row, env)?.into_owned());
                }
            }
            Self::Distinct(all) => {
                all.insert(arguments);
            }
        }
        Ok(())
    }

    fn merge(&mut self, other: Self) -> Judged<()> {
        match (self, other) {
            (Self::Stream(one), Self::Stream(other)) => one.merge(other)?,
            (Self::All(one, _), Self::All(other, _)) => one.extend(other),
            (Self::Distinct(one), Self::Distinct(other)) => one.extend(other),
            _ => {}
        }
        Ok(())
    }

    pub(super) fn finish(self, call: &AggregateCall) -> Judged<Value> {
        match self {
            Self::Stream(state) => Ok(state.finish(&call.result)),
            Self::Distinct(all) => {
                of_rows(&all.iter().map(Vec::as_slice).collect::<Vec<_>>(), call)
            }
            Self::All(all, width) => {
                let mut rows: Vec<&[Value]> = match width {
                    0 => Vec::new(),
                    width => all.chunks(width).collect(),
                };
                let arguments = call.arguments.len();
                rows.sort_by(|one, other| {
                    let keys = |row: &&[Value]| row.get(arguments..).unwrap_or_default().to_vec();
                    compare_keys(&keys(one), &keys(other), &call.order)
                });
                let rows: Vec<&[Value]> = rows
                    .iter()
                    .map(|row| row.get(..arguments).unwrap_or_default())
                    .collect();
                of_rows(&rows, call)
            }
        }
    }
}

fn of_rows(rows: &[&[Value]], call: &AggregateCall) -> Judged<Value> {
    match call.function.kind {
        Kind::Collect { run, .. } => run(rows, &call.result),
        Kind::Stream(state) => {
            let mut state = state(&call.result);
            for row in rows {
                state.add(row)?;
            }
            Ok(state.finish(&call.result))
        }
    }
}

fn takes_nulls(call: &AggregateCall) -> bool {
    match call.function.kind {
        Kind::Collect { nulls, .. } => nulls,
        Kind::Stream(state) => state(&call.result).takes_nulls(),
    }
}
