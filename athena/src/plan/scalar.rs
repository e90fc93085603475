use std::sync::Arc;

use belfry_engine::diag::Span;

use super::calls::{AggregateCall, WindowCall};
use super::higher::Higher;
use super::operator::Plan;
use crate::func::{LikePattern, Overload};
use crate::sql::ast::{Comparison, Operator};
use crate::types::Type;
use crate::value::Value;

/// A typed expression.
#[derive(Clone, Debug)]
pub(crate) struct Scalar {
    pub(crate) node: Node,
    pub(crate) of: Type,
    /// All of it in the query's text.
    pub(crate) span: Span,
}

/// What it computes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Constant(Value),
    /// A column of the row.
    Column(usize),
    /// A value that the query around a subquery hands in.
    Handed(usize),
    Call(&'static Overload, Vec<Scalar>),
    /// Both sides have the type that the numbers are reckoned in; for decimals each has its own.
    Arithmetic(Operator, Box<Scalar>, Box<Scalar>),
    Negate(Box<Scalar>),
    /// Both sides have one type.
    Compare(Comparison, Box<Scalar>, Box<Scalar>),
    And(Box<Scalar>, Box<Scalar>),
    Or(Box<Scalar>, Box<Scalar>),
    Not(Box<Scalar>),
    IsNull(Box<Scalar>),
    IsDistinct(Box<Scalar>, Box<Scalar>),
    In(Box<Scalar>, Vec<Scalar>),
    Like(Box<Scalar>, Box<Scalar>, Option<Box<Scalar>>),
    /// LIKE with a pattern that was read before.
    Matches(Box<Scalar>, LikePattern),
    Case(Vec<(Scalar, Scalar)>, Option<Box<Scalar>>),
    Coalesce(Vec<Scalar>),
    NullIf(Box<Scalar>, Box<Scalar>, Box<Scalar>),
    Try(Box<Scalar>),
    /// To the type of the scalar; `true` gives NULL where it fails.
    Cast(Box<Scalar>, bool),
    Row(Vec<Scalar>),
    Array(Vec<Scalar>),
    Subscript(Box<Scalar>, Box<Scalar>),
    Field(Box<Scalar>, usize),
    /// The n-th number by the value, which counts from 0.
    Lookup(Box<Scalar>, Vec<i64>),
    Subquery(Box<SubqueryKind>, Arc<Plan>, Vec<Scalar>),
    /// A value of a lambda expression's parameter, by its place among those around it.
    Bound(usize),
    /// A call with lambda expressions.
    Higher(Box<Higher>),
    /// Only until the query's aggregation is found.
    Aggregate(Box<AggregateCall>),
    /// Only until the query's windows are found.
    Window(Box<WindowCall>),
    /// Only until the query's aggregation is found.
    Grouping(Vec<Scalar>),
}

/// What is asked of a subquery's rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SubqueryKind {
    /// The only value.
    Value,
    Exists,
    /// Whether the value compares so with any or, if `true`, with all.
    Compare(Scalar, Comparison, bool),
}

/// Where it stands in the text does not matter.
impl PartialEq for Scalar {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node && self.of == other.of
    }
}

impl Scalar {
    pub(crate) fn new(node: Node, of: Type, span: Span) -> Self {
        Self { node, of, span }
    }

    pub(crate) fn constant(value: Value, of: Type, span: Span) -> Self {
        Self::new(Node::Constant(value), of, span)
    }

    pub(crate) fn column(place: usize, of: Type, span: Span) -> Self {
        Self::new(Node::Column(place), of, span)
    }

    pub(crate) fn boolean(node: Node, span: Span) -> Self {
        Self::new(node, Type::Boolean, span)
    }

    /// The parts that it is made of.
    pub(crate) fn children(&self) -> Vec<&Self> {
        match &self.node {
            Node::Constant(_) | Node::Column(_) | Node::Handed(_) | Node::Bound(_) => Vec::new(),
            Node::Call(_, all)
            | Node::Coalesce(all)
            | Node::Row(all)
            | Node::Array(all)
            | Node::Grouping(all) => all.iter().collect(),
            Node::Arithmetic(_, one, other)
            | Node::Compare(_, one, other)
            | Node::And(one, other)
            | Node::Or(one, other)
            | Node::IsDistinct(one, other)
            | Node::Subscript(one, other) => vec![one, other],
            Node::NullIf(one, other, third) => vec![one, other, third],
            Node::Negate(one)
            | Node::Not(one)
            | Node::IsNull(one)
            | Node::Try(one)
            | Node::Cast(one, _)
            | Node::Field(one, _)
            | Node::Matches(one, _)
            | Node::Lookup(one, _) => vec![one],
            Node::In(one, all) => std::iter::once(&**one).chain(all).collect(),
            Node::Like(one, pattern, escape) => {
                let escape = escape.as_deref();
                [&**one, pattern].into_iter().chain(escape).collect()
            }
            Node::Case(branches, otherwise) => {
                let branches = branches.iter().flat_map(|(when, then)| [when, then]);
                branches.chain(otherwise.as_deref()).collect()
            }
            Node::Subquery(kind, _, handed) => {
                let value = match &**kind {
                    SubqueryKind::Compare(value, ..) => Some(value),
                    SubqueryKind::Value | SubqueryKind::Exists => None,
                };
                value.into_iter().chain(handed).collect()
            }
            Node::Higher(call) => call.children(),
            Node::Aggregate(call) => call.children(),
            Node::Window(call) => call.children(),
        }
    }

    fn children_mut(&mut self) -> Vec<&mut Self> {
        match &mut self.node {
            Node::Constant(_) | Node::Column(_) | Node::Handed(_) | Node::Bound(_) => Vec::new(),
            Node::Call(_, all)
            | Node::Coalesce(all)
            | Node::Row(all)
            | Node::Array(all)
            | Node::Grouping(all) => all.iter_mut().collect(),
            Node::Arithmetic(_, one, other)
            | Node::Compare(_, one, other)
            | Node::And(one, other)
            | Node::Or(one, other)
            | Node::IsDistinct(one, other)
            | Node::Subscript(one, other) => vec![one, other],
            Node::NullIf(one, other, third) => vec![one, other, third],
            Node::Negate(one)
            | Node::Not(one)
            | Node::IsNull(one)
            | Node::Try(one)
            | Node::Cast(one, _)
            | Node::Field(one, _)
            | Node::Matches(one, _)
            | Node::Lookup(one, _) => vec![one],
            Node::In(one, all) => std::iter::once(&mut **one).chain(all).collect(),
            Node::Like(one, pattern, escape) => {
                let escape = escape.as_deref_mut();
                [&mut **one, pattern].into_iter().chain(escape).collect()
            }
            Node::Case(branches, otherwise) => {
                let branches = branches.iter_mut().flat_map(|(when, then)| [when, then]);
                branches.chain(otherwise.as_deref_mut()).collect()
            }
            Node::Subquery(kind, _, handed) => {
                let value = match &mut **kind {
                    SubqueryKind::Compare(value, ..) => Some(value),
                    SubqueryKind::Value | SubqueryKind::Exists => None,
                };
                value.into_iter().chain(handed).collect()
            }
            Node::Higher(call) => call.children_mut(),
            Node::Aggregate(call) => call.children_mut(),
            Node::Window(call) => call.children_mut(),
        }
    }

    /// Whether it or a part of it is such.
    pub(crate) fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        is(self) || self.children().into_iter().any(|part| part.any(is))
    }

    /// Visits it and its parts, those around others first.
    pub(crate) fn each<'s>(&'s self, see: &mut dyn FnMut(&'s Self)) {
        see(self);
        for part in self.children() {
            part.each(see);
        }
    }

    /// With parts replaced: where `new` has none for a part, its own parts are looked at.
    pub(crate) fn replaced<E>(
        mut self,
        new: &mut dyn FnMut(&Self) -> Result<Option<Self>, E>,
    ) -> Result<Self, E> {
        if let Some(new) = new(&self)? {
            return Ok(new);
        }
        for part in self.children_mut() {
            let empty = Self::constant(Value::Null, Type::Unknown, part.span);
            let old = std::mem::replace(part, empty);
            *part = old.replaced(new)?;
        }
        Ok(self)
    }

    /// The columns that it reads.
    pub(crate) fn columns(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.each(&mut |part| {
            if let Node::Column(place) = part.node {
                found.push(place);
            }
        });
        found
    }

    /// With columns moved.
    pub(crate) fn moved(self, by: &dyn Fn(usize) -> usize) -> Self {
        let moved = self.replaced::<std::convert::Infallible>(&mut |part| {
            Ok(match part.node {
                Node::Column(place) => Some(Self::column(by(place), part.of.clone(), part.span)),
                _ => None,
            })
        });
        match moved {
            Ok(moved) => moved,
            Err(never) => match never {},
        }
    }
}

/// The conditions that must all be true.
pub(crate) fn conjuncts(condition: Scalar) -> Vec<Scalar> {
    match condition.node {
        Node::And(one, other) => {
            let mut all = conjuncts(*one);
            all.extend(conjuncts(*other));
            all
        }
        _ => vec![condition],
    }
}

/// All of them together; `None` for none.
pub(crate) fn and(all: Vec<Scalar>) -> Option<Scalar> {
    all.into_iter().reduce(|one, other| {
        let span = one.span.to(other.span);
        Scalar::boolean(Node::And(Box::new(one), Box::new(other)), span)
    })
}
