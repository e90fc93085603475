use super::order::ordered;
use super::warnings::warnings;
use super::{
    Action, Address, Change, Desired, Observed, ObservedResource, Ownership, Resource, Warning,
    diff,
};

/// A resource of the suite that is not written, and why: the account has it already, made by somebody else; or lacks it, and
/// somebody else makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Which.
    pub address: Address,
    /// Why.
    pub reason: String,
}

/// What it takes to make an account hold what a suite declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The steps in order: creations and updates, what others refer to first; then deletions, the
    /// other way round.
    pub changes: Vec<Change>,
    /// What stands in the way; nothing is applied while there is any.
    pub conflicts: Vec<Conflict>,
    /// What left the suite and is kept, because it holds data or subscriptions.
    pub kept: Vec<Address>,
    /// What waits for something that others make: no change, and no failure.
    pub waiting: Vec<Conflict>,
    /// How many resources are as they should be.
    pub unchanged: usize,
    /// What is there and stays as it is: what it costs belongs to the suite's bill.
    pub steady: Vec<Resource>,
    /// What AWS will refuse, or lose without a word, when the changes are made.
    pub warnings: Vec<Warning>,
}

impl Plan {
    /// What leads from `observed` to `desired`.
    pub fn new(desired: &Desired, observed: &Observed) -> Self {
        let mut plan = Self::default();
        for address in ordered(desired.resources.iter()) {
            if let Some(reason) = observed.waiting.get(address) {
                plan.waiting.push(Conflict {
                    address: address.clone(),
                    reason: reason.clone(),
                });
            } else if let Some(resource) = desired.resources.get(address) {
                plan.want(address, resource, observed.resources.get(address));
            }
        }
        let found = observed.resources.iter();
        let found = ordered(found.map(|(address, found)| (address, &found.resource)));
        for address in found.into_iter().rev() {
            match observed.resources.get(address) {
                Some(found) if !desired.resources.contains_key(address) => {
                    plan.leave(address, found);
                }
                _ => {}
            }
        }
        plan.warnings = warnings(&plan.changes, desired, observed);
        let unread = observed.unread.iter().map(|(address, reason)| Warning {
            address: address.clone(),
            message: format!("it left the suite, and what it holds cannot be told: {reason}"),
        });
        plan.warnings.extend(unread);
        plan
    }

    /// Whether nothing is to be done and nothing stands in the way.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.conflicts.is_empty()
    }

    /// How many changes do `action`.
    pub fn count(&self, action: Action) -> usize {
        self.changes.iter().filter(|c| c.action == action).count()
    }

    fn want(&mut self, address: &Address, resource: &Resource, found: Option<&ObservedResource>) {
        let before = match found {
            None => None,
            Some(found) => {
                if let Some(reason) = found.ownership.objection() {
                    self.conflicts.push(Conflict {
                        address: address.clone(),
                        reason: reason.to_owned(),
                    });
                    return;
                }
                Some(&found.resource)
            }
        };
        let attributes = diff(before, Some(resource));
        if before.is_some() && attributes.is_empty() {
            self.unchanged += 1;
            self.steady.push(resource.clone());
            return;
        }
        self.changes.push(Change {
            address: address.clone(),
            action: before.map_or(Action::Create, |_| Action::Update),
            before: before.cloned(),
            after: Some(resource.clone()),
            attributes,
            handle: found.and_then(|found| found.handle.clone()),
        });
    }

    fn leave(&mut self, address: &Address, found: &ObservedResource) {
        if found.ownership != Ownership::Ours {
            return;
        }
        if !address.kind.is_deleted() {
            self.kept.push(address.clone());
            self.steady.push(found.resource.clone());
            return;
        }
        self.changes.push(Change {
            address: address.clone(),
            action: Action::Delete,
            before: Some(found.resource.clone()),
            after: None,
            attributes: diff(Some(&found.resource), None),
            handle: found.handle.clone(),
        });
    }
}
