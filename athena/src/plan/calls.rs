use super::scalar::Scalar;
use crate::aggregate::Aggregate;
use crate::types::Type;

/// A call of an aggregate function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AggregateCall {
    pub(crate) function: &'static Aggregate,
    /// With the types that the function takes.
    pub(crate) arguments: Vec<Scalar>,
    pub(crate) result: Type,
    pub(crate) distinct: bool,
    pub(crate) order: Vec<SortKey>,
    pub(crate) filter: Option<Scalar>,
}

/// What rows are sorted by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SortKey {
    pub(crate) by: Scalar,
    pub(crate) descending: bool,
    pub(crate) nulls_first: bool,
}

/// A function over a window of rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WindowCall {
    pub(crate) kind: WindowKind,
    pub(crate) arguments: Vec<Scalar>,
    pub(crate) ignore_nulls: bool,
    pub(crate) partition: Vec<Scalar>,
    pub(crate) order: Vec<SortKey>,
    pub(crate) unit: FrameUnit,
    pub(crate) start: Edge,
    pub(crate) end: Edge,
}

/// Which function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum WindowKind {
    RowNumber,
    Rank,
    DenseRank,
    PercentRank,
    CumeDist,
    Ntile,
    Lag,
    Lead,
    FirstValue,
    LastValue,
    NthValue,
    Aggregate(AggregateCall),
}

/// What a frame counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameUnit {
    Rows,
    /// Only whole partitions and peers of the current row.
    Range,
}

/// A side of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Start,
    Preceding(i64),
    Current,
    Following(i64),
    End,
}

impl AggregateCall {
    pub(super) fn children(&self) -> Vec<&Scalar> {
        let order = self.order.iter().map(|key| &key.by);
        let all = self.arguments.iter().chain(order);
        all.chain(&self.filter).collect()
    }

    /// What it reads from its input's rows.
    pub(crate) fn parts(&mut self) -> Vec<&mut Scalar> {
        self.children_mut()
    }

    pub(super) fn children_mut(&mut self) -> Vec<&mut Scalar> {
        let order = self.order.iter_mut().map(|key| &mut key.by);
        let all = self.arguments.iter_mut().chain(order);
        all.chain(&mut self.filter).collect()
    }
}

impl WindowCall {
    pub(super) fn children(&self) -> Vec<&Scalar> {
        let mut all: Vec<&Scalar> = self.arguments.iter().chain(&self.partition).collect();
        all.extend(self.order.iter().map(|key| &key.by));
        if let WindowKind::Aggregate(call) = &self.kind {
            all.extend(call.children());
        }
        all
    }

    /// What it reads from its input's rows.
    pub(crate) fn parts(&mut self) -> Vec<&mut Scalar> {
        self.children_mut()
    }

    pub(super) fn children_mut(&mut self) -> Vec<&mut Scalar> {
        let mut all: Vec<&mut Scalar> = self
            .arguments
            .iter_mut()
            .chain(&mut self.partition)
            .collect();
        all.extend(self.order.iter_mut().map(|key| &mut key.by));
        if let WindowKind::Aggregate(call) = &mut self.kind {
            all.extend(call.children_mut());
        }
        all
    }
}
