use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::sides::{Moved, Side, digest, fingerprint, moved, sides};
use super::{PlanFileError, Subject};
use crate::provision::{Desired, Observed, Plan, plan_json};

/// The version of the file; a file of another one is refused.
pub(super) const VERSION: u32 = 1;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::resources::LogGroupResource;
    use crate::provision::{Ownership, Resource};

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
