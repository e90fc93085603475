use std::sync::Arc;

use belfry_engine::catalog::Table;

use super::calls::{AggregateCall, SortKey, WindowCall};
use super::scalar::Scalar;
use crate::sql::ast::{JoinKind, SetOperator};
use crate::types::Type;

/// An operator: what gives rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plan {
    /// One row without columns.
    Single,
    Values(Vec<Vec<Scalar>>),
    Scan(Scan),
    Filter(Box<Self>, Scalar),
    Project(Box<Self>, Vec<Scalar>),
    /// Keys, then calls, then the number of the grouping set.
    Aggregate {
        input: Box<Self>,
        keys: Vec<Scalar>,
        /// Which keys each grouping set has.
        sets: Vec<Vec<usize>>,
        calls: Vec<AggregateCall>,
    },
    /// The input's columns, then one for each call.
    Window(Box<Self>, Vec<WindowCall>),
    Join(Box<Join>),
    Sort(Box<Self>, Vec<SortKey>),
    /// So many rows are left out, and at most so many given.
    Limit(Box<Self>, u64, Option<u64>),
    Distinct(Box<Self>),
    Set {
        operator: SetOperator,
        all: bool,
        left: Box<Self>,
        right: Box<Self>,
    },
    /// The input's columns, then those of the arrays and maps, then the place.
    Unnest {
        input: Box<Self>,
        arrays: Vec<Scalar>,
        ordinality: bool,
        /// Whether rows without items are kept.
        outer: bool,
    },
}

/// The rows of a table: its columns, those of its partitions, then `$path`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scan {
    pub(crate) table: Arc<Table>,
    pub(crate) types: Vec<Type>,
    /// Conditions on partition columns alone, by the places of columns in the row.
    pub(crate) pruning: Vec<Scalar>,
    /// Which columns the query reads.
    pub(crate) used: Vec<bool>,
}

/// Rows of two operators put together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Join {
    pub(crate) kind: JoinKind,
    pub(crate) left: Plan,
    pub(crate) right: Plan,
    /// How many columns each side has.
    pub(crate) widths: (usize, usize),
    pub(crate) on: Option<Scalar>,
}

impl Scan {
    /// Whether a column names partitions or files.
    pub(crate) fn is_outside(&self, place: usize) -> bool {
        place >= self.table.columns.len()
    }
}
