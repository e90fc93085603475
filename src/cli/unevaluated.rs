use crate::endpoint::budgets::not_evaluated;
use crate::provision::{Change, Resource, Warning};

/// What the local environment keeps and does not evaluate, of what a plan changes.
pub(super) fn unevaluated(changes: &[Change]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for change in changes {
        let Some(Resource::Budget(budget)) = &change.after else {
            continue;
        };
        let reasons = budget.filters.keys().filter_map(|name| not_evaluated(name));
        warnings.extend(reasons.map(|reason| Warning {
            address: change.address.clone(),
            message: format!("the local environment keeps it and does not evaluate it: {reason}"),
        }));
    }
    warnings
}
