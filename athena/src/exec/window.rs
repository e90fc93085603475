use std::ops::Range;

use super::Row;
use super::env::Env;
use super::eval::eval;
use super::group::Cell;
use super::sort::compare_keys;
use crate::plan::{AggregateCall, Edge, FrameUnit, Scalar, WindowCall, WindowKind};
use crate::refusal::{Judged, Refusal};
use crate::value::{Value, ordered};

/// The rows with a column for each call.
pub(super) fn rows(mut rows: Vec<Row>, calls: &[WindowCall], env: &Env<'_>) -> Judged<Vec<Row>> {
    for call in calls {
        let found = column(&rows, call, env)?;
        for (row, value) in rows.iter_mut().zip(found) {
            row.push(value);
        }
    }
    Ok(rows)
}

fn values(all: &[Scalar], row: &[Value], env: &Env<'_>) -> Judged<Vec<Value>> {
    all.iter()
        .map(|of| eval(of, row, env).map(|value| value.into_owned()))
        .collect()
}

/// A row of a partition: its place among all rows, and the values it is divided and sorted by.
struct Member {
    place: usize,
    partition: Vec<Value>,
    order: Vec<Value>,
}

fn column(rows: &[Row], call: &WindowCall, env: &Env<'_>) -> Judged<Vec<Value>> {
    let by: Vec<Scalar> = call.order.iter().map(|key| key.by.clone()).collect();
    let member = |(place, row): (usize, &Row)| {
        Ok(Member {
            place,
            partition: values(&call.partition, row, env)?,
            order: values(&by, row, env)?,
        })
    };
    let mut members: Vec<Member> = rows.iter().enumerate().map(member).collect::<Judged<_>>()?;
    members.sort_by(|one, other| {
        let partitions = one
            .partition
            .iter()
            .zip(&other.partition)
            .map(|(one, other)| ordered(one, other));
        let first = partitions.into_iter().find(|order| order.is_ne());
        first.unwrap_or_else(|| compare_keys(&one.order, &other.order, &call.order))
    });
    let mut found = vec![Value::Null; rows.len()];
    for partition in members.chunk_by(|one, other| one.partition == other.partition) {
        let window = Partition {
            rows,
            members: partition,
            call,
            env,
        };
        for (place, member) in partition.iter().enumerate() {
            if let Some(slot) = found.get_mut(member.place) {
                *slot = window.value(place)?;
            }
        }
        window.running(&mut found)?;
    }
    Ok(found)
}

struct Partition<'w> {
    rows: &'w [Row],
    members: &'w [Member],
    call: &'w WindowCall,
    env: &'w Env<'w>,
}

fn number(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

impl Partition<'_> {
    fn row(&self, place: usize) -> &[Value] {
        let member = self
            .members
            .get(place)
            .and_then(|member| self.rows.get(member.place));
        member.map_or(&[], Vec::as_slice)
    }

    fn argument(&self, which: usize, place: usize) -> Judged<Value> {
        match self.call.arguments.get(which) {
            Some(of) => eval(of, self.row(place), self.env).map(|value| value.into_owned()),
            None => Ok(Value::Null),
        }
    }

    /// The rows that are equal in the window's order.
    fn peers(&self, place: usize) -> Range<usize> {
        let order = self.members.get(place).map(|member| &member.order);
        let start = self.members.partition_point(|member| {
            order.is_some_and(|order| compare_keys(&member.order, order, &self.call.order).is_lt())
        });
        let end = self.members.partition_point(|member| {
            order.is_some_and(|order| compare_keys(&member.order, order, &self.call.order).is_le())
        });
        start..end
    }

    fn frame(&self, place: usize) -> Range<usize> {
        let count = self.members.len();
        let rows = self.call.unit == FrameUnit::Rows;
        let back = |by: i64| place.saturating_sub(usize::try_from(by).unwrap_or(usize::MAX));
        let on = |by: i64| place.saturating_add(usize::try_from(by).unwrap_or(usize::MAX));
        let start = match self.call.start {
            Edge::Start => 0,
            Edge::Preceding(by) => back(by),
            Edge::Current if rows => place,
            Edge::Current => self.peers(place).start,
            Edge::Following(by) => on(by),
            Edge::End => count,
        };
        let end = match self.call.end {
            Edge::Start => 0,
            Edge::Preceding(by) => usize::try_from(by)
                .ok()
                .and_then(|by| (place + 1).checked_sub(by))
                .unwrap_or(0),
            Edge::Current if rows => place + 1,
            Edge::Current => self.peers(place).end,
            Edge::Following(by) => on(by).saturating_add(1),
            Edge::End => count,
        };
        start.min(count)..end.min(count).max(start.min(count))
    }

    fn value(&self, place: usize) -> Judged<Value> {
        let (count, peers) = (self.members.len(), || self.peers(place));
        #[expect(clippy::cast_precision_loss, reason = "the result is a double")]
        let share = |part: usize, of: usize| {
            Value::Double(if of == 0 {
                0.0
            } else {
                part as f64 / of as f64
            })
        };
        Ok(match &self.call.kind {
            WindowKind::RowNumber => Value::Whole(number(place) + 1),
            WindowKind::Rank => Value::Whole(number(peers().start) + 1),
            WindowKind::DenseRank => {
                let before = self.members.get(..peers().start).unwrap_or_default();
                Value::Whole(
                    number(
                        before
                            .chunk_by(|one, other| {
                                compare_keys(&one.order, &other.order, &self.call.order).is_eq()
                            })
                            .count(),
                    ) + 1,
                )
            }
            WindowKind::PercentRank => share(peers().start, count - 1),
            WindowKind::CumeDist => share(peers().end, count),
            WindowKind::Ntile => self.tile(place)?,
            WindowKind::Lag => self.neighbour(place, -1)?,
            WindowKind::Lead => self.neighbour(place, 1)?,
            WindowKind::FirstValue => self.nth(&mut self.frame(place), 1)?,
            WindowKind::LastValue => self.nth(&mut self.frame(place).rev(), 1)?,
            WindowKind::NthValue => match self.argument(1, place)? {
                Value::Null => Value::Null,
                nth if nth.as_whole() < 1 => {
                    return Err(Refusal::argument("Offset must be at least 1"));
                }
                nth => self.nth(&mut self.frame(place), nth.as_whole())?,
            },
            // Those from the partition's start are reckoned together, in one pass.
            WindowKind::Aggregate(_) if self.call.start == Edge::Start => Value::Null,
            WindowKind::Aggregate(call) => {
                let mut cell = Cell::new(call);
                for at in self.frame(place) {
                    cell.add(call, self.row(at), self.env)?;
                }
                cell.finish(call)?
            }
        })
    }

    fn tile(&self, place: usize) -> Judged<Value> {
        let tiles = self.argument(0, place)?;
        if tiles.is_null() {
            return Ok(Value::Null);
        }
        let Some(tiles) = usize::try_from(tiles.as_whole())
            .ok()
            .filter(|tiles| *tiles > 0)
        else {
            return Err(Refusal::argument("Buckets must be greater than 0"));
        };
        let (size, larger) = (self.members.len() / tiles, self.members.len() % tiles);
        let border = larger * (size + 1);
        let tile = if place < border {
            place / (size + 1)
        } else {
            larger + (place - border) / size.max(1)
        };
        Ok(Value::Whole(number(tile) + 1))
    }

    /// `lag` and `lead`: the value so many rows away, else the third argument.
    fn neighbour(&self, place: usize, sign: i64) -> Judged<Value> {
        let offset = match self.call.arguments.len() {
            1 => 1,
            _ => match self.argument(1, place)? {
                Value::Null => return Ok(Value::Null),
                offset => offset.as_whole(),
            },
        };
        if offset < 0 {
            return Err(Refusal::argument("Offset must be at least 0"));
        }
        let mut left = offset;
        let mut at = number(place);
        while left > 0 {
            at += sign;
            let inside = usize::try_from(at)
                .ok()
                .filter(|at| *at < self.members.len());
            let Some(inside) = inside else {
                return self.argument(2, place);
            };
            if !self.call.ignore_nulls || !self.argument(0, inside)?.is_null() {
                left -= 1;
            }
        }
        self.argument(0, usize::try_from(at).unwrap_or(place))
    }

    fn nth(&self, frame: &mut dyn Iterator<Item = usize>, nth: i64) -> Judged<Value> {
        let mut left = nth;
        for at in frame {
            let value = self.argument(0, at)?;
            if self.call.ignore_nulls && value.is_null() {
                continue;
            }
            left -= 1;
            if left == 0 {
                return Ok(value);
            }
        }
        Ok(Value::Null)
    }

    /// Aggregates over frames that begin with the partition: each row adds to what was there.
    fn running(&self, found: &mut [Value]) -> Judged<()> {
        let WindowKind::Aggregate(call) = &self.call.kind else {
            return Ok(());
        };
        if self.call.start != Edge::Start {
            return Ok(());
        }
        let (mut cell, mut seen) = (Cell::new(call), 0);
        let mut last: Option<(usize, Value)> = None;
        for (place, member) in self.members.iter().enumerate() {
            let end = self.frame(place).end;
            while seen < end {
                cell.add(call, self.row(seen), self.env)?;
                seen += 1;
            }
            let value = match &last {
                Some((known, value)) if *known == end => value.clone(),
                _ => finished(&cell, call)?,
            };
            last = Some((end, value.clone()));
            if let Some(slot) = found.get_mut(member.place) {
                *slot = value;
            }
        }
        Ok(())
    }
}

fn finished(cell: &Cell, call: &AggregateCall) -> Judged<Value> {
    cell.clone().finish(call)
}
