use std::collections::BTreeSet;

use super::order::ordered;
use super::{Action, Address, Change, Kind, Observed, Ownership, Plan, Warning, diff};

impl Plan {
    /// What takes everything that is the suite's away: in the other order of making, so that nothing refers to
    /// what is gone. What holds data or subscriptions is kept, unless `with_data` names it.
    pub fn destruction(observed: &Observed, with_data: &BTreeSet<Address>) -> Self {
        let mut plan = Self::default();
        let found = observed.resources.iter();
        let found = found.filter(|(_, found)| found.ownership == Ownership::Ours);
        let order = ordered(found.map(|(address, found)| (address, &found.resource)));
        for address in order.into_iter().rev() {
            let Some(found) = observed.resources.get(address) else {
                continue;
            };
            let is_kept = !address.kind.is_deleted() || is_beyond_ending(address, observed);
            let refers = found.resource.references();
            let goes_along = refers.iter().any(|topic| with_data.contains(topic));
            let goes_along = address.kind == Kind::Subscription && goes_along;
            if is_kept && !goes_along && !with_data.contains(address) {
                plan.kept.push(address.clone());
                continue;
            }
            plan.changes.push(Change {
                address: address.clone(),
                action: Action::Delete,
                before: Some(found.resource.clone()),
                after: None,
                attributes: diff(Some(&found.resource), None),
                handle: found.handle.clone(),
            });
        }
        plan.warnings = lost(&plan, observed);
        plan
    }
}

/// SNS ends no subscription that nobody has confirmed: it forgets it by itself.
fn is_beyond_ending(address: &Address, observed: &Observed) -> bool {
    address.kind == Kind::Subscription && observed.waiting.contains_key(address)
}

/// What somebody else has on a log group that goes.
fn lost(plan: &Plan, observed: &Observed) -> Vec<Warning> {
    let strange = observed.resources.iter().filter(|(address, found)| {
        address.kind == Kind::MetricFilter && found.ownership.objection().is_some()
    });
    let lost = strange.filter_map(|(address, found)| {
        let group = found.resource.lane();
        let goes = plan.changes.iter().any(|change| change.address == group);
        goes.then(|| Warning {
            address: group,
            message: format!("{address}, which is somebody else's, goes with it"),
        })
    });
    lost.collect()
}
