use std::collections::{BTreeMap, BTreeSet};

use super::settle::Cause;
use super::validate::validate;
use super::{ActionsSuppressor, CompositeAlarm, StoredComposite};
use crate::alarms::refusal::{invalid, refuse};
use crate::alarms::state::unchecked;
use crate::alarms::{Alarm, AlarmState, AlarmStore, ConfigurationUpdate, HistoryItem, StateChange};
use crate::base::Millis;
use crate::metrics::MetricError;

/// Composite alarms that may read one alarm.
const MOST_PARENTS: usize = 150;

impl AlarmStore {
    /// Creates or replaces a composite alarm and evaluates it at once; refuses what PutCompositeAlarm refuses. A
    /// new one begins in INSUFFICIENT_DATA, a replaced one keeps its state. The changes of state are those of
    /// the alarm and of the composite alarms above it.
    pub fn put_composite(
        &mut self,
        alarm: CompositeAlarm,
        now: Millis,
    ) -> Result<Vec<StateChange>, MetricError> {
        self.check_composite(&alarm)?;
        let name = alarm.name.clone();
        let old = self.composites.remove(&name);
        let kind = match old {
            Some(_) => ConfigurationUpdate::Update,
            None => ConfigurationUpdate::Create,
        };
        let (state, suppression) = match old {
            Some(old) if old.alarm.suppressor == alarm.suppressor => (old.state, old.suppression),
            // A suppressor that is replaced takes its timers along (user guide).
            Some(old) => (old.state, None),
            None => (unchecked(now), None),
        };
        let stored = StoredComposite {
            alarm,
            state,
            configured: now,
            suppression,
        };
        self.note(HistoryItem::composite_configuration(kind, &stored, now));
        self.composites.insert(name.clone(), stored);
        self.order = None;
        let cause = match kind {
            ConfigurationUpdate::Create => Cause::Created,
            ConfigurationUpdate::Update | ConfigurationUpdate::Delete => Cause::Updated,
        };
        let change = self.evaluate_composite(&name, &cause, now);
        Ok(self.settle(change.into_iter().collect(), now))
    }

    /// All composite alarms by name.
    pub fn composites(&self) -> &BTreeMap<String, StoredComposite> {
        &self.composites
    }

    /// What a rule or a suppressor calls an alarm, as a name: an ARN of this account and region loses its head.
    /// An ARN of another one stays, and is no alarm's name.
    pub fn name_of<'a>(&self, reference: &'a str) -> &'a str {
        let arn = reference.strip_prefix(&*self.arn_head);
        arn.unwrap_or(reference)
    }

    /// The alarms that a composite alarm's rule reads, each once, in the order of its text.
    pub fn children_of(&self, composite: &StoredComposite) -> Vec<String> {
        let alarms = composite.alarm.rule.alarms();
        let names = alarms.into_iter().map(|alarm| self.name_of(alarm));
        let mut seen = BTreeSet::new();
        let once = names.filter(|name| seen.insert(*name));
        once.map(str::to_owned).collect()
    }

    /// The composite alarms whose rule reads the alarm, by name.
    pub fn parents_of(&self, name: &str) -> Vec<&StoredComposite> {
        let composites = self.composites.values();
        let reads = |composite: &&StoredComposite| {
            let alarms = composite.alarm.rule.alarms();
            alarms.iter().any(|alarm| self.name_of(alarm) == name)
        };
        composites.filter(reads).collect()
    }

    /// The composite alarms that read the alarm or are suppressed by it: it cannot be deleted before them.
    fn is_needed(&self, name: &str) -> bool {
        let is_suppressor =
            |suppressor: &ActionsSuppressor| self.name_of(&suppressor.alarm) == name;
        let mut composites = self.composites.values();
        !self.parents_of(name).is_empty()
            || composites.any(|c| c.alarm.suppressor.as_ref().is_some_and(is_suppressor))
    }

    /// What DeleteAlarms refuses before it deletes anything: alarms that a composite alarm needs (the texts are
    /// recorded), and several composite alarms at once. A composite alarm named beside its own children does not
    /// release them.
    pub fn check_delete(&self, names: &[&str]) -> Result<(), MetricError> {
        let composites = names
            .iter()
            .filter(|name| self.composites.contains_key(**name));
        refuse(composites.count() > 1, || {
            "At most one composite alarm can be deleted in one operation.".to_owned()
        })?;
        let has_log = names.iter().any(|name| self.logs.contains_key(*name));
        refuse(has_log && names.len() > 1, || {
            "Log alarms must be deleted one at a time.".to_owned()
        })?;
        let needed: Vec<&str> = names
            .iter()
            .copied()
            .filter(|name| self.is_needed(name))
            .collect();
        let them = if needed.len() == 1 { "it" } else { "them" };
        refuse(!needed.is_empty(), || {
            format!(
                "Cannot delete {} as there are composite alarm(s) depending on {them}.",
                needed.join(",")
            )
        })
    }

    /// The state of an alarm of any kind.
    pub fn state_of(&self, name: &str) -> Option<&AlarmState> {
        let metric = self.alarms.get(name).map(|stored| &stored.state);
        metric
            .or_else(|| self.composites.get(name).map(|stored| &stored.state))
            .or_else(|| self.logs.get(name).map(|stored| &stored.state))
    }

    fn check_composite(&self, alarm: &CompositeAlarm) -> Result<(), MetricError> {
        validate(alarm)?;
        let name = alarm.name.as_str();
        self.refuse_other_kind(name, "CompositeAlarm")?;
        self.check_children(alarm)?;
        let Some(suppressor) = &alarm.suppressor else {
            return Ok(());
        };
        let suppressor = self.name_of(&suppressor.alarm);
        refuse(suppressor == name, || {
            format!("The composite alarm {name} cannot be its own ActionsSuppressor")
        })?;
        refuse(self.state_of(suppressor).is_none(), || {
            format!(
                "Could not save the composite alarm as its ActionsSuppressor {suppressor} does not exist"
            )
        })
    }

    /// The text for children that do not exist is recorded.
    fn check_children(&self, alarm: &CompositeAlarm) -> Result<(), MetricError> {
        let children: Vec<_> = alarm.rule.alarms();
        let missing: Vec<_> = children
            .iter()
            .map(|child| self.name_of(child))
            .filter(|child| self.state_of(child).is_none())
            .collect();
        refuse(!missing.is_empty(), || {
            format!(
                "Could not save the composite alarm as alarms [{}] in the alarm rule do not exist",
                missing.join(", ")
            )
        })?;
        let others = |child: &&&str| {
            let parents = self.parents_of(self.name_of(child));
            parents
                .iter()
                .filter(|p| p.alarm.name != alarm.name)
                .count()
                >= MOST_PARENTS
        };
        match children.iter().find(others) {
            None => Ok(()),
            Some(child) => Err(invalid(format!(
                "The alarm {child} is in the rules of {MOST_PARENTS} composite alarms, which is the limit"
            ))),
        }
    }
}

impl StoredComposite {
    /// Its configuration as that of an alarm of any kind.
    pub(in crate::alarms) fn as_alarm(&self) -> Alarm {
        Alarm::Composite(Box::new(self.alarm.clone()))
    }
}
