//! What runs: expressions over numbered slots, row operations, aggregations.
//!
//! A row is a list of values by slot. The first slots of an event's row are its inputs (system fields
//! and JSON fields), the others are computed. Nothing here knows names any more.

use regex::Regex;

use super::agg::Aggregate;
use super::ast::Arithmetic;
use super::choices::Choices;
use super::func::{Moment, OfQuery, OfValues, Prepared};
use super::period::Period;
use super::value::{Comparison, Step, Value};
use super::whole::Whole;

/// A place in a row.
pub(super) type Slot = usize;

/// Where an event's slot is filled from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// `@timestamp`
    Timestamp,
    /// `@message`
    Message,
    /// `@logStream`
    LogStream,
    /// `@log`
    Log,
    /// `@ingestionTime`
    IngestionTime,
    /// `@ptr`
    Pointer,
    /// What is known of the log group behind an event.
    Origin(super::origin::Field),
    /// A field of Lambda's own lines.
    Lambda(super::lambda::Field),
    /// A field discovered in JSON, by its dotted name.
    Json(String),
}

/// A query that can run.
#[derive(Debug)]
pub(super) struct Plan {
    /// Which slots of an event's row hold its fields.
    pub(super) inputs: Vec<(Slot, Input)>,
    /// Every place of the text that reads a field of the event; those that it does not write have an empty
    /// span.
    pub(super) reads: Vec<(String, crate::diag::Span)>,
    /// What is done with events, in order.
    pub(super) events: Segment,
    /// Each `stats` with what follows it.
    pub(super) stages: Vec<(Stats, Segment)>,
    /// The answer's columns.
    pub(super) columns: Vec<Column>,
    /// Whether a `limit` is written.
    pub(super) limited: bool,
    /// Remarks for every answer.
    pub(super) notes: Vec<String>,
    /// What is read before the query runs.
    pub(super) needs: Vec<super::others::Need>,
    /// What is chosen where AWS is silent.
    pub(super) choices: Choices,
    /// Why only AWS can run the query.
    pub(super) aws_only: Vec<crate::diag::Diagnostic>,
    /// Commands that groups of class STANDARD alone know, with their places.
    pub(super) standard_only: Vec<(&'static str, crate::diag::Span)>,
    /// The function that asks for the time range, if one does.
    pub(super) asks_range: Option<&'static str>,
}

/// A column of the answer.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its name.
    pub(super) label: String,
    /// Where its value is.
    pub(super) slot: Slot,
}

/// Operations on rows of one shape.
#[derive(Debug, Default)]
pub(super) struct Segment {
    /// Slots of a row.
    pub(super) width: usize,
    /// What is done, in order.
    pub(super) operators: Vec<Operator>,
}

/// One operation.
#[derive(Debug)]
pub(super) enum Operator {
    /// Fills the JSON inputs.
    Discover,
    /// Drops rows for which the expression is not true.
    Filter(Scalar),
    /// Fills a slot.
    Compute { slot: Slot, scalar: Scalar },
    /// Fills a slot for each capture group; leaves them missing where nothing matches.
    Extract {
        source: Scalar,
        regex: Regex,
        targets: Vec<(usize, Slot)>,
    },
    /// Orders rows, stable.
    Sort(Vec<Key>),
    /// Keeps the first rows.
    Limit(usize),
    /// Keeps the last rows.
    Tail(usize),
    /// Keeps the first row of each combination; rows with a missing value stay.
    Dedup(Vec<Slot>),
    /// A command over all rows.
    Whole(Box<dyn Whole>),
}

/// A key of `sort`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// The slot compared.
    pub(super) slot: Slot,
    /// Greatest first.
    pub(super) descending: bool,
}

/// An aggregation. Its rows hold the keys first, then aggregates and items as they were written.
#[derive(Debug)]
pub(super) struct Stats {
    /// The group keys, over rows of the segment before.
    pub(super) keys: Vec<Scalar>,
    /// The aggregates.
    pub(super) aggregates: Vec<AggregateCall>,
    /// Expressions over the new rows, computed in order.
    pub(super) items: Vec<(Slot, Scalar)>,
    /// What is chosen where AWS is silent.
    pub(super) choices: Choices,
    /// Whether a key is a `bin`.
    pub(super) is_over_time: bool,
    /// `offset`: keys that are bins, and how many milliseconds before them the events are that they count.
    pub(super) offset: Option<(Vec<Slot>, i64)>,
}

/// One aggregate of a `stats`.
#[derive(Debug)]
pub(super) struct AggregateCall {
    /// Which.
    pub(super) aggregate: &'static Aggregate,
    /// What is aggregated; none for `count(*)`.
    pub(super) argument: Option<Scalar>,
    /// The number behind it, such as the 99 of `pct(d, 99)`.
    pub(super) parameter: f64,
    /// `@timestamp` in the rows aggregated, for `earliest` and `latest`.
    pub(super) time: Option<Slot>,
    /// Where the result goes.
    pub(super) slot: Slot,
}

/// An expression over slots.
#[derive(Debug)]
pub(super) enum Scalar {
    /// A literal.
    Literal(Value<'static>),
    /// A slot's value.
    Slot(Slot),
    /// `a.key`, `a[0]`: what a map or list holds; where `base` is none, `otherwise`.
    Member {
        base: Box<Self>,
        path: Vec<Step>,
        otherwise: Option<Box<Self>>,
    },
    /// `-a`
    Negate(Box<Self>),
    /// `not a`
    Not(Box<Self>),
    /// `a + b`
    Arithmetic(Arithmetic, Box<Self>, Box<Self>),
    /// `a = b`
    Compare(Comparison, Box<Self>, Box<Self>),
    /// `a and b and …`
    And(Vec<Self>),
    /// `a or b or …`
    Or(Vec<Self>),
    /// `a like p`
    Like {
        value: Box<Self>,
        pattern: Pattern,
        negated: bool,
    },
    /// `a in [x, y]`
    In {
        value: Box<Self>,
        list: Vec<Value<'static>>,
        negated: bool,
    },
    /// A function of its arguments' values.
    Call(OfValues, Vec<Self>),
    /// A function whose written arguments are read already.
    Prepared(Prepared, Vec<Self>),
    /// A function of a moment and a period.
    Moment(Moment, Box<Self>, Period),
    /// A function of the run itself.
    Query(OfQuery),
}

/// What `like` looks for.
#[derive(Debug)]
pub(super) enum Pattern {
    /// A substring.
    Substring(Box<memchr::memmem::Finder<'static>>),
    /// A regex anywhere in the text.
    Regex(Regex),
}

impl Scalar {
    /// Calls `visit` with every slot the expression reads.
    pub(super) fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        match self {
            Self::Literal(_) | Self::Query(_) => {}
            Self::Slot(slot) => visit(*slot),
            Self::Member {
                base, otherwise, ..
            } => {
                base.for_each_slot(visit);
                if let Some(otherwise) = otherwise {
                    otherwise.for_each_slot(visit);
                }
            }
            Self::Negate(a) | Self::Not(a) | Self::Moment(_, a, _) => a.for_each_slot(visit),
            Self::Like { value, .. } | Self::In { value, .. } => value.for_each_slot(visit),
            Self::Arithmetic(_, a, b) | Self::Compare(_, a, b) => {
                a.for_each_slot(visit);
                b.for_each_slot(visit);
            }
            Self::Call(_, arguments)
            | Self::Prepared(_, arguments)
            | Self::And(arguments)
            | Self::Or(arguments) => {
                for argument in arguments {
                    argument.for_each_slot(visit);
                }
            }
        }
    }
}

impl Operator {
    /// Calls `visit` with every slot the operation reads.
    pub(super) fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        match self {
            Self::Discover | Self::Limit(_) | Self::Tail(_) => {}
            Self::Filter(scalar)
            | Self::Compute { scalar, .. }
            | Self::Extract { source: scalar, .. } => scalar.for_each_slot(visit),
            Self::Sort(keys) => keys.iter().for_each(|key| visit(key.slot)),
            Self::Whole(whole) => whole.for_each_slot(visit),
            Self::Dedup(slots) => slots.iter().for_each(|slot| visit(*slot)),
        }
    }

    /// Whether the operation looks at one row at a time.
    pub(super) fn is_rowwise(&self) -> bool {
        matches!(
            self,
            Self::Discover | Self::Filter(_) | Self::Compute { .. } | Self::Extract { .. }
        )
    }
}
