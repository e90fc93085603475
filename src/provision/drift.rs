use serde_json::{Value, json};

use super::json::change_json;
use super::{
    Action, Address, Change, Desired, Kind, Observed, ObservedResource, Ownership, Plan, diff,
};

/// In what a deployed suite is not what its files say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drift {
    /// What differs, in the order of a plan, then what nobody declared.
    pub items: Vec<Drifted>,
    /// How many resources are as declared.
    pub in_order: usize,
}

/// One thing that is not as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Drifted {
    /// Of which resource: `alarm.fraud-5xx`, `subscription_filter./a:all`.
    pub address: String,
    /// How it differs.
    pub what: Departure,
    /// Why, where the kind does not say it all.
    pub reason: Option<String>,
    /// What differs, from what is declared to what is deployed.
    pub change: Option<Change>,
}

/// How something differs from what is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// Declared and not there.
    Missing,
    /// There, and another.
    Changed,
    /// The suite's by its tag or name, and not declared.
    Undeclared,
    /// Declared, and somebody else's.
    Taken,
    /// Made by somebody on a log group of the suite.
    Child,
    /// Named like the suite's, and nobody's.
    Unclaimed,
}

/// Something that somebody attached to a resource of the suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// `subscription_filter./a:all`.
    pub address: String,
    /// What it does there.
    pub reason: String,
}

impl Departure {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Undeclared => "undeclared",
            Self::Taken => "taken",
            Self::Child => "child",
            Self::Unclaimed => "unclaimed",
        }
    }

    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => "declared, and not there",
            Self::Changed => "not as declared",
            Self::Undeclared => "the suite's, and not declared",
            Self::Taken => "declared, and somebody else's",
            Self::Child => "on the suite's log group, and not declared",
            Self::Unclaimed => "named like the suite's, and nobody's",
        }
    }
}

impl Drift {
    /// What the plan would put in order, what it leaves alone, and `children` that no plan looks at. `prefix` is
    /// what the suite's names begin with.
    pub fn of(
        plan: &Plan,
        desired: &Desired,
        observed: &Observed,
        prefix: &str,
        children: Vec<Child>,
    ) -> Self {
        let mut items: Vec<Drifted> = plan.changes.iter().map(changed).collect();
        items.extend(plan.kept.iter().map(|address| Drifted {
            address: address.to_string(),
            what: Departure::Undeclared,
            reason: None,
            change: None,
        }));
        items.extend(plan.conflicts.iter().map(|conflict| Drifted {
            address: conflict.address.to_string(),
            what: Departure::Taken,
            reason: Some(conflict.reason.clone()),
            change: None,
        }));
        let found = observed.resources.iter();
        let strange = found.filter(|(address, _)| !desired.resources.contains_key(address));
        items.extend(strange.filter_map(|(address, found)| {
            let what = stranger(address, found, prefix, observed)?;
            Some(Drifted {
                address: address.to_string(),
                what,
                reason: found.ownership.objection().map(str::to_owned),
                change: None,
            })
        }));
        items.extend(children.into_iter().map(|child| Drifted {
            address: child.address,
            what: Departure::Child,
            reason: Some(child.reason),
            change: None,
        }));
        Self {
            items,
            in_order: plan.unchanged,
        }
    }

    /// Whether everything is as declared.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// For machines, as docs/provisioning.md describes it.
    pub fn json(&self) -> Value {
        let items = self.items.iter().map(|item| {
            let mut json = json!({
                "address": item.address,
                "what": item.what.name(),
                "reason": item.reason,
            });
            if let Some(change) = &item.change {
                let change = change_json(change);
                json["attributes"] = change["attributes"].clone();
                if let Some(widgets) = change.get("widgets") {
                    json["widgets"] = widgets.clone();
                }
            }
            json
        });
        json!({
            "version": 1,
            "drifted": !self.is_empty(),
            "items": items.collect::<Vec<_>>(),
            "in_order": self.in_order,
        })
    }
}

/// A change of the plan, the other way round: what was done to the resource.
fn changed(change: &Change) -> Drifted {
    let what = match change.action {
        Action::Create => Departure::Missing,
        Action::Update => Departure::Changed,
        Action::Delete => Departure::Undeclared,
    };
    let done = Change {
        before: change.after.clone(),
        after: change.before.clone(),
        attributes: diff(change.after.as_ref(), change.before.as_ref()),
        ..change.clone()
    };
    Drifted {
        address: change.address.to_string(),
        what,
        reason: None,
        change: (what == Departure::Changed).then_some(done),
    }
}

/// What somebody made under the suite's names or on its log groups. What another suite's tag names is its own.
fn stranger(
    address: &Address,
    found: &ObservedResource,
    prefix: &str,
    observed: &Observed,
) -> Option<Departure> {
    found.ownership.objection()?;
    if address.kind == Kind::MetricFilter {
        let group = found.resource.lane();
        let group = observed.resources.get(&group)?;
        return (group.ownership == Ownership::Ours).then_some(Departure::Child);
    }
    let is_unclaimed = matches!(found.ownership, Ownership::Unclaimed(_));
    let is_named_so = !prefix.is_empty() && address.name.starts_with(prefix);
    (is_unclaimed && is_named_so).then_some(Departure::Unclaimed)
}
