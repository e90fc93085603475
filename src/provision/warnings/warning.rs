use super::{actions, class, filters, queries, retention, rollup};
use crate::provision::{Address, Change, Desired, Observed};

/// What AWS will refuse or lose when a change is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Of which resource.
    pub address: Address,
    /// What will happen, as one sentence without a full stop.
    pub message: String,
}

/// One change and what is around it.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The change.
    pub change: &'a Change,
    /// All that the suite wants.
    pub desired: &'a Desired,
    /// All that was seen.
    pub observed: &'a Observed,
}

type Check = fn(&Look<'_>) -> Vec<String>;

const CHECKS: &[Check] = &[
    actions::too_many,
    class::never_changes,
    filters::too_many,
    filters::too_many_expressions,
    queries::too_long,
    retention::events_go,
    retention::dashboard_looks_further,
    retention::query_looks_further,
    rollup::periods_are_gone,
];

/// All warnings of `changes`, in their order.
pub(in crate::provision) fn warnings(
    changes: &[Change],
    desired: &Desired,
    observed: &Observed,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for change in changes {
        let look = Look {
            change,
            desired,
            observed,
        };
        let messages = CHECKS.iter().flat_map(|check| check(&look));
        warnings.extend(messages.map(|message| Warning {
            address: change.address.clone(),
            message,
        }));
    }
    warnings
}
