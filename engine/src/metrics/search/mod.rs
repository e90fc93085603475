//! Search expressions: the first argument of metric math's SEARCH.
//!
//! What comes in: the text between the quotes (`{AWS/EC2,InstanceId} MetricName="CPUUtilization"`) and the metrics of
//! a store. What goes out: a [`Search`] that says which metrics it finds, or a mistake with its place. A schema
//! names a namespace and the exact dimension names; terms are compared with names and values, as a whole in
//! quotes, by their tokens without. Rules of "CloudWatch search expression syntax" in the user guide; what that
//! page leaves open is in `choices.rs` of the room.

mod matches;
mod parse;
mod searched;
mod term;

use std::collections::BTreeSet;

pub use searched::Searched;
use term::Pieces;

/// A parsed search.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Search {
    pub(super) schema: Option<Schema>,
    terms: Option<Terms>,
}

/// `{Namespace, Dimension…}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Schema {
    namespace: String,
    dimensions: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Terms {
    Any(Vec<Self>),
    All(Vec<Self>),
    Not(Box<Self>),
    One {
        designator: Option<Designator>,
        term: Term,
    },
}

/// What a term is compared with; without one, with every name and value of a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Designator {
    MetricName,
    Namespace,
    AccountId,
    Dimension(String),
}

#[derive(Clone, Debug, PartialEq)]
enum Term {
    /// In quotes: equal to the whole, letter case included.
    Exact(String),
    /// Without quotes.
    Partial(Pieces),
}
