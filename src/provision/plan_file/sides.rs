use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::provision::{Observed, ObservedResource, Ownership, Resource, shown};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Side {
    owner: String,
    fingerprint: String,
    attributes: Value,
}

/// A resource that is not as it was when the plan was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// `alarm.fraud-5xx`.
    pub address: String,
    /// `threshold: 10 → 12`, `it is gone`.
    pub how: String,
}

/// What a plan depends on: what is the suite's, and what has a name that it declares. What others do under names of
/// their own is theirs.
pub(super) fn sides(
    observed: &Observed,
    desired: &BTreeMap<String, String>,
) -> BTreeMap<String, Side> {
    let sides = observed.resources.iter().filter_map(|(address, found)| {
        let name = address.to_string();
        let is_ours = found.ownership == Ownership::Ours;
        (is_ours || desired.contains_key(&name)).then(|| (name, Side::of(found)))
    });
    sides.collect()
}

pub(super) fn moved<T: PartialEq>(
    then: &BTreeMap<String, T>,
    now: &BTreeMap<String, T>,
    how: impl Fn(&T, &T) -> String,
) -> Vec<Moved> {
    let came = now.keys().filter(|address| !then.contains_key(*address));
    let mut moved = Vec::new();
    for address in then.keys().chain(came) {
        let how = match (then.get(address), now.get(address)) {
            (Some(then), Some(now)) if then == now => continue,
            (Some(then), Some(now)) => how(then, now),
            (Some(_), None) => "it is gone".to_owned(),
            (None, _) => "it is new".to_owned(),
        };
        let address = address.clone();
        moved.push(Moved { address, how });
    }
    moved.sort_by(|a, b| a.address.cmp(&b.address));
    moved
}

impl Side {
    fn of(found: &ObservedResource) -> Self {
        let owner = match &found.ownership {
            Ownership::Ours => "suite".to_owned(),
            Ownership::Unclaimed(reason) | Ownership::Foreign(reason) => reason.clone(),
        };
        // Subscriptions get an ARN when somebody confirms them: nothing has moved then.
        let handle = match found.resource {
            Resource::Subscription(_) => None,
            _ => found.handle.as_deref(),
        };
        let rest = format!("{owner}\n{}", handle.unwrap_or_default());
        Self {
            fingerprint: fingerprint(&found.resource, &rest),
            attributes: shown(&attributes(&found.resource)),
            owner,
        }
    }

    /// In which attributes two sides differ.
    pub(super) fn how(&self, now: &Self) -> String {
        if self.owner != now.owner {
            return format!("its owner changed: {} → {}", self.owner, now.owner);
        }
        let names = |side: &Value| -> Vec<String> {
            let members = side.as_object().map(|m| m.keys().cloned().collect());
            members.unwrap_or_default()
        };
        let mut all = names(&self.attributes);
        all.extend(names(&now.attributes));
        all.sort();
        all.dedup();
        let differing = all.into_iter().filter_map(|name| {
            let (before, after) = (&self.attributes[&name], &now.attributes[&name]);
            (before != after).then(|| match (before, after) {
                (Value::Object(_) | Value::Array(_), _)
                | (_, Value::Object(_) | Value::Array(_)) => {
                    format!("its {name} is another")
                }
                (Value::String(text), _) | (_, Value::String(text)) if text.contains('\n') => {
                    format!("its {name} is another")
                }
                _ => format!("{name}: {before} → {after}"),
            })
        });
        let differing: Vec<String> = differing.collect();
        match differing.as_slice() {
            [] => "it was made anew".to_owned(),
            _ => differing.join(", "),
        }
    }
}

fn attributes(resource: &Resource) -> Value {
    let attributes = resource.attributes().into_iter();
    Value::Object(
        attributes
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// Of everything that is compared, secrets included: two passwords have two fingerprints.
pub(super) fn fingerprint(resource: &Resource, rest: &str) -> String {
    digest(&json!([attributes(resource), rest]).to_string())
}

pub(super) fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
