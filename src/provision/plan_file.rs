use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    Desired, Observed, ObservedResource, Ownership, Place, Plan, Resource, plan_json, shown,
};

/// The version of the file; a file of another one is refused.
const VERSION: u32 = 1;
const FORMAT: &str = "belfry-plan";

/// A plan that was written down: what was seen, what is wanted, and what leads from one to the other. It is
/// applied while both sides are as they were.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    format: String,
    version: u32,
    /// For whom it was made.
    #[serde(rename = "for")]
    subject: Subject,
    /// By address: what was seen.
    observed: BTreeMap<String, Side>,
    /// By address: the fingerprint of what is wanted.
    desired: BTreeMap<String, String>,
    /// As `belfry plan --format json` prints it.
    plan: Value,
    /// Of everything above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    checksum: Option<String>,
}

/// Which suite and which account a plan is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The suite's name.
    pub suite: String,
    /// The environment of belfry.toml.
    pub environment: String,
    /// Twelve digits.
    pub account: String,
    /// `us-east-1`.
    pub region: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Side {
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

/// Why a plan file is not applied.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFileError {
    /// It is none, or not all of one.
    #[error("it is no plan file, or a damaged one: {0}")]
    Damaged(String),
    /// Written by another version of Belfry.
    #[error("it is a plan file of version {found}; this Belfry reads version {VERSION}")]
    Version {
        /// What it says.
        found: u64,
    },
    /// Made for something else.
    #[error("it was made for the {what} `{planned}`, this is `{here}`")]
    Other {
        /// `suite`, `environment`, `account`, `region`.
        what: &'static str,
        /// Of the file.
        planned: String,
        /// Of this run.
        here: String,
    },
}

impl Subject {
    /// Of a suite's environment at a place.
    pub fn new(suite: &str, environment: &str, place: &Place) -> Self {
        Self {
            suite: suite.to_owned(),
            environment: environment.to_owned(),
            account: place.account.clone(),
            region: place.region.clone(),
        }
    }
}

impl PlanFile {
    /// What `plan` leads to, with both of its sides.
    pub fn new(subject: Subject, desired: &Desired, observed: &Observed, plan: &Plan) -> Self {
        let wanted = desired.resources.iter();
        let wanted = wanted.map(|(address, wanted)| (address.to_string(), fingerprint(wanted, "")));
        let desired: BTreeMap<String, String> = wanted.collect();
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            subject,
            observed: sides(observed, &desired),
            desired,
            plan: plan_json(plan),
            checksum: None,
        }
    }

    /// As it is written to disk.
    pub fn text(&self) -> String {
        let mut sealed = self.clone();
        sealed.checksum = Some(self.computed());
        let value = serde_json::to_value(&sealed).unwrap_or(Value::Null);
        format!("{value:#}\n")
    }

    /// Reads what [`text`](Self::text) wrote; a byte that is not as it was is found.
    pub fn read(text: &str) -> Result<Self, PlanFileError> {
        let damaged = |reason: &dyn std::fmt::Display| PlanFileError::Damaged(reason.to_string());
        let value: Value = serde_json::from_str(text).map_err(|e| damaged(&e))?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(damaged(&format!("it has no `\"format\": \"{FORMAT}\"`")));
        }
        match value.get("version").and_then(Value::as_u64) {
            Some(found) if found != u64::from(VERSION) => {
                return Err(PlanFileError::Version { found });
            }
            _ => {}
        }
        let mut file: Self = serde_json::from_value(value).map_err(|e| damaged(&e))?;
        let sealed = file.checksum.take();
        if sealed.as_ref() != Some(&file.computed()) {
            return Err(damaged(&"its checksum does not fit its text"));
        }
        Ok(file)
    }

    /// That the file is for this suite, environment, account and region.
    pub fn is_for(&self, here: &Subject) -> Result<(), PlanFileError> {
        let pairs = [
            ("suite", &self.subject.suite, &here.suite),
            ("environment", &self.subject.environment, &here.environment),
            ("account", &self.subject.account, &here.account),
            ("region", &self.subject.region, &here.region),
        ];
        for (what, planned, here) in pairs {
            if planned != here {
                return Err(PlanFileError::Other {
                    what,
                    planned: planned.clone(),
                    here: here.clone(),
                });
            }
        }
        Ok(())
    }

    /// What the account holds that is not as it was, by address.
    pub fn moved(&self, observed: &Observed) -> Vec<Moved> {
        moved(&self.observed, &sides(observed, &self.desired), Side::how)
    }

    /// What the suite declares otherwise than when the plan was made, by address.
    pub fn edited(&self, desired: &Desired) -> Vec<Moved> {
        let now: BTreeMap<String, String> = desired
            .resources
            .iter()
            .map(|(address, wanted)| (address.to_string(), fingerprint(wanted, "")))
            .collect();
        moved(&self.desired, &now, |_, _| "its text is another".to_owned())
    }

    fn computed(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or(Value::Null);
        format!("sha256:{}", digest(&value.to_string()))
    }
}

/// What a plan depends on: what is the suite's, and what has a name that it declares. What others do under names of
/// their own is theirs.
fn sides(observed: &Observed, desired: &BTreeMap<String, String>) -> BTreeMap<String, Side> {
    let sides = observed.resources.iter().filter_map(|(address, found)| {
        let name = address.to_string();
        let is_ours = found.ownership == Ownership::Ours;
        (is_ours || desired.contains_key(&name)).then(|| (name, Side::of(found)))
    });
    sides.collect()
}

fn moved<T: PartialEq>(
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
        let rest = format!("{owner}\n{}", found.handle.as_deref().unwrap_or_default());
        Self {
            fingerprint: fingerprint(&found.resource, &rest),
            attributes: shown(&attributes(&found.resource)),
            owner,
        }
    }

    /// In which attributes two sides differ.
    fn how(&self, now: &Self) -> String {
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
fn fingerprint(resource: &Resource, rest: &str) -> String {
    digest(&json!([attributes(resource), rest]).to_string())
}

fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::resources::LogGroupResource;

    fn group(name: &str, retention_days: Option<i64>) -> Resource {
        Resource::LogGroup(LogGroupResource {
            name: name.to_owned(),
            retention_days,
            class: "STANDARD".to_owned(),
            tags: None,
        })
    }

    fn seen(days: Option<i64>) -> Observed {
        let mut observed = Observed::default();
        observed.insert(group("/a", days), Ownership::Ours, None);
        observed
    }

    fn subject() -> Subject {
        Subject {
            suite: "s".to_owned(),
            environment: "aws".to_owned(),
            account: "111122223333".to_owned(),
            region: "us-east-1".to_owned(),
        }
    }

    fn file() -> PlanFile {
        let desired: Desired = [group("/a", Some(7))].into_iter().collect();
        let observed = seen(Some(30));
        PlanFile::new(
            subject(),
            &desired,
            &observed,
            &Plan::new(&desired, &observed),
        )
    }

    #[test]
    fn a_plan_file_is_read_as_it_was_written() {
        assert_eq!(PlanFile::read(&file().text()).unwrap(), file());
        assert_eq!(file().is_for(&subject()), Ok(()));
    }

    #[test]
    fn a_file_with_one_byte_changed_is_refused() {
        let text = file().text();
        let (mut refused, mut all) = (0, 0);
        for (at, byte) in text.bytes().enumerate() {
            if byte.is_ascii_whitespace() {
                continue;
            }
            all += 1;
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if byte == b'1' { b'2' } else { b'1' };
            let changed = String::from_utf8(bytes).unwrap();
            refused += usize::from(PlanFile::read(&changed).is_err());
        }
        assert_eq!(refused, all);
        for cut in [0, 1, text.len() / 2, text.len() - 3] {
            assert!(PlanFile::read(&text[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_file_of_another_version_says_so() {
        let text = file()
            .text()
            .replacen("\"version\": 1", "\"version\": 9", 1);
        assert_eq!(
            PlanFile::read(&text),
            Err(PlanFileError::Version { found: 9 })
        );
    }

    #[test]
    fn a_plan_for_another_account_is_refused_by_name() {
        let here = Subject {
            account: "444455556666".to_owned(),
            ..subject()
        };
        let error = file().is_for(&here).unwrap_err().to_string();
        assert_eq!(
            error,
            "it was made for the account `111122223333`, this is `444455556666`"
        );
    }

    #[test]
    fn what_moved_is_said_by_attribute() {
        let told = |observed: &Observed| -> Vec<String> {
            let moved = file().moved(observed);
            moved
                .iter()
                .map(|m| format!("{}: {}", m.address, m.how))
                .collect()
        };
        assert!(told(&seen(Some(30))).is_empty());
        assert_eq!(
            told(&seen(Some(14))),
            ["log_group./a: retention_days: 30 → 14"]
        );
        assert_eq!(told(&Observed::default()), ["log_group./a: it is gone"]);
        let mut other = seen(Some(30));
        other.insert(group("/b", None), Ownership::Foreign("x".to_owned()), None);
        assert!(told(&other).is_empty());
        other.insert(group("/b", None), Ownership::Ours, None);
        assert_eq!(told(&other), ["log_group./b: it is new"]);
        let edited = file().edited(&Desired::default());
        assert_eq!(edited[0].how, "it is gone");
    }
}
