use super::{Designator, Schema, Search, Term, Terms};
use crate::metrics::MetricId;

/// How the account itself is named in `:aws.AccountId`.
const LOCAL: &str = "LOCAL";

impl Search {
    /// Whether it finds the metric `id` of `account`.
    pub(in crate::metrics) fn finds(&self, id: &MetricId, account: &str) -> bool {
        self.schema.as_ref().is_none_or(|schema| schema.fits(id))
            && self
                .terms
                .as_ref()
                .is_none_or(|terms| terms.hold(id, account))
    }
}

impl Schema {
    /// The exact set of dimensions; a namespace alone takes metrics without dimensions.
    fn fits(&self, id: &MetricId) -> bool {
        self.namespace == *id.namespace && self.dimensions.iter().eq(id.dimensions.keys())
    }
}

impl Terms {
    fn hold(&self, id: &MetricId, account: &str) -> bool {
        match self {
            Self::Any(any) => any.iter().any(|terms| terms.hold(id, account)),
            Self::All(all) => all.iter().all(|terms| terms.hold(id, account)),
            Self::Not(inner) => !inner.hold(id, account),
            Self::One { designator, term } => match designator {
                None => everything(id).any(|text| term.is_in(text)),
                Some(Designator::MetricName) => term.is_in(&id.name),
                Some(Designator::Namespace) => term.is_in(&id.namespace),
                Some(Designator::Dimension(name)) => id
                    .dimensions
                    .get(name)
                    .is_some_and(|value| term.is_in(value)),
                Some(Designator::AccountId) => term.is_account(account),
            },
        }
    }
}

fn everything(id: &MetricId) -> impl Iterator<Item = &str> {
    let dimensions = id.dimensions.iter();
    let dimensions = dimensions.flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    [id.name.as_ref(), id.namespace.as_ref()]
        .into_iter()
        .chain(dimensions)
}

impl Term {
    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == text,
            Self::Partial(pieces) => pieces.find_in(text),
        }
    }

    fn is_account(&self, account: &str) -> bool {
        self.is_in(account) || self.is_in(LOCAL)
    }
}
