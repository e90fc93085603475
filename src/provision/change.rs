use serde_json::Value;

use super::resources::Attributes;
use super::{Address, Resource};

/// What is done to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// `+`
    Create,
    /// `~`
    Update,
    /// `-`
    Delete,
}

impl Action {
    /// The sign in front of an address.
    pub fn sign(self) -> char {
        match self {
            Self::Create => '+',
            Self::Update => '~',
            Self::Delete => '-',
        }
    }

    /// The word in the plan's JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// One attribute that differs; a side is null where the attribute is not set.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeChange {
    /// `retention_days`.
    pub name: &'static str,
    /// What the account has.
    pub before: Value,
    /// What the suite wants.
    pub after: Value,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Of which resource.
    pub address: Address,
    /// What is done.
    pub action: Action,
    /// As the account has it; nothing for a creation.
    pub before: Option<Resource>,
    /// As the suite wants it; nothing for a deletion.
    pub after: Option<Resource>,
    /// What differs, in the order of the resource's attributes.
    pub attributes: Vec<AttributeChange>,
    /// AWS's own id of what is there.
    pub handle: Option<String>,
}

impl Change {
    /// What must be there before this change can be made.
    pub fn references(&self) -> Vec<Address> {
        self.after
            .as_ref()
            .map(Resource::references)
            .unwrap_or_default()
    }
}

/// The attributes in which two states differ; all that are set where one state is missing.
pub fn diff(before: Option<&Resource>, after: Option<&Resource>) -> Vec<AttributeChange> {
    let is_text_the_same = lost_its_head(before, after);
    let attributes = |side: Option<&Resource>| side.map(Resource::attributes).unwrap_or_default();
    let (before, after) = (attributes(before), attributes(after));
    let template = if after.is_empty() { &before } else { &after };
    let names = template.iter().map(|(name, _)| *name);
    let extra = before.iter().map(|(name, _)| *name);
    let mut seen = Vec::new();
    let mut changes = Vec::new();
    for name in names.chain(extra) {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let change = AttributeChange {
            name,
            before: value(&before, name),
            after: value(&after, name),
        };
        let is_same = change.before == change.after || name == "text" && is_text_the_same;
        if !is_same {
            changes.push(change);
        }
    }
    changes
}

/// A saved query that was deployed with its comments and has lost them since is the same.
fn lost_its_head(before: Option<&Resource>, after: Option<&Resource>) -> bool {
    match (before, after) {
        (Some(Resource::Query(before)), Some(Resource::Query(after))) => {
            after.is_told_without_head(before)
        }
        _ => false,
    }
}

fn value(attributes: &Attributes, name: &str) -> Value {
    attributes
        .iter()
        .find(|(other, _)| *other == name)
        .map_or(Value::Null, |(_, value)| value.clone())
}
