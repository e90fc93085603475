use std::collections::BTreeMap;

use super::{Address, Resource};

/// Whose a resource is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The suite's: its tag, or where AWS knows no tags its name, says so.
    Ours,
    /// Nobody's: it carries no tag of a suite, as what a person made in the console. It is left alone until
    /// it is adopted; with the reason.
    Unclaimed(String),
    /// Somebody else's; with the reason.
    Foreign(String),
}

impl Ownership {
    /// Why it is not the suite's, if it is not.
    pub fn objection(&self) -> Option<&str> {
        match self {
            Self::Ours => None,
            Self::Unclaimed(reason) | Self::Foreign(reason) => Some(reason),
        }
    }
}

/// A resource as an account has it.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedResource {
    /// What it is.
    pub resource: Resource,
    /// Whose it is.
    pub ownership: Ownership,
    /// AWS's own id, where a change needs it (saved queries).
    pub handle: Option<String>,
}

/// What an account holds: everything that the suite declares or once made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// By address.
    pub resources: BTreeMap<Address, ObservedResource>,
    /// What others make or confirm and have not yet, with the reason: it is waited for.
    pub waiting: BTreeMap<Address, String>,
    /// What is the suite's, and why no more is known of it than its name.
    pub unread: BTreeMap<Address, String>,
}

impl Observed {
    /// Adds what another look found.
    pub fn extend(&mut self, part: Self) {
        self.resources.extend(part.resources);
        self.waiting.extend(part.waiting);
        self.unread.extend(part.unread);
    }

    /// Adds a resource that is the suite's, and of which only the name is known, with the reason.
    pub fn insert_unread(&mut self, resource: Resource, reason: String) {
        self.unread.insert(resource.address(), reason);
        self.insert(resource, Ownership::Ours, None);
    }

    /// Adds a resource.
    pub fn insert(&mut self, resource: Resource, ownership: Ownership, handle: Option<String>) {
        let observed = ObservedResource {
            ownership,
            handle,
            resource,
        };
        self.resources.insert(observed.resource.address(), observed);
    }
}
