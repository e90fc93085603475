use std::collections::BTreeMap;

use super::MuteRule;
use crate::alarms::AlarmStore;
use crate::alarms::refusal::{self, constraint, refuse};
use crate::base::Millis;
use crate::metrics::MetricError;

const MOST_RULES: usize = 2000;
const MOST_TARGETS: usize = 100;

impl AlarmStore {
    /// Creates or replaces a mute rule; refuses what PutAlarmMuteRule refuses. Texts are in AWS's manner.
    pub fn put_mute_rule(&mut self, rule: MuteRule) -> Result<(), MetricError> {
        self.check_mute_rule(&rule)?;
        self.mutes.insert(rule.name.clone(), rule);
        Ok(())
    }

    /// Removes a mute rule; whether it was there.
    pub fn delete_mute_rule(&mut self, name: &str) -> bool {
        self.mutes.remove(name).is_some()
    }

    /// All mute rules by name.
    pub fn mute_rules(&self) -> &BTreeMap<String, MuteRule> {
        &self.mutes
    }

    /// Until when the alarm is muted at `now`; of several rules that end last.
    pub fn muted_until(&self, alarm: &str, now: Millis) -> Option<Millis> {
        let rules = self.mutes.values();
        let rules = rules.filter(|rule| rule.targets.iter().any(|target| target == alarm));
        rules.filter_map(|rule| rule.mutes_until(now)).max()
    }

    fn check_mute_rule(&self, rule: &MuteRule) -> Result<(), MetricError> {
        let name = rule.name.as_str();
        refuse(!(1..=255).contains(&name.chars().count()), || {
            constraint(name, "name", "have length between 1 and 255")
        })?;
        refusal::description(rule.description.as_deref())?;
        let targets = &rule.targets;
        refuse(!(1..=MOST_TARGETS).contains(&targets.len()), || {
            let given = format!("[{}]", targets.join(", "));
            constraint(
                &given,
                "muteTargets.alarmNames",
                "have length between 1 and 100",
            )
        })?;
        let missing: Vec<&str> = targets
            .iter()
            .map(String::as_str)
            .filter(|target| self.state_of(target).is_none())
            .collect();
        refuse(!missing.is_empty(), || {
            format!(
                "The alarms [{}] in MuteTargets do not exist",
                missing.join(", ")
            )
        })?;
        let is_reversed = rule
            .start
            .zip(rule.expire)
            .is_some_and(|(start, expire)| expire <= start);
        refuse(is_reversed, || {
            "ExpireDate must be after StartDate".to_owned()
        })?;
        let is_new = !self.mutes.contains_key(name);
        match is_new && self.mutes.len() >= MOST_RULES {
            false => Ok(()),
            true => Err(MetricError {
                code: "LimitExceeded",
                message: format!("The maximum of {MOST_RULES} alarm mute rules has been reached."),
            }),
        }
    }
}
